"""The content of a bulletin that is being prepared, from the live lines and all that stands behind them."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, partial
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import F, QuerySet

from projects.accounts.models import Unit
from projects.bulletins.content import Content, LineCopy, UnitCopy, units_of
from projects.bulletins.models import Bulletin, Line
from projects.bulletins.queries.editions import Edition, edition_for
from projects.bulletins.queries.lines import reasons
from projects.bulletins.queries.published import latest_published, unit_copies
from projects.bulletins.queries.rated import rated_lines
from projects.bulletins.queries.surroundings import Around, Reported, around_lines
from projects.core.marks import STANDING_SHAPES
from projects.core.month import Month
from projects.progress.workflow import MISSING, State
from projects.rating.facts import CONTINUED, IMPLEMENTATION
from projects.rating.levels import Standing
from projects.rating.palettes import Palette
from projects.rating.wording import EXEMPTION_REASONS, STANDING_WORDS, shade_word
from projects.register.models import Project
from projects.register.stages import has_started
from projects.register.wording import CLASS_NAMES, NATURE_NAMES, stage_name


class _Line(NamedTuple):
    """What a draft takes from the line of a project."""

    project_id: int
    month: Month
    level: int | None
    computed_level: int | None
    standing: str
    hits: list[Any]
    checks: list[Any]
    exempt_reason: str
    halted: str
    code: str
    name: str
    short_name: str
    unit_id: int
    unit_name: str
    leader_id: int | None
    leader_name: str
    category_id: int
    project_class: str
    stage: str
    partly_operating: bool
    phases: list[Any]
    total_investment: int | None
    year_plan: int | None
    invested_to_date: int | None
    completion_tenths: int | None
    schedule_tenths: int | None
    lead_tenths: int | None
    is_example: bool


class _Project(NamedTuple):
    """What it takes from the project as it stands now."""

    owner: str
    responsible: str
    category_id: int
    sector_id: int | None
    nature: str
    project_class: str
    location: str
    content: str
    total_investment: int | None
    planned_start: datetime.date | None
    actual_start: datetime.date | None
    planned_finish: datetime.date | None
    actual_finish: datetime.date | None
    entered_statistics_on: datetime.date | None
    stage: str
    contact_name: str
    contact_phone: str


def content_of_draft(district: Unit, month: Month) -> Content:
    """The bulletin of a month as it would be published now; a fixed number of queries."""
    edition = edition_for(month)
    lines = draft_lines(district, month, edition)
    return Content(month, lines, len(edition.palette.shades), tuple(draft_units(district, month, lines, edition)))


def draft_units(district: Unit, month: Month, lines: tuple[LineCopy, ...], edition: Edition) -> list[UnitCopy]:
    """The tables by unit, leader and category, with last month's ranks where it was published."""
    levels, before = len(edition.palette.shades), ranks_before(district, month)
    return units_of(lines, month, levels=levels, policy=edition.unit_policy, before=before)


def ranks_before(district: Unit, month: Month) -> dict[tuple[str, str], int]:
    """Last month's ranks by kind and name, where it was published."""
    last = latest_published(district.pk, month.earlier(1))
    ranks = {(unit.kind, unit.name): unit.rank for unit in unit_copies(last)} if last else {}
    return {who: rank for who, rank in ranks.items() if rank is not None}


def draft_lines(district: Unit, month: Month, edition: Edition) -> tuple[LineCopy, ...]:
    """A line for each project of the district, the worst colour first, as the list shows them."""
    lines = Line.objects.of(month).filter(unit__in=Unit.objects.below(district))
    ordered = lines.order_by("-severity", F("lead_tenths").asc(nulls_last=True), "id")
    columns = *_Line._fields, *(f"project__{name}" for name in _Project._fields)
    own = len(_Line._fields)
    rows = ((_Line(*row[:own]), _Project(*row[own:])) for row in ordered.values_list(*columns).iterator())
    return _copies(rows, lines.values("project"), district, month, edition)


def content_to_word(bulletin: Bulletin) -> Content:
    """What the text of a draft is about. The lines of a published month stay as they are until its correction is
    published, so those of a correction are rated for it and not stored."""
    district, month = bulletin.district, bulletin.month
    if bulletin.edition == 1:
        return content_of_draft(district, month)
    edition = edition_for(month)
    projects = Project.objects.filter(unit__in=Unit.objects.below(district), listed_from__lte=month)
    lines = _copies(_rated_anew(projects, month, edition), projects, district, month, edition)
    return Content(month, lines, len(edition.palette.shades), tuple(draft_units(district, month, lines, edition)))


