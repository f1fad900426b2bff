"""One project: what it is, how far it is, its money against the schedule, its colours, its history."""

from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from projects.accounts.queries import may
from projects.accounts.roles import Verb
from projects.bulletins.models import Line
from projects.bulletins.queries import lines_of, palettes_in_force, reasons
from projects.core import charts, display, marks
from projects.core.clock import today, working_month
from projects.core.month import Month
from projects.followups.queries import slips_of
from projects.journal.queries import history_of_project
from projects.portfolio import history
from projects.portfolio.rows import chip
from projects.portfolio.views.listing import fresh_month
from projects.portfolio.views.milestones import checklist_of
from projects.portfolio.views.papers import papers_of
from projects.portfolio.wording import ColourName, colour_name, colour_names
from projects.progress.queries import MonthOfYear, facts_for, invested_since_start, year_of
from projects.rating.policy import Basis
from projects.rating.schedule import schedule_rate
from projects.register.gates import Missing
from projects.register.models import Component, Phase, Project, StageChange
from projects.register.queries import CapacitySum, capacities_of, capacity_sums, with_parts
from projects.register.stages import Position
from projects.register.views.answers import person
from projects.register.wording import missing_name, position_name, stage_name

HISTORY_PAGE = 20
STRIP_MONTHS = 12


@dataclass(frozen=True)
class PartView:
    """A phase or a component as the page shows it."""

    part: Phase | Component
    chip: Any
    move_url: str
    edit_url: str
    capacity_url: str
    capacities: list[CapacitySum]
    components: "list[PartView]"
    component_url: str = ""


@dataclass(frozen=True)
class ColouredMonth:
    """A month in the project's colour history."""

    line: Line
    name: ColourName
    reasons: list[str]


@require_safe
def project_page(request: HttpRequest, code: str) -> HttpResponseBase:
    user = person(request)
    month, _stamp = fresh_month(request)
    project: Project = get_object_or_404(with_parts(Project.objects.visible_to(user)), code=code)
    lines = lines_of(project.pk, through=month, months=STRIP_MONTHS)
    palettes = palettes_in_force({month, *(line.month for line in lines)})
    coloured = [
        ColouredMonth(
            line,
            colour_name(line.level, line.standing, palettes[line.month]),
            reasons(line, palettes[line.month]),
        )
        for line in lines
    ]
    year = year_of(project, month.year, through=month)
    rights, papers = _rights(user, project), papers_of(user, project)
    reports = rights[Verb.EDIT_PROJECT.value] or rights[Verb.UPDATE_MILESTONE.value]
    context = {
        "project": project,
        "month": month,
        "phases": [_phase(project, phase) for phase in project.phases.all()],
        "capacities": capacity_sums(c for phase in project.phases.all() for c in capacities_of(phase)),
        "headline": stage_name(project.stage, project.step, partly=project.partly_operating),
        "now": coloured[0] if coloured and coloured[0].line.month == month else None,
        "coloured": coloured,
        "strip": _strip(project, coloured, month),
        "year": year,
        "this_month": year[month.number - 1],
        "plans": list(project.plans.filter(year=month.year).select_related("by", "decided_by").order_by("-number")),
        "points": _points(project, year),
        "since_start": invested_since_start(project, through=month),
        "problems": list(project.problems.select_related("asked_of").order_by("closed_at", "due_on", "id")),
        "slips": slips_of(project, user),
        "incidents": list(project.incidents.all()),
        "exemptions": list(project.exemptions.select_related("by", "decided_by")),
        "moves": _moves(project),
        "may": rights,
        "legend": colour_names(palettes[month]),
        "latest": working_month(today()),
        **papers,
        **checklist_of(project, today=today(), edits=reports, opens_files=papers["sees_files"]),
        **_history(request, project),
    }
    return render(request, "portfolio/project.html", context)


def _rights(user: Any, project: Project) -> dict[str, bool]:
    """What this person may do here; buttons that would be refused are not shown."""
    reach = Project.objects.editable_by(user).filter(pk=project.pk).exists()
    return {verb.value: reach and may(user, verb) for verb in Verb}


