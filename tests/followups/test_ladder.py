"""Which slip a project gets, and by when it is answered and finished; both sides of each step and of holidays."""

import dataclasses
import datetime

import pytest

from projects.core.month import Month
from projects.core.workdays import workdays_after
from projects.followups.ladder import LADDER, RUNGS, Deadlines, Kind, Rank, deadlines, issue_day, rung_for

SEPTEMBER = Month(2023, 9)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("level", "periods", "code"),
    [
        (None, 3, None),
        (0, 9, None),
        (1, 1, "yellow_1"),
        (1, 2, "yellow_2"),
        (1, 3, "yellow_2"),
        (2, 0, "red_1"),
        (2, 1, "red_1"),
        (2, 2, "red_2"),
        (2, 3, "red_3"),
        (2, 12, "red_3"),
        (4, 1, "red_1"),  # worse than the palette's worst
    ],
)
def test_the_step_of_the_default_palette(level: int | None, periods: int, code: str | None) -> None:
    rung = rung_for(level, periods, levels=3)
    assert (rung.code if rung else None) == code


@pytest.mark.parametrize(
    ("levels", "level", "code"),
    [(2, 1, "red_1"), (4, 1, "yellow_1"), (4, 2, "yellow_1"), (4, 3, "red_1"), (5, 3, "yellow_1"), (5, 4, "red_1")],
)
def test_the_worst_level_of_any_palette_is_the_red_one(levels: int, level: int, code: str) -> None:
    rung = rung_for(level, 1, levels=levels)
    assert rung is not None
    assert rung.code == code


def test_without_a_step_for_it_nothing_follows() -> None:
    assert rung_for(1, 1, levels=3, ladder=[rung for rung in LADDER if rung.worst]) is None


@pytest.mark.parametrize(
    ("unused", "periods", "code"),
    [("red_2", 2, "red_1"), ("red_3", 4, "red_2"), ("red_1", 1, None), ("red_1", 2, "red_2")],
)
def test_a_step_that_is_not_used_is_passed_over(unused: str, periods: int, code: str | None) -> None:
    ladder = [dataclasses.replace(rung, used=rung.code != unused) for rung in LADDER]
    rung = rung_for(2, periods, levels=3, ladder=ladder)
    assert (rung.code if rung else None) == code


def test_the_table_is_that_of_the_domain() -> None:
    told = {rung.code: (rung.kind, rung.reply_in, rung.finish_in, rung.raised_to) for rung in LADDER}
    assert told == {
        "yellow_1": (Kind.REMINDER, 5, None, Rank.HEAD),
        "yellow_2": (Kind.REMINDER, 3, None, Rank.LEADER),
        "red_1": (Kind.SUPERVISION, 5, 30, Rank.IN_CHARGE),
        "red_2": (Kind.TALK, None, 30, Rank.EXECUTIVE),
        "red_3": (Kind.TALK, None, None, Rank.COMMITTEE),
    }
    assert [rung.code for rung in LADDER if rung.copies_leader] == ["yellow_2"]
    assert [rung.code for rung in LADDER if rung.decides] == ["red_3"]


@pytest.mark.parametrize(
    ("issued", "reply"),
    [
        ("2023-09-21", "2023-09-28"),
        ("2023-09-22", "2023-10-07"),  # the holiday from 29 September to 6 October; a Saturday is worked
        ("2023-09-28", "2023-10-11"),  # and the Sunday after it
        ("2023-10-06", "2023-10-11"),
        ("2023-10-13", "2023-10-20"),
    ],
)
def test_five_working_days(issued: str, reply: str) -> None:
    assert deadlines(RUNGS["red_1"], day(issued), SEPTEMBER, after=workdays_after).reply == day(reply)


@pytest.mark.parametrize(
    ("issued", "finish"),
    [
        ("2023-10-10", "2023-11-09"),
        ("2023-08-29", "2023-09-28"),
        ("2023-08-30", "2023-10-07"),  # the thirtieth day falls on the holiday
        ("2023-09-07", "2023-10-07"),  # a Saturday that is worked
        ("2023-10-12", "2023-11-13"),  # a Saturday that is not
    ],
)
def test_thirty_days_end_on_a_working_day(issued: str, finish: str) -> None:
    for code in ("red_1", "red_2"):
        assert deadlines(RUNGS[code], day(issued), SEPTEMBER, after=workdays_after).finish == day(finish)


@pytest.mark.parametrize(
    ("issued", "finish"),
    [("2023-10-13", "2023-10-31"), ("2023-10-24", "2023-10-31"), ("2023-10-25", "2023-11-30")],
)
def test_the_next_period_ends_when_the_reply_is_in(issued: str, finish: str) -> None:
    found = deadlines(RUNGS["yellow_1"], day(issued), SEPTEMBER, after=workdays_after)
    assert found.finish == day(finish)


@pytest.mark.parametrize(("finish_in", "finish"), [(30, "2023-11-21"), (43, "2023-11-22")])
def test_nothing_ends_before_its_reply_is_due(finish_in: int, finish: str) -> None:
    rung = dataclasses.replace(RUNGS["red_1"], reply_in=30, finish_in=finish_in)
    found = deadlines(rung, day("2023-10-10"), SEPTEMBER, after=workdays_after)
    assert (found.reply, found.finish) == (day("2023-11-21"), day(finish))


def test_a_talk_asks_for_no_plan_and_the_third_sets_its_own_day() -> None:
    after = workdays_after
    assert deadlines(RUNGS["red_2"], day("2023-10-10"), SEPTEMBER, after=after) == Deadlines(None, day("2023-11-09"))
    assert deadlines(RUNGS["red_3"], day("2023-10-10"), SEPTEMBER, after=after) == Deadlines(None, None)


@pytest.mark.parametrize(
    ("published", "issue"), [("2023-10-13", "2023-10-18"), ("2023-09-27", "2023-10-08"), ("2023-09-28", "2023-10-09")]
)
def test_issued_within_three_working_days(published: str, issue: str) -> None:
    assert issue_day(RUNGS["red_1"], day(published), after=workdays_after) == day(issue)
