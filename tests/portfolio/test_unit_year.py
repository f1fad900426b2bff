"""The year of a unit: its colours and ranks, and its projects month by month, the worst first."""

import csv
import io
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from projects.accounts.models import Unit
from projects.bulletins.queries.drafting import content_of_draft
from projects.core.month import Month
from projects.journal.models import Entry
from projects.portfolio.queries.colours import unit_year
from projects.register.models import Project
from tests.bulletins.month import district_of_three, published
from tests.cast import SEPTEMBER, TODAY, WAN, Cast, figures, plan, project, signed_in
from tests.pages import words
from tests.portfolio.ranked import AUGUST, department, invested, rated, towns
from tests.portfolio.reading import html_of, sent_file


@pytest.fixture(autouse=True)
def _standing_clock(settings: Settings) -> None:
    settings.TODAY = TODAY


def page(client: Client, unit: Unit, month: str = "2023-09", **query: str) -> Any:
    response = client.get(f"/league/units/{unit.pk}/", {"month": month, **query})
    assert response.status_code == 200
    return response


def matrix(response: Any) -> dict[str, list[str]]:
    """The words of the last two months by project, from top to bottom."""
    return {row.code: [each.starred if each else "" for each in row.months][-2:] for row in response.context["rows"]}


class TestItsProjects:
    def test_stand_with_the_worst_first(self, cast: Cast) -> None:
        district_of_three(cast)
        found = matrix(page(signed_in(cast.leader), cast.town))
        assert found == {"P-3": ["红", "红"], "P-2": ["黄", "黄"], "P-1": ["蓝", "蓝"]}
        assert list(found) == ["P-3", "P-2", "P-1"]

    def test_of_equal_colour_stand_by_how_long_and_how_far(self, cast: Cast) -> None:
        for code, august, september in (("A", 60, 2), ("B", 64, 0), ("C", 70, -8)):
            row = project(cast, code)
            plan(row, 100 * WAN)
            invested(row, AUGUST, august)
            invested(row, SEPTEMBER, september)
        rated()
        # all three are yellow now: A was before, and of those who came to it C lags further
        assert list(matrix(page(signed_in(cast.leader), cast.town))) == ["A", "C", "B"]

    def test_published_months_as_published_and_open_ones_live(self, cast: Cast) -> None:
        rows = district_of_three(cast)
        published(cast, AUGUST)
        invested(rows[2], AUGUST, 80)
        response = page(signed_in(cast.leader), cast.town)
        assert matrix(response)["P-3"] == ["红", "蓝"]
        marked = [is_published for _month, is_published, _url in response.context["months"]]
        assert marked == [False] * 7 + [True, False]
        assert words(response).count("未发布") == 8

    def test_of_another_unit_are_empty_for_the_months_before(self, cast: Cast) -> None:
        rows = district_of_three(cast)
        published(cast, AUGUST)
        Project.objects.filter(pk=rows[0].pk).update(unit=cast.other_town, rerate_from=Month(2023, 1))
        assert matrix(page(signed_in(cast.leader), cast.other_town)) == {"P-1": ["", "蓝"]}
        assert matrix(page(signed_in(cast.leader), cast.town))["P-1"] == ["蓝", ""]

    def test_are_narrowed_by_the_colour_they_have_now(self, cast: Cast) -> None:
        district_of_three(cast)
        client = signed_in(cast.leader)
        assert list(matrix(page(client, cast.town, colour="yellow"))) == ["P-2"]
        assert len(matrix(page(client, cast.town, colour="nonsense"))) == 3
        none = page(client, cast.town, colour="exempt")
        assert "这些月份没有项目" in words(none)
        counts = {each["word"]: each["count"] for each in page(client, cast.town).context["counts"]}
        assert counts == {"全部": 3, "红": 1, "黄": 1, "蓝": 1}

    def test_are_told_on_hovering_why(self, cast: Cast) -> None:
        district_of_three(cast)
        html = html_of(page(signed_in(cast.leader), cast.town))
        assert re.search(r'href="/projects/P-3/\?month=2023-08" title="[^"]*慢[^"]*"', html)
        assert f'href="/projects/?unit={cast.town.pk}&amp;month=2023-08"' in html


