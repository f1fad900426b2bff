"""What is known of a project before its month is written: last month's words, the plan, the sums."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from projects.core.month import Month
from projects.progress.checking import Background
from projects.progress.models import MonthlyReport, ReportingRules
from projects.progress.queries.facts import progress_by
from projects.progress.workflow import State
from projects.register.models import Project
from projects.register.queries import plans_in_force


@dataclass(frozen=True)
class _Before:
    """What an earlier report said."""

    invested: int | None
    image: str
    steps: str
    planned_next: int | None
    statistics: int | None


def backgrounds(projects: QuerySet[Project], month: Month) -> dict[int, Background]:
    """Of each project what is known before `month` is written; six queries for any number of projects.

    Sums count approved figures only. The plan of the month is what the last report announced for it,
    else the month plan in force.
    """
    rules = ReportingRules.current()
    plans = plans_in_force(projects, month)
    to_date = {} if month.number == 1 else progress_by(projects, month + -1)
    since_start = dict(
        MonthlyReport.objects.filter(project__in=projects, state=State.APPROVED.value, month__lt=month)
        .values_list("project_id")
        .annotate(Sum("invested_this_month"))
        .order_by()
    )
    earlier = _earlier(projects, month)
    found = {}
    for pk, total in projects.order_by().values_list("id", "total_investment"):
        plan, last = plans.get(pk), earlier[pk].get(month + -1)
        two_ago = earlier[pk].get(month + -2)
        months = plan.month_plan if plan and plan.month_plan else [None] * 12
        planned = months[month.number - 1]
        if last and last.planned_next is not None:
            planned = last.planned_next
        found[pk] = Background(
            planned=planned,
            year_plan=plan.amount if plan else None,
            total_investment=total,
            to_date=to_date[pk].invested_to_date if pk in to_date else 0,
            since_start=since_start.get(pk, 0),
            before=(last.invested if last else None, two_ago.invested if two_ago else None),
            last_image=last.image if last else "",
            last_steps=last.steps if last else "",
            last_statistics=last.statistics if last else None,
            following=months[month.number] if month.number < 12 else None,
            variance_percent=rules.variance_percent,
        )
    return found


def _earlier(projects: QuerySet[Project], month: Month) -> dict[int, dict[Month, _Before]]:
    """The reports of the two months before, that were handed in."""
    found: dict[int, dict[Month, _Before]] = defaultdict(dict)
    rows = MonthlyReport.objects.handed_in().filter(project__in=projects, month__gte=month + -2, month__lt=month)
    for row in rows.order_by("id"):
        found[row.project_id][row.month] = _Before(
            row.invested_this_month, row.image, row.next_steps, row.next_month_amount, row.invested_statistics
        )
    return found


def background_of(project: Project, month: Month) -> Background:
    """The same for one project."""
    return backgrounds(Project.objects.filter(pk=project.pk), month)[project.pk]
