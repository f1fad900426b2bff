"""The preview of the bulletin's line: with the figure typed, made as lines are made, and never stored."""

from typing import Any

import pytest
from pytest_django import Settings

from projects.bulletins.actions import rate_month
from projects.bulletins.models import Line
from projects.bulletins.queries.rated import line_with
from projects.core.month import Month
from projects.progress.actions import reviewing
from projects.progress.models import MonthlyReport, Period
from projects.register.models import Project
from projects.register.stages import Stage
from tests.cast import SEPTEMBER, TODAY, WAN, Cast, figures, phase, plan, project, signed_in
from tests.progress.month import asked, at, opened, submitted

ADDRESS = "/reports/2023-09/P-1/preview/"


@pytest.fixture(autouse=True)
def _on_the_day(settings: Settings) -> None:
    settings.TODAY = TODAY


@pytest.fixture
def row(cast: Cast) -> Project:
    """Planned with 1,200, and 600 invested up to August: 75.0 % are due at the end of September."""
    found = project(cast, nature="continued")
    phase(found, 1, Stage.BUILDING, TODAY)
    plan(found, 1200 * WAN)
    figures(found, Month(2023, 8), 600 * WAN)
    opened()
    return found


def look(who: Any, **typed: str) -> Any:
    return signed_in(who).post(ADDRESS, typed)


@pytest.mark.parametrize(
    ("typed", "word", "points"),
    [("", "红", "慢25.0"), ("60", "黄", "慢20.0"), ("59.99", "红", "慢20.0"), ("240", "蓝", "慢5.0")],
)
def test_tells_the_colour_with_the_figure_typed(cast: Cast, row: Project, typed: str, word: str, points: str) -> None:
    text = look(cast.reporter, invested_this_month=typed, image="写了一半").content.decode()
    assert f"</i>{word}</span>" in text.split("</p>")[0]
    assert points in text
    assert "写了一半" in text


@pytest.mark.parametrize("is_locked", [False, True])
@pytest.mark.parametrize("august_is_missing", [False, True])
def test_reads_as_the_line_will_read_when_it_is_approved(
    cast: Cast, row: Project, is_locked: bool, august_is_missing: bool
) -> None:
    if august_is_missing:
        MonthlyReport.objects.filter(month=Month(2023, 8)).delete()
        opened(Month(2023, 8))
        Period.objects.filter(month=Month(2023, 8)).update(lock_noted=True)
        rate_month(Month(2023, 8), current=False)
    Period.objects.filter(month=SEPTEMBER).update(lock_noted=is_locked)
    promised = line_with(row, SEPTEMBER, invested=60 * WAN, current=True)
    report = submitted(row, by=cast.reporter, invested_this_month=60 * WAN)
    reviewing.approve(report, by=None, at=at(), seen=report.version)
    rate_month(SEPTEMBER, current=True)
    stored = Line.objects.get(project=row, month=SEPTEMBER)
    skipped = {"id", "changed_at"}
    names = [field.attname for field in Line._meta.fields if field.attname not in skipped]
    assert (stored.worst_rule, stored.level) == (("P1", 2) if august_is_missing else ("P1", 1))
    assert {name: getattr(promised, name) for name in names} == {name: getattr(stored, name) for name in names}


def test_shows_the_colour_of_now_beside_another_one(cast: Cast, row: Project) -> None:
    rate_month(SEPTEMBER, current=True)
    first = look(cast.reporter, invested_this_month="240").content.decode().split("</p>")[0]
    assert first.count("badge ") == 2
    assert look(cast.reporter, invested_this_month="").content.decode().split("</p>")[0].count("badge ") == 1


def test_writes_nothing(cast: Cast, row: Project) -> None:
    look(cast.reporter, invested_this_month="240")
    assert not Line.objects.exists()
    assert (asked(row).state, MonthlyReport.objects.count()) == ("due", 2)


def test_says_that_a_figure_cannot_be_read(cast: Cast, row: Project) -> None:
    answer = look(cast.reporter, invested_this_month="12a")
    assert answer.status_code == 200
    assert "未计入" in answer.content.decode()


def test_is_for_who_may_write(cast: Cast, row: Project) -> None:
    assert look(cast.stranger).status_code == 404
    assert look(cast.leader).status_code == 403
    assert look(cast.other_reporter).status_code == 403


def test_is_asked_by_post_and_for_what_exists(cast: Cast, row: Project) -> None:
    client = signed_in(cast.reporter)
    assert client.get(ADDRESS).status_code == 405
    assert client.post("/reports/2023-13/P-1/preview/").status_code == 404
    assert client.post("/reports/2023-09/P-9/preview/").status_code == 404


def test_january_has_nothing_before_it(cast: Cast) -> None:
    row = project(cast, nature="continued")
    plan(row, 1200 * WAN)
    assert line_with(row, Month(2023, 1), invested=60 * WAN, current=False).invested_to_date == 60 * WAN
