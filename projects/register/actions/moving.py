"""Moving phases and components through the life cycle, and what follows from it for the whole."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from projects.accounts.models import User
from projects.accounts.roles import Verb
from projects.core.month import Month
from projects.core.refusals import Refused, Stale
from projects.core.versions import write
from projects.journal.actions import record
from projects.register.actions.touching import check_reach, lock, touch
from projects.register.gates import Missing, codes_of, missing_between
from projects.register.models import Capacity, Component, Phase, Project, StageChange
from projects.register.queries import Passed, passed_by
from projects.register.stages import (
    Position,
    Stage,
    Whole,
    has_started,
    is_back,
    is_completed,
    is_operating,
    whole_of,
)
from projects.register.wording import missing_name, position_name

Part = Phase | Component


@dataclass(frozen=True)
class Move:
    """Where a part goes, the day it happened, a note, for a way back the reason, and why it goes on without
    what the stage asks for and is missing."""

    target: Position
    happened_on: datetime.date | None
    note: str = ""
    reason: str = ""
    gate_reason: str = ""


def position_of(part: Part) -> Position:
    return Position.read(part.stage, part.step)


def project_of(part: Part) -> Project:
    return part.phase.project if isinstance(part, Component) else part.project


@transaction.atomic
def move_part(
    part: Part,
    move: Move,
    *,
    by: User | None,
    at: datetime.datetime,
    today: datetime.date,
    seen: int | None = None,
) -> StageChange:
    """Move a phase or a component to another stage, as of the day it happened.

    `seen` is the version at which the person read the part. `NotAllowed` for another unit's
    project; `Stale` when somebody moved it meanwhile; `Refused` when it is there already, has
    components of its own, the project was terminated, the day lies in the future or before the
    last move, a move back has no reason, or a move forward has none to go on without what is missing.
    """
    project = lock(project_of(part).pk)
    check_reach(by, Verb.MOVE_STAGE, project)
    part.refresh_from_db()
    if seen is not None and part.version != seen:
        raise Stale(overtaken(part))
    current, since = position_of(part), part.reached_on
    _check_move(project, part, current, move, today)
    missing = missing_of(passed_by([project])[project.pk], part, move.target)
    _check_gates(missing, move, by)
    write(part, seen=seen, stage=move.target.stage, step=move.target.step or "", reached_on=move.happened_on)
    change = StageChange.objects.create(
        phase=part.phase if isinstance(part, Component) else part,
        component=part if isinstance(part, Component) else None,
        from_stage=current.stage or "",
        from_step=current.step or "",
        stage=move.target.stage or "",
        step=move.target.step or "",
        happened_on=move.happened_on,
        is_back=is_back(current, move.target),
        reason=move.reason,
        note=move.note,
        skipped=codes_of(missing),
        skip_reason=_skip_reason(missing, move, by),
        by=by,
        at=at,
    )
    commission(part, current, move.target)
    follow(project, change.phase, move.happened_on, before=current, after=move.target)
    record(
        by=by, at=at, verb="move_stage", subject=part, project_id=project.pk, note=move.reason or move.note,
        before={"stage": current.code, "since": since},
        after={"stage": move.target.code, "since": move.happened_on, **_skipped(change)},
    )  # fmt: skip
    touch(project, since=Month.of(move.happened_on) if move.happened_on else None, at=at)
    return change


@transaction.atomic
def move_parts(
    parts: Sequence[tuple[Part, int]], move: Move, *, by: User, at: datetime.datetime, today: datetime.date
) -> list[StageChange]:
    """Move several parts, each read at the version beside it: all of them or, when one is refused, none.

    Parts are taken in the order of their projects, so that two people who move overlapping
    selections wait for each other instead of blocking each other.
    """
    changes = []
    for part, seen in sorted(parts, key=lambda pair: project_of(pair[0]).pk):
        try:
            changes.append(move_part(part, move, by=by, at=at, today=today, seen=seen))
        except Refused as refusal:
            raise type(refusal)(f"{part}: {refusal.sentence}", field=refusal.field) from refusal
    return changes


def _check_move(project: Project, part: Part, current: Position, move: Move, today: datetime.date) -> None:
    if project.halted == "terminated":
        raise Refused(_("The project was terminated. Resume it before moving its phases."))
    if isinstance(part, Phase) and part.components.exists():
        raise Refused(_("This phase follows its components. Move the component concerned."))
    if move.target.stage is None:
        raise Refused(_("Choose the stage that was reached."), field="target")
    if move.target == current:
        raise Refused(_("It already stands at “%(stage)s”.") % {"stage": position_name(current)}, field="target")
    if move.happened_on and move.happened_on > today:
        raise Refused(_("The day lies in the future. Enter the day on which it happened."), field="happened_on")
    back = is_back(current, move.target)
    if back and not move.reason:
        raise Refused(_("A move back needs a reason. Say why in one sentence."), field="reason")
    if not back and move.happened_on and part.reached_on and move.happened_on < part.reached_on:
        raise Refused(
            _("“%(stage)s” was reached on %(day)s; the next stage cannot be earlier.")
            % {"stage": position_name(current), "day": part.reached_on.isoformat()},
            field="happened_on",
        )


def missing_of(passed: Passed, part: Part, target: Position) -> list[Missing]:
    """What the stages that a move of `part` to `target` enters ask for, and is not there."""
    phase_id = part.phase_id if isinstance(part, Component) else part.pk
    return missing_between(position_of(part), target, passed.known_for(phase_id))


def _check_gates(missing: list[Missing], move: Move, by: User | None) -> None:
    """People say why they go on; the system is not asked."""
    if missing and by is not None and not move.gate_reason:
        raise Refused(
            _("For “%(stage)s” this is still missing: %(missing)s. Complete it, or say why it goes on without.")
            % {"stage": position_name(move.target), "missing": "、".join(missing_name(each) for each in missing)},
            field="gate_reason",
        )


def _skip_reason(missing: list[Missing], move: Move, by: User | None) -> str:
    if not missing:
        return ""
    return move.gate_reason or (_("Moved by the system, which is not asked.") if by is None else "")


def _skipped(change: StageChange) -> dict[str, Any]:
    """For the journal, where anything was missing."""
    return {"skipped": change.skipped, "skip_reason": change.skip_reason} if change.skipped else {}


def overtaken(part: Part) -> str:
    """Who moved `part` meanwhile, from where to where and when; for the person who came second."""
    of_part = {"component": part} if isinstance(part, Component) else {"phase": part, "component": None}
    change = StageChange.objects.filter(**of_part).select_related("by").order_by("-id").first()
    if change is None:
        return _("Somebody changed it meanwhile. Check the values and save again.")
    return _(
        "%(who)s already moved it from “%(before)s” to “%(after)s” at %(time)s. What you entered is still"
        " here: check it against the new stage and save again if it still applies."
    ) % {
        "who": change.by or _("The system"),
        "before": position_name(Position.read(change.from_stage, change.from_step)),
        "after": position_name(Position.read(change.stage, change.step)),
        "time": date_format(timezone.localtime(change.at), "H:i"),
    }


def commission(part: Part, before: Position, after: Position) -> None:
    """A part that begins to produce brings its planned capacity on stream; one that returns takes it back."""
    began = is_operating(after.stage or "") and not is_operating(before.stage or "")
    ended = is_operating(before.stage or "") and not is_operating(after.stage or "")
    for capacity in part.capacities.all() if began or ended else ():
        Capacity.objects.filter(pk=capacity.pk).update(commissioned=capacity.planned if began else 0)


def follow(
    project: Project, phase: Phase, happened_on: datetime.date | None, *, before: Position, after: Position
) -> None:
    """Derive the phase from its components and the project from its phases, with its actual dates.

    `project` as it was locked, before one of its parts came from `before` to `after` on `happened_on`.
    """
    of_parts = whole_of(Whole(position_of(part)) for part in Component.objects.filter(phase=phase))
    if of_parts.position.stage is not None:
        derived = _columns(of_parts)
        stood = Phase.objects.filter(pk=phase.pk).values_list("stage", "step", "partly_operating").get()
        since = {} if stood == tuple(derived.values()) else {"reached_on": happened_on}
        Phase.objects.filter(pk=phase.pk).update(**derived, **since)
    derive(project, happened_on, before=before, after=after)


def derive(project: Project, happened_on: datetime.date | None, *, before: Position, after: Position) -> None:
    """The same for the project alone, from its phases as they stand now."""
    phases = [Whole(position_of(each), each.partly_operating) for each in Phase.objects.filter(project=project)]
    whole = whole_of(phases)
    dates = _actual_dates(project, phases, partial(_day_of, happened_on, before, after))
    Project.objects.filter(pk=project.pk).update(**_columns(whole), **dates)


def _columns(whole: Whole) -> dict[str, Any]:
    return {
        "stage": whole.position.stage or "",
        "step": whole.position.step or "",
        "partly_operating": whole.partly_operating,
    }


def _actual_dates(
    project: Project, phases: list[Whole], day_of: Callable[[Stage], datetime.date | None]
) -> dict[str, datetime.date | None]:
    """The project starts with its first part and is finished with its last; a way back takes the date away."""
    dates: dict[str, datetime.date | None] = {}
    started = any(has_started(phase.position.stage or "") for phase in phases)
    completed = all(is_completed(phase.position.stage or "") for phase in phases)
    if started and not has_started(project.stage) and project.actual_start is None:
        began, typed = day_of(Stage.STARTED), project.actual_finish
        dates["actual_start"] = None if began and typed and typed < began else began
    if completed and not is_completed(project.stage) and project.actual_finish is None:
        finished, start = day_of(Stage.COMPLETED), dates.get("actual_start", project.actual_start)
        dates["actual_finish"] = max(finished, start) if finished and start else finished
    if not started and has_started(project.stage):
        dates["actual_start"] = None
    if not completed and is_completed(project.stage):
        dates["actual_finish"] = None
    return dates


def _day_of(happened_on: datetime.date | None, before: Position, after: Position, stage: Stage) -> datetime.date | None:
    """The day on which `stage` was entered, as far as a move tells it.

    A part that nobody had placed before, and that now stands beyond `stage`, entered it on some
    earlier day: what already produces did not start on the day of its first product.
    """
    return happened_on if before.stage is not None or after.stage is stage else None


def begins_at(position: Position) -> bool:
    """Whether a part that enters the register at `position` already had its life before (not merely conceived)."""
    return position.stage not in (None, Stage.CONCEIVED)
