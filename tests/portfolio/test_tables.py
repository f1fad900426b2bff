"""The tables that the database adds up are those that the lines of the draft give."""

import datetime

import pytest

from projects.accounts.models import Unit
from projects.bulletins.content import UnitCopy, units_of
from projects.bulletins.queries.drafting import content_of_draft
from projects.bulletins.queries.editions import edition_for
from projects.bulletins.queries.tables import tables_below, tables_of_draft
from projects.core.month import Month
from projects.progress.models import MonthlyReport
from projects.register.models import Project
from tests.bulletins.month import published
from tests.cast import AT, SEPTEMBER, WAN, Cast, figures
from tests.portfolio.ranked import AUGUST, department, rated, towns


def from_lines(root: Unit, month: Month) -> list[UnitCopy]:
    edition = edition_for(month)
    lines = content_of_draft(root, month).lines
    return units_of(lines, month, levels=len(edition.palette.shades), policy=edition.unit_policy, before={})


def check(cast: Cast) -> None:
    for month in (AUGUST, SEPTEMBER):
        assert tables_of_draft(cast.district, month) == list(content_of_draft(cast.district, month).units)
        for root in Unit.objects.below(cast.district):
            assert tables_below(root, month, before={}) == from_lines(root, month)


def test_of_projects_of_every_kind(cast: Cast, district: dict[str, Project]) -> None:
    department(cast)
    figures(district["A-2"], SEPTEMBER, 12 * WAN)
    rated()
    assert sum(row.sums.projects for row in tables_of_draft(cast.district, SEPTEMBER) if row.kind == "unit") > 12
    check(cast)


@pytest.mark.parametrize(
    "facts",
    [
        {"planned_start": SEPTEMBER.last_day, "planned_finish": None},
        {"planned_start": SEPTEMBER.last_day + datetime.timedelta(days=1), "planned_finish": None},
        {"actual_start": SEPTEMBER.last_day, "actual_finish": None},
        {"actual_start": SEPTEMBER.last_day + datetime.timedelta(days=1), "actual_finish": None},
        {"actual_start": None, "actual_finish": None, "nature": "continued"},
        {"actual_start": datetime.date(2023, 1, 9), "entered_statistics_on": SEPTEMBER.last_day},
        {"actual_start": datetime.date(2023, 1, 9), "entered_statistics_on": datetime.date(2023, 10, 1)},
        {"actual_start": datetime.date(2023, 1, 9), "total_investment": 500 * WAN},
        {"actual_start": datetime.date(2023, 1, 9), "total_investment": 500 * WAN - 1},
        {"actual_start": datetime.date(2023, 1, 9), "total_investment": None},
        {"project_class": "reserve"},
    ],
)
def test_on_both_sides_of_every_condition(cast: Cast, district: dict[str, Project], facts: dict[str, object]) -> None:
    for code in ("A-1", "A-3"):  # with an approved figure of the month, and without
        Project.objects.filter(pk=district[code].pk).update(**facts)
    figures(district["A-1"], SEPTEMBER, 5 * WAN)
    rated()
    check(cast)


@pytest.mark.parametrize(
    "facts",
    [
        {"is_late": False},
        {"is_late": True},
        {"state": "submitted", "approved_at": None},
        {"state": "submitted", "approved_at": None, "is_late": True},
        {"state": "draft", "approved_at": None},
        {
            "state": "due", "approved_at": None, "submitted_at": None, "first_submitted_at": None,
            "invested_this_month": None,
        },
    ],
)  # fmt: skip
def test_with_a_report_in_every_state(cast: Cast, district: dict[str, Project], facts: dict[str, object]) -> None:
    figures(district["A-1"], SEPTEMBER, 5 * WAN)
    handed_in = {"submitted_at": AT, "first_submitted_at": AT}
    MonthlyReport.objects.filter(project=district["A-1"], month=SEPTEMBER).update(**handed_in | facts)
    rated()
    check(cast)


def test_with_the_ranks_of_the_month_before(cast: Cast) -> None:
    towns(cast, [90, 80, 70, 60, 50])
    published(cast, AUGUST)
    rows = tables_of_draft(cast.district, SEPTEMBER)
    assert {row.previous_rank for row in rows if row.kind == "unit"} == {1, 2, 3, 4, 5}
    check(cast)
