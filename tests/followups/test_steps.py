"""Each step with a slip in each state and by each role; each is journalled, and a stale one is refused."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation

from projects.accounts.roles import Verb
from projects.core.month import Month
from projects.core.refusals import NotAllowed, Refused, Stale
from projects.followups.actions import answering, issuing, verifying
from projects.followups.actions.offers import offers
from projects.followups.actions.taking import verb_of
from projects.followups.models import Slip
from projects.followups.workflow import MOVES, OF_THE_SYSTEM, VERIFYING, State, Step
from projects.journal.models import Entry
from tests.cast import AT, Cast
from tests.followups.slips import DAY, again, brought, bulletin, colleague, drafted, follow

STEPS: dict[Step, Callable[..., Slip]] = {
    Step.EDIT: lambda slip, **who: issuing.edit_slip(slip, request="限期整改", finish_due=None, **who),
    Step.ISSUE: issuing.issue,
    Step.RECEIVE: answering.receive,
    Step.REPLY: lambda slip, **who: answering.reply_with_plan(slip, plan="增派人员", **who),
    Step.ANSWER: lambda slip, **who: answering.answer(slip, text="已整改", reference="8号", **who),
    Step.EXTEND: lambda slip, **who: answering.ask_extension(
        slip, until=datetime.date(2023, 12, 1), reason="汛期", **who
    ),
    Step.DECIDE: lambda slip, **who: verifying.decide_extension(slip, grant=True, **who),
    Step.SEND_BACK: lambda slip, **who: verifying.send_back(slip, reason="缺照片", **who),
    Step.VERIFY: lambda slip, **who: verifying.verify(slip, finding="现场已看", **who),
    Step.CLOSE: verifying.close,
    Step.WITHDRAW: lambda slip, **who: issuing.withdraw(slip, reason="误评", **who),
}
PEOPLE = ("admin", "office2", "reporter", "other_reporter", "leader", "auditor", "stranger")
OF_OFFICE = {"admin", "office2"}


def person(cast: Cast, who: str) -> Any:
    return colleague(cast) if who == "office2" else cast.person(who)


def ready(cast: Cast, state: State, step: Step) -> Slip:
    """A slip at `state` with whatever else the step needs: an extension that waits, or no plan to wait for."""
    periods = 2 if (state, step) == (State.RECEIVED, Step.ANSWER) else 1  # a talk asks for no plan
    slip = brought(drafted(cast, periods=periods), cast, state)
    if step is Step.DECIDE and state in (State.RECEIVED, State.IN_HAND, State.RETURNED):
        STEPS[Step.EXTEND](slip, by=cast.reporter, at=AT, seen=None)
    return again(slip)


@contextmanager
def taken_back() -> Iterator[None]:
    """What is done inside is undone at its end, so that the next may be tried on the same slip."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("state", list(State))
def test_what_a_state_does_not_lead_to_is_refused(cast: Cast, state: State) -> None:
    slip = drafted(cast)
    if state is State.MERGED:
        follow(bulletin(cast, [(slip.project, 2, 2)], Month(2023, 10)))
        slip = again(slip)
    else:
        slip = brought(slip, cast, state)
    person = colleague(cast, "office3")
    for step in set(STEPS) - {each for before, each in MOVES if before is state}:
        with pytest.raises(Refused) as refusal:
            STEPS[step](slip, by=person, at=AT, seen=slip.version)
        assert not isinstance(refusal.value, NotAllowed | Stale)
    assert (again(slip).state, again(slip).version) == (state.value, slip.version)


@pytest.mark.parametrize("move", [move for move in MOVES if move[1] not in OF_THE_SYSTEM])
def test_who_may_and_where_it_leads(cast: Cast, move: tuple[State, Step]) -> None:
    state, step = move
    slip = ready(cast, state, step)
    for who in PEOPLE:
        by = person(cast, who)
        offered = {offer.step: str(offer.because) for offer in offers(slip, to=by, at=AT)}
        if who in OF_OFFICE or (who == "reporter" and verb_of(step) is Verb.ANSWER_SLIPS):
            assert offered[step] == ""
            with taken_back():
                STEPS[step](slip, by=by, at=AT, seen=slip.version)
                assert again(slip).state == MOVES[move].value
                entry = Entry.objects.filter(subject_type="slip", subject_id=slip.pk).latest("seq")
                assert (entry.actor, entry.project_id) == (by, slip.project_id)
        else:
            assert step not in offered
            with pytest.raises(NotAllowed):
                STEPS[step](slip, by=by, at=AT, seen=slip.version)
            assert again(slip).version == slip.version


@pytest.mark.parametrize("step", list(STEPS))
def test_what_was_seen_before_somebody_elses_step_is_stale(cast: Cast, step: Step) -> None:
    state = next(before for before, each in MOVES if each is step)
    slip = ready(cast, state, step)
    with pytest.raises(Stale):
        STEPS[step](slip, by=None, at=AT, seen=slip.version + 1)
    assert again(slip).version == slip.version


@pytest.mark.parametrize("step", sorted(VERIFYING | {Step.ISSUE, Step.RECEIVE, Step.WITHDRAW}))
def test_two_clicks_are_one_step(cast: Cast, step: Step) -> None:
    state = next(before for before, each in MOVES if each is step)
    slip = ready(cast, state, step)
    STEPS[step](slip, by=None, at=AT, seen=slip.version)
    with pytest.raises(Stale):
        STEPS[step](slip, by=None, at=AT, seen=slip.version)


def test_what_nobody_may_yet_is_said_on_the_button(cast: Cast) -> None:
    slip = brought(drafted(cast), cast, State.RECEIVED)
    with translation.override("en"):
        told = {offer.step: str(offer.because) for offer in offers(slip, to=cast.reporter, at=AT)}
    assert told[Step.REPLY] == told[Step.EXTEND] == ""
    assert told[Step.ANSWER].startswith("Reply with the plan first")


def test_an_extension_is_not_offered_once_the_day_has_passed(cast: Cast) -> None:
    slip = brought(drafted(cast), cast, State.IN_HAND)
    assert slip.finish_due is not None
    late = AT + (slip.finish_due - AT.date() + DAY)
    with translation.override("en"):
        told = {offer.step: str(offer.because) for offer in offers(slip, to=cast.reporter, at=late)}
    assert told[Step.EXTEND].startswith("The day has passed")
