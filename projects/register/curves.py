"""How a year's plan is spread over its months: evenly, by quarters, or in the shape of another year."""

from collections.abc import Sequence

QUARTERS = (20, 30, 25, 25)  # percent of the year in each quarter: 20, 50, 75, 100 % by its end


def spread(amount: int, weights: Sequence[int]) -> list[int]:
    """`amount` (yuan, 0 or more) in as many whole parts as there are weights, in their proportion, adding up exactly.

    What whole 万元 leave over goes to the last part that has a weight. `ValueError` when no weight is above
    zero, or one is below.
    """
    if min(weights) < 0 or sum(weights) <= 0:
        raise ValueError("the weights must not be negative, and one must be above zero")
    wan = 10_000
    parts = [amount * weight // sum(weights) // wan * wan for weight in weights]
    last = max(place for place, weight in enumerate(weights) if weight)
    parts[last] += amount - sum(parts)
    return parts


def even(amount: int, first: int, last: int) -> list[int]:
    """Twelve amounts, the same from month `first` to month `last` (1 to 12) and nothing outside."""
    return spread(amount, [int(first <= number <= last) for number in range(1, 13)])


def quarterly(amount: int) -> list[int]:
    """Twelve amounts that reach 20, 50, 75 and 100 % at the end of the quarters."""
    return spread(amount, [share for share in QUARTERS for _month in range(3)])


def like(amount: int, other: Sequence[int]) -> list[int]:
    """Twelve amounts in the shape of another plan's; evenly when that one is empty."""
    return spread(amount, other) if sum(other) > 0 else even(amount, 1, 12)
