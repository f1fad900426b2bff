"""The life of a problem: raised, said to be solved with a proof, and closed by a second person."""

from enum import StrEnum


class ProblemState(StrEnum):
    OPEN = "open"
    SOLVED = "solved"  # somebody says so and brings the proof
    CLOSED = "closed"


class ProblemStep(StrEnum):
    NOTE = "note"
    EDIT = "edit"
    EXTEND = "extend"
    SOLVE = "solve"
    REJECT = "reject"
    CLOSE = "close"
    REOPEN = "reopen"


LEADS = {
    (ProblemState.OPEN, ProblemStep.NOTE): ProblemState.OPEN,
    (ProblemState.OPEN, ProblemStep.EDIT): ProblemState.OPEN,
    (ProblemState.OPEN, ProblemStep.EXTEND): ProblemState.OPEN,
    (ProblemState.OPEN, ProblemStep.SOLVE): ProblemState.SOLVED,
    (ProblemState.SOLVED, ProblemStep.NOTE): ProblemState.SOLVED,
    (ProblemState.SOLVED, ProblemStep.REJECT): ProblemState.OPEN,
    (ProblemState.SOLVED, ProblemStep.CLOSE): ProblemState.CLOSED,
    (ProblemState.CLOSED, ProblemStep.REOPEN): ProblemState.OPEN,
}


def problem_after(state: ProblemState, step: ProblemStep) -> ProblemState | None:
    """The state that `step` leads to, or None where it cannot be taken."""
    return LEADS.get((state, step))
