"""How urgent a node is, on both sides of each limit."""

import datetime

import pytest

from projects.register.due import SOON_DAYS, Due, due_on

TODAY = datetime.date(2023, 10, 10)


@pytest.mark.parametrize(
    ("days", "due"),
    [(-1, Due.OVERDUE), (0, Due.SOON), (SOON_DAYS, Due.SOON), (SOON_DAYS + 1, Due.LATER)],
)
def test_by_the_planned_day(days: int, due: Due) -> None:
    assert due_on(TODAY, planned=TODAY + datetime.timedelta(days=days)) is due


def test_settled_is_never_overdue() -> None:
    past = datetime.date(2023, 1, 1)
    assert due_on(TODAY, planned=past, done=past) is Due.DONE
    assert due_on(TODAY, planned=past, not_applicable=True) is Due.NOT_APPLICABLE
    assert due_on(TODAY, planned=None, done=past) is Due.DONE


def test_without_a_day() -> None:
    assert due_on(TODAY, planned=None) is Due.UNDATED
