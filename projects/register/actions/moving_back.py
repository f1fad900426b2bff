"""Taking back a phase that was added or moved by mistake: as if it had not been, while nothing stands on it."""

import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from projects.accounts.models import User
from projects.accounts.roles import Verb
from projects.core.month import Month
from projects.core.refusals import Refused, Stale
from projects.core.versions import write
from projects.journal.actions import record
from projects.register.actions.moving import derive, position_of
from projects.register.actions.registering import PHASE_FACTS, who_saved
from projects.register.actions.touching import check_reach, lock, touch
from projects.register.models import Capacity, Phase, Project, StageChange
from projects.register.queries import facts_of
from projects.register.stages import Position, is_operating

DAYS = ("actual_start", "actual_finish")  # of the project, which follow from where its phases stand


def standing_of(phase: Phase) -> dict[str, Any]:
    """Where a phase stands with all that follows from it, fit for JSON: to be kept before it is moved."""
    project = Project.objects.values(*DAYS).get(pk=phase.project_id)
    return {
        "since": _text(phase.reached_on),
        "days": {name: _text(project[name]) for name in DAYS},
        "commissioned": {str(each.pk): str(each.commissioned) for each in phase.capacities.all()},
    }


@transaction.atomic
def take_back_move(phase: Phase, before: dict[str, Any], *, by: User | None, at: datetime.datetime, seen: int) -> Phase:
    """Take the last move of a phase back; `before` is what `standing_of` said ahead of it. `Stale` when the phase was
    changed since version `seen`."""
    project = lock(phase.project_id)
    check_reach(by, Verb.MOVE_STAGE, project)
    held = _held(phase, seen)
    change = StageChange.objects.filter(phase=held, component=None).order_by("-id").first()
    now = position_of(held)
    if change is None or Position.read(change.stage, change.step) != now:
        raise Refused(_("The last move of this phase is not known. Move it on its page."))
    former = Position.read(change.from_stage, change.from_step)
    write(held, seen=seen, stage=change.from_stage, step=change.from_step, reached_on=_day(before["since"]))
    happened_on = change.happened_on
    change.delete()
    if is_operating(now.stage or "") != is_operating(former.stage or ""):
        _restore(held, before["commissioned"], came=is_operating(now.stage or ""))
    derive(project, None, before=now, after=former)
    for name in DAYS:
        Project.objects.filter(pk=project.pk, **{f"{name}__isnull": True}).update(**{name: _day(before["days"][name])})
    record(
        by=by, at=at, verb="take_back_move", subject=held, project_id=project.pk,
        before={"stage": now.code, "since": phase.reached_on}, after={"stage": former.code, "since": held.reached_on},
    )  # fmt: skip
    touch(project, since=Month.of(happened_on) if happened_on else None, at=at)
    return held


def _restore(phase: Phase, commissioned: dict[str, str], *, came: bool) -> None:
    """What each capacity had on stream; one that somebody has set since stays as it is."""
    for capacity in phase.capacities.all():
        left = capacity.planned if came else Decimal(0)
        if capacity.commissioned == left and str(capacity.pk) in commissioned:
            Capacity.objects.filter(pk=capacity.pk).update(commissioned=Decimal(commissioned[str(capacity.pk)]))


@transaction.atomic
def take_back_phase(phase: Phase, *, by: User | None, at: datetime.datetime, seen: int) -> None:
    """Take a phase off its project. `Refused` once it was moved or something was entered of it, `Stale` when it was
    changed since version `seen`."""
    project = lock(phase.project_id)
    check_reach(by, Verb.EDIT_PROJECT, project)
    held = _held(phase, seen)
    moves = StageChange.objects.filter(phase=held)
    kept = Refused(_("“%(phase)s” stays: it was moved, or something was entered of it.") % {"phase": held})
    if held.components.exists() or held.capacities.exists() or moves.exclude(from_stage="").exists():
        raise kept
    stood = position_of(held)
    before = {**facts_of(held, PHASE_FACTS), "stage": stood.code}
    record(by=by, at=at, verb="take_back_phase", subject=held, project_id=project.pk, before=before)
    moves.delete()
    try:
        held.delete()
    except ProtectedError as error:
        raise kept from error
    derive(project, None, before=stood, after=Position())
    touch(project, since=None, at=at)


def _held(phase: Phase, seen: int) -> Phase:
    held = Phase.objects.select_related("project").get(pk=phase.pk)
    if held.version != seen:
        raise Stale(who_saved(held), stored=held, version=held.version)
    return held


def _text(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
