"""When people are reminded of the reports of a month: the steps of the ladder, and which have come on a day."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

LEEWAY = datetime.timedelta(days=10)  # after the lock; what was not said by then is said no more


class Anchor(StrEnum):
    """The day of the period that a step counts from."""

    OPENED = "opened"
    DUE = "due"
    LOCKS = "locks"


class Audience(StrEnum):
    """Who is told: each for the units or projects of their own."""

    REPORTERS = "reporters"
    HEAD = "head"
    LEADER = "leader"
    OFFICE = "office"


@dataclass(frozen=True)
class Rung:
    """One step: so many `days` after its anchor, before it when negative."""

    anchor: Anchor
    days: int
    audience: Audience

    @property
    def code(self) -> str:
        """`due-3` to the reporters, `due+2-head` to others: two steps that differ have different codes."""
        day = self.anchor.value + (f"{self.days:+d}" if self.days else "")
        return day if self.audience is Audience.REPORTERS else f"{day}-{self.audience.value}"


@dataclass(frozen=True)
class Days:
    """The days of a period; `opened` is when people could really begin."""

    opened: datetime.date
    due: datetime.date
    locks: datetime.date


BEGINNING = (
    Rung(Anchor.OPENED, 0, Audience.REPORTERS),
    Rung(Anchor.DUE, -3, Audience.REPORTERS),
    Rung(Anchor.DUE, 0, Audience.REPORTERS),
    Rung(Anchor.DUE, 2, Audience.HEAD),
    Rung(Anchor.DUE, 5, Audience.LEADER),
    Rung(Anchor.LOCKS, -1, Audience.REPORTERS),
)


def day_of(rung: Rung, days: Days) -> datetime.date:
    """The day on which the step comes."""
    anchors = {Anchor.OPENED: days.opened, Anchor.DUE: days.due, Anchor.LOCKS: days.locks}
    return anchors[rung.anchor] + datetime.timedelta(days=rung.days)


def last_day_of(rung: Rung, days: Days) -> datetime.date:
    """Until when the step is made up for where nothing ran on its day.

    What announces a day ends with that day; what asks the unit to write ends with the lock, after
    which it cannot; what is told of the unit ends some time later.
    """
    own = day_of(rung, days)
    if rung.days < 0:
        return own + datetime.timedelta(days=-rung.days)
    if rung.anchor is Anchor.OPENED:
        return max(own, days.due)
    if rung.audience is Audience.REPORTERS:
        return max(own, days.locks)
    return days.locks + LEEWAY


def reached(rungs: Iterable[Rung], days: Days, today: datetime.date) -> list[Rung]:
    """The steps that are to be said on `today`: of each audience the last one that has come.

    Whoever was said nothing for a week is reminded once, not of everything that was missed. No
    step comes before the month was open: nobody is reproached for days on which they could not write.
    """
    come = [rung for rung in rungs if days.opened <= day_of(rung, days) <= today <= last_day_of(rung, days)]
    last = {rung.audience: rung for rung in sorted(come, key=lambda rung: day_of(rung, days))}
    return [rung for rung in come if last[rung.audience] == rung]


def kind_of(rung: Rung, days: Days, today: datetime.date) -> str:
    """The kind of notice that says it on `today`; a step made up for says what is true by then."""
    if rung.audience is not Audience.REPORTERS:
        return {
            Audience.HEAD: "report_overdue_head",
            Audience.LEADER: "report_overdue_leader",
            Audience.OFFICE: "reports_missing",
        }[rung.audience]
    if rung.anchor is Anchor.LOCKS and today <= days.locks:
        return "report_lock_soon"
    if today > days.due:
        return "report_overdue"
    if rung.anchor is Anchor.OPENED:
        return "period_opened"
    return "report_due_today" if today == days.due else "report_due_soon"
