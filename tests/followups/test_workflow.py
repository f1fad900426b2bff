"""Every step with a slip in every state has an answer, every state a turn, and everything its words."""

import itertools

import pytest

from projects.accounts.roles import Verb
from projects.followups.actions.offers import SHOWN
from projects.followups.actions.taking import verb_of
from projects.followups.ladder import LADDER, Kind, Rank
from projects.followups.views.slip import WAYS
from projects.followups.wording import (
    KIND_NAMES,
    NUMBERS,
    RANK_NAMES,
    RUNS_NAMES,
    STANDS_IN_THE_WAY,
    STATE_NAMES,
    STATE_TONES,
    STEP_NAMES,
    STEP_OF_LADDER,
    TURN_NAMES,
)
from projects.followups.workflow import (
    DONE,
    MOVES,
    OF_THE_SYSTEM,
    OPEN,
    TURNS,
    Runs,
    State,
    Step,
    Turn,
    after,
    running,
)

LEADS_TO = {
    "drafted": {"edit": "drafted", "issue": "issued", "withdraw": "withdrawn", "merge": "merged"},
    "issued": {"receive": "received", "withdraw": "withdrawn", "merge": "merged"},
    "received": {
        "reply": "in_hand", "answer": "answered", "extend": "received", "decide": "received", "withdraw": "withdrawn",
        "merge": "merged",
    },
    "in_hand": {
        "answer": "answered", "extend": "in_hand", "decide": "in_hand", "withdraw": "withdrawn", "merge": "merged",
    },
    "answered": {"verify": "verified", "send_back": "returned", "withdraw": "withdrawn", "merge": "merged"},
    "returned": {
        "answer": "answered", "extend": "returned", "decide": "returned", "withdraw": "withdrawn", "merge": "merged",
    },
    "verified": {"close": "closed", "send_back": "returned", "merge": "merged"},
    "closed": {}, "withdrawn": {}, "merged": {},
}  # fmt: skip


@pytest.mark.parametrize(("state", "step"), list(itertools.product(State, Step)))
def test_every_step_in_every_state(state: State, step: Step) -> None:
    assert after(state, step) == LEADS_TO[state].get(step)


def test_every_state_but_the_first_is_reached_and_only_what_is_done_ends() -> None:
    assert set(MOVES.values()) == set(State)
    assert set(State) - {state for state, _step in MOVES} == set(DONE) == set(State) - set(OPEN)


def test_whose_turn_it_is() -> None:
    of_unit = {State.ISSUED, State.RECEIVED, State.IN_HAND, State.RETURNED}
    of_office = {State.DRAFTED, State.ANSWERED, State.VERIFIED}
    assert {state for state in State if TURNS[state] is Turn.UNIT} == of_unit
    assert {state for state in State if TURNS[state] is Turn.OFFICE} == of_office


@pytest.mark.parametrize(
    ("state", "with_plan", "without"),
    [
        (State.DRAFTED, Runs.ISSUE, Runs.ISSUE),
        (State.ISSUED, Runs.REPLY, Runs.FINISH),
        (State.RECEIVED, Runs.REPLY, Runs.FINISH),
        (State.IN_HAND, Runs.FINISH, Runs.FINISH),
        (State.RETURNED, Runs.FINISH, Runs.FINISH),
        *((state, Runs.NONE, Runs.NONE) for state in (State.ANSWERED, State.VERIFIED, *DONE)),
    ],
)
def test_which_day_runs(state: State, with_plan: Runs, without: Runs) -> None:
    assert (running(state, asks_plan=True), running(state, asks_plan=False)) == (with_plan, without)


def test_everything_has_its_words() -> None:
    assert set(STATE_NAMES) == set(STANDS_IN_THE_WAY) == set(TURN_NAMES) == set(STATE_TONES) == set(State)
    assert set(STEP_NAMES) == set(Step)
    assert set(KIND_NAMES) == set(NUMBERS) == set(Kind)
    assert set(RANK_NAMES) == set(Rank)
    assert set(RUNS_NAMES) == set(Runs) - {Runs.NONE}
    assert set(STEP_OF_LADDER) == {rung.code for rung in LADDER}


def test_every_step_of_a_person_has_a_right_a_page_and_a_place() -> None:
    assert {verb_of(step) for step in Step} == {Verb.ISSUE_SLIPS, Verb.ANSWER_SLIPS, Verb.VERIFY_SLIPS}
    assert set(WAYS) == set(Step) - OF_THE_SYSTEM
    offered = {(state, step) for state, steps in SHOWN.items() for step in steps}
    assert offered == {move for move in MOVES if move[1] not in OF_THE_SYSTEM}
