"""The reporting year of the demonstration: months are opened, reports written, checked and locked."""

import datetime
from dataclasses import replace
from functools import partial
from typing import Any

from projects.core.month import Month, months_between
from projects.core.yuan import WAN
from projects.demonstration.entries import CorrectionEntry, ProjectEntry
from projects.demonstration.facts import FIRST_MONTH, LAST_MONTH, words
from projects.demonstration.papers import Paper, after
from projects.demonstration.people import Cast
from projects.demonstration.steps import Agenda, working_time
from projects.demonstration.writing import written
from projects.progress.actions.periods import note_locks, open_period
from projects.progress.checking import Written
from projects.progress.queries.background import backgrounds
from projects.register.models import Project

OPENING_DAY = 25
# The days of September's reports that are approved, before the holidays and after them; and of all others.
IN_TIME = ("2023-09-26", "2023-09-27", "2023-09-28", "2023-10-07", "2023-10-08")
OF_LATE = ("2023-10-07", "2023-10-08", "2023-10-09")

Known = dict[int, ProjectEntry]  # what was entered so far, by the number of the project


def plan_months(known: Known, cast: Cast, agenda: Agenda) -> None:
    """Put the opening of each month on the agenda; the opening adds what happens to its reports, and the lock."""
    for month in months_between(FIRST_MONTH, LAST_MONTH):
        at = working_time(month.first_day.replace(day=OPENING_DAY), 0)
        agenda.add(at, partial(_open, month, known, cast, agenda, at))


def _open(month: Month, known: Known, cast: Cast, agenda: Agenda, at: datetime.datetime) -> None:
    period = open_period(month, by=cast.office, at=at, today=at.date())
    noted = working_time(period.locks_on + datetime.timedelta(days=1), 0)
    agenda.add(noted, partial(note_locks, today=noted.date()))
    projects = Project.objects.filter(reports__month=month)
    before = backgrounds(projects, month)
    for project in projects.select_related("unit").order_by("id"):
        entry, background = known[project.pk], before[project.pk]
        reporter, said = cast.reporter_of(project.unit), written(entry, month, background)
        _play(Paper(entry, project.pk, month, reporter, said, background, cast, agenda))


def _play(paper: Paper) -> None:
    """What happens to a report: most go the usual way, the file names those that do not."""
    rules, number = words("reports"), paper.number
    day = (paper.month + 1).first_day + datetime.timedelta(days=(number * 7 + paper.month.number * 3) % 8)
    if str(paper.month) in rules["missed"].get(paper.name, ()):
        if _is(rules["asking"], paper):
            paper.ask_leave(rules["asking"]["on"], rules["asking"]["reason"])
        return
    if paper.month == LAST_MONTH:
        _in_the_last_month(paper, rules["september"])
    elif _is(rules["late"], paper):
        _late(paper, rules["late"])
    elif paper.entry.corrected and paper.entry.corrected.month == paper.month:
        _corrected(paper, paper.entry.corrected, day)
    elif (number * 5 + paper.month.number * 11) % rules["usual"]["returned_of"] == 0:
        _once_returned(paper, day)
    else:
        _usual(paper, day)
        if _is(rules["reopened"], paper):
            _reopened(paper, rules["reopened"])


def _is(said: dict[str, Any], paper: Paper) -> bool:
    return bool(said["name"] == paper.name and said["month"] == str(paper.month))


def _usual(paper: Paper, day: datetime.date, said: Written | None = None) -> None:
    """Written and handed in on `day`, approved on one of the next."""
    paper.approve(paper.hand_in(working_time(day, paper.number), said))


def _once_returned(paper: Paper, day: datetime.date) -> None:
    """Handed in with a fault, returned, answered and corrected, then approved."""
    found = words("reports")["returns"]
    fault = found[(paper.number + paper.month.number) % len(found)]
    handed_in = paper.hand_in(working_time(day, paper.number), _faulty(paper, fault))
    back = paper.send_back({fault["field"]: fault["comment"]}, handed_in)
    at = working_time(after(back, 1), paper.number)
    paper.reply(fault["reply"], at)
    paper.approve(paper.hand_in(at + datetime.timedelta(minutes=1)))


def _faulty(paper: Paper, fault: dict[str, Any]) -> Written:
    """What the report said at first."""
    amount = paper.said.invested_this_month
    if "first" in fault:
        return replace(paper.said, **{fault["field"]: fault["first"], f"{fault['field']}_unchanged": False})
    if "percent" in fault and amount is not None:
        more = amount * fault["percent"] // 100 // WAN * WAN
        return paper.explained(replace(paper.said, invested_this_month=more))
    return paper.said


def _late(paper: Paper, said: dict[str, Any]) -> None:
    """Missing at the lock; handed in with the office's leave, for which the unit has asked."""
    paper.ask_leave(said["asked"], said["asks"])
    paper.allow_late(said["leave"], said["until"], said["reason"])
    _usual(paper, said["on"])


def _corrected(paper: Paper, said: CorrectionEntry, day: datetime.date) -> None:
    """Approved with another amount, opened again on a later day and corrected."""
    _usual(paper, day, paper.explained(replace(paper.said, invested_this_month=said.first, reason="")))
    _usual(paper, after(paper.reopen(said.on, said.reason), 1))


def _reopened(paper: Paper, said: dict[str, Any]) -> None:
    """Opened again, and not corrected yet."""
    paper.reopen(said["on"], said["reason"])
    paper.reply(said["reply"], working_time(said["reply_on"], paper.number))


# ── September, as it stands on the day of the demonstration ─────────────────────────────────────


def _in_the_last_month(paper: Paper, said: dict[str, Any]) -> None:
    at = working_time(_one_of(OF_LATE, paper), paper.number)
    returned = _named(said["returned"], paper)
    if paper.name in said["submitted"]:
        handed_in = paper.hand_in(at, _odd(paper, said["statistics"]))
        if asked := _named(said["asked"], paper):
            paper.talk([{"by": "office", "text": asked["text"]}, {"by": "unit", "text": asked["reply"]}], handed_in)
    elif paper.name in said["drafts"]:
        _draft(paper, said["drafts"][paper.name], at)
    elif returned:
        handed_in = paper.hand_in(working_time(_one_of(OF_LATE[:1], paper), paper.number))
        paper.talk(returned.get("replies", []), paper.send_back(returned["comments"], handed_in))
    elif paper.name not in said["due"]:
        _usual(paper, _one_of(IN_TIME, paper))


def _odd(paper: Paper, statistics: dict[str, int]) -> Written:
    """With a figure of the bureau that deserves a second look."""
    counted = statistics.get(paper.name)
    return paper.said if counted is None else replace(paper.said, invested_statistics=counted * WAN)


def _one_of(days: tuple[str, ...], paper: Paper) -> datetime.date:
    return datetime.date.fromisoformat(days[paper.number % len(days)])


def _named(said: list[dict[str, Any]], paper: Paper) -> dict[str, Any] | None:
    return next((each for each in said if each["name"] == paper.name), None)


def _draft(paper: Paper, kept: str | list[str], at: datetime.datetime) -> None:
    """Complete, or as far as it was written; or submitted and taken back again."""
    if kept == "withdrawn":
        paper.withdraw(paper.hand_in(at) + datetime.timedelta(minutes=25))
    elif kept == "all":
        paper.write(at)
    else:
        paper.write(at, Written(**{name: getattr(paper.said, name) for name in kept}))
