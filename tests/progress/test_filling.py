"""Saving many drafts at once: all or none, and every refusal told."""

import pytest

from projects.core.refusals import NotAllowed, Refused, Stale
from projects.progress.actions.filling import RowsRefused, save_drafts
from projects.progress.checking import Written
from projects.progress.models import MonthlyReport
from projects.register.models import Project
from tests.cast import Cast, project
from tests.progress.month import FULL, LOCK, asked, at, opened, submitted, written


@pytest.fixture
def rows(cast: Cast) -> list[Project]:
    found = [project(cast, f"P-{number}") for number in range(1, 4)]
    opened()
    return found


def states() -> list[str]:
    return list(MonthlyReport.objects.order_by("project_id").values_list("state", flat=True))


def test_all_are_saved(cast: Cast, rows: list[Project]) -> None:
    saved = save_drafts([(asked(row), FULL, 0) for row in rows], by=cast.reporter, at=at())
    assert states() == ["draft"] * 3
    assert {report.version for report in saved.values()} == {1}


def test_none_is_saved_when_some_are_refused_and_each_is_told(cast: Cast, rows: list[Project]) -> None:
    first, second, third = rows
    written(second, by=cast.office)
    submitted(third, by=cast.office)
    handed_in = asked(third)
    wanted = [(asked(first), FULL, 0), (asked(second), Written(), 0), (handed_in, FULL, handed_in.version)]
    with pytest.raises(RowsRefused) as refusal:
        save_drafts(wanted, by=cast.reporter, at=at())
    told = refusal.value.rows
    assert {pk: type(each) for pk, each in told.items()} == {asked(second).pk: Stale, handed_in.pk: Refused}
    assert states() == ["due", "draft", "submitted"]


def test_not_another_units(cast: Cast, rows: list[Project]) -> None:
    with pytest.raises(RowsRefused) as refusal:
        save_drafts([(asked(rows[0]), FULL, 0)], by=cast.other_reporter, at=at())
    assert isinstance(refusal.value.rows[asked(rows[0]).pk], NotAllowed)


def test_not_after_the_lock(cast: Cast, rows: list[Project]) -> None:
    late = at(LOCK.replace(day=LOCK.day + 1), 0, 0, 0)
    with pytest.raises(RowsRefused):
        save_drafts([(asked(rows[0]), FULL, 0)], by=cast.reporter, at=late)
    save_drafts([(asked(rows[0]), FULL, 0)], by=cast.reporter, at=at(LOCK, 23, 59, 59))
    assert states() == ["draft", "due", "due"]
