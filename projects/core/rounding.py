"""Rounding for display: once, at the end, half up."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


def half_up(value: Fraction | Decimal | int, places: int) -> Decimal:
    """`value` rounded half away from zero to `places` decimals (0 or more), exactly.

    >>> half_up(Fraction(1, 8), 2), half_up(Fraction(-1, 8), 2)
    (Decimal('0.13'), Decimal('-0.13'))
    """
    # Written out and not scaled: arithmetic on decimals keeps 28 digits only.
    return Decimal(f"{times(value, 10**places)}E-{places}")


def times(value: Fraction | Decimal | int, by: int) -> int:
    """`value` times `by` (above 0) as a whole number, rounded half away from zero, exactly.

    >>> times(Fraction(1, 8), 100), times(Fraction(-1, 8), 100)
    (13, -13)
    """
    numerator, denominator = value.as_integer_ratio()
    return divided(numerator * by, denominator)


def divided(numerator: int, denominator: int) -> int:
    """The whole number nearest to `numerator` / `denominator` (above 0), halves away from zero."""
    whole = (abs(numerator) * 2 + denominator) // (denominator * 2)
    return whole if numerator >= 0 else -whole


def quantized(value: Decimal, places: int) -> Decimal:
    """`value` with exactly `places` decimals, rounded half up."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
