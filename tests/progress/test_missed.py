"""How many reports are missing in a row: only locks that have passed count, and what comes in late fills its month."""

import datetime

import pytest

from projects.core.month import Month
from projects.progress.actions import periods, reporting, reviewing
from projects.progress.models import Period
from projects.progress.queries import facts_for
from projects.register.models import Exemption, Project
from tests.cast import GRANTED, SEPTEMBER, TODAY, Cast, project
from tests.progress.month import LOCK, asked, at, opened, submitted, written

DAY = datetime.timedelta(days=1)
JULY, AUGUST = Month(2023, 7), Month(2023, 8)


def missed(row: Project, month: Month = SEPTEMBER) -> int | None:
    return facts_for(Project.objects.filter(pk=row.pk), month)[row.pk].facts.missed_periods


def locked(*months: Month) -> None:
    """The months are open, and the lock of those before September has passed by the cast's day."""
    for month in months:
        opened(month)
    periods.note_locks(today=TODAY)


def test_an_open_month_counts_for_nothing(cast: Cast) -> None:
    row = project(cast)
    locked(SEPTEMBER)
    assert missed(row) is None


@pytest.mark.parametrize(("day", "expected"), [(LOCK, None), (LOCK + DAY, 1)])
def test_from_the_day_after_the_lock(cast: Cast, day: datetime.date, expected: int | None) -> None:
    row = project(cast)
    opened()
    periods.note_locks(today=day)
    assert missed(row) == expected


def test_months_running_are_counted_up_to_the_first_that_is_in(cast: Cast) -> None:
    row = project(cast)
    for month in (JULY, AUGUST):
        opened(month)
    locked(SEPTEMBER)
    assert missed(row, JULY) == 1
    assert missed(row, AUGUST) == 2
    assert missed(row) == 2  # September is not locked yet; what is missing before it still is


def test_a_report_in_time_is_none_missing(cast: Cast) -> None:
    row = project(cast)
    opened(AUGUST)
    submitted(row, AUGUST)
    periods.note_locks(today=TODAY)
    assert missed(row, AUGUST) == 0


def test_what_comes_in_late_fills_its_month(cast: Cast) -> None:
    row = project(cast)
    for month in (JULY, AUGUST):
        opened(month)
    periods.note_locks(today=TODAY)
    report = reviewing.allow_late(asked(row, AUGUST), until=TODAY, reason="补报", by=cast.office, at=at())
    draft = reporting.save_draft(report, reporting.written_in(written(row, AUGUST)), by=None, at=at(), seen=None)
    assert missed(row, AUGUST) == 2
    reporting.submit(draft, by=None, at=at(), seen=None)
    assert missed(row, AUGUST) == 0
    assert missed(row, JULY) == 1


def test_an_open_month_that_is_in_ends_the_row(cast: Cast) -> None:
    row = project(cast)
    opened(AUGUST)
    locked(SEPTEMBER)
    assert missed(row) == 1
    submitted(row)
    assert missed(row) is None


def test_one_that_was_taken_back_is_missing(cast: Cast) -> None:
    row = project(cast)
    opened()
    report = submitted(row)
    reporting.withdraw(report, by=None, at=at(), seen=None)
    periods.note_locks(today=LOCK + DAY)
    assert missed(row) == 1


def test_exempt_months_are_passed_over(cast: Cast) -> None:
    row = project(cast)
    for month in (JULY, AUGUST):
        opened(month)
    periods.note_locks(today=TODAY)
    Exemption.objects.create(project=row, first_month=AUGUST, last_month=AUGUST, **GRANTED)
    assert missed(row, AUGUST) == 1


def test_who_is_not_asked_has_none_missing(cast: Cast) -> None:
    lead = project(cast, "P-2", project_class="lead")
    project(cast, "P-1")
    opened()
    periods.note_locks(today=LOCK + DAY)
    assert missed(lead) is None
    assert Period.objects.get().lock_noted


def test_of_a_year_ago_are_forgotten(cast: Cast) -> None:
    row = project(cast, listed_from=Month(2022, 1))
    opened(Month(2022, 9))
    opened(AUGUST)
    submitted(row, AUGUST)
    locked(SEPTEMBER)
    assert missed(row) is None
