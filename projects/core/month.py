"""A calendar month as a value: the unit in which plans, reports, colours and bulletins are counted."""

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, total_ordering

FIRST_YEAR = 2000
LAST_YEAR = 2100

_WRITTEN = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)


@total_ordering
@dataclass(frozen=True, slots=True)
class Month:
    """One month, years 2000 to 2100; `ValueError` for any other.

    >>> Month(2023, 9) + 4
    Month(2024, 1)
    >>> int(Month(2023, 9)), str(Month(2023, 9))
    (202309, '2023-09')
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (FIRST_YEAR <= self.year <= LAST_YEAR and 1 <= self.number <= 12):
            raise ValueError(f"not a month from {FIRST_YEAR} to {LAST_YEAR}: {self.year}-{self.number}")

    @classmethod
    def of(cls, day: datetime.date) -> "Month":
        """The month in which `day` lies."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read `2023-09` or `2023-9`; `ValueError` for anything else."""
        match = _WRITTEN.fullmatch(text)
        if match is None:
            raise ValueError(f"not a month like 2023-09: {text!r}")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def from_int(cls, number: int) -> "Month":
        """The month stored as `202309`."""
        return cls(*divmod(number, 100))

    def __int__(self) -> int:
        return self.year * 100 + self.number

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02d}"

    def __repr__(self) -> str:
        return f"Month({self.year}, {self.number})"

    def __lt__(self, other: "Month") -> bool:
        if not isinstance(other, Month):
            return NotImplemented
        return (self.year, self.number) < (other.year, other.number)

    def __add__(self, months: int) -> "Month":
        year, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, number + 1)

    def __sub__(self, other: "Month") -> int:
        """How many months lie between: `Month(2024, 1) - Month(2023, 9)` is 4."""
        return (self.year - other.year) * 12 + self.number - other.number

    def earlier(self, months: int) -> "Month":
        """So many months before this one, or the first month there is.

        >>> Month(2000, 3).earlier(1), Month(2000, 3).earlier(12)
        (Month(2000, 2), Month(2000, 1))
        """
        return self + -min(months, self - Month(FIRST_YEAR, 1))

    @property
    def first_day(self) -> datetime.date:
        return datetime.date(self.year, self.number, 1)

    @property
    def last_day(self) -> datetime.date:
        return _last_day(self.year, self.number)

    def year_so_far(self) -> Iterator["Month"]:
        """January up to and with this month."""
        return (Month(self.year, number) for number in range(1, self.number + 1))


@cache  # of some 1,200 months; the rules ask for it many times for each project
def _last_day(year: int, number: int) -> datetime.date:
    return datetime.date(year, number, calendar.monthrange(year, number)[1])


def months_between(first: Month, last: Month) -> Iterator[Month]:
    """Every month from `first` to `last`, both included; none when `last` is earlier."""
    return (first + step for step in range(last - first + 1))


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later (earlier below zero), or the last day of a month that is too short.

    >>> months_later(datetime.date(2023, 8, 31), 6)
    datetime.date(2024, 2, 29)
    """
    year, number = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, number + 1, min(day.day, calendar.monthrange(year, number + 1)[1]))
