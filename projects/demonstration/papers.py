"""One monthly report of the demonstration, and what people do with it at a moment."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from projects.accounts.models import User
from projects.core.month import Month
from projects.demonstration.entries import ProjectEntry
from projects.demonstration.facts import plain
from projects.demonstration.people import Cast
from projects.demonstration.steps import Agenda, working_time
from projects.demonstration.writing import explained
from projects.progress.actions.leave import ask_leave
from projects.progress.actions.reporting import save_draft, submit, withdraw
from projects.progress.actions.reviewing import allow_late, approve, reopen, reply, send_back
from projects.progress.checking import Background, Written
from projects.progress.models import MonthlyReport

LAST_DAY = datetime.date(2023, 10, 9)  # on which anything is done; the demonstration stands still on the next


@dataclass(frozen=True)
class Paper:
    """A report that is asked for: of which project and month, who writes it, and what it says in the end.

    Each verb puts its step on the agenda and gives the moment of it.
    """

    entry: ProjectEntry
    project_id: int
    month: Month
    by: User
    said: Written
    background: Background
    cast: Cast
    agenda: Agenda

    @property
    def name(self) -> str:
        return plain(self.entry.short_name)

    @property
    def number(self) -> int:
        """What spreads people and times over the reports."""
        return self.entry.number

    @property
    def checker(self) -> User:
        return self.cast.office_for(self.number)

    @property
    def _report(self) -> MonthlyReport:
        """As an action asks for it: by project and month."""
        return MonthlyReport(project_id=self.project_id, month=self.month)

    def explained(self, said: Written) -> Written:
        return explained(said, self.entry, self.month, self.background)

    def write(self, at: datetime.datetime, said: Written | None = None) -> datetime.datetime:
        self.agenda.add(at, partial(save_draft, self._report, said or self.said, by=self.by, at=at, seen=None))
        return at

    def hand_in(self, at: datetime.datetime, said: Written | None = None) -> datetime.datetime:
        """Written at a moment and submitted some minutes later."""
        later = self.write(at, said) + datetime.timedelta(minutes=4 + self.number * 3 % 41)
        hand_in = partial(submit, self._report, by=self.by, at=later, seen=None, background=self.background)
        self.agenda.add(later, hand_in)
        return later

    def withdraw(self, at: datetime.datetime) -> None:
        self.agenda.add(at, partial(withdraw, self._report, by=self.by, at=at, seen=None))

    def approve(self, handed_in: datetime.datetime) -> datetime.datetime:
        """On one of the next two working days."""
        at = working_time(min(after(handed_in, 1 + self.number % 2), LAST_DAY), self.number + 5)
        self.agenda.add(at, partial(approve, self._report, by=self.checker, at=at, seen=None))
        return at

    def send_back(self, comments: Mapping[str, str], handed_in: datetime.datetime) -> datetime.datetime:
        """On the next working day."""
        at = working_time(after(handed_in, 1), self.number + 5)
        self.agenda.add(at, partial(send_back, self._report, comments, by=self.checker, at=at, seen=None))
        return at

    def reopen(self, day: datetime.date, reason: str) -> datetime.datetime:
        at = working_time(day, self.number)
        self.agenda.add(at, partial(reopen, self._report, reason=reason, by=self.cast.office, at=at, seen=None))
        return at

    def ask_leave(self, day: datetime.date, reason: str) -> None:
        at = working_time(day, self.number)
        self.agenda.add(at, partial(ask_leave, self._report, reason=reason, by=self.by, at=at, seen=None))

    def allow_late(self, day: datetime.date, until: datetime.date, reason: str) -> None:
        at = working_time(day, self.number)
        leave = partial(allow_late, self._report, until=until, reason=reason, by=self.cast.office, at=at)
        self.agenda.add(at, leave)

    def reply(self, text: str, at: datetime.datetime, *, by: User | None = None) -> None:
        self.agenda.add(at, partial(self._reply, text, by or self.by, at))

    def _reply(self, text: str, by: User, at: datetime.datetime) -> None:
        stored = MonthlyReport.objects.get(project_id=self.project_id, month=self.month)
        reply(stored, text, by=by, at=at)

    def talk(self, said: Sequence[Mapping[str, str]], since: datetime.datetime) -> None:
        """What is said to and fro, a quarter of an hour apart."""
        for turn, each in enumerate(said, start=1):
            at = since + datetime.timedelta(minutes=15 * turn)
            self.reply(each["text"], at, by=self.checker if each["by"] == "office" else None)


def after(at: datetime.datetime, days: int) -> datetime.date:
    """The day so many days later."""
    return at.date() + datetime.timedelta(days=days)
