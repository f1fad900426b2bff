"""The lines of projects in a month as the rules make them: what is stored, previewed and tried alike."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from projects.bulletins.models import Line
from projects.bulletins.queries.decisions import approved_overrides
from projects.bulletins.queries.editions import Edition, edition_for
from projects.bulletins.queries.lines import levels_before
from projects.core.month import Month
from projects.core.rounding import times
from projects.progress.queries import Known, facts_for, known_with
from projects.rating.rules import Rating, rate
from projects.register.models import Project
from projects.register.queries import PhaseState, phases_now, phases_on
from projects.register.stages import Whole, whole_of

SEVERITY = {"not_reported": -1, "not_rated": -2, "exempt": -3}
CALLED = (  # what a line takes over from its project, by the column it goes to
    ("project_id", "id"), ("code", "code"), ("name", "name"), ("short_name", "short_name"), ("name_key", "name_key"),
    ("unit_id", "unit_id"), ("unit_name", "unit__short_name"), ("leader_id", "leader_id"),
    ("leader_name", "leader__name"), ("category_id", "category_id"), ("sector_id", "sector_id"),
    ("project_class", "project_class"), ("total_investment", "total_investment"), ("is_example", "is_example"),
    ("changed_at", "changed_at"),
)  # fmt: skip


def rated_lines(
    projects: QuerySet[Project], month: Month, *, current: bool, edition: Edition | None = None
) -> list[Line]:
    """A line for each project, not stored, by the edition of the rules in force or by another that is tried.

    `current`: the month at hand shows phases as they stand now; an earlier one as they stood on its last day.
    A fixed number of queries for any number of projects.
    """
    return _lines(projects, rated_values(projects, month, current=current, edition=edition))


def line_with(project: Project, month: Month, *, invested: int | None, current: bool) -> Line:
    """The line of `project` as it would be written if `invested` (yuan) were its approved figure of `month`; not
    stored. None: as it stands without one. `current` as above."""
    known = {project.pk: known_with(project, month, invested)}
    only = Project.objects.filter(pk=project.pk)
    return _lines(only, rated_values(only, month, current=current, known=known))[0]


def _lines(projects: QuerySet[Project], values: Iterable[dict[str, Any]]) -> list[Line]:
    rows = {project.pk: project for project in projects.select_related("unit", "leader")}
    lines = []
    for each in values:
        line = Line(**each)
        line.project = rows[line.project_id]
        line.unit, line.leader = line.project.unit, line.project.leader
        lines.append(line)
    return lines


def rated_values(
    projects: QuerySet[Project],
    month: Month,
    *,
    current: bool,
    edition: Edition | None = None,
    known: dict[int, Known] | None = None,
) -> Iterator[dict[str, Any]]:
    """The same as values by their columns, which is less work for many projects."""
    known, edition = known or facts_for(projects, month), edition or edition_for(month)
    before = levels_before(projects, month, edition.policy)
    overrides = approved_overrides(projects, month)
    phases = phases_now(projects) if current else phases_on(projects, month.last_day)
    columns = [column for column, _source in CALLED]
    for row in projects.order_by("id").values_list(*(source for _column, source in CALLED)):
        called = dict(zip(columns, row, strict=True))
        pk = called["project_id"]
        of_project = known[pk]
        facts = replace(of_project.facts, earlier_levels=before[pk]) if pk in before else of_project.facts
        verdict = _verdict(rate(facts, edition.policy), overrides.get(pk))
        called["leader_name"] = called["leader_name"] or ""
        yield {"month": month, **called, **verdict, **_standing(of_project, phases.get(pk, []))}


def _standing(known: Known, phases: list[PhaseState]) -> dict[str, Any]:
    facts, progress = known.facts, known.progress
    return {
        **_stage(whole_of(phase.whole for phase in phases)),
        "exempt_reason": known.exempt_reason,
        "halted": facts.halted,
        "phases": [_chip(phase) for phase in phases],
        "year_plan": facts.year_plan,
        "invested_to_date": progress.invested_to_date if progress else None,
        "reported_month": progress.reported_month if progress else None,
    }


def _verdict(rating: Rating, override: int | None) -> dict[str, Any]:
    """What the rules found, and the level that counts: one better than theirs where an `override` asks for it."""
    level = rating.level
    if level is not None and override is not None and level > override:
        level -= 1
    completion, schedule, lead = rating.completion_rate, rating.schedule_rate, rating.lead_points
    return {
        "level": level,
        "computed_level": rating.level,
        "standing": str(rating.standing or ""),
        "severity": level if level is not None else SEVERITY[str(rating.standing)],
        "hits": [hit.as_json() for hit in rating.hits],
        "checks": [check.as_json() for check in rating.checks],
        "worst_rule": rating.hits[0].rule.value if rating.hits else "",
        "completion_tenths": None if completion is None else times(completion, 1000),
        "schedule_tenths": None if schedule is None else times(schedule, 1000),
        "lead_tenths": None if lead is None else times(lead, 10),
    }


def _stage(whole: Whole) -> dict[str, Any]:
    stage = whole.position.stage
    return {
        "stage": str(stage or ""),
        "stage_order": stage.number if stage else 0,
        "partly_operating": whole.partly_operating,
    }


def _chip(phase: PhaseState) -> list[Any]:
    position = phase.whole.position
    stage, step = str(position.stage or ""), str(position.step or "")
    return [phase.number, phase.name, stage, step, phase.whole.partly_operating]
