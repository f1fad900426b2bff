"""What a page offers is what the actions do: for every role, state and step, before the lock and after it."""

import datetime
from collections.abc import Callable

import pytest
from django.db import transaction

from projects.core.refusals import Refused
from projects.progress.actions import leave, reporting, reviewing
from projects.progress.actions.offers import ALLOW_LATE, ASK_LEAVE, REFUSE_LEAVE, REPLY, offers
from projects.progress.checking import Written
from projects.progress.models import MonthlyReport
from projects.progress.workflow import State, Step
from tests.cast import Cast, project
from tests.progress.month import FULL, LOCK, asked, at, in_state, opened

DAY = datetime.timedelta(days=1)
Act = Callable[..., object]

ACTS: dict[str, Act] = {
    Step.WRITE: lambda report, **who: reporting.save_draft(report, Written(image="别的"), seen=None, **who),
    Step.SUBMIT: lambda report, **who: reporting.submit(report, seen=None, **who),
    Step.WITHDRAW: lambda report, **who: reporting.withdraw(report, seen=None, **who),
    Step.SEND_BACK: lambda report, **who: reviewing.send_back(report, {"": "x"}, seen=None, **who),
    Step.APPROVE: lambda report, **who: reviewing.approve(report, seen=None, **who),
    Step.REOPEN: lambda report, **who: reviewing.reopen(report, reason="x", seen=None, **who),
    ALLOW_LATE: lambda report, **who: reviewing.allow_late(report, until=LOCK + 9 * DAY, reason="x", **who),
    REPLY: lambda report, **who: reviewing.reply(report, "x", **who),
    ASK_LEAVE: lambda report, **who: leave.ask_leave(report, reason="x", seen=None, **who),
    REFUSE_LEAVE: lambda report, **who: leave.refuse_leave(report, answer="x", seen=None, **who),
}


def refusal_of(act: Act, report: MonthlyReport, **who: object) -> str:
    """What the action says, leaving everything as it was."""
    try:
        with transaction.atomic():
            act(report, **who)
            transaction.set_rollback(True)
    except Refused as refusal:
        return str(refusal.sentence)
    return ""


@pytest.mark.parametrize("day", [LOCK, LOCK + DAY], ids=["open", "locked"])
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("who", ["admin", "office", "reporter", "other_reporter", "leader", "auditor", "stranger"])
def test_offers_are_what_the_actions_say(cast: Cast, who: str, state: State, day: datetime.date) -> None:
    row = project(cast)
    opened()
    in_state(state.value, row, cast)
    person = cast.person(who)
    offered = offers(asked(row), to=person, at=at(day))
    for name, act in ACTS.items():
        said = refusal_of(act, asked(row), by=person, at=at(day))
        if name in offered:
            assert str(offered[name].because) == said, name
        else:
            assert said, f"{who} may {name} and is not offered it"


def test_a_draft_that_lacks_something_may_be_tried(cast: Cast) -> None:
    """Whether it is complete is said when it is submitted, field by field."""
    row = project(cast)
    opened()
    reporting.save_draft(asked(row), Written(image="打桩"), by=cast.reporter, at=at(), seen=None)
    assert not offers(asked(row), to=cast.reporter, at=at())[Step.SUBMIT].because


def test_ones_own_report_is_not_approved(cast: Cast) -> None:
    row = project(cast)
    opened()
    report = reporting.save_draft(asked(row), FULL, by=cast.office, at=at(), seen=None)
    reporting.submit(report, by=cast.reporter, at=at(), seen=None)
    assert offers(asked(row), to=cast.office, at=at())[Step.APPROVE].because
    assert not offers(asked(row), to=cast.admin, at=at())[Step.APPROVE].because
