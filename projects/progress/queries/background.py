"""What is known of a project before its month is written: last month's words, the plan, the sums."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from projects.core.month import Month
from projects.progress.checking import Background
from projects.progress.models import MonthlyReport, ReportingRules
from projects.progress.queries.facts import progress_by
from projects.progress.workflow import HANDED_IN, State
from projects.register.models import AnnualPlan, Project
from projects.register.queries import plan_in_force, plans_in_force


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
    to_date = {} if month.number == 1 else progress_by(projects, month.earlier(1))
    since_start = dict(
        MonthlyReport.objects.filter(project__in=projects, state=State.APPROVED.value, month__lt=month)
        .values_list("project_id")
        .annotate(Sum("invested_this_month"))
        .order_by()
    )
    earlier = _earlier(MonthlyReport.objects.filter(project__in=projects, month__gte=month.earlier(2), month__lt=month))
    return {
        pk: _background(
            month,
            plan=plans.get(pk),
            earlier=earlier[pk],
            total_investment=total,
            to_date=to_date[pk].invested_to_date if pk in to_date else 0,
            since_start=since_start.get(pk, 0),
            variance_percent=rules.variance_percent,
        )
        for pk, total in projects.order_by().values_list("id", "total_investment")
    }


def backgrounds_of(reports: Sequence[MonthlyReport]) -> dict[int, Background]:
    """The same of each of these reports, which may be of any months, by the report's id; four queries.

    For a page of reports: it reads all figures of their projects. Their projects are at hand (`select_related`).
    """
    pks = {report.project_id for report in reports}
    months = {report.month for report in reports}
    plans: dict[int, list[AnnualPlan]] = defaultdict(list)
    for plan in AnnualPlan.objects.filter(project__in=pks, year__in={month.year for month in months}).order_by("id"):
        plans[plan.project_id].append(plan)
    figures: dict[int, list[tuple[Month, int]]] = defaultdict(list)
    counted = MonthlyReport.objects.filter(project__in=pks, state=State.APPROVED.value).order_by("id")
    for pk, month, invested in counted.values_list("project_id", "month", "invested_this_month"):
        figures[pk].append((month, invested or 0))
    before = {month.earlier(back) for month in months for back in (1, 2)}
    earlier = _earlier(MonthlyReport.objects.filter(project__in=pks, month__in=before))
    rules = ReportingRules.current()
    found = {}
    for report in reports:
        month, known = report.month, [each for each in figures[report.project_id] if each[0] < report.month]
        found[report.pk] = _background(
            month,
            plan=plan_in_force(plans[report.project_id], month),
            earlier=earlier[report.project_id],
            total_investment=report.project.total_investment,
            to_date=sum(invested for of, invested in known if of.year == month.year),
            since_start=sum(invested for _of, invested in known),
            variance_percent=rules.variance_percent,
        )
    return found


def _background(
    month: Month,
    *,
    plan: AnnualPlan | None,
    earlier: Mapping[Month, _Before],
    total_investment: int | None,
    to_date: int,
    since_start: int,
    variance_percent: int,
) -> Background:
    last, two_ago = earlier.get(month.earlier(1)), earlier.get(month.earlier(2))
    months = plan.month_plan if plan and plan.month_plan else [None] * 12
    planned = months[month.number - 1]
    if last and last.planned_next is not None:
        planned = last.planned_next
    return Background(
        planned=planned,
        year_plan=plan.amount if plan else None,
        total_investment=total_investment,
        to_date=to_date,
        since_start=since_start,
        before=(last.invested if last else None, two_ago.invested if two_ago else None),
        last_image=last.image if last else "",
        last_steps=last.steps if last else "",
        last_statistics=last.statistics if last else None,
        following=months[month.number] if month.number < 12 else None,
        variance_percent=variance_percent,
    )


def _earlier(reports: QuerySet[MonthlyReport]) -> dict[int, dict[Month, _Before]]:
    """Of each project those of `reports` that were handed in."""
    found: dict[int, dict[Month, _Before]] = defaultdict(dict)
    rows = reports.filter(state__in=[state.value for state in HANDED_IN]).order_by("id")
    for row in rows:
        found[row.project_id][row.month] = _Before(
            row.invested_this_month, row.image, row.next_steps, row.next_month_amount, row.invested_statistics
        )
    return found


def background_of(project: Project, month: Month) -> Background:
    """The same for one project."""
    return backgrounds(Project.objects.filter(pk=project.pk), month)[project.pk]
