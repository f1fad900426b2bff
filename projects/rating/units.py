"""The colour of a unit: how its projects stand together, beside those of its group."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from projects.rating.schedule import completion_rate


@dataclass(frozen=True, slots=True)
class UnitPolicy:
    """The limits of the colour of units; counts, and a share in whole percent.

    Among groups of fewer than `smallest_group` units no rank counts. `ValueError` when a count is
    below zero or the share not from 1 to 100.
    """

    top: int = 3  # the best so many may be commended
    bottom: int = 2  # the last so many are warned when they lag
    red_share: int = 30  # percent of red projects from which a lagging unit is warned
    smallest_group: int = 5

    def __post_init__(self) -> None:
        if min(self.top, self.bottom, self.smallest_group) < 0 or not 1 <= self.red_share <= 100:
            raise ValueError("counts are 0 or more, the share of red projects 1 to 100 percent")


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A unit in a month: its group, the plan and investment of its planned projects (yuan), and its projects rated."""

    unit: int
    group: str
    year_plan: int
    invested_to_date: int
    rated: int
    red: int


@dataclass(frozen=True, slots=True)
class UnitRating:
    """What a unit has earned: `level` 0 commended, 1 reminded, 2 warned, None for none of them.

    `rank` counts in the group from 1, equal rates sharing one; None without a plan. `reasons` are
    codes with their figures.
    """

    unit: int
    group: str
    level: int | None
    rank: int | None
    of: int
    completion_rate: Fraction | None
    schedule_rate: Fraction
    reasons: tuple[str, ...]


DEFAULT_UNIT_POLICY = UnitPolicy()


def rate_units(
    units: Sequence[UnitFacts], schedule: Fraction, policy: UnitPolicy = DEFAULT_UNIT_POLICY
) -> list[UnitRating]:
    """Every unit against `schedule` (a share) and its group, best first within each group.

    Commended: not behind schedule, among the best and without a red project. Warned: behind
    schedule and among the last, or with too large a share of red projects; nobody is warned for
    rank alone. Reminded: behind schedule otherwise, or with any red project.
    """
    return [
        rating for group in sorted({unit.group for unit in units}) for rating in _group(group, units, schedule, policy)
    ]


def _group(group: str, units: Sequence[UnitFacts], schedule: Fraction, policy: UnitPolicy) -> list[UnitRating]:
    members = [(unit, completion_rate(unit.invested_to_date, unit.year_plan)) for unit in units if unit.group == group]
    rates = sorted((rate for _unit, rate in members if rate is not None), reverse=True)
    found = [_rate(unit, rate, rates, schedule, policy) for unit, rate in members]
    return sorted(found, key=lambda rating: (rating.rank is None, rating.rank or 0, rating.unit))


def _rate(
    unit: UnitFacts, rate: Fraction | None, rates: list[Fraction], schedule: Fraction, policy: UnitPolicy
) -> UnitRating:
    ranked = len(rates) >= policy.smallest_group
    rank = None if rate is None else rates.index(rate) + 1
    last = None if rate is None else len(rates) - rates[::-1].index(rate)  # the place seen from the end, shared alike
    behind = rate is not None and rate < schedule
    many_red = unit.rated > 0 and unit.red * 100 >= policy.red_share * unit.rated
    is_last = ranked and last is not None and last > len(rates) - policy.bottom
    is_best = rank is not None and (not ranked or rank <= policy.top)
    reasons = [
        code
        for code, holds in (
            ("behind", behind),
            ("last", behind and is_last),
            ("many_red", behind and many_red),
            ("red", unit.red > 0),
            ("best", not behind and is_best and unit.red == 0),
        )
        if holds
    ]
    level = None
    if behind and (is_last or many_red):
        level = 2
    elif behind or unit.red > 0:
        level = 1
    elif is_best and rate is not None:
        level = 0
    return UnitRating(unit.unit, unit.group, level, rank, len(rates), rate, schedule, tuple(reasons))
