"""The limits of other places, on both sides of each."""

import dataclasses
from datetime import date
from fractions import Fraction

import pytest

from projects.core.month import Month
from projects.rating.facts import NodeFacts, ProjectFacts
from projects.rating.policy import DEFAULT_POLICY, POLICIES, Measure, Rule
from projects.rating.rules import rate
from projects.rating.schedule import quarterly, schedule_rate
from tests.rating.example import SEPTEMBER, ahead_by, bare, level, project

A_TRACE = Fraction(1, 10**6)


def reaching(share: Fraction | int | str, plan: int = 10**9) -> ProjectFacts:
    """A project that has invested `share` percent of the 75 % that are due."""
    invested = Fraction(share) / 100 * Fraction(3, 4) * plan
    assert invested.denominator == 1
    return project(year_plan=plan, invested_to_date=int(invested))


def overdue(months: int) -> ProjectFacts:
    return bare(project_class="implementation", planned_start=date(2023, SEPTEMBER.number - months, 3))


@pytest.mark.parametrize(
    ("share", "expected"),
    [(100, 0), (80, 0), ("79.9996", 1), (60, 1), ("59.9996", 2), (0, 2), (-20, 2), (130, 0)],
)
def test_wuhan_divides_what_is_done_by_what_is_due(share: int | str, expected: int) -> None:
    assert level(reaching(share), Rule.P1, POLICIES["wuhan"]) == expected


@pytest.mark.parametrize(("share", "expected"), [(101, 0), (100, 0), ("99.9996", 1), (50, 1), ("49.9996", 2)])
def test_sanya_takes_any_lag_as_yellow_and_more_than_half_as_red(share: int | str, expected: int) -> None:
    assert level(reaching(share), Rule.P1, POLICIES["sanya"]) == expected


def test_a_shortfall_is_compared_exactly() -> None:
    third = project(year_plan=3, invested_to_date=1, planned_start=date(2022, 1, 1), month=Month(2023, 5))
    assert schedule_rate(third, DEFAULT_POLICY.basis) == Fraction(5, 12)  # 1/3 of 5/12 is 80 % to the last digit
    assert level(third, Rule.P1, POLICIES["wuhan"]) == 0


@pytest.mark.parametrize(("points", "expected"), [("-9.999", 0), (-10, 1), (-30, 1), ("-30.001", 2)])
def test_yinchuan_includes_ten_and_thirty(points: int | str, expected: int) -> None:
    assert level(ahead_by(points), Rule.P1, POLICIES["yinchuan"]) == expected


@pytest.mark.parametrize(("months", "expected"), [(-1, None), (0, 1), (2, 1), (3, 2)])
def test_yinchuan_has_a_start_yellow_when_its_month_is_missed(months: int, expected: int | None) -> None:
    assert level(overdue(months), Rule.P2, POLICIES["yinchuan"]) == expected


@pytest.mark.parametrize(
    ("points", "earlier", "expected"),
    [(-5, (1, 1), 0), (-6, (), 1), (-70, (), 1), (-70, (1,), 1), (-70, (1, 0), 1), (-70, (1, 1), 2), (-6, (2, 1), 2)],
)
def test_haikou_gives_red_after_two_yellow_cards(points: int, earlier: tuple[int, ...], expected: int) -> None:
    assert rate(ahead_by(points, earlier_levels=earlier), POLICIES["haikou"]).level == expected


def test_haikou_gives_no_red_at_once_but_by_one_vote() -> None:
    given = POLICIES["haikou"]
    late = NodeFacts("封顶", date(2023, 1, 1))
    assert rate(bare(missed_periods=7, nodes=(late,)), given).level == 1
    assert given.worst_given == given.one_vote_level == 2


@pytest.mark.parametrize(("moved", "expected"), [(date(2023, 8, 1), 0), (date(2023, 7, 31), 1), (date(2023, 6, 30), 2)])
def test_handan_counts_idle_months(moved: date, expected: int) -> None:
    given = POLICIES["handan"]
    idle = bare(is_preparing=True, last_moved_on=moved, earlier_levels=(1, 1))
    assert rate(idle, given).level == expected
    assert level(ahead_by(-70), Rule.P1, given) is None


ENDS = [(1, "20/3"), (2, "40/3"), (3, 20), (4, 30), (5, 40), (6, 50), (8, "200/3"), (9, 75), (12, 100)]


@pytest.mark.parametrize(("month", "percent"), ENDS)
def test_the_curve_of_the_year_and_evenly_in_between(month: int, percent: int | str) -> None:
    assert quarterly(project(month=Month(2023, month))) == Fraction(percent) / 100


@pytest.mark.parametrize(("month", "expected"), [(3, 0), (4, Fraction(10, 55)), (6, Fraction(30, 55)), (9, 1), (11, 1)])
def test_of_a_project_of_some_months_the_part_of_the_curve_is_the_whole(month: int, expected: Fraction | int) -> None:
    some = project(
        month=Month(2023, month), planned_start=date(2023, 4, 9), planned_finish=date(2023, 9, 9), actual_start=None
    )
    assert quarterly(some) == expected


def test_what_begins_in_a_later_year_owes_nothing() -> None:
    assert quarterly(bare(planned_start=date(2024, 2, 1))) == 0


def test_the_curve_counts_whatever_the_month_plan() -> None:
    behind = project(month_plan=(0,) * 11 + (120_000_000,), month=Month(2023, 3), invested_to_date=18_000_000)
    assert level(behind, Rule.P1) is None  # nothing is due by its month plan
    assert level(behind, Rule.P1, POLICIES["quarterly"]) == 0
    less = dataclasses.replace(behind, invested_to_date=18_000_000 - 1)
    assert level(less, Rule.P1, POLICIES["quarterly"]) == 1
    assert rate(less, POLICIES["quarterly"]).basis == "quarterly"


def test_another_curve() -> None:
    steep = dataclasses.replace(POLICIES["quarterly"], quarters=(10, 20, 30, 100))
    assert level(project(month=Month(2023, 9), invested_to_date=30_000_000), Rule.P1, steep) == 0
    assert schedule_rate(project(), steep.basis, steep.quarters) == Fraction(3, 10)


def test_every_preset_differs_from_the_default() -> None:
    assert all(policy != DEFAULT_POLICY for code, policy in POLICIES.items() if code != "default")
    assert [code for code, policy in POLICIES.items() if policy.measure is Measure.SHORTFALL] == ["wuhan", "sanya"]
