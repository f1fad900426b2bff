"""What a person may do with a slip as it stands now, and in words why not: the actions' own checks, asked quietly."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from projects.accounts.models import User
from projects.accounts.queries import may, reaches
from projects.accounts.roles import Verb
from projects.core.refusals import Refused, Sentence
from projects.followups.actions.answering import check_asks_plan, check_extension, check_plan_is_there
from projects.followups.actions.issuing import check_finish
from projects.followups.actions.taking import next_state, verb_of
from projects.followups.actions.verifying import check_extension_waits, check_not_own_answer, check_second_person
from projects.followups.models import Slip
from projects.followups.workflow import State, Step, Turn

# What the page offers in each state, the main step first; refused ones are shown with the reason.
SHOWN: dict[State, tuple[Step, ...]] = {
    State.DRAFTED: (Step.ISSUE, Step.EDIT, Step.WITHDRAW),
    State.ISSUED: (Step.RECEIVE, Step.WITHDRAW),
    State.RECEIVED: (Step.REPLY, Step.ANSWER, Step.EXTEND, Step.DECIDE, Step.WITHDRAW),
    State.IN_HAND: (Step.ANSWER, Step.EXTEND, Step.DECIDE, Step.WITHDRAW),
    State.ANSWERED: (Step.VERIFY, Step.SEND_BACK, Step.WITHDRAW),
    State.RETURNED: (Step.ANSWER, Step.EXTEND, Step.DECIDE, Step.WITHDRAW),
    State.VERIFIED: (Step.CLOSE, Step.SEND_BACK),
}


BACKWARDS = frozenset({Step.SEND_BACK, Step.WITHDRAW, Step.EXTEND})


@dataclass(frozen=True)
class Offer:
    """A step that the role of the person includes; `because` says why it is refused now, or is empty."""

    step: Step
    because: Sentence = ""


def offers(slip: Slip, *, to: User, at: datetime.datetime) -> list[Offer]:
    """The steps for `to` with the slip as it stands, the main one first; nothing for who only reads it."""
    if not reaches(to, slip.unit):
        return []
    found = []
    for step in SHOWN.get(State(slip.state), ()):
        if not may(to, verb_of(step)) or (step is Step.DECIDE and slip.extension != "asked"):
            continue
        if step is Step.REPLY and not slip.asks_plan:
            continue
        found.append(_asked(slip, step, by=to, at=at))
    return found


def main_step(slip: Slip, offered: list[Offer], *, to: User) -> Step | None:
    """The one step that the page puts first: what moves the slip on, or for the office while the unit has its turn,
    what waits for the office."""
    open_ones = [offer.step for offer in offered if not offer.because and offer.step not in BACKWARDS]
    if slip.turn is Turn.UNIT and may(to, Verb.VERIFY_SLIPS):
        return Step.DECIDE if Step.DECIDE in open_ones else None
    return next(iter(open_ones), None)


def _asked(slip: Slip, step: Step, *, by: User, at: datetime.datetime) -> Offer:
    checks: dict[Step, Callable[[], object]] = {
        Step.ISSUE: partial(check_finish, slip),
        Step.REPLY: partial(check_asks_plan, slip),
        Step.ANSWER: partial(check_plan_is_there, slip),
        Step.EXTEND: partial(check_extension, slip, at=at),
        Step.DECIDE: partial(check_extension_waits, slip, by=by),
        Step.VERIFY: partial(check_not_own_answer, slip, by=by),
        Step.CLOSE: partial(check_second_person, slip, by=by),
    }
    try:
        next_state(slip, step)
        if step in checks:
            checks[step]()
    except Refused as refusal:
        return Offer(step, refusal.sentence)
    return Offer(step)
