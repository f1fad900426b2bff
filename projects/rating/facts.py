"""What the rules may know of a project: values as they stood on the last day of one month."""

import datetime
from dataclasses import dataclass

from projects.core.month import Month

IMPLEMENTATION = "implementation"  # due to be built this year: the class that rules P1 and P2 apply to
CONTINUED = "continued"  # the nature of what goes on from an earlier year


@dataclass(frozen=True, slots=True)
class NodeFacts:
    """A planned milestone."""

    name: str
    due: datetime.date
    done_on: datetime.date | None = None
    is_key: bool = True


@dataclass(frozen=True, slots=True)
class IncidentFacts:
    """A one-vote matter: `unapproved_stop`, `serious_accident` or `false_data`."""

    kind: str
    happened_on: datetime.date
    cleared_on: datetime.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFacts:
    """One project in one month; money in whole yuan.

    Dates after the month's last day may be present; they do not count, so that a past month can be
    computed again and gives the same. Investment, plan, exemption, halt, and what is said of reports
    and of the preparation, are those of the month.
    `ValueError` when a month plan has not twelve values.
    """

    month: Month
    project_class: str = ""  # implementation, preparation, reserve, lead, or empty: unclassified
    total_investment: int | None = None
    year_plan: int | None = None
    month_plan: tuple[int, ...] | None = None  # yuan of each month, January first
    planned_start: datetime.date | None = None
    planned_finish: datetime.date | None = None
    actual_start: datetime.date | None = None
    actual_finish: datetime.date | None = None
    continued: bool = False  # carried over from an earlier year
    invested_to_date: int | None = None  # since January; None: no approved figure this year
    entered_statistics_on: datetime.date | None = None
    nodes: tuple[NodeFacts, ...] = ()
    incidents: tuple[IncidentFacts, ...] = ()
    missed_periods: int | None = None  # reports missing in a row up to this month; None: none had to be in
    is_preparing: bool = False  # at a stage before the start, from conceived to preparing
    last_moved_on: datetime.date | None = None  # a stage reached, a node done, or the entry in the list
    earlier_levels: tuple[int | None, ...] = ()  # see `rules.ladder`; the month before first, None: none that counts
    exempt_reason: str = ""  # not empty: exempt this month
    halted: str = ""  # suspended, terminated, or empty

    def __post_init__(self) -> None:
        if self.month_plan is not None and len(self.month_plan) != 12:
            raise ValueError(f"a month plan has 12 values, not {len(self.month_plan)}")

    def has_come(self, day: datetime.date | None) -> bool:
        """Whether `day` is known and not after the month's last day."""
        return day is not None and day <= self.month.last_day

    @property
    def is_started(self) -> bool:
        """Whether work had begun by the month's last day; what is continued or finished has begun."""
        return self.continued or self.has_come(self.actual_start) or self.has_come(self.actual_finish)

    @property
    def is_implementation(self) -> bool:
        return self.project_class == IMPLEMENTATION

    @property
    def is_planned(self) -> bool:
        """Whether money is due this year: an implementation-class project with a plan."""
        return self.is_implementation and self.year_plan is not None and self.year_plan > 0

    def months_since(self, day: datetime.date) -> int:
        """Month-ends passed since the month of `day`: 0 within it, negative before it."""
        return (self.month.year - day.year) * 12 + self.month.number - day.month

    def days_since(self, day: datetime.date) -> int:
        """Days from `day` to the month's last day; negative when it lies later."""
        return (self.month.last_day - day).days
