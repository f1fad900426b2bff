"""Every page that lists rows costs the same number of queries at 1 and at 3 rows."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tables2 import Table

from projects.accounts.models import User

PROJECTS = Path(__file__).resolve().parents[2] / "projects"


@dataclass(frozen=True)
class ListPage:
    """An address that lists rows, and a function that adds rows to it and returns the person who looks."""

    address: str
    add_rows: Callable[[int], User]


LIST_PAGES: dict[type[Table], ListPage] = {}


def tables_of(base: type[Table]) -> set[type[Table]]:
    """All table classes of the program, however deep."""
    found = {table for child in base.__subclasses__() for table in {child} | tables_of(child)}
    return {table for table in found if table.__module__.startswith("projects.")}


def queries_of(client: Client, address: str) -> int:
    client.get(address)  # what a process reads once and keeps is not counted
    with CaptureQueriesContext(connection) as counted:
        response = client.get(address)
    assert response.status_code == 200, f"{address} answers {response.status_code}"
    return len(counted)


def test_every_table_has_its_page_here() -> None:
    for module in PROJECTS.glob("*/tables.py"):
        importlib.import_module(f"projects.{module.parent.name}.tables")
    assert not tables_of(Table) - set(LIST_PAGES)


@pytest.mark.django_db
def test_rows_cost_no_queries(client: Client, subtests: pytest.Subtests) -> None:
    for table, page in LIST_PAGES.items():
        with subtests.test(table.__name__), transaction.atomic():
            client.force_login(page.add_rows(1))
            at_one = queries_of(client, page.address)
            page.add_rows(2)
            assert queries_of(client, page.address) == at_one
            transaction.set_rollback(True)
