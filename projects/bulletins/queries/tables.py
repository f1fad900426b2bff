"""The tables by unit, leader and category of a month that is not published, added up by the database.

They hold what `content.units_of` makes of the lines of the draft (a test holds the two against each other), and
take a tenth of its time: no line is put into words.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import Count, F, FilteredRelation, Q, QuerySet, Sum

from projects.accounts.models import Unit
from projects.bulletins.content import Share, Sums, UnitCopy, tables_of
from projects.bulletins.models import Line
from projects.bulletins.queries.drafting import ranks_before
from projects.bulletins.queries.editions import Edition, edition_for
from projects.core.month import Month
from projects.progress.workflow import MISSING, State
from projects.rating.facts import CONTINUED, IMPLEMENTATION
from projects.register.stages import Stage, has_started


def tables_of_draft(district: Unit, month: Month) -> list[UnitCopy]:
    """The tables of a district with last month's ranks; five queries."""
    return tables_below(district, month, before=ranks_before(district, month))


def tables_below(root: Unit, month: Month, *, before: Mapping[tuple[str, str], int]) -> list[UnitCopy]:
    """The same of the projects of one unit and those below it."""
    edition = edition_for(month)
    lines = Line.objects.of(month).filter(unit__in=Unit.objects.below(root))
    units: dict[tuple[str, int | None], Sums] = defaultdict(Sums)
    leaders: dict[tuple[str, int | None], Sums] = defaultdict(Sums)
    categories: dict[tuple[str, int | None], Sums] = defaultdict(Sums)
    for unit, unit_name, leader, leader_name, category, category_name, *values in _added_up(lines, month, edition):
        sums = _sums(values)
        units[unit_name, unit] += sums
        if leader_name:
            leaders[leader_name, leader] += sums
        if category_name:
            categories[category_name, category] += sums
    departments = set(Unit.objects.filter(kind="department").values_list("id", flat=True))
    groups = {key: "department" if key in departments else "town" for _name, key in units}
    return tables_of(
        units, groups, leaders, categories, month, policy=edition.unit_policy,
        before=before,
    )  # fmt: skip


def _added_up(lines: QuerySet[Line], month: Month, edition: Edition) -> QuerySet[Any]:
    """Of each unit, leader and category together: who they are, then the figures as `_sums` reads them."""
    end = month.last_day
    planned = Q(project_class=IMPLEMENTATION, year_plan__gt=0)
    begun = [stage.value for stage in Stage if has_started(stage)]
    standing = Q(project__nature=CONTINUED) | Q(project__stage__in=begun)
    started = Q(project__actual_start__lte=end) | Q(project__actual_start__isnull=True) & standing
    due = Q(project__planned_start__isnull=True) | Q(project__planned_start__lte=end) | started
    due_to_start = Q(project__project_class=IMPLEMENTATION) & due
    due_for_statistics = started & Q(project__total_investment__gte=edition.policy.statistics_floor)
    if edition.policy.statistics_floor <= 0:
        due_for_statistics = started
    reported = Q(report__isnull=False)
    in_time = reported & ~Q(report__state__in=[state.value for state in MISSING]) & Q(report__is_late=False)
    last = len(edition.palette.shades) - 1
    figures: dict[str, Any] = {
        "n": Count("id"),
        "total": Sum("total_investment"),
        "planned": Count("id", filter=planned),
        "plan": Sum("year_plan", filter=planned),
        "invested": Sum("invested_to_date", filter=planned),
        "this_month": Sum("report__invested_this_month", filter=planned & Q(report__state=State.APPROVED.value)),
        "started_of": Count("id", filter=due_to_start & started),
        "started_due": Count("id", filter=due_to_start),
        "statistics_of": Count("id", filter=due_for_statistics & Q(project__entered_statistics_on__lte=end)),
        "statistics_due": Count("id", filter=due_for_statistics),
        "punctual_of": Count("id", filter=in_time),
        "punctual_due": Count("id", filter=reported),
        **{name: Count("id", filter=Q(standing=name)) for name in ("exempt", "not_rated", "not_reported")},
        **{f"level_{level}": Count("id", filter=Q(level=level)) for level in range(last)},
        f"level_{last}": Count("id", filter=Q(level__gte=last)),
    }
    report = FilteredRelation("project__reports", condition=Q(project__reports__month=month))
    who = ("unit_id", "unit_name", "leader_id", "leader_name", "category_id", "category_name")
    with_names = lines.annotate(report=report, category_name=F("project__category__name")).order_by()
    found: QuerySet[Any] = with_names.values(*who).annotate(**figures).values_list(*who, *figures).order_by(*who)
    return found


def _sums(values: list[int | None]) -> Sums:
    (count, total, planned, plan, invested, this_month, started, started_due, in_statistics, statistics_due, punctual,
     punctual_due, exempt, not_rated, not_reported, *levels) = (value or 0 for value in values)  # fmt: skip
    return Sums(
        projects=count, total_investment=total, planned=planned, year_plan=plan, invested_to_date=invested,
        invested_this_month=this_month, started=Share(started, started_due),
        in_statistics=Share(in_statistics, statistics_due), punctual=Share(punctual, punctual_due),
        levels=tuple(levels), exempt=exempt, not_rated=not_rated, not_reported=not_reported,
    )  # fmt: skip
