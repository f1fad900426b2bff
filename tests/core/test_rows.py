"""Rows written in the database's own words are the rows that models would have written."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from projects.bulletins.actions.rating import COLUMNS, KEYS
from projects.bulletins.models import Line
from projects.core import rows
from projects.core.rows import write_new, write_rows
from projects.register.models import Project
from tests.bulletins.month import district_of_three
from tests.cast import AT, SEPTEMBER, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(cast: Cast) -> list[Project]:
    return district_of_three(cast)


def stored() -> list[dict[str, Any]]:
    return [{**row} for row in Line.objects.filter(month=SEPTEMBER).order_by("project").values()]


def values(rows: list[dict[str, Any]]) -> list[list[Any]]:
    return [[row[name] for name in COLUMNS] for row in rows]


def test_what_was_read_can_be_written_and_is_the_same(three: list[Project]) -> None:
    before = stored()
    Line.objects.filter(month=SEPTEMBER).delete()
    write_rows(Line, COLUMNS, values(before))
    assert values(stored()) == values(before)


def test_records_are_written_with_all_they_hold(three: list[Project]) -> None:
    before = list(Line.objects.filter(month=SEPTEMBER).order_by("project"))
    Line.objects.filter(month=SEPTEMBER).delete()
    write_new(before)
    after = stored()
    assert [row["project_id"] for row in after] == [line.project_id for line in before]
    assert [row["phases"] for row in after] == [line.phases for line in before]
    write_new([])


def test_a_row_that_stands_takes_what_differs_and_keeps_its_number(three: list[Project]) -> None:
    before = stored()
    changed = [{**row} for row in before]
    changed[0] |= {"level": 2, "lead_tenths": None, "hits": [{"rule": "P8"}], "changed_at": AT}
    changed[1] |= {"leader_id": None, "invested_to_date": 0, "partly_operating": True}
    write_rows(Line, COLUMNS, values(changed), unique=KEYS)
    assert stored() == changed
    write_rows(Line, COLUMNS, values(before), unique=KEYS)
    assert stored() == before


def test_a_row_that_stays_the_same_is_not_touched(three: list[Project]) -> None:
    rows_before = values(stored())
    rows_before[0][COLUMNS.index("level")] = 2
    assert written(rows_before) == 1
    assert written(rows_before) == 0


def written(given: list[list[Any]]) -> int:
    """How many rows the database says it wrote."""
    counts: list[int] = []

    def count(execute: Any, *given: Any) -> Any:
        found = execute(*given)
        counts.append(given[-1]["cursor"].rowcount)
        return found

    with connection.execute_wrapper(count):
        write_rows(Line, COLUMNS, given, unique=KEYS)
    return sum(counts)


def test_a_row_that_stands_is_refused_where_nothing_is_unique(three: list[Project]) -> None:
    with pytest.raises(IntegrityError):
        write_rows(Line, COLUMNS, values(stored()))


def test_rows_are_written_so_many_at_a_time(three: list[Project], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "BATCH", 2)
    given = values(stored())
    given[2][COLUMNS.index("changed_at")] = AT + datetime.timedelta(days=1)
    with CaptureQueriesContext(connection) as counted:
        write_rows(Line, COLUMNS, iter(given), unique=KEYS)
    assert len(counted) == 2
    assert stored()[2]["changed_at"] == AT + datetime.timedelta(days=1)
