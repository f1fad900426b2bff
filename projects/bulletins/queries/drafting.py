"""The content of a bulletin that is being prepared, from the live lines and all that stands behind them."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from projects.accounts.models import Unit
from projects.bulletins.content import Content, LineCopy, ProblemCopy, UnitCopy, units_of
from projects.bulletins.models import Bulletin, Line, Override
from projects.bulletins.queries.editions import Edition, edition_for, palette_in_force
from projects.bulletins.queries.lines import reasons
from projects.bulletins.queries.published import latest_published, unit_copies
from projects.bulletins.queries.rated import rated_lines
from projects.core.marks import STANDING_SHAPES
from projects.core.month import Month
from projects.progress.models import MonthlyReport
from projects.progress.queries import approved
from projects.progress.workflow import MISSING, State
from projects.rating.facts import CONTINUED, IMPLEMENTATION
from projects.rating.levels import Standing
from projects.rating.palettes import DEFAULT_PALETTE, Palette
from projects.rating.wording import EXEMPTION_REASONS, STANDING_WORDS, shade_word
from projects.register.models import AnnualPlan, Category, Milestone, Problem, Project, Sector
from projects.register.models.problems import CLOSED
from projects.register.models.schedule import APPROVED
from projects.register.stages import has_started
from projects.register.wording import CLASS_NAMES, NATURE_NAMES, stage_name

MONTHS_BACK = 12  # how far the row of periods at one colour is followed


@dataclass
class _Around:
    """What stands beside the lines of a month, by project."""

    plans: dict[int, tuple[AnnualPlan, AnnualPlan]] = field(default_factory=dict)  # original, in force
    reports: dict[int, MonthlyReport] = field(default_factory=dict)
    since_start: dict[int, int] = field(default_factory=dict)
    statistics: dict[int, int] = field(default_factory=dict)
    problems: dict[int, list[ProblemCopy]] = field(default_factory=dict)
    before: dict[int, list[tuple[Month, int | None, str]]] = field(default_factory=dict)
    overrides: dict[int, str] = field(default_factory=dict)
    approvals: dict[int, str] = field(default_factory=dict)
    palette_before: Palette = DEFAULT_PALETTE  # how levels looked last month


def content_of_draft(district: Unit, month: Month) -> Content:
    """The bulletin of a month as it would be published now; a fixed number of queries."""
    edition = edition_for(month)
    lines = draft_lines(district, month, edition)
    return Content(month, lines, len(edition.palette.shades), tuple(draft_units(district, month, lines, edition)))


def draft_units(district: Unit, month: Month, lines: tuple[LineCopy, ...], edition: Edition) -> list[UnitCopy]:
    """The tables by unit, leader and category, with last month's ranks where it was published."""
    last = latest_published(district.pk, month.earlier(1))
    ranks = {(unit.kind, unit.name): unit.rank for unit in unit_copies(last)} if last else {}
    before = {who: rank for who, rank in ranks.items() if rank is not None}
    return units_of(lines, month, levels=len(edition.palette.shades), policy=edition.unit_policy, before=before)


def draft_lines(district: Unit, month: Month, edition: Edition) -> tuple[LineCopy, ...]:
    """A line for each project of the district, the worst colour first, as the list shows them."""
    rows = (
        Line.objects.of(month)
        .filter(unit__in=Unit.objects.below(district))
        .select_related("project")
        .prefetch_related("project__labels")
        .order_by("-severity", F("lead_tenths").asc(nulls_last=True), "id")
    )
    return _copies(rows.iterator(chunk_size=2000), district, month, edition)


def content_to_word(bulletin: Bulletin) -> Content:
    """What the text of a draft is about. The lines of a published month stay as they are until its correction is
    published, so those of a correction are rated for it and not stored."""
    district, month = bulletin.district, bulletin.month
    if bulletin.edition == 1:
        return content_of_draft(district, month)
    edition = edition_for(month)
    lines = _copies(_rated_anew(district, month, edition), district, month, edition)
    return Content(month, lines, len(edition.palette.shades), tuple(draft_units(district, month, lines, edition)))


def _rated_anew(district: Unit, month: Month, edition: Edition) -> list[Line]:
    """The lines as they would be written now, in the order in which they would be read."""
    projects = Project.objects.filter(unit__in=Unit.objects.below(district), listed_from__lte=month)
    around = projects.prefetch_related("labels")
    stored = dict(Line.objects.of(month).filter(project__in=projects).values_list("project_id", "id"))

    def place(line: Line) -> tuple[int, bool, int, float]:
        lead = line.lead_tenths
        return -line.severity, lead is None, lead or 0, stored.get(line.project_id, float("inf"))

    return sorted(rated_lines(around, month, current=False, edition=edition), key=place)


def _copies(rows: Iterable[Line], district: Unit, month: Month, edition: Edition) -> tuple[LineCopy, ...]:
    around, named = _around(Project.objects.filter(unit__in=Unit.objects.below(district)), month), _Named()
    return tuple(_copy(number, named.of(line), around, edition) for number, line in enumerate(rows, 1))


class _Named:
    """Units and lists, few beside many lines: each is read once and shared by all lines that refer to it."""

    def __init__(self) -> None:
        self.units, self.categories = Unit.objects.in_bulk(), Category.objects.in_bulk()
        self.sectors = Sector.objects.in_bulk()

    def of(self, line: Line) -> Line:
        """The line, with what it refers to at hand."""
        line.unit, project = self.units[line.unit_id], line.project
        project.category = self.categories[project.category_id]
        project.sector = None if project.sector_id is None else self.sectors[project.sector_id]
        return line


