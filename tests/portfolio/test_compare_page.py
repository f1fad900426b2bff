"""The page that sets two months side by side: published where it is, live where not, in both directions."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from projects.core.month import Month
from projects.journal.models import Entry
from projects.portfolio.comparison import Sum
from projects.register.models import Project
from tests.bulletins.month import published
from tests.cast import WAN, Cast, plan, project, signed_in
from tests.pages import HAN, words
from tests.portfolio.ranked import AUGUST, invested, rated, towns
from tests.portfolio.reading import sent_file

BOTH = "/compare/?a=2023-08&b=2023-09"


def moved(cast: Cast) -> list[Project]:
    """From August (65 of 100 with S 66.7) to September: one worse, one better, one the same, one new, one gone."""
    rows = towns(cast, [65, 40, 65, 65])
    invested(rows[1], Month(2023, 9), 35)
    invested(rows[2], Month(2023, 9), 10)
    new = project(cast, "T-new", listed_from=Month(2023, 9), total_investment=300 * WAN)
    rated()
    return [*rows, new]


def page(client: Client, query: str = "a=2023-08&b=2023-09", **more: str) -> Any:
    response = client.get(f"/compare/?{query}", more)
    assert response.status_code == 200
    return response


def shown(response: Any) -> list[tuple[str, str, str]]:
    pairs = response.context["page"].object_list
    return [(pair.now.code, pair.before.colour_word, pair.now.colour_word) for pair in pairs]


def by_label(found: list[Sum]) -> dict[str, tuple[str, str, str]]:
    return {each.label: (each.before, each.now, each.change) for each in found}


class TestColours:
    def test_worse_and_better(self, cast: Cast) -> None:
        moved(cast)
        client = signed_in(cast.leader)
        assert shown(page(client)) == [("T-0", "蓝", "黄"), ("T-3", "蓝", "黄"), ("T-1", "红", "蓝")]
        assert shown(page(client, "a=2023-08&b=2023-09&show=better")) == [("T-1", "红", "蓝")]
        assert [code for code, *_words in shown(page(client, "a=2023-08&b=2023-09&show=lead"))][-1] == "T-2"

    def test_swapped_better_is_worse(self, cast: Cast) -> None:
        moved(cast)
        client = signed_in(cast.leader)
        swapped = page(client, page(client).context["swap_url"].partition("?")[2])
        assert shown(swapped) == [("T-1", "蓝", "红"), ("T-0", "黄", "蓝"), ("T-3", "黄", "蓝")]

    def test_are_counted_side_by_side(self, cast: Cast) -> None:
        moved(cast)
        counts = page(signed_in(cast.leader)).context["counts"]
        assert [(each.now.word, each.count_before, each.count_now, each.change) for each in counts][:4] == [
            ("红", 1, 0, "−1"), ("黄", 0, 2, "+2"), ("蓝", 3, 2, "−1"), ("未报", 0, 0, "0"),
        ]  # fmt: skip


class TestMoney:
    def test_is_summed_for_both(self, cast: Cast) -> None:
        moved(cast)
        found = by_label(page(signed_in(cast.leader)).context["sums"])
        assert found["累计完成投资"] == ("235", "280", "+45")
        assert found["完成率"] == ("58.8", "70.0", "+11.3")
        assert found["快慢于序时"] == ("−7.9", "−5.0", "+2.9")
        assert found["项目"] == ("4", "5", "+1")

    def test_revised_and_projects_that_came_and_went(self, cast: Cast) -> None:
        moved(cast)
        client = signed_in(cast.leader)
        response = page(client)
        assert [line.code for line in response.context["added"]] == ["T-new"]
        assert response.context["removed"] == ()
        back = page(client, "a=2023-09&b=2023-08")
        assert [line.code for line in back.context["removed"]] == ["T-new"]

    def test_of_a_published_month_is_that_of_then(self, cast: Cast) -> None:
        rows = towns(cast, [65, 40])
        published(cast, AUGUST)
        Project.objects.filter(pk=rows[0].pk).update(total_investment=2000 * WAN)
        rated()
        [(revised, label)] = page(signed_in(cast.leader)).context["revised"]
        assert (revised.line.code, str(label)) == ("T-0", "总投资")
        assert (revised.old, revised.new) == (1000 * WAN, 2000 * WAN)

    def test_invested_is_not_held_against_another_year(self, cast: Cast) -> None:
        row = project(cast, "Y-1", listed_from=Month(2022, 12))
        plan(row, 100 * WAN, year=2022)
        plan(row, 100 * WAN)
        invested(row, AUGUST, 50)
        response = page(signed_in(cast.leader), "a=2022-12&b=2023-08&show=lead")
        assert response.context["same_year"] is False
        assert page(signed_in(cast.leader)).context["same_year"] is True


class TestUnits:
    def test_have_rank_and_colour_in_both(self, cast: Cast) -> None:
        rows = towns(cast, [90, 80, 70, 60, 50])
        invested(rows[4], Month(2023, 9), 45)
        rated()
        units = {row.name: row for row in page(signed_in(cast.leader)).context["units"]}
        row = units["戊镇"]
        assert (row.before.rank, row.now.rank) == (5, 1)
        assert (row.before.colour.word, row.now.colour.word) == ("红", "蓝")
        assert next(iter(units)) == "戊镇"

    def test_below_five_have_no_rank(self, cast: Cast) -> None:
        towns(cast, [90, 80])
        assert [row.now.rank for row in page(signed_in(cast.leader)).context["units"]] == [None, None]


class TestTheMonths:
    def test_are_the_one_looked_at_and_the_one_before(self, cast: Cast) -> None:
        towns(cast, [90])
        client = signed_in(cast.leader)
        response = page(client, "")
        assert (response.context["a"], response.context["b"]) == (AUGUST, Month(2023, 9))
        client.get("/projects/?month=2023-08")
        assert page(client, "").context["b"] == AUGUST
        assert page(client, "b=2023-05").context["a"] == Month(2023, 4)

    def test_that_are_the_same_are_told(self, cast: Cast) -> None:
        towns(cast, [90])
        assert "两个月份相同" in words(page(signed_in(cast.leader), "a=2023-08&b=2023-08"))

    @pytest.mark.parametrize("query", ["a=2023-13", "b=2023-10", "a=%3Cb%3E", "b=九月", "a=2023-08&b=9999-01"])
    def test_that_are_none_are_refused_in_words(self, cast: Cast, query: str) -> None:
        response = signed_in(cast.office).get(f"/compare/?{query}")
        assert response.status_code == 400
        assert HAN.search(words(response))

    def test_say_whether_they_are_published(self, cast: Cast) -> None:
        towns(cast, [90])
        published(cast, AUGUST)
        said = words(page(signed_in(cast.leader)))
        assert "2023年8月：按2023-10-13发布的通报（第8期） · 2023年9月：当前数据，尚未发布" in said

    def test_long_before_anything_are_empty(self, cast: Cast) -> None:
        towns(cast, [90])
        response = page(signed_in(cast.leader), "a=2000-01&b=2023-09")
        assert shown(response) == []
        assert len(response.context["added"]) == 1


class TestReading:
    def test_is_of_the_own_district(self, cast: Cast) -> None:
        moved(cast)
        response = page(signed_in(cast.stranger))
        assert shown(response) == []
        assert "甲镇" not in words(response)

    @pytest.mark.parametrize("is_published", [False, True])
    def test_is_narrowed_to_the_own_unit(self, cast: Cast, settings: Settings, is_published: bool) -> None:
        moved(cast)
        project(cast, "T-own", total_investment=9 * WAN)
        rated()
        if is_published:
            published(cast, AUGUST)
        settings.READING = "unit"
        response = page(signed_in(cast.reporter), "a=2023-08&b=2023-09&show=lead")
        assert by_label(response.context["sums"])["项目"] == ("1", "2", "+1")
        assert "甲镇" not in words(response)

    def test_is_for_who_signed_in(self, client: Client, db: None) -> None:
        assert client.get(BOTH).status_code == 302
        assert client.get("/compare/export.xlsx").status_code == 302

    def test_is_only_read(self, cast: Cast) -> None:
        assert signed_in(cast.office).post(BOTH).status_code == 405


class TestTheFile:
    def test_holds_what_is_shown_and_what_came_and_went(self, cast: Cast) -> None:
        moved(cast)
        response = signed_in(cast.leader).get("/compare/export.csv?a=2023-08&b=2023-09")
        body = sent_file(response).decode("utf-8-sig")
        _heading, *rows = csv.reader(io.StringIO(body))
        assert [(row[0], row[1]) for row in rows] == [
            ("变差", "T-0"), ("变差", "T-3"), ("变好", "T-1"), ("新增", "T-new"),
        ]  # fmt: skip
        assert rows[2][4:12] == ["红", "蓝", "-26.7", "0.0", "26.7", "40", "75", "35"]
        assert Entry.objects.get(verb="export").after["list"] == "comparison"

    def test_of_excel_opens(self, cast: Cast) -> None:
        moved(cast)
        response = signed_in(cast.leader).get("/compare/export.xlsx?a=2023-08&b=2023-09")
        assert sent_file(response)[:2] == b"PK"
        assert signed_in(cast.leader).get("/compare/export.pdf").status_code == 404


def test_rows_cost_no_queries(cast: Cast) -> None:
    client, found = signed_in(cast.office), []
    client.get(BOTH)
    for first, last in ((0, 1), (1, 3)):
        towns(cast, [65, 65, 65], only=range(first, last))
        with CaptureQueriesContext(connection) as counted:
            response = client.get(BOTH)
        assert len(shown(response)) == last
        found.append(len(counted))
    assert found[1] == found[0]
