"""Loading the demonstration: the district's year 2023, played through with the actions that the pages use."""

import datetime
import itertools
from collections.abc import Callable, Iterable

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from projects.bulletins.actions import rerate_changed
from projects.core.month import Month
from projects.core.refusals import Refused
from projects.demonstration.approvals import plan_approvals
from projects.demonstration.entries import ProjectEntry
from projects.demonstration.examples import examples
from projects.demonstration.facts import LAST_MONTH
from projects.demonstration.months import foresee
from projects.demonstration.named import named_projects
from projects.demonstration.people import Cast, engage
from projects.demonstration.problems import plan_problems
from projects.demonstration.publishing import plan_bulletins
from projects.demonstration.queries import LOADED, is_empty
from projects.demonstration.registering import enter
from projects.demonstration.reporting import plan_months
from projects.demonstration.steps import Agenda, moments_from, working_time
from projects.journal.actions import record
from projects.notices.models import Notice

BEGINNING = datetime.date(2023, 1, 3)
SECOND, MINUTE = datetime.timedelta(seconds=1), datetime.timedelta(minutes=1)
READ_UNTIL = datetime.date(2023, 10, 7)  # what people were told before, they have read
TODAY = datetime.date(2023, 10, 10)  # the day on which the demonstration stands still

Tell = Callable[[str], None]


@transaction.atomic
def load(*, password: str, tell: Tell) -> None:
    """Load the demonstration into an empty database, with one password for its accounts.

    `tell` hears what is being done. `Refused` when there is anything already: real data and
    examples never stand side by side.
    """
    if not is_empty():
        raise Refused(
            _(
                "There are units, accounts or projects here already."
                " The demonstration is loaded into an empty database only."
            )
        )
    tell(_("Loading the demonstration; this takes a little while."))
    tell(_("Units, lists and accounts …"))
    cast = engage(password=password, at=working_time(BEGINNING, 0))
    play(sorted([*named_projects(), *examples()], key=_when), cast, tell)
    tell(_("Colours of %(month)s …") % {"month": LAST_MONTH})
    rerate_changed(through=LAST_MONTH)
    Notice.objects.filter(at__lt=working_time(READ_UNTIL, 0)).update(read_at=F("at"))  # as people do
    record(by=None, at=working_time(TODAY, 0), verb=LOADED, subject=cast.district)


def _when(entry: ProjectEntry) -> datetime.datetime:
    return working_time(entry.registered, entry.number)


def _count_rows() -> None:
    """Let PostgreSQL count what was written so far: all is one transaction, and by its own counts the tables are
    still empty, for which it chooses ways that take minutes."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def play(entries: Iterable[ProjectEntry], cast: Cast, tell: Tell) -> None:
    """Enter each project when its time comes, and between them all that happens to those entered before."""
    agenda = Agenda()
    known: dict[int, ProjectEntry] = {}
    plan_months(known, cast, agenda)
    plan_problems(cast, agenda)
    plan_bulletins(cast, agenda)
    free = working_time(BEGINNING, 0)  # one thing after another, as the journal's order says
    for month, entered in itertools.groupby(entries, key=lambda entry: Month.of(_when(entry).date())):
        tell(_("The year is played through: %(month)s …") % {"month": month})
        _count_rows()
        for entry in entered:
            moments = moments_from(max(_when(entry), free))
            agenda.play(until=next(moments) + SECOND)
            project = enter(entry, cast, agenda, moments)
            known[project.pk] = entry
            plan_approvals(entry, project, cast, agenda, moments)
            foresee(entry, project, cast, agenda)
            free = next(moments).replace(second=0) + MINUTE  # what is on the agenda begins with a minute
    agenda.play(until=working_time(TODAY, 0))
