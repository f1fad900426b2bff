"""Whom a step of the ladder reaches: who still waits to hear which reports of a month are missing."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from projects.accounts.models import Unit, User
from projects.accounts.queries import heads_of, offices_of, reporters_of
from projects.core.month import Month
from projects.notices.models import Notice
from projects.notices.wording import names
from projects.progress.ladder import LEEWAY, Anchor, Audience, Days, Rung, kind_of, reached
from projects.progress.models import MonthlyReport, Period, ReminderStep
from projects.progress.queries.reports import TO_WRITE, chased
from projects.progress.workflow import MISSING, State
from projects.register.models import Leader

WITHOUT_ACCOUNT = "leader_without_account"


@dataclass(frozen=True)
class Lacking:
    """A report that the unit has still to write; `was_in` when it came in and was returned."""

    project: str
    unit: Unit
    leader_id: int | None
    was_in: bool


@dataclass(frozen=True)
class Reminder:
    """What a step says to one person; `person` is None where the step finds nobody to tell."""

    month: Month
    rung: Rung
    kind: str
    person: User | None
    params: dict[str, Any]

    @property
    def key(self) -> str:
        """One person hears a step of a month once; the office in place of a leader, beside what is its own."""
        key = f"remind:{self.month}:{self.rung.code}"
        return f"{key}:{WITHOUT_ACCOUNT}" if self.kind == WITHOUT_ACCOUNT else key


def rungs_in_use() -> list[Rung]:
    """The steps of the ladder that the office has in use, in its order."""
    return [step.rung for step in ReminderStep.objects.filter(is_active=True)]


def periods_to_remind_of(today: datetime.date) -> QuerySet[Period]:
    """The periods that are open on `today` or were locked a few days ago, the earliest first."""
    return Period.objects.filter(opens_on__lte=today, locks_on__gte=today - LEEWAY).order_by("month")


def days_of(period: Period) -> Days:
    """The days of a period; one that was opened late began when it was."""
    opened_at = timezone.localtime(period.opened_at).date()
    return Days(max(period.opens_on, opened_at), period.due_on, period.locks_on)


def to_write(month: Month) -> QuerySet[MonthlyReport]:
    """The reports of a month that units still have to write or to correct; halted and exempt projects left out."""
    return chased(MonthlyReport.objects.filter(month=month, state__in=TO_WRITE))


def reminders_of(period: Period, rungs: Iterable[Rung], today: datetime.date) -> list[Reminder]:
    """What the `rungs` that have come say on `today`, to each who has not heard it; a fixed number of queries.

    Reporters are reminded of all that waits for them, the others only of what never came in.
    """
    days = days_of(period)
    come = reached(rungs, days, today)
    lacking = _lacking(period.month) if come else []
    if not lacking:
        return []
    units = list({each.unit.pk: each.unit for each in lacking}.values())
    never_in = [each for each in lacking if not each.was_in]
    people = _People(units)
    found: list[Reminder] = []
    for rung in come:
        concerned = lacking if rung.audience is Audience.REPORTERS else never_in
        told: dict[tuple[str, User | None], list[Lacking]] = defaultdict(list)
        for each in concerned:
            for kind, person in people.to_tell(rung, each, kind_of(rung, days, today)):
                told[kind, person].append(each)
        found += [_reminder(period, rung, kind, person, of, people) for (kind, person), of in told.items()]
    return _not_heard(found)


class _People:
    """Who is told of a report, by audience."""

    def __init__(self, units: list[Unit]) -> None:
        self.by_unit = {
            Audience.REPORTERS: reporters_of(units),
            Audience.HEAD: heads_of(units),
            Audience.OFFICE: offices_of(units),
        }
        leaders = Leader.objects.filter(projects__unit__in=units).select_related("account").distinct()
        self.leaders = {leader.pk: leader for leader in leaders.order_by("pk")}

    def to_tell(self, rung: Rung, lacking: Lacking, kind: str) -> Iterator[tuple[str, User | None]]:
        """The kind of notice and the person, for each; the office in place of a leader who has no account."""
        people: list[User] = []
        if rung.audience is not Audience.LEADER:
            people = self.by_unit[rung.audience][lacking.unit.pk]
        elif lacking.leader_id is None:
            return
        elif (account := self.leaders[lacking.leader_id].account) and account.is_active:
            people = [account]
        else:
            kind, people = WITHOUT_ACCOUNT, self.by_unit[Audience.OFFICE][lacking.unit.pk]
        yield from ((kind, person) for person in people or (None,))


def _lacking(month: Month) -> list[Lacking]:
    rows = to_write(month).order_by("project__unit__position", "project__unit_id", "project__name_key", "project_id")
    values = list(rows.values_list("project__short_name", "project__unit_id", "project__leader_id", "state"))
    units = Unit.objects.in_bulk({unit for _project, unit, _leader, _state in values})
    return [
        Lacking(project, units[unit], leader, State(state) not in MISSING) for project, unit, leader, state in values
    ]


def _reminder(
    period: Period, rung: Rung, kind: str, person: User | None, of: list[Lacking], people: _People
) -> Reminder:
    """With the parameters of every kind: which of them it names is the wording's business."""
    params = {
        "month": str(period.month),
        "day": str(period.locks_on if rung.anchor is Anchor.LOCKS else period.due_on),
        "count": len(of),
        "unit": names(str(each.unit) for each in of),
        "projects": names(each.project for each in of),
    }
    if kind == WITHOUT_ACCOUNT:
        params["leaders"] = names(str(people.leaders[each.leader_id]) for each in of if each.leader_id)
    return Reminder(period.month, rung, kind, person, params)


def _not_heard(reminders: list[Reminder]) -> list[Reminder]:
    keys = {reminder.key for reminder in reminders}
    people = {reminder.person.pk for reminder in reminders if reminder.person}
    heard = set(Notice.objects.filter(recipient__in=people, key__in=keys).values_list("recipient", "key"))
    return [each for each in reminders if each.person is None or (each.person.pk, each.key) not in heard]
