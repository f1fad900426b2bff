"""How far a project should be: its own months, its month plan, and the two when they contradict."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.core.month import Month
from projects.core.rounding import half_up
from projects.rating.facts import ProjectFacts
from projects.rating.policy import Basis
from projects.rating.schedule import (
    active_months,
    basis_for,
    completion_rate,
    district_schedule,
    is_new,
    lead,
    linear,
    schedule_rate,
)
from tests.rating.example import bare, project

DAYS = st.none() | st.dates()


@pytest.mark.parametrize(
    ("start", "finish", "months"),
    [
        (None, None, (1, 12)),
        (date(2022, 6, 1), None, (1, 12)),
        (date(2022, 6, 1), date(2024, 6, 1), (1, 12)),
        (date(2023, 1, 1), date(2023, 12, 31), (1, 12)),
        (date(2023, 3, 31), date(2023, 5, 1), (3, 5)),
        (date(2023, 11, 1), date(2024, 5, 1), (11, 12)),
        (date(2023, 5, 1), date(2023, 5, 31), (5, 5)),
        (date(2022, 6, 1), date(2023, 5, 1), (1, 5)),
        (date(2021, 6, 1), date(2022, 5, 1), (1, 12)),
        (date(2023, 8, 1), date(2023, 5, 1), (8, 12)),
        (date(2024, 1, 1), None, None),
    ],
)
def test_active_months_are_those_of_the_plan_within_the_year(
    start: date | None, finish: date | None, months: tuple[int, int] | None
) -> None:
    assert active_months(bare(planned_start=start, planned_finish=finish)) == months


@pytest.mark.parametrize("planned", [None, date(2023, 6, 1), date(2024, 1, 1)])
def test_what_began_in_an_earlier_year_is_active_from_january(planned: date | None) -> None:
    assert active_months(bare(planned_start=planned, actual_start=date(2022, 12, 31))) == (1, 12)
    assert active_months(bare(planned_start=planned, continued=True)) == (1, 12)


def test_a_start_within_the_year_does_not_move_the_planned_month() -> None:
    assert active_months(bare(planned_start=date(2023, 6, 1), actual_start=date(2023, 4, 1))) == (6, 12)


@pytest.mark.parametrize(
    ("month", "share"),
    [(1, Fraction(0)), (10, Fraction(0)), (11, Fraction(1, 2)), (12, Fraction(1))],
)
def test_a_start_in_november_is_due_from_november(month: int, share: Fraction) -> None:
    assert linear(bare(month=Month(2023, month), planned_start=date(2023, 11, 5))) == share


@pytest.mark.parametrize(
    ("month", "share"),
    [(1, Fraction(1, 5)), (4, Fraction(4, 5)), (5, Fraction(1)), (6, Fraction(1)), (12, Fraction(1))],
)
def test_what_is_finished_in_may_is_due_whole_from_may(month: int, share: Fraction) -> None:
    facts = bare(month=Month(2023, month), continued=True, planned_finish=date(2023, 5, 10))
    assert linear(facts) == share


def test_january_is_a_twelfth_and_before_the_first_year_nothing() -> None:
    assert linear(bare(month=Month(2023, 1))) == Fraction(1, 12)
    assert linear(bare(month=Month(2023, 12), planned_start=date(2024, 1, 1))) == 0


@given(DAYS, DAYS, DAYS, st.integers(1, 12), st.booleans())
def test_linear_stays_between_nothing_and_all_and_never_falls_back(
    start: date | None, finish: date | None, actual: date | None, number: int, continued: bool
) -> None:
    def at(number: int) -> ProjectFacts:
        return bare(
            month=Month(2023, number),
            planned_start=start,
            planned_finish=finish,
            actual_start=actual,
            continued=continued,
        )

    assert 0 <= linear(at(number)) <= linear(at(12)) <= 1
    assert number == 1 or linear(at(number - 1)) <= linear(at(number))


MONTH_PLAN = (0, 0, 5, 5, 10, 10, 10, 10, 10, 10, 15, 15)


@pytest.mark.parametrize(
    ("month", "share"), [(1, Fraction(0)), (3, Fraction(1, 20)), (9, Fraction(3, 5)), (12, Fraction(1))]
)
def test_a_month_plan_adds_up_to_its_month(month: int, share: Fraction) -> None:
    facts = bare(month=Month(2023, month), year_plan=100, month_plan=MONTH_PLAN)
    assert schedule_rate(facts, Basis.MONTH_PLAN) == share
    assert basis_for(facts, Basis.MONTH_PLAN) is Basis.MONTH_PLAN


def test_the_month_plan_is_not_asked_when_the_basis_is_linear_or_there_is_none() -> None:
    planned = bare(year_plan=100, month_plan=MONTH_PLAN)
    assert schedule_rate(planned, Basis.LINEAR) == Fraction(3, 4)
    assert basis_for(planned, Basis.LINEAR) is Basis.LINEAR
    assert schedule_rate(bare(year_plan=100), Basis.MONTH_PLAN) == Fraction(3, 4)
    assert basis_for(bare(year_plan=100), Basis.MONTH_PLAN) is Basis.LINEAR


@pytest.mark.parametrize("plan", [None, 0])
def test_a_month_plan_without_a_year_plan_says_nothing(plan: int | None) -> None:
    assert schedule_rate(bare(year_plan=plan, month_plan=MONTH_PLAN), Basis.MONTH_PLAN) is None


@pytest.mark.parametrize("values", [(), (1,) * 11, (1,) * 13])
def test_a_month_plan_has_twelve_values(values: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="12 values"):
        bare(month_plan=values)


@pytest.mark.parametrize(
    ("invested", "plan", "share"),
    [
        (None, 100, None),
        (50, None, None),
        (50, 0, None),
        (50, -1, None),
        (0, 100, Fraction(0)),
        (150, 100, Fraction(3, 2)),
        (-5, 100, Fraction(-1, 20)),
        (1, 3, Fraction(1, 3)),
        (1, 1, Fraction(1)),
    ],
)
def test_completion_is_exact_and_needs_a_plan(invested: int | None, plan: int | None, share: Fraction | None) -> None:
    assert completion_rate(invested, plan) == share


def test_the_published_district_is_13_7_points_ahead_at_the_end_of_september() -> None:
    completion = completion_rate(10_700_000_000, 12_063_000_000)
    assert completion is not None
    assert str(half_up(completion * 100, 1)) == "88.7"
    points = lead(completion, district_schedule(Month(2023, 9)))
    assert points is not None
    assert str(half_up(points, 1)) == "13.7"


def test_a_district_counts_the_months_of_the_calendar_year() -> None:
    assert [district_schedule(Month(2023, number)) for number in (1, 9, 12)] == [
        Fraction(1, 12),
        Fraction(3, 4),
        Fraction(1),
    ]


def test_132_percent_of_the_month_plan_can_be_12_points_behind_linear() -> None:
    """As published for January to April 2025: 21.3 % of the year done, 16.1 % planned, 33.3 % gone."""
    month_plan = (20_000, 30_000, 50_000, 61_400, *(104_825,) * 8)
    facts = project(
        month=Month(2025, 4),
        year_plan=1_000_000,
        month_plan=month_plan,
        invested_to_date=213_048,
        continued=True,
    )
    completion = completion_rate(facts.invested_to_date, facts.year_plan)
    by_plan = schedule_rate(facts, Basis.MONTH_PLAN)
    by_year = schedule_rate(facts, Basis.LINEAR)
    assert sum(month_plan) == 1_000_000
    assert completion is not None
    assert by_plan is not None
    assert completion / by_plan == Fraction(132, 100)
    behind, before = lead(completion, by_year), lead(completion, by_plan)
    assert behind is not None
    assert before is not None
    assert str(half_up(behind, 1)) == "-12.0"
    assert str(half_up(before, 1)) == "5.2"


def test_the_lead_needs_both_rates() -> None:
    assert lead(None, Fraction(1, 2)) is None
    assert lead(Fraction(1, 2), None) is None
    assert lead(Fraction(1, 2), Fraction(3, 4)) == -25


@pytest.mark.parametrize(
    ("month", "start", "actual", "new"),
    [
        (Month(2023, 6), date(2023, 6, 30), None, True),
        (Month(2023, 7), date(2023, 6, 30), None, True),
        (Month(2023, 8), date(2023, 6, 30), None, False),
        (Month(2023, 7), date(2023, 6, 30), date(2023, 5, 1), False),
        (Month(2023, 1), date(2022, 12, 1), None, True),
        (Month(2023, 2), date(2022, 12, 1), None, False),
        (Month(2023, 2), None, None, True),
        (Month(2023, 3), None, None, False),
    ],
)
def test_the_first_two_active_months_are_new(month: Month, start: date | None, actual: date | None, new: bool) -> None:
    assert is_new(bare(month=month, planned_start=start, actual_start=actual), 2) is new


def test_what_is_continued_is_never_new() -> None:
    assert not is_new(bare(month=Month(2023, 1), continued=True), 2)
