"""Entering one project of the demonstration, with the actions that the pages use, and what is to follow."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from projects.accounts.models import Unit, User
from projects.core.month import Month
from projects.demonstration.entries import Amount, PartEntry, ProjectEntry, Reached
from projects.demonstration.facts import words
from projects.demonstration.people import Cast
from projects.demonstration.steps import Agenda, working_time
from projects.register.actions.moving import Move, Part, move_part, project_of
from projects.register.actions.registering import (
    add_component,
    add_phase,
    edit_project,
    register_project,
    set_capacity,
)
from projects.register.actions.scheduling import set_milestone
from projects.register.models import Capacity, Component, Milestone, Phase, Project
from projects.register.stages import Position, is_back, is_operating

DELAY = datetime.timedelta(days=2)  # between what happens on a site and its entry

Moments = Iterator[datetime.datetime]


def enter(entry: ProjectEntry, cast: Cast, agenda: Agenda, moments: Moments) -> Project:
    """Enter the project and all that had happened by then, at `moments`; the rest goes on the agenda."""
    project = _project(entry, cast)
    labels = [cast.labels[name] for name in entry.labels]
    register_project(project, labels=labels, by=cast.office, at=next(moments))
    for number, said in enumerate(entry.phases, start=1):
        phase = Phase(project=project, number=number, name=said.name, content=said.content)
        _enter_part(phase, said, entry, cast, agenda, moments)
        for place, component in enumerate(said.components, start=1):
            row = Component(phase=phase, number=place, name=component.name, note=component.content)
            _enter_part(row, component, entry, cast, agenda, moments)
    _plan_nodes(entry, project, cast, agenda, moments)
    _plan_edits(entry, project, cast, agenda)
    return project


def _project(entry: ProjectEntry, cast: Cast) -> Project:
    entered = entry.entered_statistics_on
    return Project(
        code=entry.code,
        name=entry.name,
        short_name=entry.short_name,
        owner=entry.owner,
        unit=cast.units[entry.unit] if entry.unit else cast.district,
        leader=cast.leaders[entry.leader - 1] if entry.leader else None,
        contact_name=entry.contact_name,
        contact_phone=entry.contact_phone,
        category=cast.categories[entry.category],
        sector=cast.sectors[entry.sector] if entry.sector else None,
        nature=entry.nature,
        project_class=entry.project_class,
        town=cast.units[entry.town] if entry.town else None,
        content=entry.content,
        total_investment=entry.total,
        total_at_least=entry.total_at_least,
        planned_start=entry.planned_start,
        planned_finish=entry.planned_finish,
        entered_statistics_on=entered if entered and entered <= entry.registered else None,
        is_example=entry.is_example,
        listed_from=Month.of(entry.registered),
    )


def _enter_part(part: Part, said: PartEntry, entry: ProjectEntry, cast: Cast, agenda: Agenda, moments: Moments) -> None:
    """Add a part where it stood first; its later moves are entered at once or when they happen."""
    first = said.path[0] if said.path else Reached(Position(), None)
    if isinstance(part, Phase):
        add_phase(part, position=first.position, reached_on=first.on, by=cast.office, at=next(moments))
    else:
        add_component(part, position=first.position, reached_on=first.on, by=cast.office, at=next(moments))
    for amount in said.amounts:
        set_capacity(_capacity(part, amount, first.position), by=cast.office, at=next(moments))
    here = first.position
    for reached in said.path[1:]:
        back = is_back(here, reached.position)
        move = Move(
            reached.position, reached.on, note=reached.note, reason=entry.back_reason if back else "",
            gate_reason=words("approvals")["gate_reason"],
        )  # fmt: skip
        known = reached.on + DELAY if reached.on else reached.told
        if known is None or known - DELAY <= entry.registered:
            _move(part, move, cast.office, next(moments))
        else:
            at = working_time(known, entry.number)
            agenda.add(at, partial(_report_move, part, move, cast, at))
        here = reached.position


def _report_move(part: Part, move: Move, cast: Cast, at: datetime.datetime) -> None:
    """By the unit that answers for the project by then."""
    _move(part, move, cast.reporter_of(Unit.objects.get(projects=project_of(part))), at)


def _move(part: Part, move: Move, by: User, at: datetime.datetime) -> None:
    move_part(part, move, by=by, at=at, today=at.date())


def _capacity(part: Part, amount: Amount, position: Position) -> Capacity:
    planned = Decimal(amount.quantity)
    return Capacity(
        phase=part if isinstance(part, Phase) else None,
        component=part if isinstance(part, Component) else None,
        product=amount.product,
        planned=planned,
        commissioned=planned if is_operating(position.stage or "") else Decimal(0),
        unit=amount.unit,
    )


def _plan_nodes(entry: ProjectEntry, project: Project, cast: Cast, agenda: Agenda, moments: Moments) -> None:
    for node in entry.nodes:
        row = Milestone(project=project, name=node.name, planned_on=node.due, is_key=node.is_key)
        when_done = node.entered is not None and node.entered == node.done
        row.done_on = node.done if when_done else None
        if node.entered is None or node.entered <= entry.registered:
            at = next(moments)
            set_milestone(row, by=cast.office, at=at, today=at.date())
        else:
            at = working_time(node.entered + DELAY, entry.number)
            agenda.add(at, partial(set_milestone, row, by=cast.office, at=at, today=at.date()))
        if node.done and not when_done:
            done_at = working_time(node.done + DELAY, entry.number)
            agenda.add(done_at, partial(_node_done, row, node.done, cast.office, done_at))


def _node_done(row: Milestone, done: datetime.date, by: User, at: datetime.datetime) -> None:
    row.done_on = done
    set_milestone(row, by=by, at=at, today=at.date(), seen=row.version)


def _plan_edits(entry: ProjectEntry, project: Project, cast: Cast, agenda: Agenda) -> None:
    """Entry in the statistics pool, and changes of unit or class, on the day they were decided."""
    entered = entry.entered_statistics_on
    if entered and entered > entry.registered:
        at = working_time(entered + DELAY, entry.number)
        agenda.add(at, partial(_edit, project.pk, cast.office, at, entered_statistics_on=entered))
    if edit := entry.edit:
        at = working_time(edit.on, entry.number)
        values: dict[str, object] = {"unit": cast.units[edit.unit]} if edit.unit else {}
        if edit.project_class:
            values["project_class"] = edit.project_class
        agenda.add(at, partial(_edit, project.pk, cast.office, at, **values))


def _edit(pk: int, by: User, at: datetime.datetime, **values: object) -> None:
    project = Project.objects.get(pk=pk)
    for name, value in values.items():
        setattr(project, name, value)
    edit_project(project, labels=project.labels.all(), by=by, at=at, seen=project.version, since=Month.of(at.date()))