def _rated_anew(projects: QuerySet[Project], month: Month, edition: Edition) -> Iterator[tuple[_Line, _Project]]:
    """The lines as they would be written now, in the order in which they would be read."""
    stored = dict(Line.objects.of(month).filter(project__in=projects).values_list("project_id", "id"))

    def place(line: Line) -> tuple[int, bool, int, float]:
        lead = line.lead_tenths
        return -line.severity, lead is None, lead or 0, stored.get(line.project_id, float("inf"))

    for line in sorted(rated_lines(projects, month, current=False, edition=edition), key=place):
        yield _Line(*attrgetter(*_Line._fields)(line)), _Project(*attrgetter(*_Project._fields)(line.project))


def _copies(
    rows: Iterable[tuple[_Line, _Project]], told: QuerySet[Any], district: Unit, month: Month, edition: Edition
) -> tuple[LineCopy, ...]:
    """`told`: the projects of the rows."""
    around = around_lines(Project.objects.filter(unit__in=Unit.objects.below(district)), month)
    labels, words = _labels(told), _Words(edition.palette)
    return tuple(
        _copy(number, line, project, labels.get(line.project_id, ()), around, words, edition)
        for number, (line, project) in enumerate(rows, 1)
    )


class _Words:
    """Words that many lines share, each put together once."""

    def __init__(self, palette: Palette) -> None:
        self.natures = {code: str(name) for code, name in NATURE_NAMES.items()}
        self.classes = {code: str(name) for code, name in CLASS_NAMES.items()}
        self.exemptions = {code: str(name) for code, name in EXEMPTION_REASONS.items()}
        self.stage = cache(stage_name)
        self.look = cache(partial(look, palette=palette))

    def phase(self, _number: int, name: str, stage: str, step: str, partly: bool) -> str:
        return f"{name} {self.stage(stage, step, partly=partly)}"


def _labels(projects: QuerySet[Any]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Project.labels.through.objects.filter(project__in=projects)
    for pk, name in rows.order_by("levellabel__position", "levellabel").values_list("project_id", "levellabel__name"):
        found[pk].append(name)
    return {pk: tuple(names) for pk, names in found.items()}


def _copy(
    number: int,
    line: _Line,
    project: _Project,
    labels: tuple[str, ...],
    around: Around,
    words: _Words,
    edition: Edition,
) -> LineCopy:
    pk = line.project_id
    original, plan = around.plans.get(pk, (None, None))
    report = around.reports.get(pk)
    approved_report = report if report is not None and report.state == State.APPROVED.value else None
    word, hue, shape = words.look(line.level, line.standing)
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
        unit_group="department" if line.unit_id in around.departments else "town",
        colour_word=word,
        colour_hue=hue,
        colour_shape=shape,
        owner=project.owner,
        leader=line.leader_id,
        leader_name=line.leader_name,
        responsible=project.responsible,
        category=line.category_id,
        category_name=around.categories[project.category_id],
        sector_name=around.sectors[project.sector_id] if project.sector_id is not None else "",
        nature_name=words.natures.get(project.nature, ""),
        project_class=line.project_class,
        class_name=words.classes.get(line.project_class, ""),
        labels=labels,
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
        planned_start=_iso(project.planned_start),
        actual_start=_iso(project.actual_start),
        planned_finish=_iso(project.planned_finish),
        actual_finish=_iso(project.actual_finish),
        entered_statistics_on=_iso(project.entered_statistics_on),
        stage_name=words.stage(line.stage, partly=line.partly_operating),
        phases=tuple(words.phase(*phase) for phase in line.phases),
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
        exempt_reason=words.exemptions.get(line.exempt_reason, ""),
        rules=tuple(hit["rule"] for hit in line.hits),
        reasons=tuple(reasons(line, edition.palette)),
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


def _iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def _has_come(day: datetime.date | None, end: datetime.date) -> bool:
    return day is not None and day <= end


def _is_started(project: _Project, end: datetime.date) -> bool:
    if project.actual_start is not None:
        return project.actual_start <= end
    return project.nature == CONTINUED or has_started(project.stage)


def _is_due_to_start(project: _Project, end: datetime.date) -> bool:
    """Implementation-class projects whose start was planned by now, or whose start is not planned at all."""
    due = project.planned_start is None or project.planned_start <= end
    return project.project_class == IMPLEMENTATION and (due or _is_started(project, end))


def _history(line: _Line, before: list[tuple[Month, int | None, str]], palette: Palette) -> dict[str, Any]:
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


def _punctual(report: Reported | None) -> bool | None:
    if report is None:
        return None
    return report.state not in MISSING and not report.is_late
