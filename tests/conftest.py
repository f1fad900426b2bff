"""What every test stands on: compiled translations, and a browser where the machine has one."""

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from django.utils.translation.reloader import translation_file_changed
from pytest_django import DjangoDbBlocker, Settings

if TYPE_CHECKING:
    from tests.cast import Cast

pytest_plugins = ["tests.demonstration.loaded"]  # the fixture `demonstration`

BROWSER_TESTS = Path(__file__).parent / "journeys" / "browser"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def lacking_for_a_browser() -> str:
    """The Debian packages that the browser tests would need here; empty when nothing is lacking."""
    packages = [] if CHROMIUM else ["chromium"]
    if sys.platform == "linux":
        try:
            ctypes.CDLL("libatomic.so.1")  # what drives the browser does not start without it
        except OSError:
            packages.append("libatomic1")
    return " ".join(packages)


LACKING = lacking_for_a_browser()
if not LACKING:
    # Playwright keeps an event loop in the thread of the tests, where Django then refuses its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_configure(config: pytest.Config) -> None:
    if LACKING and os.environ.get("CI"):
        pytest.exit(f"CI=1 leaves no test out, but for the browser tests this lacks: {LACKING}", returncode=4)
    call_command("compile_translations", verbosity=0)
    # Loading the models has read what was compiled before, or that nothing was.
    translation_file_changed(sender=None, file_path=Path("django.mo"))


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Browser tests are not collected without a browser: a skipped test reads as one that holds."""
    return True if LACKING and collection_path == BROWSER_TESTS else None


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if LACKING:
        terminalreporter.section("browser tests left out", yellow=True)
        terminalreporter.line(f"They need a Chromium and what drives it. Get them with: apt-get install {LACKING}")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_keepdb: bool,
    django_db_createdb: bool,
) -> Iterator[None]:
    """As pytest-django's, whatever tests were chosen; at its end ends sessions that a browser's server left open.

    pytest-django's makes only the databases that chosen tests ask for by a mark or a fixture of its own, and so
    none for tests that look at what a fixture of ours has laid down. A thread whose browser was closed in the
    middle of an answer may still hold a session on PostgreSQL, and a database that somebody uses cannot be dropped.
    """
    reused = django_db_keepdb and not django_db_createdb
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, keepdb=reused, serialized_aliases=set())
    yield
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
        if not django_db_keepdb:
            teardown_databases(made, verbosity=0)


PROTECTED = (
    "projects_entry",
    "projects_bulletin",
    "projects_bulletinfile",
    "projects_bulletinline",
    "projects_bulletinunit",
)


@pytest.fixture(scope="session", autouse=True)
def _what_only_grows_is_emptied_too() -> Iterator[None]:
    """A test of several transactions empties all tables at its end; the triggers of some would refuse."""
    from projects.core.append_only import lifted  # needs Django to be set up

    empty = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def emptied(test: TransactionTestCase) -> None:
        with lifted(*PROTECTED):
            empty(test)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", emptied)
        yield


@pytest.fixture(autouse=True)
def _no_totals_of_another_test() -> None:
    """Rows of the next test get the numbers of this one's again, and with them the keys of its totals."""
    caches["totals"].clear()


@pytest.fixture
def cast(db: None) -> "Cast":
    """The people and units that every test may count on."""
    from tests.cast import assemble

    return assemble()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The system's own Chromium: playwright's download is not reachable from an intranet."""
    return {
        "executable_path": CHROMIUM,
        "headless": True,
        "args": [
            "--no-sandbox",  # as root, where CI runs
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """A desk of an official: the commonest screen there, Chinese, and the time of Beijing."""
    return {
        "viewport": {"width": 1366, "height": 768},
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
    }


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    """The store of attachments, empty and of this test's own."""
    local = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "attachments": local}
    return tmp_path
