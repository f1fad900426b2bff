"""What every test stands on: compiled translations, and a browser where the machine has one."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

BROWSER_TESTS = Path(__file__).parent / "journeys" / "browser"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
ADVICE = "No Chromium was found, so the browser tests were left out. Get one with: apt-get install chromium"

if CHROMIUM:
    # Playwright keeps an event loop in the thread of the tests, where Django then refuses its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_configure(config: pytest.Config) -> None:
    if not CHROMIUM and os.environ.get("CI"):
        pytest.exit(
            "CI=1 leaves no test out, but no Chromium was found: set CHROMIUM or install one.", returncode=4
        )
    call_command("compile_translations", verbosity=0)


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Browser tests are not collected without a browser: a skipped test reads as one that holds."""
    return True if not CHROMIUM and collection_path == BROWSER_TESTS else None


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not CHROMIUM:
        terminalreporter.section("browser tests left out", yellow=True)
        terminalreporter.line(ADVICE)


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
