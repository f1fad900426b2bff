"""League tables: every figure is the sum of the list it leads to, and a published month is told as it was."""

import csv
import io
from fractions import Fraction
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from projects.accounts.models import Unit
from projects.bulletins.content import UnitCopy
from projects.journal.models import Entry
from projects.portfolio.league import SORTS, Row
from projects.register.models import Project
from tests.bulletins.month import published
from tests.cast import SEPTEMBER, WAN, Cast, plan, project, signed_in
from tests.pages import words
from tests.portfolio.ranked import AUGUST, department, invested, rated, towns
from tests.portfolio.reading import counts, foot, sent_file

TABS = ["towns", "departments", "leaders", "categories"]


def table(client: Client, tab: str = "towns", month: str = "2023-09", **more: str) -> dict[str, Any]:
    response: Any = client.get("/league/", {"tab": tab, "month": month, **more})
    assert response.status_code == 200
    found: dict[str, Any] = response.context
    return found


def ranks(client: Client, month: str = "2023-09") -> dict[str, tuple[int | None, str]]:
    return {row.name: (row.rank, row.climbed) for row in table(client, month=month)["rows"]}


def because(client: Client, name: str) -> tuple[str, str]:
    row = next(row for row in table(client)["rows"] if row.name == name)
    return row.colour.word if row.colour else "", row.because


def all_rows(context: dict[str, Any]) -> list[Row]:
    rest = [context["rest"]] if context["rest"] else []
    return [*context["rows"], *rest, context["whole"]]


class TestEveryFigure:
    @pytest.mark.parametrize("is_published", [False, True])
    @pytest.mark.parametrize("tab", TABS)
    def test_is_the_sum_of_the_list_it_leads_to(
        self, cast: Cast, district: dict[str, Project], tab: str, is_published: bool
    ) -> None:
        department(cast)
        rated()
        if is_published:
            published(cast)
        client = signed_in(cast.leader)
        context = table(client, tab)
        assert context["rows"]
        for row in all_rows(context):
            everything = client.get(row.url).context["sums"]
            assert everything.count == row.sums.projects, row.name
            assert everything.total_investment == row.sums.total_investment, row.name
            planned = client.get(row.planned_url).context["sums"]
            assert planned.count == row.sums.planned, row.name
            assert planned.year_plan == row.sums.year_plan, row.name
            assert planned.invested_to_date == row.sums.invested_to_date, row.name
            assert planned.completion_rate == row.sums.completion_rate, row.name
            assert planned.lead(SEPTEMBER) == row.lead, row.name
            for each in row.colours:
                assert client.get(each.url).context["sums"].count == each.count, (row.name, each.name.word)
            assert sum(each.count for each in row.colours) == row.sums.projects

    def test_of_the_rows_and_the_rest_make_up_the_whole(self, cast: Cast, district: dict[str, Project]) -> None:
        client = signed_in(cast.office)
        for tab in ("leaders", "categories"):
            context = table(client, tab)
            assert sum(row.sums.projects for row in all_rows(context)[:-1]) == context["whole"].sums.projects == 12
        assert table(client, "leaders")["rest"].sums.projects > 0
        assert table(client, "categories")["rest"] is None

    def test_of_the_whole_is_that_of_the_foot_of_the_list(self, cast: Cast, district: dict[str, Project]) -> None:
        client = signed_in(cast.office)
        whole = table(client)["whole"]
        assert "12 个项目" in " ".join(foot(client.get(whole.url)))
        assert counts(client.get(whole.url))["■ 红"] == next(e.count for e in whole.colours if e.name.code == "red")

    def test_knows_nothing_of_the_district_beside(self, cast: Cast, district: dict[str, Project]) -> None:
        assert [row.name for row in table(signed_in(cast.stranger))["rows"]] == ["薛城区"]
        assert "薛城区" not in [row.name for row in table(signed_in(cast.office))["rows"]]

    def test_of_a_unit_above_others_counts_its_own_only(self, cast: Cast, district: dict[str, Project]) -> None:
        row = next(row for row in table(signed_in(cast.office))["rows"] if row.name == "市中区")
        assert row.sums.projects == 2
        assert "itself=only" in row.url
        other = next(row for row in table(signed_in(cast.office))["rows"] if row.name == "税郭镇")
        assert "itself" not in other.url


