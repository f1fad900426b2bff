"""Steps in time: what somebody does at a moment, played in order, so that the journal reads like the year."""

import datetime
import heapq
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.conf import settings

OPENING = datetime.time(8, 40)
WORKING_MINUTES = 9 * 60


def _span(first: str, last: str) -> set[datetime.date]:
    """The days from `first` to `last` of 2023, both as MM-DD."""
    day, end = (datetime.date.fromisoformat(f"2023-{text}") for text in (first, last))
    return {day + datetime.timedelta(days=step) for step in range((end - day).days + 1)}


# The State Council's calendar of 2023: the days off, and the weekends on which offices were open instead.
DAYS_OFF = frozenset(
    _span("01-01", "01-02") | _span("01-21", "01-27") | _span("04-05", "04-05") | _span("04-29", "05-03")
    | _span("06-22", "06-24") | _span("09-29", "10-06")
)  # fmt: skip
MADE_UP = frozenset(
    _span("01-28", "01-29") | _span("04-23", "04-23") | _span("05-06", "05-06") | _span("06-25", "06-25")
    | _span("10-07", "10-08")
)  # fmt: skip


@dataclass(frozen=True, order=True)
class Step:
    """Something done at a moment; `number` orders what happens at the same one."""

    at: datetime.datetime
    number: int
    act: Callable[[], object] = field(compare=False)


class Agenda:
    """The steps that are still to come."""

    def __init__(self) -> None:
        self._waiting: list[Step] = []
        self._added = 0

    def add(self, at: datetime.datetime, act: Callable[[], object]) -> None:
        self._added += 1
        heapq.heappush(self._waiting, Step(at, self._added, act))

    def play(self, until: datetime.datetime) -> int:
        """Carry out what is due before `until`, the earliest first; how many steps that were."""
        played = 0
        while self._waiting and self._waiting[0].at < until:
            heapq.heappop(self._waiting).act()
            played += 1
        return played


def is_working_day(day: datetime.date) -> bool:
    """Whether offices are open on `day`."""
    return day in MADE_UP or (day.isoweekday() <= 5 and day not in DAYS_OFF)


def working_time(day: datetime.date, number: int) -> datetime.datetime:
    """A moment in the office hours of `day`, or of the first working day after it; it differs by `number`."""
    while not is_working_day(day):
        day += datetime.timedelta(days=1)
    opening = datetime.datetime.combine(day, OPENING, tzinfo=ZoneInfo(settings.TIME_ZONE))
    return opening + datetime.timedelta(minutes=(number * 7 + day.toordinal() * 31) % WORKING_MINUTES)


def moments_from(at: datetime.datetime) -> Iterator[datetime.datetime]:
    """`at`, and each second after it: for what one person enters in one go."""
    return (at + datetime.timedelta(seconds=second) for second in itertools.count())
