"""The clock of the administration's tests stands where the cast's does, and everybody has a browser of their own."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from tests.cast import TODAY, Cast

Enter = Callable[[str], Client]


@pytest.fixture(autouse=True)
def standing_clock(settings: Settings) -> datetime.date:
    settings.TODAY = TODAY
    return TODAY


@pytest.fixture
def enter(cast: Cast) -> Enter:
    """A browser in which the named person is signed in."""

    def browser(name: str) -> Client:
        client = Client()
        client.force_login(cast.person(name))
        return client

    return browser
