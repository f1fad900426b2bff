"""Browsers on the demonstration: one that may change it, fresh for each test, and one to look at by many tests."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.management import call_command
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests.conftest import PROTECTED
from tests.demonstration.loaded import Demonstration, Recording, lay_down
from tests.journeys.browser.watching import Watch

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
SIZES = {"desk": DESK, "phone": PHONE}


class Official:
    """Somebody in front of a browser."""

    def __init__(self, page: Page, watch: Watch, address: str) -> None:
        self.page, self.watch, self.address = page, watch, address

    def sign_in(self, username: str) -> "Official":
        """As if by the form, which one journey fills in: its password is slow to check, its tries are counted."""
        from projects.accounts.models import User
        from tests.cast import signed_in

        client = signed_in(User.objects.get(username=username))
        name = django_settings.SESSION_COOKIE_NAME
        value = client.cookies[name].value
        self.page.context.add_cookies([{"name": name, "value": value, "url": self.address}])
        return self

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.address}{path}")
        return self.page


Open = Callable[..., Official]


@pytest.fixture(autouse=True)
def _on_the_day_of_the_demonstration() -> Iterator[None]:
    from projects.demonstration.actions import TODAY

    with override_settings(TODAY=TODAY):
        yield


@pytest.fixture
def watches() -> Iterator[list[Watch]]:
    """A watch over each browser of the test; whatever it saw fails the test at its end."""
    watches: list[Watch] = []
    yield watches
    assert [fault for watch in watches for fault in watch.faults] == []


@pytest.fixture
def seat(watches: list[Watch], browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Open]:
    """Open a browser of its own on a server: cookies, size and scheme are not shared with another."""
    contexts: list[BrowserContext] = []

    def sit_down(address: str, size: str = "desk", **settings: Any) -> Official:
        small = {"viewport": SIZES[size], "has_touch": size == "phone"}
        context = browser.new_context(**{**browser_context_args, **small, **settings})
        contexts.append(context)
        context.set_default_timeout(15_000)
        watches.append(Watch(context, address))
        return Official(context.new_page(), watches[-1], address)

    yield sit_down
    for context in contexts:
        context.close()


@pytest.fixture
def opened(live_server: LiveServer, demonstration: Demonstration, seat: Open) -> Open:
    """Open a browser on a demonstration of this test's own, to change it."""
    cache.clear()  # failed sign-ins are counted in a table that a test's end does not empty
    return lambda **settings: seat(live_server.url, **settings)


@pytest.fixture(scope="module")
def exhibition(recording: Recording, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of one demonstration for a module's tests, which only look at it.

    Laying it down anew for each page would take longer than looking at the page.
    """
    from projects.core.append_only import lifted

    with django_db_blocker.unblock():
        lay_down(recording.rows)
        server = LiveServer("127.0.0.1")
        yield server.url
        server.stop()
        with lifted(*PROTECTED):
            call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)


@pytest.fixture
def looking(exhibition: str, seat: Open) -> Open:
    """Open a browser on the demonstration that the module's tests share."""
    return lambda **settings: seat(exhibition, **settings)
