"""Nodes and approvals of some examples: the checklist of their category, with days that fit the works."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from projects.core.month import months_later
from projects.demonstration.entries import PartEntry, ProjectEntry
from projects.demonstration.facts import LAST_MONTH, words
from projects.demonstration.people import Cast
from projects.demonstration.registering import DELAY, Moments
from projects.demonstration.steps import Agenda, working_time
from projects.register.actions.scheduling import set_milestone, update_milestone
from projects.register.approvals import PLACES, Approval
from projects.register.forms import read_position
from projects.register.models import Milestone, MilestoneTemplate, Project
from projects.register.stages import Position, Stage

LAST_DAY = LAST_MONTH.last_day  # what is planned up to here is done, or a colour would change
FURTHER = datetime.timedelta(days=25)
STEP = datetime.timedelta(days=5)  # one thing after the other
OVERDUE_SINCE = LAST_DAY + datetime.timedelta(days=4)


@dataclass(frozen=True)
class Days:
    """When a line of the checklist is planned, and when it is done or expected."""

    planned: datetime.date | None
    done: datetime.date | None = None
    expected: datetime.date | None = None


def has_checklist(entry: ProjectEntry) -> bool:
    """Some of the examples, and all that carry something special."""
    said = words("approvals")
    special = entry.code in (*said["overdue"], *said["estimated"])
    works = entry.project_class in ("implementation", "preparation") and entry.planned_start is not None
    return entry.is_example and works and (special or entry.number % said["every"] == 1)


def plan_approvals(entry: ProjectEntry, project: Project, cast: Cast, agenda: Agenda, moments: Moments) -> None:
    """Enter the checklist of the project; what is done after its registration goes on the agenda."""
    if not has_checklist(entry):
        return
    begun = reached_on(entry, Position(Stage.STARTED)) or entry.planned_start
    assert begun is not None  # noqa: S101 - narrows the type only
    late = entry.code in words("approvals")["overdue"]
    at = next(moments)  # in one go, so that nothing else comes due meanwhile
    for place, line in enumerate(MilestoneTemplate.objects.filter(category=project.category), start=1):
        days = _days(entry, line, begun, place)
        if late and days.planned and days.planned > LAST_DAY:
            late, days = False, Days(OVERDUE_SINCE, expected=LAST_DAY + FURTHER)
        _enter(entry, project, line, days, cast, agenda, at, place)


def _enter(
    entry: ProjectEntry, project: Project, line: MilestoneTemplate, days: Days, cast: Cast, agenda: Agenda,
    at: datetime.datetime, place: int,
) -> None:  # fmt: skip
    row = Milestone(
        project=project, code=line.code, name=line.name, is_key=line.is_key, planned_on=days.planned,
        forecast_on=days.expected,
    )  # fmt: skip
    reason = words("approvals")["not_applicable"].get(line.code, "")
    if reason and (entry.number // 4) % 2:
        row.not_applicable, row.not_applicable_reason = True, reason
    elif days.done and days.done <= entry.registered:
        _finish(row, days.done, entry, place)
    set_milestone(row, by=cast.office, at=at, today=at.date())
    if days.done and days.done > entry.registered and not row.not_applicable:
        done_at = working_time(days.done + DELAY, entry.number + place)
        agenda.add(done_at, partial(_report, row.pk, days.done, entry, place, cast, done_at))


def _report(pk: int, done: datetime.date, entry: ProjectEntry, place: int, cast: Cast, at: datetime.datetime) -> None:
    row = Milestone.objects.select_related("project__unit").get(pk=pk)
    if row.done_on is None:  # entry in statistics is told by the project itself
        _finish(row, done, entry, place)
        by = cast.reporter_of(row.project.unit)
        update_milestone(row, by=by, at=at, today=at.date(), seen=row.version)


def _finish(row: Milestone, done: datetime.date, entry: ProjectEntry, place: int) -> None:
    row.done_on = done
    row.is_confirmed = not (entry.code in words("approvals")["estimated"] and place % 5 == 0)
    if row.code:
        given: dict[str, Any] = {"year": done.year, "number": entry.number + place}
        row.document_number = words("approvals")["number"] % given


def _days(entry: ProjectEntry, line: MilestoneTemplate, begun: datetime.date, place: int) -> Days:
    """Planned by the checklist, and done a few days before or after it."""
    due = months_later(begun, line.offset_months or 0)
    about = datetime.timedelta(days=(entry.number * 5 + place * 3) % 9)  # few enough to make no colour
    if line.code == Approval.STATISTICS:
        return Days(entry.entered_statistics_on)
    if line.code and PLACES[Approval(line.code)].before.number <= Stage.STARTED.number:
        done = min(due, begun - about)
        return Days(due, done) if done <= LAST_DAY else Days(due)
    stage = PLACES[Approval(line.code)].before if line.code else None
    position = Position(stage) if stage else read_position(words("approvals")["reached"][line.name])
    if reached := reached_on(entry, position, by_all=True):
        return Days(reached - about + datetime.timedelta(days=3), reached)
    planned = max(due, LAST_DAY + FURTHER + place * STEP)
    return Days(planned, expected=planned + 2 * about if place % 3 == 0 else None)


def reached_on(entry: ProjectEntry, position: Position, *, by_all: bool = False) -> datetime.date | None:
    """The day on which the first part of the project, or the last of all, came to `position` or beyond."""
    days = [_reached(part, position) for part in _parts(entry.phases)]
    known = [day for day in days if day is not None]
    if by_all:
        return max(known) if len(known) == len(days) else None
    return min(known, default=None)


def _reached(part: PartEntry, position: Position) -> datetime.date | None:
    days = (reached.on for reached in part.path if reached.on and reached.position.order >= position.order)
    return min(days, default=None)


def _parts(parts: tuple[PartEntry, ...]) -> Iterator[PartEntry]:
    for part in parts:
        yield from _parts(part.components) if part.components else iter((part,))
