"""What happens to a project of the demonstration in the year: plan, figures, incidents, halts, exemptions."""

import datetime
from functools import partial

from projects.core.month import Month
from projects.core.yuan import WAN
from projects.demonstration.entries import ExemptionEntry, HaltEntry, IncidentEntry, ProjectEntry
from projects.demonstration.facts import words
from projects.demonstration.people import Cast
from projects.demonstration.registering import DELAY
from projects.demonstration.steps import Agenda, working_time
from projects.progress.actions.entering import Figures, enter_figures
from projects.register.actions.halting import (
    Halt,
    exempt_project,
    halt_project,
    record_incident,
    resume_project,
)
from projects.register.actions.planning import decide_plan, set_plan
from projects.register.models import Exemption, Incident, Project

PLANS_ISSUED = datetime.date(2023, 1, 17)
DAY_OF_REPORTS = 9  # of the month that follows


def foresee(entry: ProjectEntry, project: Project, cast: Cast, agenda: Agenda) -> None:
    """Put the year of the project on the agenda."""
    _plans(entry, project, cast, agenda)
    _figures(entry, project, cast, agenda)
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
    if revised := entry.revision:
        at = working_time(revised.on, entry.number)
        revise = partial(
            set_plan, project, year, amount=revised.amount, effective_from=revised.since, goal=entry.goal,
            reason=revised.reason,
        )  # fmt: skip
        agenda.add(at, partial(revise, by=cast.office, at=at, open_month=_open_month(at)))
        at = working_time(revised.on + DELAY, entry.number)
        agenda.add(at, partial(_approve_plan, project, year, cast, at))


def _approve_plan(project: Project, year: int, cast: Cast, at: datetime.datetime) -> None:
    plan = project.plans.waiting().get(year=year)
    decide_plan(plan, "approved", by=cast.admin, at=at, open_month=_open_month(at))


def _figures(entry: ProjectEntry, project: Project, cast: Cast, agenda: Agenda) -> None:
    for month, amount in entry.months():
        day = (month + 1).first_day + datetime.timedelta(days=DAY_OF_REPORTS - 1 - entry.number % 3)
        at = working_time(day, entry.number)
        figures = Figures(
            invested_this_month=amount,
            invested_statistics=_statistics(entry, month, amount),
            image=_image(entry, month),
            reason=entry.correction_reason if amount < 0 else "",
        )
        corrected = entry.corrected if entry.corrected and entry.corrected.month == month else None
        if corrected:
            first = Figures(corrected.first, figures.invested_statistics, figures.image)
            agenda.add(at, partial(_report, project, month, first, cast, at))
            at = working_time(corrected.on, entry.number)
            figures = Figures(amount, figures.invested_statistics, figures.image, corrected.reason)
        agenda.add(at, partial(_report, project, month, figures, cast, at, seen=0 if corrected else None))


def _report(
    project: Project,
    month: Month,
    figures: Figures,
    cast: Cast,
    at: datetime.datetime,
    seen: int | None = None,
) -> None:
    enter_figures(project, month, figures, by=cast.office, at=at, open_month=_open_month(at), seen=seen)


def _statistics(entry: ProjectEntry, month: Month, amount: int) -> int | None:
    """What the statistics bureau counted: mostly the same, in some months 3 % less; none before entry."""
    entered = entry.entered_statistics_on
    if entered is None or entered > month.last_day:
        return None
    return amount * 97 // 100 // WAN * WAN if (entry.number + month.number) % 4 == 0 and amount > 0 else amount


def _image(entry: ProjectEntry, month: Month) -> str:
    """A sentence on the works that fits their kind and the stage at the month's end."""
    sentences = words("images")[entry.works]
    position = entry.position_on(month.last_day)
    fitting = sentences.get(position.code) or sentences.get(position.stage or "") or sentences["building"]
    sentence: str = fitting[(entry.number + month.number) % len(fitting)]
    return sentence


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
