"""The reporting year of the demonstration: months are opened, reports written, checked and locked."""

import datetime
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from projects.accounts.models import User
from projects.core.month import Month, months_between
from projects.core.yuan import WAN
from projects.demonstration.entries import CorrectionEntry, ProjectEntry
from projects.demonstration.facts import FIRST_MONTH, LAST_MONTH, plain, words
from projects.demonstration.people import Cast
from projects.demonstration.steps import Agenda, working_time
from projects.demonstration.writing import explained, written
from projects.progress.actions.periods import note_locks, open_period
from projects.progress.actions.reporting import save_draft, submit, withdraw
from projects.progress.actions.reviewing import allow_late, approve, reopen, reply, send_back
from projects.progress.checking import Background, Written
from projects.progress.models import MonthlyReport, Period
from projects.progress.queries.background import backgrounds
from projects.register.models import Project

OPENING_DAY = 25
LAST_APPROVALS = datetime.date(2023, 10, 9)  # the day before the demonstration stands still
# Days of September's reports: before the holidays and after them.
BEFORE_IT_WAS_DUE = ("2023-09-26", "2023-09-27", "2023-09-28", "2023-10-07", "2023-10-08")
OF_THE_LAST_DAYS = ("2023-10-07", "2023-10-08", "2023-10-09")

Known = dict[int, ProjectEntry]  # what was entered so far, by the number of the project


def plan_months(known: Known, cast: Cast, agenda: Agenda) -> None:
    """Put the opening and the lock of each month on the agenda; the opening adds what happens to its reports."""
    for month in months_between(FIRST_MONTH, LAST_MONTH):
        at = working_time(month.first_day.replace(day=OPENING_DAY), 0)
        agenda.add(at, partial(_open, month, known, cast, agenda, at))


def _open(month: Month, known: Known, cast: Cast, agenda: Agenda, at: datetime.datetime) -> None:
    period: Period = open_period(month, by=cast.office, at=at, today=at.date())
    noted = working_time(period.locks_on + datetime.timedelta(days=1), 0)
    agenda.add(noted, partial(note_locks, today=noted.date()))
    projects = Project.objects.filter(reports__month=month)
    before = backgrounds(projects, month)
    for project in projects.select_related("unit").order_by("id"):
        entry, background = known[project.pk], before[project.pk]
        said = written(entry, month, background)
        paper = Paper(entry, project.pk, month, cast.reporter_of(project.unit), said, background)
        _play(paper, cast, agenda)


@dataclass(frozen=True)
class Paper:
    """One report that is asked for: of which project and month, who writes it, and what it says in the end."""

    entry: ProjectEntry
    project_id: int
    month: Month
    by: User
    said: Written
    background: Background

    @property
    def name(self) -> str:
        return plain(self.entry.short_name)

    @property
    def report(self) -> MonthlyReport:
        """As an action asks for it: by project and month."""
        return MonthlyReport(project_id=self.project_id, month=self.month)

    def stored(self) -> MonthlyReport:
        return MonthlyReport.objects.get(project_id=self.project_id, month=self.month)


def _play(paper: Paper, cast: Cast, agenda: Agenda) -> None:
    """What happens to a report: most go the usual way, the file names those that do not."""
    rules, number = words("reports"), paper.entry.number
    if str(paper.month) in rules["missed"].get(paper.name, ()):
        return
    if paper.month == LAST_MONTH:
        _in_the_last_month(paper, rules["september"], cast, agenda)
        return
    if _is(rules["late"], paper):
        _late(paper, rules["late"], cast, agenda)
        return
    day = (paper.month + 1).first_day + datetime.timedelta(days=(number * 7 + paper.month.number * 3) % 8)
    if (number * 5 + paper.month.number * 11) % rules["usual"]["returned_of"] == 0:
        _once_returned(paper, day, cast, agenda)
        return
    corrected = paper.entry.corrected
    if corrected and corrected.month == paper.month:
        _corrected(paper, corrected, day, cast, agenda)
        return
    _usual(paper, day, cast, agenda)
    if _is(rules["reopened"], paper):
        _reopened(paper, rules["reopened"], cast, agenda)


