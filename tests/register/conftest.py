"""What the tests of the register's pages share: the standing day, and what lies in the store of attachments."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.cast import TODAY


@pytest.fixture
def standing_clock(settings: Settings) -> None:
    settings.TODAY = TODAY


def stored(folder: Path) -> list[Path]:
    """The files that lie in the store."""
    return [path for path in folder.rglob("*") if path.is_file()]