def _phase(project: Project, phase: Phase) -> PartView:
    components = [
        PartView(
            part=component,
            chip=chip("", component.stage, component.step, halted=project.halted),
            move_url=reverse("move_component", args=[project.code, phase.number, component.number]),
            edit_url=reverse("edit_component", args=[project.code, phase.number, component.number]),
            capacity_url=reverse("component_capacity", args=[project.code, phase.number, component.number]),
            capacities=capacity_sums(component.capacities.all()),
            components=[],
        )
        for component in phase.components.all()
    ]
    return PartView(
        part=phase,
        chip=chip("", phase.stage, phase.step, partly=phase.partly_operating, halted=project.halted),
        move_url="" if components else reverse("move_phase", args=[project.code, phase.number]),
        edit_url=reverse("edit_phase", args=[project.code, phase.number]),
        capacity_url=reverse("phase_capacity", args=[project.code, phase.number]),
        capacities=capacity_sums(capacities_of(phase)),
        components=components,
        component_url=reverse("new_component", args=[project.code, phase.number]),
    )


def _strip(project: Project, coloured: list[ColouredMonth], month: Month) -> list[marks.MonthMark]:
    href = reverse("project", args=[project.code])
    return [
        marks.MonthMark(
            each.line.month, each.name.hue, each.name.shape, each.name.word,
            url=f"{href}?month={each.line.month}", current=each.line.month == month,
        )
        for each in reversed(coloured)
    ]  # fmt: skip


def _points(project: Project, year: list[MonthOfYear]) -> list[charts.YearPoint]:
    """Planned and invested to date, month by month (yuan); nothing without a plan and without figures."""
    if not any(each.plan or each.report for each in year):
        return []
    known = facts_for(Project.objects.filter(pk=project.pk), year[-1].month)[project.pk].facts
    points = []
    for each in year:
        plan = each.plan
        facts = replace(
            known,
            month=each.month,
            year_plan=plan.amount if plan else None,
            month_plan=tuple(plan.month_plan) if plan and plan.month_plan else None,
        )
        share = schedule_rate(facts, Basis.MONTH_PLAN) if plan else None
        planned = None if plan is None or share is None else int(share * plan.amount)
        points.append(charts.YearPoint(display.month_short(each.month), planned, each.invested_to_date))
    return points


@dataclass(frozen=True)
class MoveView:
    """A move for the timeline."""

    title: str
    at: Any
    by: str
    unit: str
    note: str


def _moves(project: Project) -> list[MoveView]:
    """Every move of the project's parts: the day it happened, who said so, why; the latest first."""
    changes = (
        StageChange.objects.filter(phase__project=project)
        .select_related("phase", "component", "by__unit")
        .order_by("-id")
    )
    found = []
    for change in changes[:100]:
        part = f"{change.phase.name} {change.component.name}" if change.component else change.phase.name
        before = Position.read(change.from_stage, change.from_step)
        after = position_name(Position.read(change.stage, change.step))
        step = f"{position_name(before)} → {after}" if before.stage else after
        note = " ".join(text for text in (change.reason, change.note, _went_without(change)) if text)
        unit = str(change.by.unit) if change.by else ""
        found.append(MoveView(f"{part} · {step}", change.happened_on, str(change.by or ""), unit, note))
    return found


def _went_without(change: StageChange) -> str:
    """What was missing, and why it was moved all the same."""
    if not change.skipped:
        return ""
    missing = "、".join(missing_name(Missing.read(code)) for code in change.skipped)
    return gettext("Missing then: %(missing)s (%(reason)s)") % {"missing": missing, "reason": change.skip_reason}


def _history(request: HttpRequest, project: Project) -> dict[str, Any]:
    pages = Paginator(history_of_project(project.pk), HISTORY_PAGE)
    page = pages.get_page(request.GET.get("history"))
    return {"history": history.events(page.object_list), "history_page": page}
