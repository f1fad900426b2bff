"""How far a project should be by the end of a month, and how far it is (domain measures R, S and lead)."""

import datetime
from fractions import Fraction
from functools import cache

from projects.core.month import Month
from projects.rating.facts import ProjectFacts
from projects.rating.policy import YEAR_DUE, Basis


def active_months(facts: ProjectFacts) -> tuple[int, int] | None:
    """First and last month, 1 to 12, in which the project is to be worked on in the year of `facts`.

    From January when it began in an earlier year, is continued, or has no planned start; up to
    December when it finishes later, has no planned finish, or should have finished before it
    starts or in an earlier year. None when it starts in a later year.
    """
    year = facts.month.year
    start, finish = facts.planned_start, facts.planned_finish
    first = 1
    if start is not None and not _began_before(year, facts):
        if start.year > year:
            return None
        first = start.month
    last = finish.month if finish is not None and finish.year == year else 12
    return first, last if last >= first else 12


def _began_before(year: int, facts: ProjectFacts) -> bool:
    starts = (facts.planned_start, facts.actual_start)
    return facts.continued or any(day is not None and day.year < year for day in starts)


def linear(facts: ProjectFacts) -> Fraction:
    """The share, 0 to 1, of the project's active months that has passed; 0 before the first."""
    months = active_months(facts)
    if months is None:
        return Fraction(0)
    return _passed(*months, facts.month.number)


@cache  # twelve months at most of each, for any number of projects
def _passed(first: int, last: int, month: int) -> Fraction:
    """The share of the months from `first` to `last` that has passed at the end of `month`."""
    passed = Fraction(month - first + 1, last - first + 1)
    return min(max(passed, Fraction(0)), Fraction(1))


def quarterly(facts: ProjectFacts, quarters: tuple[int, ...] = YEAR_DUE) -> Fraction:
    """The share, 0 to 1, that a curve of the year asks for by the month's end.

    `quarters` are the percentages due by the end of each quarter; within a quarter each month adds the same. Of a
    project that is active in some months of the year only, that part of the curve is its whole.
    """
    months = active_months(facts)
    if months is None:
        return Fraction(0)
    first, last = months
    before, whole = _of_year(first - 1, quarters), _of_year(last, quarters)
    passed = _of_year(min(max(facts.month.number, first - 1), last), quarters)
    return (passed - before) / (whole - before)


def _of_year(months: int, quarters: tuple[int, ...]) -> Fraction:
    """Percent of the year that are due after so many of its months, 0 to 12."""
    ends = (0, *quarters)
    quarter, rest = divmod(months, 3)
    return Fraction(ends[quarter]) + (Fraction(ends[quarter + 1] - ends[quarter]) * Fraction(rest, 3) if rest else 0)


def basis_for(facts: ProjectFacts, basis: Basis) -> Basis:
    """What this project is compared with: its month plan only when `basis` asks for it and it has one."""
    return Basis.LINEAR if basis is Basis.MONTH_PLAN and facts.month_plan is None else basis


def schedule_rate(facts: ProjectFacts, basis: Basis, quarters: tuple[int, ...] = YEAR_DUE) -> Fraction | None:
    """S: the share of the year's plan that is due; None for a month plan without a year plan above 0."""
    if basis is Basis.QUARTERLY:
        return quarterly(facts, quarters)
    if basis is Basis.LINEAR or facts.month_plan is None:
        return linear(facts)
    return completion_rate(sum(facts.month_plan[: facts.month.number]), facts.year_plan)


def district_schedule(month: Month) -> Fraction:
    """S of a whole district: it is always compared with the months passed of the calendar year."""
    return Fraction(month.number, 12)


def completion_rate(invested: int | None, plan: int | None) -> Fraction | None:
    """R: `invested` of `plan`, both yuan; may exceed 1 or be negative; None without a plan above 0."""
    if invested is None or plan is None or plan <= 0:
        return None
    return Fraction(invested, plan)


def lead(completion: Fraction | None, schedule: Fraction | None) -> Fraction | None:
    """R - S in percentage points, negative when behind; None when either is unknown."""
    if completion is None or schedule is None:
        return None
    return (completion - schedule) * 100


def is_new(facts: ProjectFacts, months: int) -> bool:
    """Whether this is one of the first `months` active months of the project, counted over the year's end.

    The first is the month of the planned or actual start, whichever is earlier, or January when
    neither is known. A continued project is not new.
    """
    starts = [day for day in (facts.planned_start, facts.actual_start) if day is not None]
    first = min(starts, default=datetime.date(facts.month.year, 1, 1))
    return not facts.continued and facts.months_since(first) < months
