"""What a red or yellow project gets: which slip, by when it is answered and finished, and who hears of it when not."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from projects.core.month import Month

Workdays = Callable[[datetime.date, int], datetime.date]  # the working day so many after a day


class Kind(StrEnum):
    """What is sent to the unit; the value is stored."""

    REMINDER = "reminder"  # 提示函
    SUPERVISION = "supervision"  # 督办单
    TALK = "talk"  # 约谈


class Rank(StrEnum):
    """To whom a slip is raised when its day has passed."""

    HEAD = "head"
    LEADER = "leader"
    IN_CHARGE = "in_charge"
    EXECUTIVE = "executive"
    COMMITTEE = "committee"


@dataclass(frozen=True)
class Rung:
    """One step. `issue_in` and `reply_in` are working days, `finish_in` days of the calendar.

    `reply_in` None: no plan is asked. `finish_in` None: by the end of the next period, or where the talk
    `decides` what becomes of the project, by the day that it sets. `code`, `worst` and `periods` say which step it
    is; the rest is what the office may set. One that is not `used` is passed over.
    """

    code: str
    worst: bool
    periods: int
    kind: Kind
    reply_in: int | None
    finish_in: int | None
    raised_to: Rank
    issue_in: int = 3
    copies_leader: bool = False
    decides: bool = False
    used: bool = True


MOST_TO_ISSUE, MOST_TO_REPLY, MOST_TO_FINISH = 30, 60, 365  # the days that a step may give
LADDER = (  # what the program comes with, until the office sets its own
    Rung("yellow_1", False, 1, Kind.REMINDER, reply_in=5, finish_in=None, raised_to=Rank.HEAD),
    Rung("yellow_2", False, 2, Kind.REMINDER, reply_in=3, finish_in=None, raised_to=Rank.LEADER, copies_leader=True),
    Rung("red_1", True, 1, Kind.SUPERVISION, reply_in=5, finish_in=30, raised_to=Rank.IN_CHARGE),
    Rung("red_2", True, 2, Kind.TALK, reply_in=None, finish_in=30, raised_to=Rank.EXECUTIVE),
    Rung("red_3", True, 3, Kind.TALK, reply_in=None, finish_in=None, raised_to=Rank.COMMITTEE, decides=True),
)
RUNGS = {rung.code: rung for rung in LADDER}


def rung_for(level: int | None, periods: int, *, levels: int, ladder: Sequence[Rung] = LADDER) -> Rung | None:
    """The step for a project at `level` of a palette of so many `levels`, for `periods` in a row, this one included.

    None for the best level and for a project without any. The worst level is the red one, whatever it is called,
    and all between it and the best are yellow. Where a step is not used, the one before it is taken again.
    """
    if not level:
        return None
    worst = level >= levels - 1
    reached = [rung for rung in ladder if rung.used and rung.worst == worst and rung.periods <= max(periods, 1)]
    return max(reached, key=lambda rung: rung.periods, default=None)


@dataclass(frozen=True)
class Deadlines:
    """The last days of a slip, each to its end; None where the ladder sets none."""

    reply: datetime.date | None
    finish: datetime.date | None


def issue_day(rung: Rung, published: datetime.date, *, after: Workdays) -> datetime.date:
    """By when a slip is to be issued."""
    return after(published, rung.issue_in)


def deadlines(rung: Rung, issued: datetime.date, month: Month, *, after: Workdays) -> Deadlines:
    """The days that run from the issue of a slip that follows from the bulletin of `month`.

    Where days of the calendar end on a day off, the next working day counts, and nothing ends before its reply is
    due. The next period is the month after the bulletin's; a slip issued too late for it has until the end of the
    month in which its reply is due.
    """
    reply = None if rung.reply_in is None else after(issued, rung.reply_in)
    if rung.decides:
        return Deadlines(reply, None)
    if rung.finish_in is not None:
        finish = after(issued + datetime.timedelta(days=rung.finish_in - 1), 1)
        return Deadlines(reply, max(finish, reply or finish))
    return Deadlines(reply, max(month + 1, Month.of(reply or issued)).last_day)
