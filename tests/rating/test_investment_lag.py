"""The rule of the investment (P1): how far a project is behind what is due of its year's plan."""

import dataclasses
from datetime import date
from fractions import Fraction

import pytest

from projects.core.month import Month
from projects.rating.levels import Standing
from projects.rating.policy import POLICIES, Basis, Policy, Rule
from projects.rating.rules import rate
from tests.rating.example import ahead_by, finding, level, project

YINCHUAN = POLICIES["yinchuan"]


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (50, 0),
        (0, 0),
        ("-4.95", 0),
        (-5, 0),
        ("-5.0001", 1),
        ("-19.9999", 1),
        (-20, 1),
        ("-20.0001", 2),
        (-75, 2),
        (-80, 2),
    ],
)
def test_p1_compares_the_unrounded_lag(points: str | int, expected: int) -> None:
    assert level(ahead_by(points), Rule.P1) == expected
    assert rate(ahead_by(points)).level == expected


@pytest.mark.parametrize(("points", "expected"), [("-9.9999", 0), (-10, 1), (-30, 1), ("-30.0001", 2)])
def test_p1_includes_the_bounds_that_a_place_includes(points: str | int, expected: int) -> None:
    assert level(ahead_by(points), Rule.P1, YINCHUAN) == expected


def test_p1_more_than_the_whole_plan_is_ahead() -> None:
    rating = rate(project(invested_to_date=150_000_000))
    assert rating.completion_rate == Fraction(5, 4)
    assert rating.lead_points == 50
    assert (rating.level, rating.hits) == (0, ())


def test_p1_a_negative_total_counts_as_it_is() -> None:
    rating = rate(project(invested_to_date=-12_000_000))
    assert rating.completion_rate == Fraction(-1, 10)
    assert rating.lead_points == -85
    assert rating.level == 2


@pytest.mark.parametrize("plan", [None, 0, -5])
def test_p1_needs_a_plan(plan: int | None) -> None:
    rating = rate(project(year_plan=plan))
    assert finding(project(year_plan=plan), Rule.P1) is None
    assert (rating.standing, rating.completion_rate, rating.lead_points) == (Standing.NOT_RATED, None, None)


@pytest.mark.parametrize("kind", ["preparation", "reserve", "lead", ""])
def test_p1_is_for_the_implementation_class(kind: str) -> None:
    rating = rate(project(project_class=kind, invested_to_date=0))
    assert rating.standing is Standing.NOT_RATED
    assert rating.lead_points == -75


@pytest.mark.parametrize("month", [1, 10])
def test_p1_does_not_apply_before_the_planned_month(month: int) -> None:
    facts = project(month=Month(2023, month), planned_start=date(2023, 11, 1), actual_start=None, invested_to_date=0)
    rating = rate(facts)
    assert (rating.standing, rating.schedule_rate, rating.hits) == (Standing.NOT_RATED, Fraction(0), ())


def test_p1_applies_from_the_planned_month_on() -> None:
    facts = project(
        month=Month(2023, 11),
        planned_start=date(2023, 11, 1),
        actual_start=date(2023, 11, 1),
        invested_to_date=0,
    )
    assert level(facts, Rule.P1) == 1


def test_p1_goes_on_after_completion() -> None:
    finished = project(planned_finish=date(2023, 5, 20), actual_finish=date(2023, 5, 20))
    assert rate(finished).schedule_rate == 1
    assert level(finished, Rule.P1) == 2
    assert level(dataclasses.replace(finished, invested_to_date=120_000_000), Rule.P1) == 0


@pytest.mark.parametrize(("month", "expected"), [(6, 1), (7, 1), (8, 2)])
def test_p1_is_capped_in_the_first_two_active_months(month: int, expected: int) -> None:
    facts = project(
        month=Month(2023, month),
        planned_start=date(2023, 6, 1),
        planned_finish=date(2023, 8, 1),
        actual_start=date(2023, 6, 1),
        entered_statistics_on=date(2023, 6, 1),
        invested_to_date=0,
    )
    hit = finding(facts, Rule.P1)
    assert hit is not None
    assert hit.level == expected
    assert hit.figures.get("capped") == (None if expected == 2 else 2)
    assert hit.figures["over"] == 20


def test_p1_a_lag_below_the_cap_is_not_called_capped() -> None:
    facts = project(month=Month(2023, 6), planned_start=date(2023, 6, 1), actual_start=None, invested_to_date=0)
    hit = finding(facts, Rule.P1)
    assert hit is not None
    assert hit.level == 1
    assert "capped" not in hit.figures


def test_p1_a_continued_project_is_not_capped_in_january() -> None:
    facts = project(month=Month(2023, 1), continued=True, planned_finish=date(2023, 3, 31), invested_to_date=0)
    assert level(facts, Rule.P1) == 2


def test_p1_the_cap_may_forgive_altogether() -> None:
    facts = project(month=Month(2023, 6), planned_start=date(2023, 6, 1), actual_start=None, invested_to_date=0)
    rating = rate(facts, Policy(new_project_cap=0, rules=frozenset({Rule.P1})))
    assert (rating.level, rating.hits) == (0, ())
    assert rating.checks[0].figures["capped"] == 2


def test_p1_follows_the_month_plan_or_the_year_as_the_policy_says() -> None:
    behind_the_year = project(
        month=Month(2025, 4),
        continued=True,
        year_plan=1_000_000,
        month_plan=(20_000, 30_000, 50_000, 61_400, *(104_825,) * 8),
        invested_to_date=213_048,
    )
    by_plan = rate(behind_the_year)
    by_year = rate(behind_the_year, Policy(basis=Basis.LINEAR))
    assert (by_plan.level, by_plan.basis) == (0, Basis.MONTH_PLAN)
    assert (by_year.level, by_year.basis) == (1, Basis.LINEAR)
