"""Publish the draft of a month in somebody's name, as the office does on its page; for the timetable of a server."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from projects.accounts.queries import district_of
from projects.bulletins.actions.publishing import publish
from projects.bulletins.models import Bulletin
from projects.bulletins.models.bulletins import PUBLISHED
from projects.bulletins.queries.published import latest_published
from projects.core.clock import now, today, working_month
from projects.core.refusals import Refused
from projects.management.arguments import account, month
from projects.management.tables import DatabaseCommand


class Command(DatabaseCommand):
    help = (
        "Publishes the draft of a month with everything that follows from it. What the page asks for first"
        " (circulation, objections, decisions, approved reports) is asked for here too. Again it changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("month", nargs="?", type=month, help="YYYY-MM; the working month when left out")
        parser.add_argument("--as", dest="username", required=True, help="the account in whose name it is done")
        parser.add_argument("--despite-missing", action="store_true", help="although reports are missing")

    def handle(self, *args: Any, **options: Any) -> None:
        user, of = account(options["username"]), options["month"] or working_month(today())
        district = district_of(user.unit)
        draft = Bulletin.objects.filter(district=district, month=of).exclude(state=PUBLISHED).first()
        if draft is None:
            found = latest_published(district.pk, of)
            if found is None:
                raise CommandError(
                    _("There is no draft of %(month)s. Begin and circulate it on the page first.") % {"month": of}
                )
        else:
            try:
                found = publish(
                    draft, by=user, at=now(), through=working_month(today()), seen=draft.version,
                    despite_missing=options["despite_missing"],
                )  # fmt: skip
            except Refused as refusal:
                raise CommandError(str(refusal.sentence)) from refusal
        self.stdout.write(
            _("“%(title)s” is published: edition %(edition)s, %(lines)s projects, check code %(digest)s.")
            % {
                "title": found.title,
                "edition": found.edition,
                "lines": found.lines.count(),
                "digest": found.digest,
            }
        )
