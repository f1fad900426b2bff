"""Remind people of missing reports, overdue problems and slips now, or show who would be told what."""

import datetime
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from projects.core.clock import now, today
from projects.core.display import NONE
from projects.followups.actions.reminding import Told, remind_of_slips
from projects.management.tables import DatabaseCommand
from projects.notices.wording import joined, name_of
from projects.progress.actions.reminding import remind
from projects.progress.queries.reminders import Reminder
from projects.progress.wording import step_name
from projects.register.actions.chasing import Chased, remind_of_problems


class Command(DatabaseCommand):
    help = "Reminds people of missing reports, overdue problems and slips; nobody twice, however often it runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--day", default="", help="the day to look from, as 2023-10-08; today when left out")
        parser.add_argument("--dry-run", action="store_true", help="only show who would be told what")

    def handle(self, *args: Any, day: str, dry_run: bool, **options: Any) -> None:
        from_day = _read(day) if day else today()
        reports = remind(today=from_day, at=now(), dry_run=dry_run)
        problems = remind_of_problems(today=from_day, at=now(), dry_run=dry_run)
        slips = remind_of_slips(today=from_day, at=now(), dry_run=dry_run)
        rows = [[step_name(each.rung), str(each.month), *_told(each)] for each in reports]
        rows += [[name_of("problems_overdue"), NONE, *_told(each)] for each in problems]
        rows += [[name_of(each.kind), NONE, *_told(each)] for each in slips]
        if rows:
            heading = [
                pgettext("reminder", "Step"),
                _("Month"),
                _("Unit"),
                pgettext("reminder", "Person"),
                pgettext("reminder", "How"),
            ]
            for line in _table([heading, *rows]):
                self.stdout.write(line)
        found: list[Reminder | Chased | Told] = [*reports, *problems, *slips]
        people = sum(each.person is not None for each in found)
        would = _("%(count)s notices would be sent for %(day)s.")
        was = _("%(count)s notices were sent for %(day)s.")
        self.stdout.write((would if dry_run else was) % {"count": people, "day": from_day})


def _read(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(_("“%(text)s” is no day. Write it as 2023-10-08.") % {"text": text}) from error


def _told(each: Reminder | Chased | Told) -> tuple[str, str, str]:
    """The units concerned, who is told, and how."""
    units, person = joined(each.params["unit"]), each.person
    if person is None:
        return units, NONE, _("nobody to tell")
    return units, f"{person} ({person.username})", _("notice and mail") if person.email else _("notice")


def _table(rows: list[list[str]]) -> Iterable[str]:
    """Columns side by side; a Chinese sign takes two places on a screen."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
