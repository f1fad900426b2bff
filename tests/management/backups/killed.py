"""A backup or a restore in a process of its own, killed at a step: `python -m tests.management.backups.killed …`."""

import os
import signal
import sys
from importlib import import_module
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402 -- after Django is set up


def kill(*_given: Any, **_more: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    module, step, *command = sys.argv[1:]
    setattr(import_module(f"projects.management.backups.{module}"), step, kill)
    call_command(*command)


if __name__ == "__main__":
    main()