def _around(projects: QuerySet[Project], month: Month) -> _Around:
    around = _Around()
    for plan in AnnualPlan.objects.filter(
        project__in=projects, year=month.year, decision=APPROVED, effective_from__lte=month
    ).order_by("number"):
        first, _last = around.plans.get(plan.project_id, (plan, plan))
        around.plans[plan.project_id] = (first, plan)
    reports = MonthlyReport.objects.filter(project__in=projects, month=month)
    around.reports = {report.project_id: report for report in reports}
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


def _copy(number: int, line: Line, around: _Around, edition: Edition) -> LineCopy:
    project, pk, palette = line.project, line.project_id, edition.palette
    original, plan = around.plans.get(pk, (None, None))
    report = around.reports.get(pk)
    approved_report = report if report is not None and report.state == State.APPROVED.value else None
    word, hue, shape = look(line.level, line.standing, palette)
    end = line.month.last_day
    started = _is_started(project, end)
    return LineCopy(
        number=number,
        project=pk,
        code=line.code,
        name=line.name,
        short_name=line.short_name,
        unit=line.unit_id,
        unit_name=line.unit_name,
        unit_group="department" if line.unit.kind == "department" else "town",
        colour_word=word,
        colour_hue=hue,
        colour_shape=shape,
        owner=project.owner,
        leader=line.leader_id,
        leader_name=line.leader_name,
        responsible=project.responsible,
        category=line.category_id,
        category_name=project.category.name,
        sector_name=project.sector.name if project.sector else "",
        nature_name=str(NATURE_NAMES.get(project.nature, "")),
        project_class=line.project_class,
        class_name=str(CLASS_NAMES.get(line.project_class, "")),
        labels=tuple(label.name for label in project.labels.all()),
        location=project.location,
        content=project.content,
        total_investment=line.total_investment,
        year_plan=line.year_plan,
        original_plan=original.amount if original else None,
        goal=plan.goal if plan else "",
        planned_this_month=plan.month_plan[line.month.number - 1] if plan and plan.month_plan else None,
        invested_this_month=approved_report.invested_this_month if approved_report else None,
        invested_to_date=line.invested_to_date,
        invested_since_start=around.since_start.get(pk),
        invested_statistics=around.statistics.get(pk),
        completion_tenths=line.completion_tenths,
        schedule_tenths=line.schedule_tenths,
        lead_tenths=line.lead_tenths,
        **_days(project),
        stage_name=stage_name(line.stage, partly=line.partly_operating),
        phases=tuple(_phase(*phase) for phase in line.phases),
        is_started=started,
        is_due_to_start=_is_due_to_start(project, end),
        is_due_for_statistics=started and (project.total_investment or 0) >= edition.policy.statistics_floor,
        is_in_statistics=_has_come(project.entered_statistics_on, end),
        image=approved_report.image if approved_report else "",
        approvals=around.approvals.get(pk, ""),
        next_steps=approved_report.next_steps if approved_report else "",
        problems=tuple(around.problems.get(pk, ())),
        contact_name=project.contact_name,
        contact_phone=project.contact_phone,
        level=line.level,
        computed_level=line.computed_level,
        standing=line.standing,
        override_reason=around.overrides.get(pk, "") if line.level != line.computed_level else "",
        exempt_reason=str(EXEMPTION_REASONS.get(line.exempt_reason, "")),
        rules=tuple(hit["rule"] for hit in line.hits),
        reasons=tuple(reasons(line, palette)),
        **_history(line, around.before.get(pk, []), around.palette_before),
        punctual=_punctual(report),
        is_example=line.is_example,
    )


def look(level: int | None, standing: str, palette: Palette) -> tuple[str, str, str]:
    """Word, hue and shape of a level or of a standing outside the scale."""
    if level is None:
        return str(STANDING_WORDS[Standing(standing)]), standing, STANDING_SHAPES[standing]
    shade = palette.shade(level)
    return shade_word(shade), shade.hue, shade.shape


def _phase(_number: int, name: str, stage: str, step: str, partly: bool) -> str:
    return f"{name} {stage_name(stage, step, partly=partly)}"


def _days(project: Project) -> dict[str, Any]:
    names = ("planned_start", "actual_start", "planned_finish", "actual_finish", "entered_statistics_on")
    days = {name: getattr(project, name) for name in names}
    return {name: day.isoformat() if day else "" for name, day in days.items()}


def _has_come(day: datetime.date | None, end: datetime.date) -> bool:
    return day is not None and day <= end


def _is_started(project: Project, end: datetime.date) -> bool:
    if project.actual_start is not None:
        return project.actual_start <= end
    return project.nature == CONTINUED or has_started(project.stage)


def _is_due_to_start(project: Project, end: datetime.date) -> bool:
    """Implementation-class projects whose start was planned by now, or whose start is not planned at all."""
    due = project.planned_start is None or project.planned_start <= end
    return project.project_class == IMPLEMENTATION and (due or _is_started(project, end))


def _history(line: Line, before: list[tuple[Month, int | None, str]], palette: Palette) -> dict[str, Any]:
    """The colour of last month, in its `palette`, and how many periods in a row the project has stood at its level
    when that is worse than the best."""
    last = before[0] if before and before[0][0] == line.month.earlier(1) else None
    streak, expected = 0, line.month
    if line.level:
        streak = 1
        for of, level, _standing in before:
            if of != expected + -1 or level != line.level:
                break
            streak, expected = streak + 1, of
    word = look(last[1], last[2], palette)[0] if last else ""
    return {
        "previous_level": last[1] if last else None,
        "previous_word": word,
        "is_new": not before,
        "streak": streak,
    }


def _punctual(report: MonthlyReport | None) -> bool | None:
    if report is None:
        return None
    return report.state not in MISSING and not report.is_late