def _is(said: dict[str, Any], paper: Paper) -> bool:
    return bool(said["name"] == paper.name and said["month"] == str(paper.month))


# ── the ways of a report ────────────────────────────────────────────────────────────────────────


def _usual(
    paper: Paper, day: datetime.date, cast: Cast, agenda: Agenda, said: Written | None = None
) -> datetime.datetime:
    """Written and handed in on `day`, approved on one of the next days; when that is."""
    handed_in = _hand_in(paper, working_time(day, paper.entry.number), agenda, said)
    return _approve(paper, handed_in, cast, agenda)


def _hand_in(paper: Paper, at: datetime.datetime, agenda: Agenda, said: Written | None = None) -> datetime.datetime:
    """Written at a moment, submitted some minutes later; when that is."""
    agenda.add(at, partial(save_draft, paper.report, said or paper.said, by=paper.by, at=at, seen=None))
    later = at + datetime.timedelta(minutes=4 + paper.entry.number * 3 % 41)
    hand_in = partial(submit, paper.report, by=paper.by, at=later, seen=None, background=paper.background)
    agenda.add(later, hand_in)
    return later


def _approve(paper: Paper, handed_in: datetime.datetime, cast: Cast, agenda: Agenda) -> datetime.datetime:
    number = paper.entry.number
    day = min(_after(handed_in, 1 + number % 2), LAST_APPROVALS)
    at = working_time(max(day, _after(handed_in, 1)), number + 5)
    agenda.add(at, partial(approve, paper.report, by=cast.office_for(number), at=at, seen=None))
    return at


def _after(at: datetime.datetime, days: int) -> datetime.date:
    return at.date() + datetime.timedelta(days=days)


def _return(
    paper: Paper, comments: dict[str, str], handed_in: datetime.datetime, cast: Cast, agenda: Agenda
) -> datetime.datetime:
    """Sent back on the next working day; when that is."""
    number = paper.entry.number
    at = working_time(_after(handed_in, 1), number + 5)
    agenda.add(at, partial(send_back, paper.report, comments, by=cast.office_for(number), at=at, seen=None))
    return at


def _reply(paper: Paper, text: str, by: User, at: datetime.datetime) -> None:
    reply(paper.stored(), text, by=by, at=at)


def _once_returned(paper: Paper, day: datetime.date, cast: Cast, agenda: Agenda) -> None:
    """Handed in with a fault, returned, answered and corrected, then approved."""
    found = words("reports")["returns"]
    fault = found[(paper.entry.number + paper.month.number) % len(found)]
    handed_in = _hand_in(paper, working_time(day, paper.entry.number), agenda, _faulty(paper, fault))
    returned = _return(paper, {fault["field"]: fault["comment"]}, handed_in, cast, agenda)
    at = working_time(_after(returned, 1), paper.entry.number)
    agenda.add(at, partial(_reply, paper, fault["reply"], paper.by, at))
    again = _hand_in(paper, at + datetime.timedelta(minutes=1), agenda)
    _approve(paper, again, cast, agenda)


