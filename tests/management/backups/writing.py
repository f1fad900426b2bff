"""Writes to the journal without a pause, in a process of its own: `python -m tests.management.backups.writing`."""

import django

django.setup()

from django.db import transaction  # noqa: E402 -- after Django is set up

from projects.accounts.models import Unit  # noqa: E402
from projects.core.clock import instant  # noqa: E402
from projects.journal.actions import record  # noqa: E402


def main() -> None:
    unit = Unit.objects.order_by("pk").first()
    assert unit is not None
    while True:
        with transaction.atomic():
            record(by=None, at=instant(), verb="open_period", subject=unit)


if __name__ == "__main__":
    main()
