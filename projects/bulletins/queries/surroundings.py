"""What stands beside the lines of a month: plans, reports, problems, approvals and earlier colours, by project."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from projects.accounts.models import Unit
from projects.bulletins.content import ProblemCopy
from projects.bulletins.models import Line, Override
from projects.bulletins.queries.editions import palette_in_force
from projects.core.month import Month
from projects.progress.models import MonthlyReport
from projects.progress.queries import approved
from projects.progress.workflow import State
from projects.rating.palettes import DEFAULT_PALETTE, Palette
from projects.register.models import AnnualPlan, Category, Milestone, Problem, Project, Sector
from projects.register.models.problems import CLOSED
from projects.register.models.schedule import APPROVED

MONTHS_BACK = 12  # how far the row of periods at one colour is followed


class Planned(NamedTuple):
    """An annual plan (yuan)."""

    amount: int
    month_plan: list[int] | None
    goal: str


class Reported(NamedTuple):
    """The report of the month."""

    state: str
    is_late: bool
    invested_this_month: int | None
    image: str
    next_steps: str


@dataclass
class Around:
    """What stands beside the lines of a month, by project."""

    plans: dict[int, tuple[Planned, Planned]] = field(default_factory=dict)  # original, in force
    reports: dict[int, Reported] = field(default_factory=dict)
    since_start: dict[int, int] = field(default_factory=dict)
    statistics: dict[int, int] = field(default_factory=dict)
    problems: dict[int, list[ProblemCopy]] = field(default_factory=dict)
    before: dict[int, list[tuple[Month, int | None, str]]] = field(default_factory=dict)
    overrides: dict[int, str] = field(default_factory=dict)
    approvals: dict[int, str] = field(default_factory=dict)
    palette_before: Palette = DEFAULT_PALETTE  # how levels looked last month
    departments: set[int] = field(default_factory=set)
    categories: dict[int, str] = field(default_factory=dict)  # by their own numbers, and so are sectors
    sectors: dict[int, str] = field(default_factory=dict)


def around_lines(projects: QuerySet[Project], month: Month) -> Around:
    """A fixed number of queries, whatever the number of projects."""
    around = Around()
    plans = AnnualPlan.objects.filter(
        project__in=projects, year=month.year, decision=APPROVED, effective_from__lte=month
    )
    for pk, *values in plans.order_by("number").values_list("project_id", *Planned._fields):
        plan = Planned(*values)
        first, _last = around.plans.get(pk, (plan, plan))
        around.plans[pk] = (first, plan)
    reports = MonthlyReport.objects.filter(project__in=projects, month=month)
    rows = reports.values_list("project_id", *Reported._fields)
    around.reports = {pk: Reported(*values) for pk, *values in rows}
    figures = approved(month.year).filter(project__in=projects, month__lte=month).order_by().values_list("project_id")
    around.statistics = {pk: total for pk, total in figures.annotate(Sum("invested_statistics")) if total is not None}
    ever = MonthlyReport.objects.filter(project__in=projects, month__lte=month, state=State.APPROVED.value)
    around.since_start = dict(ever.order_by().values_list("project_id").annotate(Sum("invested_this_month")))
    for problem in Problem.objects.filter(project__in=projects).exclude(state=CLOSED).select_related("asked_of"):
        copy = ProblemCopy(
            kind=str(problem.get_kind_display()), description=problem.description, request=problem.request,
            asked=problem.asked, due_on=problem.due_on.isoformat(),
        )  # fmt: skip
        around.problems.setdefault(problem.project_id, []).append(copy)
    earlier = Line.objects.filter(project__in=projects, month__lt=month, month__gte=month.earlier(MONTHS_BACK))
    before: dict[int, list[tuple[Month, int | None, str]]] = defaultdict(list)
    for pk, of, level, standing in earlier.order_by("-month").values_list("project_id", "month", "level", "standing"):
        before[pk].append((of, level, standing))
    around.before = before
    around.palette_before = palette_in_force(month.earlier(1))
    around.approvals = _approvals(projects, month)
    granted = Override.objects.filter(project__in=projects, month=month, decision="approved")
    around.overrides = dict(granted.values_list("project_id", "reason"))
    around.departments = set(Unit.objects.filter(kind="department").values_list("id", flat=True))
    around.categories = dict(Category.objects.order_by().values_list("id", "name"))
    around.sectors = dict(Sector.objects.order_by().values_list("id", "name"))
    return around


def _approvals(projects: QuerySet[Project], month: Month) -> dict[int, str]:
    """Of each project with a checklist which approvals it has and which not, in words."""
    have: dict[int, list[str]] = defaultdict(list)
    lack: dict[int, list[str]] = defaultdict(list)
    rows = Milestone.objects.filter(project__in=projects, kind="approval", not_applicable=False).order_by("id")
    for pk, name, done_on in rows.values_list("project_id", "name", "done_on"):
        (have if done_on is not None and done_on <= month.last_day else lack)[pk].append(name)
    comma = pgettext("between two names", ", ")
    found = {}
    for pk in have.keys() | lack.keys():
        parts = [(_("done: %(names)s"), have[pk]), (_("to do: %(names)s"), lack[pk])]
        found[pk] = pgettext("between two parts", "; ").join(
            text % {"names": comma.join(names)} for text, names in parts if names
        )
    return found
