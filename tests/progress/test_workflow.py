"""Every step in every state has an answer, every state says whose turn it is, and the words are complete."""

import itertools

import pytest

from projects.progress.checking import Lack, Oddity
from projects.progress.wording import (
    COMMENT_NAMES,
    LACKS,
    ODDITIES,
    STANDS_IN_THE_WAY,
    STATE_NAMES,
    STEP_NAMES,
    TURN_NAMES,
)
from projects.progress.workflow import HANDED_IN, MISSING, MOVES, OF_THE_OFFICE, TURNS, State, Step, Turn, after

LEADS_TO = {
    "due": {"write": "draft"},
    "draft": {"write": "draft", "submit": "submitted"},
    "submitted": {"withdraw": "draft", "send_back": "returned", "approve": "approved"},
    "returned": {"write": "returned", "submit": "submitted"},
    "approved": {"reopen": "returned"},
}


@pytest.mark.parametrize(("state", "step"), list(itertools.product(State, Step)))
def test_every_step_in_every_state(state: State, step: Step) -> None:
    assert after(state, step) == LEADS_TO[state].get(step)


def test_every_state_but_the_first_is_reached_and_none_is_a_trap() -> None:
    assert set(MOVES.values()) == set(State) - {State.DUE}
    assert {state for state, _step in MOVES} == set(State)


def test_whose_turn_it_is() -> None:
    assert {state: TURNS[state] for state in State} == {
        State.DUE: Turn.UNIT, State.DRAFT: Turn.UNIT, State.RETURNED: Turn.UNIT,
        State.SUBMITTED: Turn.OFFICE, State.APPROVED: Turn.NOBODY,
    }  # fmt: skip
    assert not HANDED_IN & MISSING
    assert set(State) == HANDED_IN | MISSING
    assert set(Step) >= OF_THE_OFFICE


def test_everything_has_its_words() -> None:
    assert set(STATE_NAMES) == set(STANDS_IN_THE_WAY) == set(State)
    assert set(STEP_NAMES) == set(Step)
    assert set(TURN_NAMES) == set(Turn)
    assert set(LACKS) == set(Lack)
    assert set(ODDITIES) == set(Oddity)
    assert {"return", "reopen", "reply", "ask_leave", "leave", "no_leave"} == set(COMMENT_NAMES)
