"""The rows of a month sheet: of each project what the register says, and what is known and written of the month."""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from projects.accounts.models import User
from projects.accounts.queries import may, reaches
from projects.accounts.roles import Verb
from projects.core.display import wan
from projects.core.month import Month
from projects.core.sheets import Cell
from projects.core.yuan import WAN
from projects.exchange.exports.paper import Value
from projects.progress.checking import Background
from projects.progress.models import MonthlyReport, Period
from projects.progress.queries.background import backgrounds
from projects.progress.queries.reports import TO_WRITE, period_of, projects_to_report
from projects.progress.wording import STATE_NAMES
from projects.progress.workflow import State
from projects.register.models import AnnualPlan, Milestone, Problem, Project
from projects.register.queries import plans_in_force

BATCH = 500
NAMED = 3  # approvals that are told by name
BETWEEN = "、"


@dataclass(frozen=True)
class MonthRow:
    """A project's row, amounts in 万元.

    `before` and `since` are what was invested before the month, this year and in all years; where the row
    `is_open` the sheet adds what is filled in; `is_kept` where the person keeps the register. `hints` say, by column,
    what stood there last month.
    """

    values: Mapping[str, Value]
    before: Cell = None
    since: Cell = None
    is_open: bool = False
    is_kept: bool = False
    hints: Mapping[str, str] = field(default_factory=dict)


def projects_of_sheet(user: User, unit_path: str, month: Month) -> QuerySet[Project]:
    """The projects below a unit that report in `month`: those asked, and those that have a report."""
    reported = MonthlyReport.objects.filter(month=month).values("project")
    asked = projects_to_report(month).values("pk")
    rows: QuerySet[Project] = Project.objects.visible_to(user).filter(Q(pk__in=reported) | Q(pk__in=asked))
    return rows.filter(unit__path__startswith=unit_path).order_by("unit__position", "unit_id", "name_key", "id")


def month_rows(user: User, projects: QuerySet[Project], month: Month, today: datetime.date) -> Iterator[MonthRow]:
    """The rows in order, read in batches by a fixed number of queries for each.

    Whoever only reads is told approved figures alone; the unit and the office also what is being written.
    """
    period, writes = period_of(month), may(user, Verb.REPORT)
    ids = list(projects.values_list("pk", flat=True))
    for start in range(0, len(ids), BATCH):
        batch = Project.objects.filter(pk__in=ids[start : start + BATCH])
        found = _Batch(batch, month)
        rows = batch.select_related("unit", "leader", "category").prefetch_related("labels").in_bulk()
        for place, pk in enumerate(ids[start : start + BATCH], start=start + 1):
            yield _row(user, place, rows[pk], found, month, period=period, today=today, writes=writes)


class _Batch:
    """What is read of the projects of a batch, by project; nine queries."""

    def __init__(self, projects: QuerySet[Project], month: Month) -> None:
        self.known = backgrounds(projects, month)
        self.plans: dict[int, AnnualPlan] = plans_in_force(projects, month)
        self.reports = {
            report.project_id: report for report in MonthlyReport.objects.filter(project__in=projects, month=month)
        }
        self.approvals: dict[int, list[Milestone]] = defaultdict(list)
        rows = Milestone.objects.filter(project__in=projects, kind="approval", not_applicable=False)
        for approval in rows.order_by("project_id", "id"):
            self.approvals[approval.project_id].append(approval)
        self.problems: dict[int, list[Problem]] = defaultdict(list)
        for problem in Problem.objects.unsolved().filter(project__in=projects).order_by("project_id", "due_on", "id"):
            self.problems[problem.project_id].append(problem)


