"""Which steps of the ladder have come on a day: on both sides of each, after days without a run, and what they say."""

import datetime

import pytest

from projects.progress.ladder import BEGINNING, LEEWAY, Anchor, Audience, Days, Rung, day_of, kind_of, reached

DAYS = Days(datetime.date(2023, 9, 25), datetime.date(2023, 10, 8), datetime.date(2023, 10, 15))
OPENED, SOON, DUE, HEAD, LEADER, LOCK = BEGINNING
DAY = datetime.timedelta(days=1)


def october(day: int) -> datetime.date:
    return datetime.date(2023, 10, day)


def codes(today: datetime.date, rungs: tuple[Rung, ...] = BEGINNING, days: Days = DAYS) -> list[str]:
    return [rung.code for rung in reached(rungs, days, today)]


@pytest.mark.parametrize(
    ("today", "come"),
    [
        (datetime.date(2023, 9, 24), []),
        (datetime.date(2023, 9, 25), ["opened"]),
        (october(4), ["opened"]),
        (october(5), ["due-3"]),
        (october(7), ["due-3"]),
        (october(8), ["due"]),
        (october(9), ["due"]),
        (october(10), ["due", "due+2-head"]),
        (october(12), ["due", "due+2-head"]),
        (october(13), ["due", "due+2-head", "due+5-leader"]),
        (october(14), ["due+2-head", "due+5-leader", "locks-1"]),
        (october(15), ["due+2-head", "due+5-leader", "locks-1"]),
        (october(16), ["due+2-head", "due+5-leader"]),
        (october(25), ["due+2-head", "due+5-leader"]),
        (october(26), []),
    ],
)
def test_of_each_audience_the_last_step_that_has_come(today: datetime.date, come: list[str]) -> None:
    """A step that nobody ran on its day is made up for, and those before it are left out."""
    assert codes(today) == come


@pytest.mark.parametrize(("today", "comes"), [(october(8), True), (october(9), False)])
def test_what_announces_a_day_is_never_said_after_it(today: datetime.date, comes: bool) -> None:
    assert codes(today, (SOON,)) == (["due-3"] if comes else [])


@pytest.mark.parametrize(("today", "comes"), [(october(15), True), (october(16), False)])
def test_who_cannot_write_any_more_is_not_reminded_to(today: datetime.date, comes: bool) -> None:
    assert codes(today, (DUE,)) == (["due"] if comes else [])


@pytest.mark.parametrize(("today", "comes"), [(october(15) + LEEWAY, True), (october(16) + LEEWAY, False)])
def test_what_is_told_of_a_unit_ends_some_days_after_the_lock(today: datetime.date, comes: bool) -> None:
    assert codes(today, (HEAD,)) == (["due+2-head"] if comes else [])


def test_a_step_after_the_lock_is_said_on_its_day() -> None:
    late = Rung(Anchor.LOCKS, 3, Audience.REPORTERS)
    assert [codes(october(day), (late,)) for day in (17, 18, 19)] == [[], ["locks+3"], []]


def test_a_month_that_was_opened_late_reproaches_nobody_with_the_days_before() -> None:
    late = Days(october(10), october(8), october(15))
    assert codes(october(10), days=late) == ["opened", "due+2-head"]
    assert codes(october(11), days=late) == ["due+2-head"]
    later = Days(october(11), october(8), october(15))
    assert codes(october(11), days=later) == ["opened"]


def test_two_steps_of_one_day_are_said_once_and_the_later_in_the_list() -> None:
    same = (Rung(Anchor.DUE, 0, Audience.REPORTERS), Rung(Anchor.LOCKS, -7, Audience.REPORTERS))
    assert codes(october(8), same) == ["locks-7"]


def test_codes_tell_steps_apart() -> None:
    rungs = [Rung(anchor, days, who) for anchor in Anchor for days in (-1, 0, 1) for who in Audience]
    assert len({rung.code for rung in rungs}) == len(rungs)


@pytest.mark.parametrize(
    ("rung", "today", "kind"),
    [
        (OPENED, DAYS.opened, "period_opened"),
        (OPENED, october(9), "report_overdue"),
        (SOON, october(5), "report_due_soon"),
        (SOON, october(8), "report_due_today"),
        (DUE, october(8), "report_due_today"),
        (DUE, october(9), "report_overdue"),
        (LOCK, october(14), "report_lock_soon"),
        (LOCK, october(15), "report_lock_soon"),
        (Rung(Anchor.LOCKS, 1, Audience.REPORTERS), october(16), "report_overdue"),
        (HEAD, october(10), "report_overdue_head"),
        (LEADER, october(13), "report_overdue_leader"),
        (Rung(Anchor.DUE, 1, Audience.OFFICE), october(9), "reports_missing"),
    ],
)
def test_a_step_says_what_is_true_by_then(rung: Rung, today: datetime.date, kind: str) -> None:
    assert kind_of(rung, DAYS, today) == kind


@pytest.mark.parametrize(
    ("rung", "day"), [(OPENED, DAYS.opened), (SOON, october(5)), (LEADER, october(13)), (LOCK, october(14))]
)
def test_the_day_of_a_step(rung: Rung, day: datetime.date) -> None:
    assert day_of(rung, DAYS) == day
