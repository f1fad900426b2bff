"""Whose turn it is: what a unit has to do with its reports, what waits for the office, and which lock is near."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from projects.accounts.models import User
from projects.accounts.queries import may
from projects.accounts.roles import Verb
from projects.core.month import Month
from projects.progress.models import MonthlyReport, Period, ReportComment
from projects.progress.queries.comparison import Compared, compared
from projects.progress.queries.leave import Asking, asking, with_reasons
from projects.progress.queries.queue import by_id, of_kind, questions
from projects.progress.queries.reports import TO_WRITE, chased
from projects.progress.workflow import MISSING, State

NEAR = 5  # days before a lock from which units are told of it
CHORES = ("returned", "overdue", "due", "draft", "waiting")  # in the order in which a unit takes them up


@dataclass(frozen=True)
class Lock:
    """A month that will be locked soon, and how many reports the unit has not handed in yet."""

    month: Month
    locks_on: datetime.date
    days_left: int
    missing: int


@dataclass(frozen=True)
class Task:
    """A report with the days of its month, and what the office said when it returned it."""

    report: MonthlyReport
    period: Period | None
    day: datetime.date
    comment: ReportComment | None = None

    @property
    def is_shut(self) -> bool:
        """Whether it cannot be handed in any more without leave."""
        return self.period is not None and self.report.is_shut(self.period, self.day)

    @property
    def days_over(self) -> int:
        """Days since the due day; 0 before and on it."""
        return max((self.day - self.period.due_on).days, 0) if self.period else 0

    @property
    def days_to_due(self) -> int | None:
        return max((self.period.due_on - self.day).days, 0) if self.period else None

    @property
    def days_to_lock(self) -> int | None:
        return max((self.period.locks_on - self.day).days, 0) if self.period else None


@dataclass(frozen=True)
class Chore:
    """One kind of thing to do: how many reports, and the first of them."""

    name: str
    count: int
    tasks: list[Task]


@dataclass(frozen=True)
class UnitWork:
    """What a unit has to do with its reports, and the locks that come near."""

    chores: list[Chore]
    locks: list[Lock]


def work_of_unit(user: User, day: datetime.date, *, most: int) -> UnitWork:
    """What the person's unit has to do, by kind, the oldest month first; five queries for any number of reports."""
    mine = MonthlyReport.objects.editable_by(user)
    to_write = chased(mine.filter(state__in=TO_WRITE)).order_by("month", "project__name_key", "project_id")
    periods = {period.month: period for period in Period.objects.all()}
    pks: dict[str, list[int]] = defaultdict(list)
    missing: dict[Month, int] = defaultdict(int)
    for pk, state, month in to_write.values_list("pk", "state", "month"):
        period = periods.get(month)
        missing[month] += state in MISSING
        is_over = state in MISSING and period is not None and period.due_on < day
        pks["overdue" if is_over else state].append(pk)
    pks["waiting"] = list(of_kind(mine, "submitted").values_list("pk", flat=True))
    tasks = _tasks((pk for name in CHORES for pk in pks[name][:most]), periods, day)
    chores = [Chore(name, len(pks[name]), [tasks[pk] for pk in pks[name][:most]]) for name in CHORES if pks[name]]
    return UnitWork(chores, _near(periods.values(), missing, day))


def _tasks(pks: Iterable[int], periods: dict[Month, Period], day: datetime.date) -> dict[int, Task]:
    reports = by_id(list(pks))
    returned = [report.pk for report in reports if report.state == State.RETURNED.value]
    said = ReportComment.objects.filter(report__in=returned, kind__in=["return", "reopen"]).order_by("id")
    comments = {comment.report_id: comment for comment in said}
    return {report.pk: Task(report, periods.get(report.month), day, comments.get(report.pk)) for report in reports}


def _near(periods: Iterable[Period], missing: dict[Month, int], day: datetime.date) -> list[Lock]:
    return [
        Lock(period.month, period.locks_on, (period.locks_on - day).days, missing[period.month])
        for period in sorted(periods, key=lambda each: each.month)
        if missing.get(period.month) and period.opens_on <= day and 0 <= (period.locks_on - day).days <= NEAR
    ]


def locks_told(user: User, day: datetime.date) -> list[Lock]:
    """The locks of which the person is told because they come near and the unit still owes reports; none for the
    office and for who only reads. One query, two when there are any."""
    if may(user, Verb.REVIEW_REPORTS) or not may(user, Verb.REPORT):
        return []
    until = day + datetime.timedelta(days=NEAR)
    periods = list(Period.objects.filter(opens_on__lte=day, locks_on__gte=day, locks_on__lte=until))
    if not periods:
        return []
    mine = chased(MonthlyReport.objects.editable_by(user).missing().filter(month__in=[each.month for each in periods]))
    return _near(periods, dict(mine.order_by().values_list("month").annotate(Count("id"))), day)


def waiting_for(user: User) -> QuerySet[MonthlyReport] | None:
    """The reports that are this person's turn; None for who only reads."""
    mine = MonthlyReport.objects.editable_by(user)
    if may(user, Verb.REVIEW_REPORTS):
        return of_kind(mine, "submitted")
    return chased(mine.filter(state__in=TO_WRITE)) if may(user, Verb.REPORT) else None


@dataclass(frozen=True)
class UnitMissing:
    """A unit with reports missing after their due day: how many of each month, the oldest first."""

    pk: int
    name: str
    months: list[tuple[Month, int]]

    @property
    def count(self) -> int:
        return sum(count for _month, count in self.months)


def missing_by_unit(reports: QuerySet[MonthlyReport], day: datetime.date) -> list[UnitMissing]:
    """The units that are behind with their reports, those with the most first; two queries."""
    over = list(Period.objects.filter(due_on__lt=day).values_list("month", flat=True))
    rows = of_kind(reports, "missing").filter(month__in=over).order_by("month")
    grouped = rows.values_list("project__unit", "project__unit__short_name", "month").annotate(Count("id"))
    months: dict[tuple[int, str], list[tuple[Month, int]]] = defaultdict(list)
    for pk, name, month, count in grouped:
        months[pk, name].append((month, count))
    found = [UnitMissing(pk, name, counted) for (pk, name), counted in months.items()]
    return sorted(found, key=lambda unit: (-unit.count, unit.pk))


@dataclass(frozen=True)
class OfficeWork:
    """What waits for the office: reports to check, questions, leave asked for, with the first of each; units behind."""

    waiting: int
    first_waiting: list[Compared]
    units: list[UnitMissing]
    first_units: list[UnitMissing]
    questions: int
    first_questions: list[ReportComment]
    asking: int
    first_asking: list[Asking]

    @property
    def missing(self) -> int:
        return sum(unit.count for unit in self.units)


def work_of_office(user: User, day: datetime.date, *, most: int) -> OfficeWork:
    """What waits for the office, the oldest first; fourteen queries for any number of reports."""
    reports = MonthlyReport.objects.editable_by(user)
    waiting = of_kind(reports, "submitted")
    asked, units, for_leave = questions(user), missing_by_unit(reports, day), asking(user)
    return OfficeWork(
        waiting.order_by().count(),
        compared(by_id(list(waiting.values_list("pk", flat=True)[:most]))),
        units,
        units[:most],
        asked.order_by().count(),
        list(asked[:most]),
        for_leave.order_by().count(),
        with_reasons(for_leave[:most]),
    )
