"""The numbers a place sets for its rules, and which rules it uses."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Rule(StrEnum):
    """The rules of the project colour, in the order in which reasons are listed."""

    P1 = "P1"
    P2 = "P2"
    P3 = "P3"
    P4 = "P4"
    P5 = "P5"
    P6 = "P6"
    P7 = "P7"
    P8 = "P8"
    P9 = "P9"


class Basis(StrEnum):
    """What a project's progress is compared with."""

    MONTH_PLAN = "month_plan"  # the approved month plan; linear for a project that has none
    LINEAR = "linear"


@dataclass(frozen=True, slots=True)
class Band:
    """The bounds, ascending, at which level 1, 2 … begin.

    A value has to be more than a bound, or may equal it where `inclusive` says so for that bound;
    without `inclusive` no bound includes. `ValueError` for bounds that do not ascend.
    """

    above: tuple[int, ...]
    inclusive: tuple[bool, ...] = ()

    def __post_init__(self) -> None:
        if not self.above or list(self.above) != sorted(set(self.above)):
            raise ValueError(f"bounds must ascend: {self.above}")
        if self.inclusive and len(self.inclusive) != len(self.above):
            raise ValueError("say for each bound whether it is inclusive")

    def includes(self, place: int) -> bool:
        """Whether a value equal to bound number `place` (from 0) has crossed it."""
        return bool(self.inclusive) and self.inclusive[place]

    def level(self, value: Fraction | int) -> int:
        """The level of `value`: how many bounds it has crossed; compared exactly."""
        return sum(value >= bound if self.includes(place) else value > bound for place, bound in enumerate(self.above))

    def limits(self, level: int) -> dict[str, int]:
        """Between which bounds `level` lies, as the words of a reason need them.

        `over` or `from` (itself included) is the bound crossed, missing at level 0; `to` (itself
        included) or `under` is the next one, missing at the worst level.
        """
        limits = {}
        if level > 0:
            limits["from" if self.includes(level - 1) else "over"] = self.above[level - 1]
        if level < len(self.above):
            limits["under" if self.includes(level) else "to"] = self.above[level]
        return limits


@dataclass(frozen=True, slots=True)
class Policy:
    """One edition of the rules; the defaults are the default rules P1 to P9 of the domain."""

    investment_lag: Band = Band((5, 20))  # P1: percentage points behind schedule
    new_project_months: int = 2  # P1: so many first active months …
    new_project_cap: int = 1  # … in which the level is no worse than this
    start_overdue: Band = Band((0, 2))  # P2: months passed since the planned month of the start
    statistics_days: Band = Band((30, 60))  # P3: days since the start
    statistics_floor: int = 5_000_000  # P3: yuan of total investment from which entry is a duty
    key_node_days: Band = Band((10, 30))  # P4: days overdue
    node_days: Band = Band((10,))  # P5: the same for ordinary nodes
    missed_periods: Band = Band((0, 1))  # P6: periods in a row without a report
    idle_months: Band = Band((2, 3), (True, True))  # P7: whole months since anything moved …
    exit_months: int = 6  # … and from how many on the project had better leave the list
    one_vote_level: int = 2  # P8
    ladder_level: int = 1  # P9: at this level …
    ladder_periods: int = 3  # … so many periods in a row, this one included, is one level worse
    basis: Basis = Basis.MONTH_PLAN
    rules: frozenset[Rule] = frozenset(Rule)  # those switched on

    def __post_init__(self) -> None:
        if self.new_project_months < 0 or self.new_project_cap < 0 or self.one_vote_level < 1:
            raise ValueError("months and cap are 0 or more, the one-vote level 1 or more")
        if self.exit_months < 1 or self.ladder_level < 1 or self.ladder_periods < 2:
            raise ValueError("the months to an exit and the level of the ladder are 1 or more, its periods 2 or more")


DEFAULT_POLICY = Policy()

# Published limits of other places, as far as these rules can express them.
POLICIES = {
    "default": DEFAULT_POLICY,
    "yinchuan": Policy(investment_lag=Band((10, 30), (True, False))),
}
