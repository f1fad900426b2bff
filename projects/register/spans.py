"""A phase through time: the stages that it stood at one after the other, from the moves noted of its parts."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from projects.register.stages import Position, Whole, whole_of


@dataclass(frozen=True)
class Noted:
    """A move of a part, told by a number; `on` None when nobody knows the day, so that it holds for every day."""

    part: int
    position: Position
    on: datetime.date | None


@dataclass(frozen=True)
class Span:
    """A stage that a phase stood at, from a day (None: nobody knows since when) until another (None: still)."""

    whole: Whole
    start: datetime.date | None
    end: datetime.date | None


def spans_of(noted: Sequence[Noted]) -> list[Span]:
    """The stages of a phase in the order of time; `noted` in the order in which the moves were noted.

    Of the moves up to a day the one noted last holds: a move back may lie before moves noted earlier, and says
    that they were wrong.
    """
    days: list[datetime.date | None] = [None, *sorted({move.on for move in noted if move.on is not None})]
    stood: list[tuple[datetime.date | None, Whole]] = []
    for day in days:
        whole = _whole_on(noted, day)
        if not stood or stood[-1][1] != whole:
            stood.append((day, whole))
    ends = [start for start, _whole in stood[1:]]
    spans = [Span(whole, start, end) for (start, whole), end in zip(stood, [*ends, None], strict=True)]
    return [span for span in spans if span.whole.position.stage is not None]


def _whole_on(noted: Sequence[Noted], day: datetime.date | None) -> Whole:
    last: dict[int, Position] = {}
    for move in noted:
        if move.on is None or (day is not None and move.on <= day):
            last[move.part] = move.position
    return whole_of(Whole(position) for position in last.values())
