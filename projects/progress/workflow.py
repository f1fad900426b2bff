"""The life of a monthly report: its states, the steps between them, and whose turn it is."""

from enum import StrEnum


class State(StrEnum):
    """Where a report stands; the value is stored."""

    DUE = "due"  # asked for, nothing written yet
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"


class Step(StrEnum):
    """What somebody does with a report."""

    WRITE = "write"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    REOPEN = "reopen"


class Turn(StrEnum):
    """Who has to do something next."""

    UNIT = "unit"
    OFFICE = "office"
    NOBODY = "nobody"


MOVES = {
    (State.DUE, Step.WRITE): State.DRAFT,
    (State.DRAFT, Step.WRITE): State.DRAFT,
    (State.RETURNED, Step.WRITE): State.RETURNED,
    (State.DRAFT, Step.SUBMIT): State.SUBMITTED,
    (State.RETURNED, Step.SUBMIT): State.SUBMITTED,
    (State.SUBMITTED, Step.WITHDRAW): State.DRAFT,
    (State.SUBMITTED, Step.SEND_BACK): State.RETURNED,
    (State.SUBMITTED, Step.APPROVE): State.APPROVED,
    (State.APPROVED, Step.REOPEN): State.RETURNED,
}

TURNS = {
    State.DUE: Turn.UNIT,
    State.DRAFT: Turn.UNIT,
    State.RETURNED: Turn.UNIT,
    State.SUBMITTED: Turn.OFFICE,
    State.APPROVED: Turn.NOBODY,
}

OF_THE_OFFICE = frozenset({Step.SEND_BACK, Step.APPROVE, Step.REOPEN})
HANDED_IN = frozenset({State.SUBMITTED, State.RETURNED, State.APPROVED})  # in at least once, and not taken back
MISSING = frozenset({State.DUE, State.DRAFT})


def after(state: State, step: Step) -> State | None:
    """The state that `step` leads to, or None where it cannot be taken."""
    return MOVES.get((state, step))
