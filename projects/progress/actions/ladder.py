"""Keeping the ladder of reminders: the one that an installation begins with, and its steps."""

import datetime

from django.db import transaction

from projects.accounts.actions import check_may
from projects.accounts.models import User
from projects.accounts.roles import Verb
from projects.core.constraints import check_constraints
from projects.core.refusals import Stale
from projects.core.versions import write
from projects.journal.actions import record
from projects.progress.ladder import BEGINNING
from projects.progress.models import ReminderStep
from projects.register.actions.registering import who_saved
from projects.register.queries import facts_of

STEP_FACTS = ("anchor", "days", "audience", "position", "is_active")


@transaction.atomic
def found_ladder(*, by: User | None, at: datetime.datetime) -> int:
    """Give an installation without any ladder the one to begin with; how many steps were added."""
    if ReminderStep.objects.exists():
        return 0
    for position, rung in enumerate(BEGINNING, start=1):
        step = ReminderStep(anchor=rung.anchor.value, days=rung.days, audience=rung.audience.value, position=position)
        keep_step(step, by=by, at=at, seen=None)
    return len(BEGINNING)


@transaction.atomic
def keep_step(step: ReminderStep, *, by: User | None, at: datetime.datetime, seen: int | None) -> ReminderStep:
    """Save a new or an edited step of the ladder; it holds for every month that is open, and all to come.

    `Refused` for a step that the ladder has already or that lies before the opening, `Stale` when it
    was changed since version `seen`.
    """
    if by is not None:
        check_may(by, Verb.KEEP_PERIODS)
    stored = ReminderStep.objects.select_for_update().filter(pk=step.pk).first()
    if stored and seen is not None and stored.version != seen:
        raise Stale(who_saved(stored))
    check_constraints(step, field="days")
    before, after = facts_of(stored, STEP_FACTS) if stored else {}, facts_of(step, STEP_FACTS)
    if stored:
        write(step, seen=seen, **after)
    else:
        step.save(force_insert=True)
    record(by=by, at=at, verb="keep_ladder", subject=step, before=before, after=after)
    return step
