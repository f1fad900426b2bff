"""What people have decided about a month, what still waits, and what has not come in."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from projects.accounts.models import Unit, User
from projects.accounts.queries import district_of, may
from projects.accounts.roles import Role, Verb
from projects.bulletins.models import Bulletin, Line, Objection, Override
from projects.bulletins.models.bulletins import CIRCULATED
from projects.core.month import Month
from projects.progress.models import MonthlyReport
from projects.progress.queries.reports import chased
from projects.register.models import Exemption, Project


def approved_overrides(projects: QuerySet[Project], month: Month) -> dict[int, int]:
    """Of each project with an approved override of `month` the level that it asks for."""
    rows = Override.objects.filter(project__in=projects, month=month, decision="approved")
    return dict(rows.values_list("project_id", "level"))


def waiting_for_decision(district: Unit, month: Month) -> tuple[int, int]:
    """How many overrides and how many objections of a district still wait for a month."""
    inside = {"project__unit__in": Unit.objects.below(district), "month": month}
    return Override.objects.waiting().filter(**inside).count(), Objection.objects.waiting().filter(**inside).count()


def reports_missing(district: Unit, month: Month) -> QuerySet[MonthlyReport]:
    """The reports of the month that are not approved yet, of projects that are asked after, unit by unit."""
    rows = chased(MonthlyReport.objects.filter(month=month, project__unit__in=Unit.objects.below(district)))
    open_ones = rows.exclude(state="approved").select_related("project__unit")
    return open_ones.order_by("project__unit__position", "project__unit_id", "project__name_key", "id")


def exemptions_in(district: Unit, month: Month) -> QuerySet[Exemption]:
    """The exemptions that hold in the month."""
    holding = Exemption.objects.filter(first_month__lte=month, last_month__gte=month)
    inside: QuerySet[Exemption] = holding.filter(project__unit__in=Unit.objects.below(district))
    return inside.select_related("project__unit").order_by("project__name_key", "id")


@dataclass(frozen=True)
class Hearing:
    """A draft that the unit of a person may object to, and how its projects stand in it, by level."""

    bulletin: Bulletin
    levels: list[tuple[int, int]]  # level, how many projects; only those worse than the best, the worst first
    objections: int  # how many the unit has raised already


def hearings_for(user: User, day: datetime.date) -> list[Hearing]:
    """What is circulated and still open on `day`, for who reports for a unit; two queries more for each."""
    if user.role != Role.REPORTER or not may(user, Verb.OBJECT):
        return []
    drafts = Bulletin.objects.filter(
        district=district_of(user.unit), state=CIRCULATED, objections_until__gte=day
    ).order_by("month")
    return [_hearing(draft, user) for draft in drafts]


def _hearing(draft: Bulletin, user: User) -> Hearing:
    lines = Line.objects.of(draft.month).reachable_by(user).filter(level__gt=0)
    levels = lines.order_by("-level").values_list("level").annotate(Count("id"))
    raised = Objection.objects.visible_to(user).filter(month=draft.month).count()
    return Hearing(draft, list(levels), raised)


@dataclass(frozen=True)
class Waiting:
    """A month in which something waits for the office to decide."""

    month: Month
    overrides: int
    objections: int


def decisions_waiting(user: User) -> list[Waiting]:
    """What waits for a decision in the district of who decides, month by month; two queries."""
    if not may(user, Verb.DECIDE_OVERRIDE):
        return []
    counts = [
        dict(rows.visible_to(user).waiting().order_by("month").values_list("month").annotate(Count("id")))
        for rows in (Override.objects, Objection.objects)
    ]
    overrides, objections = counts
    return [
        Waiting(month, overrides.get(month, 0), objections.get(month, 0)) for month in sorted({*overrides, *objections})
    ]