def _faulty(paper: Paper, fault: dict[str, Any]) -> Written:
    """What the report said at first."""
    amount = paper.said.invested_this_month
    if "first" in fault:
        return replace(paper.said, **{fault["field"]: fault["first"], f"{fault['field']}_unchanged": False})
    if "percent" in fault and amount is not None:
        more = replace(paper.said, invested_this_month=amount * fault["percent"] // 100 // WAN * WAN)
        return explained(more, paper.entry, paper.month, paper.background)
    return paper.said


def _late(paper: Paper, said: dict[str, Any], cast: Cast, agenda: Agenda) -> None:
    """Missing at the lock; handed in with the office's leave."""
    at = working_time(said["leave"], paper.entry.number)
    leave = partial(allow_late, paper.report, until=said["until"], reason=said["reason"], by=cast.office, at=at)
    agenda.add(at, leave)
    _usual(paper, said["on"], cast, agenda)


def _corrected(paper: Paper, said: CorrectionEntry, day: datetime.date, cast: Cast, agenda: Agenda) -> None:
    """Approved with another amount, opened again on a later day and corrected."""
    first = replace(paper.said, invested_this_month=said.first, reason="")
    _usual(paper, day, cast, agenda, explained(first, paper.entry, paper.month, paper.background))
    at = working_time(said.on, paper.entry.number)
    agenda.add(at, partial(reopen, paper.report, reason=said.reason, by=cast.office, at=at, seen=None))
    _usual(paper, _after(at, 1), cast, agenda)


def _reopened(paper: Paper, said: dict[str, Any], cast: Cast, agenda: Agenda) -> None:
    """Opened again, and not corrected yet."""
    at = working_time(said["on"], paper.entry.number)
    agenda.add(at, partial(reopen, paper.report, reason=said["reason"], by=cast.office, at=at, seen=None))
    at = working_time(said["reply_on"], paper.entry.number)
    agenda.add(at, partial(_reply, paper, said["reply"], paper.by, at))


# ── September, as it stands on the day of the demonstration ─────────────────────────────────────


def _in_the_last_month(paper: Paper, said: dict[str, Any], cast: Cast, agenda: Agenda) -> None:
    number = paper.entry.number
    returned = next((each for each in said["returned"] if each["name"] == paper.name), None)
    at = working_time(_one_of(OF_THE_LAST_DAYS, number), number)
    if paper.name in said["submitted"]:
        handed_in = _hand_in(paper, at, agenda)
        asked = next((each for each in said["asked"] if each["name"] == paper.name), None)
        if asked:
            _talk(paper, [{"by": "office", "text": asked["text"]}, {"by": "unit", "text": asked["reply"]}],
                  handed_in, cast, agenda)  # fmt: skip
    elif paper.name in said["drafts"]:
        _draft(paper, said["drafts"][paper.name], at, agenda)
    elif returned:
        handed_in = _hand_in(paper, working_time(_one_of(OF_THE_LAST_DAYS[:1], number), number), agenda)
        back = _return(paper, returned["comments"], handed_in, cast, agenda)
        _talk(paper, returned.get("replies", []), back, cast, agenda)
    elif paper.name not in said["due"]:
        _usual(paper, _one_of(BEFORE_IT_WAS_DUE, number), cast, agenda)


def _one_of(days: tuple[str, ...], number: int) -> datetime.date:
    return datetime.date.fromisoformat(days[number % len(days)])


def _draft(paper: Paper, kept: str | list[str], at: datetime.datetime, agenda: Agenda) -> None:
    """Complete, or as far as it was written; or submitted and taken back again."""
    if kept == "withdrawn":
        handed_in = _hand_in(paper, at, agenda)
        again = handed_in + datetime.timedelta(minutes=25)
        agenda.add(again, partial(withdraw, paper.report, by=paper.by, at=again, seen=None))
        return
    said = paper.said if kept == "all" else Written(**{name: getattr(paper.said, name) for name in kept})
    agenda.add(at, partial(save_draft, paper.report, said, by=paper.by, at=at, seen=None))


def _talk(paper: Paper, said: list[dict[str, str]], since: datetime.datetime, cast: Cast, agenda: Agenda) -> None:
    """What is said to and fro, a quarter of an hour apart."""
    office = cast.office_for(paper.entry.number)
    for turn, each in enumerate(said, start=1):
        at = since + datetime.timedelta(minutes=15 * turn)
        agenda.add(at, partial(_reply, paper, each["text"], office if each["by"] == "office" else paper.by, at))