class TestRanks:
    def test_equal_rates_share_one_and_the_next_is_left_out(self, cast: Cast) -> None:
        towns(cast, [90, 80, 80, 70, 60])
        assert [rank for rank, _up in ranks(signed_in(cast.leader)).values()] == [1, 2, 2, 4, 5]

    def test_without_a_plan_is_none_and_comes_last(self, cast: Cast) -> None:
        towns(cast, [None, 90, 80, 70, 60, 50])
        found = ranks(signed_in(cast.leader))
        assert list(found)[-1] == "甲镇"
        assert found["甲镇"] == (None, "")
        assert found["己镇"] == (5, "")

    @pytest.mark.parametrize(("percents", "is_ranked"), [([90, 80, 70, 60], False), ([90, 80, 70, 60, 50], True)])
    def test_are_given_to_five_and_more(self, cast: Cast, percents: list[int], is_ranked: bool) -> None:
        towns(cast, percents)
        client = signed_in(cast.leader)
        assert table(client)["league"].is_ranked is is_ranked
        page = words(client.get("/league/?month=2023-09"))
        assert ("位次" in page.split("三色评定")[0]) is is_ranked
        assert ("不足5个，不作排名" in page) is not is_ranked

    def test_say_how_far_they_moved_since_the_published_month(self, cast: Cast) -> None:
        rows = towns(cast, [90, 80, 70, 60, 50])
        published(cast, AUGUST)
        invested(rows[4], SEPTEMBER, 45)
        invested(rows[0], SEPTEMBER, -45)  # a correction takes more back than was invested
        rated()
        assert ranks(signed_in(cast.leader)) == {
            "戊镇": (1, "↑4"), "乙镇": (2, "持平"), "丙镇": (3, "持平"), "丁镇": (4, "持平"), "甲镇": (5, "↓4"),
        }  # fmt: skip

    def test_say_nothing_of_a_month_that_was_not_published(self, cast: Cast) -> None:
        towns(cast, [90, 80, 70, 60, 50])
        assert {up for _rank, up in ranks(signed_in(cast.leader)).values()} == {""}


class TestTheColourOfAUnit:
    def test_says_why(self, cast: Cast) -> None:
        towns(cast, [120, 74, 90, 85, 80, 20, 10])
        client = signed_in(cast.leader)
        assert because(client, "甲镇") == ("蓝", "位居前列且无“红”项目")
        assert because(client, "乙镇") == ("黄", "慢于序时1.0个百分点")
        assert because(client, "庚镇") == ("红", "慢于序时65.0个百分点；位居末位；1个评定项目中有1个“红”项目")
        assert because(client, "戊镇") == ("", "")  # ahead, the fourth of seven: neither praised nor blamed

    def test_of_more_than_all_of_the_plan_and_of_less_than_nothing(self, cast: Cast) -> None:
        towns(cast, [250, -20])
        rows = {row.name: row for row in table(signed_in(cast.leader))["rows"]}
        assert rows["甲镇"].sums.completion_rate == 2.5
        assert rows["乙镇"].sums.completion_rate == Fraction(-1, 5)
        assert "−20.0" in words(signed_in(cast.leader).get("/league/?month=2023-09"))

    def test_without_a_plan_or_with_one_of_nothing_there_is_no_rate(self, cast: Cast) -> None:
        rows = towns(cast, [None, 90])
        plan(rows[0], 0)
        rated()
        row = next(row for row in table(signed_in(cast.leader))["rows"] if row.name == "甲镇")
        assert row.sums.completion_rate is None
        assert row.colour is None
        assert row.sums.projects == 1


class TestAPublishedMonth:
    def test_stays_as_it_was_whatever_changes(self, cast: Cast) -> None:
        rows = towns(cast, [90, 80, 70, 60, 50])
        published(cast, AUGUST)
        client = signed_in(cast.leader)
        before = table(client, month="2023-08")["league"]
        Unit.objects.filter(pk=rows[0].unit_id).update(name="改名镇", short_name="改名镇")
        project(cast, "T-new", unit=rows[0].unit, total_investment=9 * WAN)
        invested(rows[4], AUGUST, 99)
        rated()
        after = table(client, month="2023-08")["league"]
        assert (after.rows, after.whole) == (before.rows, before.whole)
        assert after.rows[0].name == "甲镇"
        live = {row.name: row for row in table(client)["rows"]}
        assert live["改名镇"].sums.projects == 2
        assert live["戊镇"].rank == 1

    def test_says_that_it_is(self, cast: Cast) -> None:
        towns(cast, [90, 80])
        published(cast, AUGUST)
        client = signed_in(cast.reporter)
        assert "按2023-10-13发布的通报（第8期）" in words(client.get("/league/?month=2023-08"))
        assert "当前数据，尚未发布" in words(client.get("/league/?month=2023-09"))

    def test_is_the_table_of_the_draft_it_was_published_from(self, cast: Cast, district: dict[str, Project]) -> None:
        client = signed_in(cast.office)
        live = {tab: table(client, tab)["league"] for tab in TABS}
        published(cast)
        for tab in TABS:
            found = table(client, tab)["league"]
            assert (found.rows, found.whole, found.rest) == (live[tab].rows, live[tab].whole, live[tab].rest)


