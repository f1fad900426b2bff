"""The life of a slip: its states, the steps between them, whose turn it is, and which day runs."""

from enum import StrEnum


class State(StrEnum):
    """Where a slip stands; the value is stored."""

    DRAFTED = "drafted"  # 拟办
    ISSUED = "issued"  # 签发
    RECEIVED = "received"  # 签收
    IN_HAND = "in_hand"  # 办理: the plan is there
    ANSWERED = "answered"  # 反馈
    RETURNED = "returned"  # 退回
    VERIFIED = "verified"  # 核验
    CLOSED = "closed"  # 销号
    WITHDRAWN = "withdrawn"  # 撤销
    MERGED = "merged"  # 并入: the slip of a later bulletin goes on with it


class Step(StrEnum):
    """What somebody does with a slip; the last one is the system's."""

    EDIT = "edit"
    ISSUE = "issue"
    RECEIVE = "receive"
    REPLY = "reply"
    ANSWER = "answer"
    EXTEND = "extend"
    DECIDE = "decide"
    SEND_BACK = "send_back"
    VERIFY = "verify"
    CLOSE = "close"
    WITHDRAW = "withdraw"
    MERGE = "merge"


class Turn(StrEnum):
    """Who has to do something next."""

    OFFICE = "office"
    UNIT = "unit"
    NOBODY = "nobody"


class Runs(StrEnum):
    """Which day a slip has to be moved on by."""

    ISSUE = "issue"
    REPLY = "reply"
    FINISH = "finish"
    NONE = "none"


MOVES = {
    (State.DRAFTED, Step.EDIT): State.DRAFTED,
    (State.DRAFTED, Step.ISSUE): State.ISSUED,
    (State.ISSUED, Step.RECEIVE): State.RECEIVED,
    (State.RECEIVED, Step.REPLY): State.IN_HAND,
    (State.RECEIVED, Step.ANSWER): State.ANSWERED,
    (State.IN_HAND, Step.ANSWER): State.ANSWERED,
    (State.RETURNED, Step.ANSWER): State.ANSWERED,
    (State.ANSWERED, Step.SEND_BACK): State.RETURNED,
    (State.ANSWERED, Step.VERIFY): State.VERIFIED,
    (State.VERIFIED, Step.SEND_BACK): State.RETURNED,
    (State.VERIFIED, Step.CLOSE): State.CLOSED,
    **{(state, step): state for state in (State.RECEIVED, State.IN_HAND, State.RETURNED)
       for step in (Step.EXTEND, Step.DECIDE)},
    **{(state, Step.WITHDRAW): State.WITHDRAWN
       for state in (State.DRAFTED, State.ISSUED, State.RECEIVED, State.IN_HAND, State.ANSWERED, State.RETURNED)},
    **{(state, Step.MERGE): State.MERGED
       for state in (State.DRAFTED, State.ISSUED, State.RECEIVED, State.IN_HAND, State.ANSWERED, State.RETURNED,
                     State.VERIFIED)},
}  # fmt: skip

TURNS = {
    State.DRAFTED: Turn.OFFICE,
    State.ISSUED: Turn.UNIT,
    State.RECEIVED: Turn.UNIT,
    State.IN_HAND: Turn.UNIT,
    State.ANSWERED: Turn.OFFICE,
    State.RETURNED: Turn.UNIT,
    State.VERIFIED: Turn.OFFICE,
    State.CLOSED: Turn.NOBODY,
    State.WITHDRAWN: Turn.NOBODY,
    State.MERGED: Turn.NOBODY,
}

OPEN = tuple(state for state, turn in TURNS.items() if turn is not Turn.NOBODY)
DONE = tuple(state for state in State if state not in OPEN)
OF_THE_UNIT = frozenset({Step.RECEIVE, Step.REPLY, Step.ANSWER, Step.EXTEND})
OF_THE_SYSTEM = frozenset({Step.MERGE})
VERIFYING = frozenset({Step.SEND_BACK, Step.VERIFY, Step.CLOSE})  # the office's; all other steps are its issuing


def after(state: State, step: Step) -> State | None:
    """The state that `step` leads to, or None where it cannot be taken."""
    return MOVES.get((state, step))


def running(state: State, *, asks_plan: bool) -> Runs:
    """Which day runs in `state`, for a slip that asks for a plan or does not."""
    if state is State.DRAFTED:
        return Runs.ISSUE
    if state in (State.ISSUED, State.RECEIVED):
        return Runs.REPLY if asks_plan else Runs.FINISH
    return Runs.FINISH if state in (State.IN_HAND, State.RETURNED) else Runs.NONE
