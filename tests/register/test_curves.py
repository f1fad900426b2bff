"""Spreading a year's plan over its months: exact to the yuan, whatever the amount."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.core.yuan import LARGEST
from projects.register.curves import even, like, quarterly, spread

AMOUNTS = st.integers(0, LARGEST)


@given(AMOUNTS, st.lists(st.integers(0, LARGEST), min_size=12, max_size=12).filter(any))
def test_parts_add_up_and_none_is_negative(amount: int, weights: list[int]) -> None:
    parts = spread(amount, weights)
    assert sum(parts) == amount
    assert min(parts) >= 0
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)


def test_evenly_over_the_active_months() -> None:
    assert even(1_000_000, 3, 12) == [0, 0] + [100_000] * 10
    assert even(1_000_001, 12, 12) == [0] * 11 + [1_000_001]


def test_what_whole_ten_thousands_leave_over_goes_to_the_last() -> None:
    assert even(70_000, 1, 3) == [20_000, 20_000, 30_000] + [0] * 9


def test_by_quarters() -> None:
    months = quarterly(120_000_000)
    assert [sum(months[:end]) * 100 // 120_000_000 for end in (3, 6, 9, 12)] == [20, 50, 75, 100]


def test_in_the_shape_of_another_year() -> None:
    assert like(240_000, [0] * 10 + [10_000, 20_000]) == [0] * 10 + [80_000, 160_000]
    assert like(120_000, [0] * 12) == [10_000] * 12
    assert like(120_000, []) == [10_000] * 12


@pytest.mark.parametrize("weights", [[0, 0], [-1, 2]])
def test_weights_that_make_no_sense(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        spread(1, weights)
