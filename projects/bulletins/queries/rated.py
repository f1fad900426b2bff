"""The lines of projects in a month as the rules make them: what is stored, previewed and tried alike."""

from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from projects.bulletins.models import Line
from projects.bulletins.queries.decisions import approved_overrides
from projects.bulletins.queries.editions import Edition, edition_for
from projects.bulletins.queries.lines import levels_before
from projects.core.month import Month
from projects.core.rounding import half_up
from projects.progress.queries import Known, facts_for, known_with
from projects.rating.rules import Rating, rate
from projects.register.models import Project
from projects.register.queries import PhaseState, phases_now, phases_on
from projects.register.stages import Whole, whole_of

SEVERITY = {"not_reported": -1, "not_rated": -2, "exempt": -3}


def rated_lines(
    projects: QuerySet[Project], month: Month, *, current: bool, edition: Edition | None = None
) -> list[Line]:
    """A line for each project, not stored, by the edition of the rules in force or by another that is tried.

    `current`: the month at hand shows phases as they stand now; an earlier one as they stood on its last day.
    A fixed number of queries for any number of projects.
    """
    return _rated(projects, month, facts_for(projects, month), current=current, edition=edition or edition_for(month))


def line_with(project: Project, month: Month, *, invested: int | None, current: bool) -> Line:
    """The line of `project` as it would be written if `invested` (yuan) were its approved figure of `month`; not
    stored. None: as it stands without one. `current` as above."""
    known = {project.pk: known_with(project, month, invested)}
    only = Project.objects.filter(pk=project.pk)
    return _rated(only, month, known, current=current, edition=edition_for(month))[0]


def _rated(
    projects: QuerySet[Project], month: Month, known: dict[int, Known], *, current: bool, edition: Edition
) -> list[Line]:
    before = levels_before(projects, month, edition.policy)
    overrides = approved_overrides(projects, month)
    phases = phases_now(projects) if current else phases_on(projects, month.last_day)
    lines = []
    for project in projects.select_related("unit", "leader").order_by("id"):
        facts = replace(known[project.pk].facts, earlier_levels=before.get(project.pk, ()))
        verdict = _verdict(rate(facts, edition.policy), overrides.get(project.pk))
        lines.append(_line(project, month, known[project.pk], verdict, phases.get(project.pk, [])))
    return lines


def _line(project: Project, month: Month, known: Known, verdict: dict[str, Any], phases: list[PhaseState]) -> Line:
    facts, progress = known.facts, known.progress
    whole = whole_of(phase.whole for phase in phases)
    return Line(
        project=project,
        month=month,
        **verdict,
        exempt_reason=known.exempt_reason,
        code=project.code,
        name=project.name,
        short_name=project.short_name,
        name_key=project.name_key,
        unit=project.unit,
        unit_name=project.unit.short_name,
        leader=project.leader,
        leader_name=project.leader.name if project.leader else "",
        category_id=project.category_id,
        sector_id=project.sector_id,
        project_class=project.project_class,
        **_stage(whole),
        halted=facts.halted,
        phases=[_chip(phase) for phase in phases],
        total_investment=project.total_investment,
        year_plan=facts.year_plan,
        invested_to_date=progress.invested_to_date if progress else None,
        reported_month=progress.reported_month if progress else None,
        is_example=project.is_example,
        changed_at=project.changed_at,
    )


def _verdict(rating: Rating, override: int | None) -> dict[str, Any]:
    """What the rules found, and the level that counts: one better than theirs where an `override` asks for it."""
    level = rating.level
    if level is not None and override is not None and level > override:
        level -= 1
    shares = {"completion_tenths": rating.completion_rate, "schedule_tenths": rating.schedule_rate}
    tenths = {name: None if share is None else int(half_up(share * 1000, 0)) for name, share in shares.items()}
    lead = rating.lead_points
    return {
        "level": level,
        "computed_level": rating.level,
        "standing": rating.standing or "",
        "severity": level if level is not None else SEVERITY[str(rating.standing)],
        "hits": [hit.as_json() for hit in rating.hits],
        "checks": [check.as_json() for check in rating.checks],
        "worst_rule": rating.hits[0].rule if rating.hits else "",
        **tenths,
        "lead_tenths": None if lead is None else int(half_up(lead * 10, 0)),
    }


def _stage(whole: Whole) -> dict[str, Any]:
    stage = whole.position.stage
    return {
        "stage": stage or "",
        "stage_order": stage.number if stage else 0,
        "partly_operating": whole.partly_operating,
    }


def _chip(phase: PhaseState) -> list[Any]:
    position = phase.whole.position
    return [phase.number, phase.name, position.stage or "", position.step or "", phase.whole.partly_operating]


def search_texts(project: Project) -> list[str]:
    """What the search box looks into: names, owner, code and pinyin initials, in small letters."""
    parts = (project.name, project.short_name, project.owner, project.code, project.initials)
    return [part.lower() for part in parts if part]
