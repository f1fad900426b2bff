"""Ties go away from zero, on both sides of it, and nothing is rounded twice."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.core.rounding import half_up, quantized


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "-3"),
        (Fraction(7, 2), 0, "4"),
        (Decimal("2.675"), 2, "2.68"),
        (Decimal("4.95"), 1, "5.0"),
        (Fraction(4_949_999, 1_000_000), 1, "4.9"),
        (Fraction(1, 3), 1, "0.3"),
        (Fraction(2, 3), 1, "0.7"),
        (Fraction(0), 1, "0.0"),
        (7, 1, "7.0"),
        (-7, 0, "-7"),
        (100, 0, "100"),
    ],
)
def test_half_goes_away_from_zero(value: Fraction | Decimal | int, places: int, text: str) -> None:
    assert str(half_up(value, places)) == text


@pytest.mark.parametrize("value", [Fraction(-1, 100), Fraction(-4, 100)])
def test_a_small_negative_is_not_shown_as_minus_zero(value: Fraction) -> None:
    assert str(half_up(value, 1)) == "0.0"


def test_a_long_number_keeps_all_its_digits() -> None:
    assert str(half_up(10**30 + 1, 1)) == f"{10**30 + 1}.0"


@given(st.fractions(), st.integers(0, 4))
def test_the_result_is_nearest_and_symmetric(value: Fraction, places: int) -> None:
    rounded = Fraction(half_up(value, places))
    assert abs(rounded - value) <= Fraction(1, 2 * 10**places)
    assert Fraction(half_up(-value, places)) == -rounded


def test_quantized_keeps_the_number_of_places() -> None:
    assert str(quantized(Decimal("1.25"), 1)) == "1.3"
    assert str(quantized(Decimal("-1.25"), 1)) == "-1.3"
    assert str(quantized(Decimal(2), 2)) == "2.00"
    assert str(quantized(Decimal("2.5"), 0)) == "3"
