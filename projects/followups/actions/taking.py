"""What every step with a slip does: hold it, ask whether the person may and the state allows it, write and journal."""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from projects.accounts.actions import check_may
from projects.accounts.models import User
from projects.accounts.queries import reaches
from projects.accounts.roles import Verb
from projects.core.refusals import NotAllowed, Refused, Stale
from projects.core.versions import write
from projects.followups.models import Slip
from projects.followups.wording import STANDS_IN_THE_WAY
from projects.followups.workflow import OF_THE_UNIT, VERIFYING, Runs, State, Step, after, running
from projects.journal.actions import record
from projects.register.actions.registering import who_saved
from projects.register.actions.touching import lock
from projects.register.queries import facts_of


def verb_of(step: Step) -> Verb:
    """The right that a step asks for."""
    if step in OF_THE_UNIT:
        return Verb.ANSWER_SLIPS
    return Verb.VERIFY_SLIPS if step in VERIFYING else Verb.ISSUE_SLIPS


def day_of(at: datetime.datetime) -> datetime.date:
    return timezone.localtime(at).date()


def check_reach(slip: Slip, verb: Verb, by: User | None) -> None:
    """`NotAllowed` when the role lacks the right, or the slip is to another unit."""
    if by is None:
        return
    check_may(by, verb)
    if not reaches(by, slip.unit):
        raise NotAllowed(
            _("This slip is to %(unit)s. Only that unit and the key-project office work on it.")
            % {"unit": slip.unit.name}
        )


def next_state(slip: Slip, step: Step) -> State:
    """The state that the step leads to; `Refused` in words where it cannot be taken."""
    state = after(State(slip.state), step)
    if state is None:
        raise Refused(STANDS_IN_THE_WAY[slip.state])
    return state


def held(slip: Slip, step: Step, *, by: User | None, seen: int | None) -> Slip:
    """The slip as it is now, held with its project until the transaction ends, for `by` who may take `step`."""
    project = lock(slip.project_id)
    stored: Slip = Slip.objects.select_related("unit", "district", "leader__account", "bulletin").get(pk=slip.pk)
    stored.project = project
    check_reach(stored, verb_of(step), by)
    if seen is not None and stored.version != seen:
        raise Stale(who_saved(stored))
    next_state(stored, step)
    return stored


def take(
    stored: Slip, step: Step, verb: str, values: dict[str, Any], *, text: str = "", by: User | None,
    at: datetime.datetime, seen: int | None,
) -> Slip:  # fmt: skip
    """Write `values` and the state that `step` leads to, with the day that runs from now on, and journal it."""
    state = next_state(stored, step)
    days = {name: values.get(name, getattr(stored, name)) for name in ("issue_due", "reply_due", "finish_due")}
    runs = running(state, asks_plan=stored.asks_plan)
    due = None if runs is Runs.NONE else days[f"{runs.value}_due"]
    whole = {"state": state.value, "due_on": due, **values}
    if due != stored.due_on:
        whole["raised_at"] = None
    before = facts_of(stored, list(whole))
    write(stored, seen=seen, **whole)
    told = {name: value for name, value in whole.items() if not name.endswith(("_by", "_at")) and name != "due_on"}
    record(
        by=by, at=at, verb=verb, subject=stored, project_id=stored.project_id,
        before={name: before[name] for name in told}, after=told, note=text,
    )  # fmt: skip
    return stored