class TestTheUnit:
    def test_stands_in_open_months_as_the_draft_would_say(self, cast: Cast) -> None:
        rows = towns(cast, [120, 74, 90, 85, 80, 20, None])
        department(cast)
        figures(project(cast, "T-x", unit=rows[0].unit, project_class="preparation"), AUGUST, 5 * WAN)
        invested(rows[5], SEPTEMBER, -40)
        rated()
        for month in (AUGUST, SEPTEMBER):
            for copy in content_of_draft(cast.district, month).of_kind("unit"):
                unit = Unit.objects.get(pk=int(copy.key or 0))
                found = unit_year(cast.district, unit, SEPTEMBER).unit[month.number - 1]
                assert found is not None
                assert (found.rank, found.of, found.level, found.reasons, found.group) == (
                    copy.rank, copy.of, copy.level, copy.reasons, copy.group,
                ), (month, copy.name)  # fmt: skip
                for name in ("projects", "year_plan", "invested_to_date", "levels"):
                    assert getattr(found.sums, name) == getattr(copy.sums, name), (name, copy.name)

    def test_stands_in_published_months_as_published(self, cast: Cast) -> None:
        rows = towns(cast, [90, 80, 70, 60, 50])
        published(cast, AUGUST)
        invested(rows[4], AUGUST, 99)
        rated()
        months = page(signed_in(cast.leader), rows[4].unit).context["unit_months"]
        assert [(each.colour.word, each.rank) for each in months[-2:]] == [("红", "5/5"), ("蓝", "1/5")]
        assert months[0] is None  # nobody has looked at January yet

    def test_has_no_rank_among_fewer_than_five(self, cast: Cast) -> None:
        rows = towns(cast, [90, 80, 70, 60])
        assert page(signed_in(cast.leader), rows[0].unit).context["unit_months"][-1].rank == ""

    def test_without_projects_says_so(self, cast: Cast) -> None:
        assert "这些月份没有项目" in words(page(signed_in(cast.leader), cast.other_town))


class TestThePage:
    def test_is_of_what_one_reads(self, cast: Cast, settings: Settings) -> None:
        address = f"/league/units/{cast.other_town.pk}/"
        assert signed_in(cast.reporter).get(address).status_code == 200
        assert signed_in(cast.stranger).get(address).status_code == 404
        assert signed_in(cast.stranger).get(f"{address}export.csv").status_code == 404
        settings.READING = "unit"
        assert signed_in(cast.reporter).get(address).status_code == 404
        assert signed_in(cast.other_reporter).get(address).status_code == 200
        assert signed_in(cast.leader).get(address).status_code == 200

    def test_of_no_unit_is_not_there(self, cast: Cast) -> None:
        assert signed_in(cast.office).get("/league/units/999999/").status_code == 404
        assert signed_in(cast.office).post(f"/league/units/{cast.town.pk}/").status_code == 405

    def test_is_for_who_signed_in(self, client: Client, cast: Cast) -> None:
        assert client.get(f"/league/units/{cast.town.pk}/").status_code == 302

    @pytest.mark.parametrize("is_published", [False, True])
    def test_rows_cost_no_queries(self, cast: Cast, is_published: bool) -> None:
        client, found = signed_in(cast.office), []
        page(client, cast.town)
        for numbers in ((1,), (2, 3)):
            for number in numbers:
                row = project(cast, f"Q-{number}")
                plan(row, 100 * WAN)
                invested(row, AUGUST, 50)
            rated()
            if is_published and numbers == (1,):
                published(cast, AUGUST)
            with CaptureQueriesContext(connection) as counted:
                response = page(client, cast.town)
            assert len(response.context["rows"]) == numbers[-1]
            found.append(len(counted))
        assert found[0] == found[1]

    def test_as_a_file_marks_what_is_not_published(self, cast: Cast) -> None:
        district_of_three(cast)
        published(cast, AUGUST)
        response = signed_in(cast.leader).get(f"/league/units/{cast.town.pk}/export.csv?month=2023-09&colour=red")
        body = sent_file(response).decode("utf-8-sig")
        heading, own, *rows = csv.reader(io.StringIO(body))
        assert heading[-2:] == ["8月", "9月+"]
        assert own[1] == "税郭镇"
        assert [row[:2] + row[-2:] for row in rows] == [["P-3", "项目P-3", "红", "红"]]
        assert Entry.objects.get(verb="export").after["unit"] == "税郭镇"
        assert signed_in(cast.leader).get(f"/league/units/{cast.town.pk}/export.pdf").status_code == 404
