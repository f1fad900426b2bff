"""How many queries an address takes, at one row and at three."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def queries(client: Client, address: str) -> int:
    """The queries of one look; what a process reads once and keeps is not counted."""
    client.get(address)
    with CaptureQueriesContext(connection) as counted:
        response = client.get(address)
    assert response.status_code == 200
    return len(counted)


def at_one_and_three(client: Client, address: str, add_row: Callable[[int], object]) -> tuple[int, int]:
    add_row(1)
    at_one = queries(client, address)
    add_row(2)
    add_row(3)
    return at_one, queries(client, address)
