"""Opening a month for reports, changing its days, and noting who missed the lock."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from projects.accounts.actions import check_may
from projects.accounts.models import User
from projects.accounts.roles import Verb
from projects.core.constraints import check_constraints
from projects.core.month import Month
from projects.core.refusals import Refused, Stale
from projects.core.versions import write
from projects.journal.actions import record
from projects.progress.models import MonthlyReport, Period, ReportingRules
from projects.progress.queries.reports import open_periods, projects_to_report
from projects.progress.workflow import MISSING
from projects.register.actions.registering import who_saved
from projects.register.actions.touching import touch_lines
from projects.register.models import Project
from projects.register.queries import facts_of

DAYS = ("opens_on", "due_on", "locks_on")
RULES = ("opens_on_day", "due_on_day", "locks_on_day", "variance_percent", "classes")
BATCH = 2000  # reports written at a time, so that memory stays flat for a province


def _check_office(by: User | None) -> None:
    if by is not None:
        check_may(by, Verb.KEEP_PERIODS)


@transaction.atomic
def open_period(month: Month, *, by: User | None, at: datetime.datetime, today: datetime.date) -> Period:
    """Open `month` with its usual days and ask every project that must report for its report.

    Opening again only adds the reports that came to be due since. `Refused` for a month that has not begun.
    """
    _check_office(by)
    if month.first_day > today:
        raise Refused(_("%(month)s has not begun yet; it can be opened from its first day on.") % {"month": month})
    period = Period.objects.select_for_update().filter(month=month).first()
    is_new = period is None
    if period is None:
        period = Period(month=month, opened_at=at, opened_by=by, **ReportingRules.current().days_of(month))
        if period.opens_on > today:
            period.opens_on = today
        period.save(force_insert=True)
    added = _ask_for_reports(month)
    if is_new or added:
        after = {**facts_of(period, DAYS), "reports": added}
        record(by=by, at=at, verb="open_period", subject=period, after=after)
    return period


def open_due(*, at: datetime.datetime, today: datetime.date) -> list[Period]:
    """Open the month whose opening day has come, and ask in the open months for what came to be due since.

    A month whose lock has passed is not opened any more, and none that no project has to report.
    """
    months = set(open_periods(today).values_list("month", flat=True))
    rules = ReportingRules.current()
    month = rules.month_opened_by(today)
    is_new = not Period.objects.filter(month=month).exists()
    if is_new and rules.days_of(month)["locks_on"] >= today and projects_to_report(month).exists():
        months.add(month)
    return [open_period(month, by=None, at=at, today=today) for month in sorted(months)]


def _ask_for_reports(month: Month) -> int:
    """One report for each project that must report and has none; how many were added."""
    known = MonthlyReport.objects.filter(month=month).values("project_id")
    pks = list(projects_to_report(month).exclude(pk__in=known).order_by("id").values_list("id", flat=True))
    for start in range(0, len(pks), BATCH):
        rows = [MonthlyReport(project_id=pk, month=month) for pk in pks[start : start + BATCH]]
        MonthlyReport.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return len(pks)


@transaction.atomic
def keep_period(period: Period, *, by: User | None, at: datetime.datetime, today: datetime.date, seen: int) -> Period:
    """Save changed days of a period; `Refused` when they are out of order, `Stale` when changed meanwhile.

    A lock that is moved to a later day takes back what was noted of those who missed it.
    """
    _check_office(by)
    stored = Period.objects.select_for_update().get(pk=period.pk)
    if stored.version != seen:
        raise Stale(who_saved(stored))
    check_constraints(period, field="due_on")
    before = facts_of(stored, DAYS)
    noted = stored.lock_noted and period.is_locked_on(today)
    write(period, seen=seen, **facts_of(period, DAYS), lock_noted=noted)
    record(by=by, at=at, verb="change_period", subject=period, before=before, after=facts_of(period, DAYS))
    if stored.lock_noted and not noted:
        _touch_missing(period.month)
    return period


@transaction.atomic
def keep_rules(rules: ReportingRules, *, by: User | None, at: datetime.datetime, seen: int) -> ReportingRules:
    """Save what holds for every month to be opened; opened ones keep their days."""
    _check_office(by)
    rules.pk = 1
    stored = ReportingRules.objects.select_for_update().filter(pk=1).first()
    if (stored.version if stored else 0) != seen:
        raise Stale(who_saved(stored or rules))
    check_constraints(rules, field="locks_on_day")
    before = facts_of(stored or ReportingRules(pk=1), RULES)
    if stored:
        write(rules, seen=seen, **facts_of(rules, RULES))
    else:
        rules.save(force_insert=True)
    record(by=by, at=at, verb="change_reporting_rules", subject=rules, before=before, after=facts_of(rules, RULES))
    return rules


def note_locks(*, today: datetime.date) -> int:
    """Mark the lines of projects that missed a lock which has passed since anybody looked; how many periods.

    From then on the missing report counts in the rating. Runs with every look at a month; a process killed
    in between leaves the period as it was, and the next look finds it.
    """
    due = Period.objects.filter(locks_on__lt=today, lock_noted=False).order_by("month")
    if not due.exists():
        return 0
    with transaction.atomic():
        periods = list(due.select_for_update())
        for period in periods:
            _touch_missing(period.month)
            Period.objects.filter(pk=period.pk).update(lock_noted=True)
    return len(periods)


def _touch_missing(month: Month) -> None:
    states = [state.value for state in MISSING]
    missing = MonthlyReport.objects.filter(month=month, state__in=states).values("project_id")
    touch_lines(Project.objects.filter(pk__in=missing), since=month)
