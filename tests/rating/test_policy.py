"""On which side of a bound a value lies, and how the bounds are told."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.rating.policy import DEFAULT_POLICY, POLICIES, Band, Policy, Rule


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (-100, 0),
        (0, 0),
        (5, 0),
        (Fraction(50_001, 10_000), 1),
        (20, 1),
        (Fraction(200_001, 10_000), 2),
        (1000, 2),
    ],
)
def test_a_bound_itself_is_not_crossed(value: Fraction | int, expected: int) -> None:
    assert Band((5, 20)).level(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(Fraction(99_999, 10_000), 0), (10, 1), (30, 1), (Fraction(300_001, 10_000), 2)],
)
def test_each_bound_may_include_itself_or_not(value: Fraction | int, expected: int) -> None:
    assert POLICIES["yinchuan"].investment_lag.level(value) == expected


def test_all_bounds_may_be_inclusive() -> None:
    band = Band((5, 20), (True, True))
    assert [band.level(value) for value in (4, 5, 19, 20)] == [0, 1, 1, 2]


@pytest.mark.parametrize(
    ("band", "limits"),
    [
        (Band((5, 20)), [{"to": 5}, {"over": 5, "to": 20}, {"over": 20}]),
        (Band((10, 30), (True, False)), [{"under": 10}, {"from": 10, "to": 30}, {"over": 30}]),
        (Band((10, 30), (True, True)), [{"under": 10}, {"from": 10, "under": 30}, {"from": 30}]),
        (Band((10, 30), (False, True)), [{"to": 10}, {"over": 10, "under": 30}, {"from": 30}]),
        (Band((10,)), [{"to": 10}, {"over": 10}]),
    ],
)
def test_the_limits_of_each_level(band: Band, limits: list[dict[str, int]]) -> None:
    assert [band.limits(level) for level in range(len(limits))] == limits


@given(
    st.lists(st.integers(-50, 50), min_size=1, max_size=4, unique=True).map(sorted),
    st.data(),
    st.fractions(-60, 60, max_denominator=20),
)
def test_a_value_lies_within_the_limits_of_its_level(bounds: list[int], draw: st.DataObject, value: Fraction) -> None:
    inclusive = tuple(draw.draw(st.booleans()) for _ in bounds)
    band = Band(tuple(bounds), inclusive)
    limits = band.limits(band.level(value))
    assert value > limits.get("over", -100)
    assert value >= limits.get("from", -100)
    assert value <= limits.get("to", 100)
    assert value < limits.get("under", 100)


@pytest.mark.parametrize("bounds", [(), (20, 5), (5, 5)])
def test_bounds_must_ascend(bounds: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="ascend"):
        Band(bounds)


def test_inclusive_is_said_for_each_bound() -> None:
    with pytest.raises(ValueError, match="each bound"):
        Band((5, 20), (True,))


def test_a_policy_has_sensible_numbers() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        Policy(new_project_months=-1)
    with pytest.raises(ValueError, match="0 or more"):
        Policy(new_project_cap=-1)
    with pytest.raises(ValueError, match="1 or more"):
        Policy(one_vote_level=0)
    with pytest.raises(ValueError, match="2 or more"):
        Policy(exit_months=0)
    with pytest.raises(ValueError, match="2 or more"):
        Policy(ladder_level=0)
    with pytest.raises(ValueError, match="2 or more"):
        Policy(ladder_periods=1)


@pytest.mark.parametrize(
    "values",
    [
        {"investment_lag": Band((1, 2, 3, 4, 5))},
        {"node_days": Band((1, 2, 3, 4, 5))},
        {"one_vote_level": 5},
        {"ladder_level": 4},
    ],
)
def test_no_level_is_worse_than_a_palette_can_show(values: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="worst level is 4"):
        Policy(**values)


def test_the_fifth_level_is_possible() -> None:
    assert Policy(investment_lag=Band((1, 2, 3, 4)), one_vote_level=4, ladder_level=3).worst_level == 4


@pytest.mark.parametrize(
    "quarters", [(20, 50, 75), (20, 50, 50, 100), (50, 20, 75, 100), (0, 50, 75, 100), (20, 50, 75, 99)]
)
def test_a_year_ends_with_all_of_it_due(quarters: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="four quarters"):
        Policy(quarters=quarters)


@pytest.mark.parametrize(
    ("policy", "worst"),
    [
        (Policy(), 2),
        (Policy(rules=frozenset()), 0),
        (Policy(rules=frozenset({Rule.P5})), 1),
        (Policy(rules=frozenset({Rule.P5, Rule.P9}), ladder_level=3), 4),
        (Policy(rules=frozenset({Rule.P8}), one_vote_level=3), 3),
        (Policy(rules=frozenset({Rule.P1}), investment_lag=Band((1, 2, 3)), one_vote_level=4), 3),
    ],
)
def test_the_worst_level_given_is_that_of_the_rules_in_use(policy: Policy, worst: int) -> None:
    assert policy.worst_given == worst


def test_policies_are_values() -> None:
    assert Policy() == DEFAULT_POLICY
    assert hash(Policy()) == hash(DEFAULT_POLICY)
    assert POLICIES["yinchuan"] != DEFAULT_POLICY
