"""A report beside what was known before: the same background as in the grid, for reports of any months at once."""

from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.core.month import Month
from projects.progress.models import MonthlyReport
from projects.progress.queries.background import background_of
from projects.progress.queries.comparison import compared
from projects.register.models import Project
from tests.cast import WAN, Cast, figures, plan, project
from tests.progress.month import approved, asked, opened, submitted, written

AUGUST = Month(2023, 8)


def rows_of_two_months(cast: Cast, count: int) -> list[MonthlyReport]:
    """Reports of August and September, of projects with a plan and earlier figures."""
    rows = [project(cast, f"P-{number}", total_investment=5000 * WAN) for number in range(count)]
    for row in rows:
        plan(row, 1200 * WAN, months=[100 * WAN] * 12)
        figures(row, Month(2023, 7), 50 * WAN)
    opened(AUGUST)
    opened()
    for row in rows:
        approved(row, AUGUST, next_month_amount=80 * WAN)
        submitted(row, by=cast.reporter, invested_this_month=120 * WAN, explanation="x", image_unchanged=True,
                  next_steps_unchanged=True)  # fmt: skip
    return list(MonthlyReport.objects.filter(month__gte=AUGUST).select_related("project__unit").order_by("id"))


def test_the_background_is_that_of_each_month(cast: Cast) -> None:
    for row in compared(rows_of_two_months(cast, 2)):
        assert row.background == background_of(row.report.project, row.report.month)


def test_many_reports_cost_as_many_queries_as_one(cast: Cast) -> None:
    reports = rows_of_two_months(cast, 3)
    with CaptureQueriesContext(connection) as of_one:
        compared(reports[:1])
    with CaptureQueriesContext(connection) as of_all:
        compared(reports)
    assert len(of_all) == len(of_one) == 4


def test_what_is_worked_out_from_both(cast: Cast) -> None:
    rows_of_two_months(cast, 1)
    [row] = compared([asked(project_of(cast))])
    assert (row.before, row.change) == (100 * WAN, 20 * WAN)
    assert (row.background.planned, row.strayed) == (80 * WAN, Fraction(1, 2))
    assert (row.to_date, row.since_start) == (270 * WAN, 270 * WAN)
    assert row.completion == Fraction(9, 40)
    assert (row.image_same, row.steps_same) == (True, True)


def project_of(cast: Cast) -> Project:
    return Project.objects.get(unit=cast.town)


@pytest.mark.parametrize(("invested", "strays"), [(130, False), (131, True), (70, False), (69, True)])
def test_a_month_strays_beyond_thirty_percent(cast: Cast, invested: int, strays: bool) -> None:
    row = project(cast)
    plan(row, 1200 * WAN, months=[100 * WAN] * 12)
    opened()
    [found] = compared([written(row, by=cast.reporter, invested_this_month=invested * WAN)])
    assert found.strays is strays


def test_a_report_without_figures_compares_nothing(cast: Cast) -> None:
    row = project(cast)
    opened()
    [found] = compared([asked(row)])
    nothing = (found.change, found.strayed, found.to_date, found.since_start, found.completion)
    assert nothing == (None, None, None, None, None)
    assert not any([found.strays, found.image_same, found.steps_same, found.odd])
