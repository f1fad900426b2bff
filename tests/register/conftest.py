"""What the tests of the register's pages share: the standing day, and a store of attachments of each test's own."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.cast import TODAY


@pytest.fixture
def standing_clock(settings: Settings) -> None:
    settings.TODAY = TODAY


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    """The store of attachments, empty and of this test's own."""
    local = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "attachments": local}
    return tmp_path


def stored(folder: Path) -> list[Path]:
    """The files that lie in the store."""
    return [path for path in folder.rglob("*") if path.is_file()]
