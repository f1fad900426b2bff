"""Processes of their own beside the tests, on the same database."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from django.db import connection

PATIENCE = 60  # seconds
ROOT = Path(__file__).resolve().parents[1]


def database_url() -> str:
    """The database of the tests, as another process is told of it."""
    said = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{said['NAME']}"
    password = f":{quote(said['PASSWORD'])}" if said["PASSWORD"] else ""
    return f"postgres://{quote(said['USER'])}{password}@{said['HOST']}:{said['PORT']}/{said['NAME']}"


def environment(folder: Path) -> dict[str, str]:
    """What such a process is told: the program's own settings, with its files in `folder`."""
    return os.environ | {
        "DATABASE_URL": database_url(),
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
    }


def start(*arguments: str, folder: Path) -> "subprocess.Popen[bytes]":
    """Start `python` with these arguments at the top of the project."""
    return subprocess.Popen([sys.executable, *arguments], cwd=ROOT, env=environment(folder))  # noqa: S603 -- ours


def waited_for(reached: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while not reached() and time.monotonic() < end:
        time.sleep(0.1)
    return reached()
