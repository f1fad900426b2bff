"""Entering and correcting the figures of a month."""

from typing import Any

import pytest
from django.utils import translation

from projects.core.month import Month
from projects.core.refusals import NotAllowed, Refused, Stale
from projects.journal.models import Entry
from projects.progress.actions.entering import Figures, enter_figures
from projects.progress.models import MonthlyReport
from projects.register.models import Project
from tests.cast import AT, SEPTEMBER, WAN, Cast, project
from tests.progress.month import in_state, opened


def enter(
    row: Project, invested: int, month: Month = SEPTEMBER, *, seen: int | None = None, **more: Any
) -> MonthlyReport:
    by = more.pop("by", None)
    return enter_figures(row, month, Figures(invested, **more), by=by, at=AT, open_month=SEPTEMBER, seen=seen)


def test_the_first_figures_of_a_month_are_approved_at_once(cast: Cast) -> None:
    row = project(cast)
    enter(row, 300 * WAN, by=cast.office, invested_statistics=290 * WAN, image="主体施工")
    report = MonthlyReport.objects.get()
    assert (report.state, report.approved_at, report.approved_by) == ("approved", AT, cast.office)
    assert (report.invested_this_month, report.invested_statistics, report.image) == (300 * WAN, 290 * WAN, "主体施工")
    entry = Entry.objects.latest("seq")
    assert (entry.verb, entry.actor, entry.project_id, entry.before) == ("enter_figures", cast.office, row.pk, {})
    assert entry.after["invested_this_month"] == 300 * WAN
    assert entry.after["month"] == "2023-09"


def test_a_correction_keeps_both_values_and_its_reason(cast: Cast) -> None:
    row = project(cast)
    enter(row, 300 * WAN)
    enter(row, 250 * WAN, seen=0, reason="多报一笔", by=cast.office)
    report = MonthlyReport.objects.get()
    assert (report.invested_this_month, report.reason, report.version) == (250 * WAN, "多报一笔", 1)
    entry = Entry.objects.latest("seq")
    assert (entry.verb, entry.note) == ("correct_figures", "多报一笔")
    assert (entry.before, entry.after) == (
        {"invested_this_month": 300 * WAN},
        {"invested_this_month": 250 * WAN},
    )


def test_marks_the_lines_from_that_month_on_as_due(cast: Cast) -> None:
    row = project(cast)
    Project.objects.update(rerate_from=None)
    enter(row, 1, Month(2023, 3))
    assert Project.objects.get().rerate_from == Month(2023, 3)


@pytest.mark.parametrize(
    ("invested", "month", "field", "says"),
    [
        (-1, SEPTEMBER, "reason", "below zero"),
        (1, Month(2023, 10), "", "2023-10 has not ended yet; figures are entered up to 2023-09"),
        (1, Month(2024, 1), "", "has not ended yet"),
        (1, Month(2022, 12), "", "in the register from 2023-01 on"),
    ],
)
def test_what_is_refused(cast: Cast, invested: int, month: Month, field: str, says: str) -> None:
    with translation.override("en"), pytest.raises(Refused) as refusal:
        enter(project(cast), invested, month)
    assert says in str(refusal.value)
    assert refusal.value.field == field
    assert not MonthlyReport.objects.exists()


def test_a_month_below_zero_is_possible_with_a_reason(cast: Cast) -> None:
    assert enter(project(cast), -5 * WAN, reason="冲减八月").invested_this_month == -5 * WAN


def test_a_correction_without_a_reason_is_refused(cast: Cast) -> None:
    row = project(cast)
    enter(row, 1)
    with pytest.raises(Refused) as refusal:
        enter(row, 2, seen=0)
    assert refusal.value.field == "reason"
    assert MonthlyReport.objects.get().invested_this_month == 1


class TestTwoPeople:
    def test_who_enter_the_same_month(self, cast: Cast) -> None:
        row = project(cast)
        enter(row, 1, by=cast.office)
        with translation.override("en"), pytest.raises(Stale, match="office saved this meanwhile"):
            enter(row, 2, by=cast.admin)
        assert MonthlyReport.objects.get().invested_this_month == 1

    def test_who_correct_the_same_month(self, cast: Cast) -> None:
        row = project(cast)
        enter(row, 1)
        enter(row, 2, seen=0, reason="一", by=cast.office)
        with translation.override("en"), pytest.raises(Stale, match="office saved this meanwhile"):
            enter(row, 3, seen=0, reason="二", by=cast.admin)
        assert MonthlyReport.objects.get().invested_this_month == 2

    def test_one_who_sends_the_form_twice_enters_once(self, cast: Cast) -> None:
        row = project(cast)
        enter(row, 1, by=cast.office)
        with pytest.raises(Stale):
            enter(row, 1, by=cast.office)
        assert MonthlyReport.objects.count() == 1
        assert Entry.objects.filter(verb="enter_figures").count() == 1


@pytest.mark.parametrize("state", ["due", "draft", "submitted", "returned"])
def test_a_report_that_is_under_way_is_not_overwritten(cast: Cast, state: str) -> None:
    row = project(cast)
    opened()
    report = in_state(state, row, cast)
    with translation.override("en"), pytest.raises(Refused, match="2023-09 is reported: write the report"):
        enter(row, 1, seen=report.version, reason="…")
    report.refresh_from_db()
    assert report.state == state
    assert report.invested_this_month != 1


@pytest.mark.parametrize("who", ["reporter", "leader", "auditor", "stranger"])
def test_figures_are_the_offices(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        enter(project(cast), 1, by=cast.person(who))
    assert not MonthlyReport.objects.exists()
