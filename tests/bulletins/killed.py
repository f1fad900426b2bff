"""Publishes a draft in a process of its own, which is killed at a step: `python -m tests.bulletins.killed PK STEP`."""

import datetime
import os
import signal
import sys
from typing import Any

import django

django.setup()

from projects.bulletins.actions import publishing  # noqa: E402 -- after Django is set up
from projects.bulletins.models import Bulletin  # noqa: E402
from projects.core.month import Month  # noqa: E402


def kill(*_given: Any, **_more: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    pk, step = int(sys.argv[1]), sys.argv[2]
    setattr(publishing, step, kill)
    draft = Bulletin.objects.get(pk=pk)
    at = datetime.datetime(2023, 10, 13, 1, 30, tzinfo=datetime.UTC)
    publishing.publish(draft, by=None, at=at, through=Month(2023, 9), seen=draft.version)


if __name__ == "__main__":
    main()
