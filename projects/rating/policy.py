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
    QUARTERLY = "quarterly"  # shares of the year due by the end of each quarter, evenly in between


class Measure(StrEnum):
    """How the lag of P1 is counted; both grow with the lag, so that the bounds ascend in either."""

    POINTS = "points"  # S - R, in percentage points
    SHORTFALL = "shortfall"  # 1 - R/S, in percent of what is due: short by 20 is R/S of 80 percent


MOST_LEVEL = 4  # five levels are the most that a palette shows
YEAR_DUE = (20, 50, 75, 100)  # percent of the year due by the end of each quarter


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

    investment_lag: Band = Band((5, 20))  # P1: how far behind schedule …
    measure: Measure = Measure.POINTS  # … in this measure
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
    quarters: tuple[int, ...] = YEAR_DUE  # what Basis.QUARTERLY asks for
    rules: frozenset[Rule] = frozenset(Rule)  # those switched on

    def __post_init__(self) -> None:
        if self.new_project_months < 0 or self.new_project_cap < 0 or self.one_vote_level < 1:
            raise ValueError("months and cap are 0 or more, the one-vote level 1 or more")
        if self.exit_months < 1 or self.ladder_level < 1 or self.ladder_periods < 2:
            raise ValueError("the months to an exit and the level of the ladder are 1 or more, its periods 2 or more")
        if self.worst_level > MOST_LEVEL:
            raise ValueError(f"the worst level is {MOST_LEVEL} at most")
        rising = list(self.quarters) == sorted(set(self.quarters)) and min(self.quarters, default=0) > 0
        if len(self.quarters) != 4 or not rising or self.quarters[-1] != 100:
            raise ValueError("the shares of the four quarters ascend from above 0 to 100")

    @property
    def bands(self) -> dict[Rule, Band]:
        """The bounds of each rule that has some, by the rule."""
        return {rule: getattr(self, name) for rule, name in BANDS.items()}

    @property
    def worst_level(self) -> int:
        """The worst level that a project can get, were every rule switched on."""
        return max(self.one_vote_level, self.ladder_level + 1, *(len(band.above) for band in self.bands.values()))

    @property
    def worst_given(self) -> int:
        """The worst level that the rules give which are switched on; 0 when none is."""
        levels = {rule: len(band.above) for rule, band in self.bands.items()}
        levels |= {Rule.P8: self.one_vote_level, Rule.P9: self.ladder_level + 1}
        return max((level for rule, level in levels.items() if rule in self.rules), default=0)


BANDS = {  # the field that holds the bounds of each rule
    Rule.P1: "investment_lag",
    Rule.P2: "start_overdue",
    Rule.P3: "statistics_days",
    Rule.P4: "key_node_days",
    Rule.P5: "node_days",
    Rule.P6: "missed_periods",
    Rule.P7: "idle_months",
}


DEFAULT_POLICY = Policy()

# Published limits of other places, as far as these rules can express them.
POLICIES = {
    "default": DEFAULT_POLICY,
    # 10 to 30 points behind is yellow, both included; a start is yellow as soon as its month is missed, red after three
    "yinchuan": Policy(investment_lag=Band((10, 30), (True, False)), start_overdue=Band((0, 3), (True, True))),
    # R/S below 0.80 is yellow, below 0.60 red
    "wuhan": Policy(investment_lag=Band((20, 40)), measure=Measure.SHORTFALL),
    # any lag up to half of what is due is yellow, more is red
    "sanya": Policy(investment_lag=Band((0, 50)), measure=Measure.SHORTFALL),
    # progress earns a yellow card; the red one comes after two yellow ones in a row
    "haikou": Policy(
        investment_lag=Band((5,)),
        start_overdue=Band((0,)),
        statistics_days=Band((30,)),
        key_node_days=Band((10,)),
        missed_periods=Band((0,)),
        idle_months=Band((2,), (True,)),
        ladder_periods=3,
    ),
    # two idle months are yellow and three red, which is a ladder already; the share of the plan does not count
    "handan": Policy(idle_months=Band((2, 3), (True, True)), rules=frozenset(Rule) - {Rule.P1, Rule.P9}),
    "quarterly": Policy(basis=Basis.QUARTERLY),
}
