"""Writing a project's month in one go: the report, the stages its parts reached, the nodes it met, its problems."""

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from projects.accounts.models import User
from projects.core.refusals import Refused
from projects.progress.actions.reporting import save_draft, submit
from projects.progress.checking import Written
from projects.progress.models import MonthlyReport
from projects.register.actions.moving import Move, Part, move_part
from projects.register.actions.scheduling import update_milestone
from projects.register.actions.solving import note_progress
from projects.register.models import Milestone, Problem


@dataclass(frozen=True)
class StageReached:
    """A move of a part, which was read at version `seen`; `prefix` names its boxes in the form."""

    prefix: str
    part: Part
    move: Move
    seen: int


@dataclass(frozen=True)
class NodeReached:
    """A planned node met on a day; it was read at version `seen`, and `prefix` names its box in the form."""

    prefix: str
    milestone: Milestone
    done_on: datetime.date
    seen: int


@dataclass(frozen=True)
class ProblemTold:
    """What was done about an open problem this month; `prefix` names its box in the form."""

    prefix: str
    problem: Problem
    text: str


@transaction.atomic
def write_month(
    report: MonthlyReport,
    written: Written,
    *,
    stages: Iterable[StageReached] = (),
    nodes: Iterable[NodeReached] = (),
    problems: Iterable[ProblemTold] = (),
    submitting: bool = False,
    by: User | None,
    at: datetime.datetime,
    today: datetime.date,
    seen: int | None,
) -> MonthlyReport:
    """Save the draft, move the parts, note nodes and problems, with `submitting` hand the report in: all or nothing.

    Refused as each of these is; the `field` of a refused part or node begins with its prefix.
    """
    stored = save_draft(report, written, by=by, at=at, seen=seen)
    for stage in stages:
        with _named(stage.prefix):
            move_part(stage.part, stage.move, by=by, at=at, today=today, seen=stage.seen)
    for node in nodes:
        with _named(node.prefix):
            node.milestone.done_on = node.done_on
            update_milestone(node.milestone, by=by, at=at, today=today, seen=node.seen)
    for told in problems:
        with _named(told.prefix):
            note_progress(told.problem, told.text, by=by, at=at)
    return submit(stored, by=by, at=at, seen=stored.version) if submitting else stored


@contextmanager
def _named(prefix: str) -> Iterator[None]:
    """A refusal in here names the form that it belongs to."""
    try:
        yield
    except Refused as refusal:
        raise type(refusal)(refusal.sentence, field=f"{prefix}-{refusal.field}") from refusal
