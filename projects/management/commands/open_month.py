"""Open a month for reports, as the office does on its page; for the timetable of a server."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from projects.core.clock import now, today, working_month
from projects.core.month import Month
from projects.core.refusals import Refused
from projects.management.arguments import month
from projects.management.tables import DatabaseCommand
from projects.progress.actions.periods import open_period
from projects.progress.models import MonthlyReport


class Command(DatabaseCommand):
    help = "Opens a month for reports and asks for the reports; again it only asks for those that came to be due since."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("month", nargs="?", type=month, help="YYYY-MM; the working month when left out")

    def handle(self, *args: Any, **options: Any) -> None:
        of: Month = options["month"] or working_month(today())
        reports = MonthlyReport.objects.filter(month=of)
        before = reports.count()
        try:
            period = open_period(of, by=None, at=now(), today=today())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            _("%(month)s: due on %(due)s, locked after %(lock)s; %(added)s reports asked for, %(all)s in all.")
            % {
                "month": of,
                "due": period.due_on.isoformat(),
                "lock": period.locks_on.isoformat(),
                "added": reports.count() - before,
                "all": reports.count(),
            }
        )