class TestReading:
    """Who reads one unit only sees that unit, at its place among all, and sums of its own projects."""

    def test_of_all_is_the_usual(self, cast: Cast, district: dict[str, Project]) -> None:
        assert len(table(signed_in(cast.reporter))["rows"]) == 3

    @pytest.mark.parametrize("is_published", [False, True])
    def test_is_narrowed(
        self, cast: Cast, district: dict[str, Project], settings: Settings, is_published: bool
    ) -> None:
        if is_published:
            published(cast)
        place = {row.name: row for row in table(signed_in(cast.office))["rows"]}["孟庄镇"].rank
        settings.READING = "unit"
        client = signed_in(cast.other_reporter)
        found = table(client)
        assert [(row.name, row.rank) for row in found["rows"]] == [("孟庄镇", place)]
        assert found["whole"].sums.projects == 2
        leaders = table(client, "leaders")
        assert [(row.name, row.rank, row.sums.projects) for row in leaders["rows"]] == [("李书记", None, 1)]
        assert client.get(leaders["rows"][0].url).context["sums"].count == 1
        assert "泉为" not in words(client.get("/league/?tab=leaders"))


class TestThePage:
    def test_is_for_who_signed_in(self, client: Client, db: None) -> None:
        assert client.get("/league/").status_code == 302
        assert client.get("/league/export.csv").status_code == 302

    def test_is_only_read(self, cast: Cast) -> None:
        assert signed_in(cast.office).post("/league/").status_code == 405

    @pytest.mark.parametrize("query", ["tab=nonsense", "sort=nonsense", "sort=-", "tab="])
    def test_shows_the_towns_as_ranked_for_what_is_none(self, cast: Cast, query: str) -> None:
        towns(cast, [60, 70, 80])
        context = signed_in(cast.office).get(f"/league/?month=2023-09&{query}").context
        assert [row.name for row in context["rows"]] == ["丙镇", "乙镇", "甲镇"]

    def test_without_projects_says_what_to_do(self, cast: Cast) -> None:
        assert "没有可排名的内容" in words(signed_in(cast.office).get("/league/?month=2023-09"))

    @pytest.mark.parametrize("name", SORTS)
    def test_is_sorted_by_every_heading(self, cast: Cast, district: dict[str, Project], name: str) -> None:
        client = signed_in(cast.office)
        up, down = ([row.copy for row in table(client, sort=sort)["rows"]] for sort in (name, f"-{name}"))
        value = SORTS[name]

        def known(rows: list[UnitCopy]) -> list[Any]:
            return [value(row, SEPTEMBER) for row in rows if value(row, SEPTEMBER) is not None]

        assert known(up) == sorted(known(up))
        assert known(down) == sorted(known(up), reverse=True)
        assert len(up) == len(down) == 3
        if name != "rank":  # which is no column among three
            assert client.get(f"/league/?sort={name}").content.count(b'aria-sort="ascending"') == 1

    def test_costs_the_same_for_any_number_of_rows(self, cast: Cast) -> None:
        client, found = signed_in(cast.office), []
        client.get("/league/?month=2023-09")  # what a process reads once
        for first, last in ((0, 1), (1, 3)):
            towns(cast, [None] * 3, only=range(first, last))
            for _time in range(2):  # as it is made, and as it is kept
                with CaptureQueriesContext(connection) as counted:
                    client.get("/league/?month=2023-09")
                found.append(len(counted))
        assert found[0] == found[2]
        assert found[1] == found[3] <= 9


class TestTheFile:
    def test_holds_the_rows_of_the_page(self, cast: Cast) -> None:
        towns(cast, [90, 80, 70, 60, 50])
        client = signed_in(cast.leader)
        body = sent_file(client.get("/league/export.csv?month=2023-09&sort=-rate")).decode("utf-8-sig")
        heading, *rows = csv.reader(io.StringIO(body))
        assert heading[:4] == ["位次", "位次变化", "镇街", "颜色"]
        assert [row[2] for row in rows] == ["甲镇", "乙镇", "丙镇", "丁镇", "戊镇", "全区"]
        assert rows[0][5:12] == ["1", "1000", "100", "90", "90.0", "75.0", "15.0"]
        assert rows[-1][5:9] == ["5", "5000", "500", "350"]

    def test_of_excel_says_what_it_tells_and_is_noted(self, cast: Cast) -> None:
        towns(cast, [90])
        published(cast, AUGUST)
        response = signed_in(cast.auditor).get("/league/export.xlsx?month=2023-08")
        sheet = openpyxl.load_workbook(io.BytesIO(sent_file(response))).active
        assert sheet is not None
        below = [str(row[0]) for row in sheet.iter_rows(min_row=4, values_only=True) if row[0]]
        assert "按2023-10-13发布的通报（第8期）" in below
        entry = Entry.objects.filter(verb="export").get()
        assert (entry.actor, entry.after["list"], entry.after["rows"]) == (cast.auditor, "league", 1)

    def test_of_another_kind_is_not_there(self, cast: Cast) -> None:
        assert signed_in(cast.office).get("/league/export.pdf").status_code == 404