def _row(
    user: User,
    place: int,
    project: Project,
    found: _Batch,
    month: Month,
    *,
    period: Period | None,
    today: datetime.date,
    writes: bool,
) -> MonthRow:
    report = found.reports.get(project.pk) or MonthlyReport(project=project, month=month)
    known, plan = found.known[project.pk], found.plans.get(project.pk)
    is_open = reaches(user, project.unit) and _may_be_written(user, report, period, today)
    told = report if writes or report.state == State.APPROVED.value else MonthlyReport(project=project, month=month)
    invested = told.invested_this_month or 0
    problems = found.problems[project.pk]
    values: dict[str, Value] = {
        "number": place,
        "code": project.code,
        "name": project.name,
        "owner": project.owner,
        "location": project.location,
        "labels": BETWEEN.join(label.name for label in project.labels.all()),
        "category": project.category.name,
        "nature": str(project.get_nature_display()),
        "content": project.content,
        "build_span": _span(project),
        "total_investment": in_wan(project.total_investment),
        "invested_since_start": in_wan(known.since_start + invested),
        "year_plan": in_wan(plan.amount if plan else None),
        "goal": plan.goal if plan else "",
        "planned_this_month": in_wan(known.planned),
        "invested_this_month": in_wan(told.invested_this_month),
        "invested_to_date": in_wan(known.to_date + invested),
        "completion_rate": (known.to_date + invested) / plan.amount if plan and plan.amount else None,
        "invested_statistics": in_wan(told.invested_statistics),
        "planned_start": project.planned_start,
        "actual_start": project.actual_start,
        "entered_statistics_on": project.entered_statistics_on or (_("no") if project.actual_start else None),
        "planned_finish": project.planned_finish,
        "image": told.image,
        "approvals": _passed(found.approvals[project.pk]),
        "next_month_plan": told.next_steps,
        "next_month_amount": in_wan(told.next_month_amount),
        "problem": _listed([problem.description for problem in problems]),
        "request": _listed([problem.request for problem in problems if problem.request]),
        "unit": project.unit.name,
        "leader": project.leader.name if project.leader else "",
        "responsible": project.responsible,
        "contact": " ".join(filter(None, (project.contact_name, project.contact_phone))),
        "note": project.note,
        "state": _state(project, report, period, today, is_open=is_open),
        "explanation": told.explanation,
        "reason": told.reason,
    }
    hints = _hints(known, month) if is_open else {}
    is_kept = may(user, Verb.EDIT_PROJECT) and reaches(user, project.unit)
    return MonthRow(values, in_wan(known.to_date), in_wan(known.since_start), is_open, is_kept, hints)


def in_wan(yuan: int | None) -> Cell:
    """Yuan in 万元, as a number for a cell."""
    if yuan is None:
        return None
    return yuan // WAN if yuan % WAN == 0 else yuan / WAN


def _may_be_written(user: User, report: MonthlyReport, period: Period | None, today: datetime.date) -> bool:
    if period is None or not may(user, Verb.REPORT) or report.state not in TO_WRITE:
        return False
    return may(user, Verb.REVIEW_REPORTS) or not report.is_shut(period, today)


def _span(project: Project) -> str:
    days = [project.actual_start or project.planned_start, project.actual_finish or project.planned_finish]
    return "—".join(f"{day:%Y.%m}" if day else "" for day in days).strip("—")


def _passed(approvals: list[Milestone]) -> str:
    """How many approvals are settled, and the first of those that are not: 已办 7/9 项，未办：环评、施工图审查."""
    if not approvals:
        return ""
    left = [approval.title for approval in approvals if not approval.is_settled]
    told = {"done": len(approvals) - len(left), "all": len(approvals), "names": BETWEEN.join(left[:NAMED])}
    if not left:
        return _("All %(all)s settled") % told
    if len(left) > NAMED:
        return _("%(done)s of %(all)s settled; not yet: %(names)s and others") % told
    return _("%(done)s of %(all)s settled; not yet: %(names)s") % told


def _listed(texts: list[str]) -> str:
    """Each text on a line of its own; several with their numbers."""
    texts = [" ".join(text.split()) for text in texts]
    if len(texts) < 2:
        return "".join(texts)
    return "\n".join(f"{number}. {text}" for number, text in enumerate(texts, start=1))


def _state(
    project: Project, report: MonthlyReport, period: Period | None, today: datetime.date, *, is_open: bool
) -> str:
    """Where the report stands, and why the row cannot be filled in."""
    if project.halted:
        return str(project.get_halted_display())
    state = str(STATE_NAMES[report.state])
    if is_open or report.state not in TO_WRITE:
        return state
    shut = period is not None and report.is_shut(period, today)
    return f"{state} · {pgettext('report', 'Locked')}" if shut else state


def _hints(known: Background, month: Month) -> dict[str, str]:
    """What stood in the columns last month, for who fills them in."""
    none = _("nothing was reported")
    figures = _("Plan of the month: %(plan)s. Last month: %(before)s. Since January until then: %(sum)s (10,000 yuan).")
    return {
        "invested_this_month": figures
        % {"plan": wan(known.planned), "before": wan(known.before[0]), "sum": wan(known.to_date)},
        "invested_statistics": _("Last month: %(text)s") % {"text": wan(known.last_statistics)},
        "image": _("Last month: %(text)s") % {"text": known.last_image or none},
        "next_month_plan": _("Last month: %(text)s") % {"text": known.last_steps or none},
        "next_month_amount": _("Month plan of the next month: %(plan)s (10,000 yuan)") % {"plan": wan(known.following)},
        "problem": _("Leave what stands here; write a new problem on a line of its own."),
        "request": _("What is asked of others so that the new problem is solved."),
        "explanation": _("To be filled in where the month strays from its plan by more than %(percent)s %%.")
        % {"percent": known.variance_percent},
        "reason": _("To be filled in where the month is below zero."),
    }
