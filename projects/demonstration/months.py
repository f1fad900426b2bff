"""What happens to a project of the demonstration in the year: plans and revisions, incidents, halts, exemptions."""

import datetime
from functools import partial

from projects.core.month import Month
from projects.demonstration.entries import ExemptionEntry, HaltEntry, IncidentEntry, ProjectEntry, RevisionEntry
from projects.demonstration.people import Cast
from projects.demonstration.registering import DELAY
from projects.demonstration.steps import Agenda, working_time
from projects.register.actions.halting import (
    Halt,
    decide_exemption,
    exempt_project,
    halt_project,
    record_incident,
    resume_project,
)
from projects.register.actions.planning import decide_plan, set_plan
from projects.register.models import Exemption, Incident, Project

PLANS_ISSUED = datetime.date(2023, 1, 17)


def foresee(entry: ProjectEntry, project: Project, cast: Cast, agenda: Agenda) -> None:
    """Put the year of the project on the agenda."""
    _plans(entry, project, cast, agenda)
    for incident in entry.incidents:
        _incident(entry, incident, project, cast, agenda)
    if entry.exemption:
        _exemption(entry, entry.exemption, project, cast, agenda)
    if entry.halt:
        _halt(entry, entry.halt, project, cast, agenda)


def _open_month(at: datetime.datetime) -> Month:
    """The month that is reported on at that time: the last one that has ended."""
    return Month.of(at.date()) + -1


def _plans(entry: ProjectEntry, project: Project, cast: Cast, agenda: Agenda) -> None:
    if entry.plan is None:
        return
    decided = entry.edit.on if entry.edit and entry.edit.project_class else entry.registered
    at = working_time(max(PLANS_ISSUED, decided + DELAY), entry.number)
    year = Month.of(at.date()).year
    plan = partial(
        set_plan, project, year, amount=entry.plan, effective_from=Month(year, 1), goal=entry.goal,
        month_plan=list(entry.month_plan) if entry.month_plan else None,
    )  # fmt: skip
    agenda.add(at, partial(plan, by=cast.office, at=at, open_month=_open_month(at)))
    if entry.revision:
        _revision(entry, entry.revision, project, cast, agenda)


def _revision(entry: ProjectEntry, said: RevisionEntry, project: Project, cast: Cast, agenda: Agenda) -> None:
    """Proposed by the unit, and two days later decided by the office, unless it still waits."""
    at = working_time(said.on, entry.number)
    year = said.since.year
    propose = partial(
        set_plan, project, year, amount=said.amount, effective_from=said.since, goal=entry.goal, reason=said.reason
    )
    agenda.add(at, partial(propose, by=cast.reporter_of(project.unit), at=at, open_month=_open_month(at)))
    if said.decision:
        at = working_time(said.on + DELAY, entry.number)
        agenda.add(at, partial(_decide, project, year, said, cast, at))


def _decide(project: Project, year: int, said: RevisionEntry, cast: Cast, at: datetime.datetime) -> None:
    plan = project.plans.waiting().get(year=year)
    decide_plan(plan, said.decision, note=said.note, by=cast.office, at=at, open_month=_open_month(at))


def _incident(entry: ProjectEntry, said: IncidentEntry, project: Project, cast: Cast, agenda: Agenda) -> None:
    row = Incident(project=project, kind=said.kind, happened_on=said.happened, note=said.note)
    at = working_time(said.happened + DELAY, entry.number)
    agenda.add(at, partial(record_incident, row, by=cast.office, at=at, today=at.date()))
    if said.cleared:
        at = working_time(said.cleared + DELAY, entry.number)
        agenda.add(at, partial(_clear, row, said.cleared, cast, at))


def _clear(row: Incident, cleared: datetime.date, cast: Cast, at: datetime.datetime) -> None:
    row.cleared_on = cleared
    record_incident(row, by=cast.office, at=at, today=at.date())


def _exemption(entry: ProjectEntry, said: ExemptionEntry, project: Project, cast: Cast, agenda: Agenda) -> None:
    row = Exemption(project=project, reason=said.reason, first_month=said.first, last_month=said.last, note=said.note)
    at = working_time(said.on, entry.number)
    agenda.add(at, partial(exempt_project, row, by=cast.office, at=at, open_month=_open_month(at)))
    later = at + datetime.timedelta(hours=3)
    agenda.add(later, partial(_grant, row, cast, later))


def _grant(row: Exemption, cast: Cast, at: datetime.datetime) -> None:
    """Approved by the office's second person the same day."""
    decide_exemption(row, "approved", by=cast.checker, at=at)


def _halt(entry: ProjectEntry, said: HaltEntry, project: Project, cast: Cast, agenda: Agenda) -> None:
    at = working_time(said.since + DELAY, entry.number)
    agenda.add(at, partial(_stop, project.pk, said, cast, at))
    if said.resumed:
        at = working_time(said.resumed, entry.number)
        agenda.add(at, partial(_resume, project.pk, said.resumed_note, cast, at))


def _stop(pk: int, said: HaltEntry, cast: Cast, at: datetime.datetime) -> None:
    project = Project.objects.get(pk=pk)
    halt = Halt(said.kind, said.since, said.reason, said.note)
    halt_project(project, halt, by=cast.office, at=at, today=at.date(), seen=project.version)


def _resume(pk: int, note: str, cast: Cast, at: datetime.datetime) -> None:
    project = Project.objects.get(pk=pk)
    resume_project(project, note=note, by=cast.office, at=at, seen=project.version)
