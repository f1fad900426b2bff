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


def working_time(day: datetime.date, number: int) -> datetime.datetime:
    """A moment in the office hours of `day`, or of the Monday after a weekend; it differs by `number`."""
    while day.isoweekday() > 5:
        day += datetime.timedelta(days=1)
    opening = datetime.datetime.combine(day, OPENING, tzinfo=ZoneInfo(settings.TIME_ZONE))
    return opening + datetime.timedelta(minutes=(number * 7 + day.toordinal() * 31) % WORKING_MINUTES)


def moments_from(at: datetime.datetime) -> Iterator[datetime.datetime]:
    """`at`, and each second after it: for what one person enters in one go."""
    return (at + datetime.timedelta(seconds=second) for second in itertools.count())
