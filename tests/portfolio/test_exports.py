"""The list as a file: the same rows in the same order as on the page, numbers as numbers, nothing that runs."""

import csv
import io
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.http import urlencode

from projects.background import downloads
from projects.background.models import Job
from projects.core.sheets import BOM
from projects.journal.models import Entry
from projects.portfolio import exports
from projects.register.actions.solving import raise_problem
from projects.register.models import Problem, Project
from tests import cast as actors
from tests.cast import WAN, Cast, signed_in
from tests.portfolio.conftest import lines
from tests.portfolio.reading import codes

HEADING = [
    "颜色", "项目", "项目编号", "责任单位", "包保领导", "分期与阶段", "类型", "总投资（万元）", "年度计划投资（万元）",
    "累计完成投资（万元）", "完成率（%）", "序时进度（%）", "快慢于序时（百分点）", "原因", "最近更新",
]  # fmt: skip
CODE, TOTAL, PLAN, INVESTED, RATE, LEAD = 2, 7, 8, 9, 10, 12


def asked(client: Any, kind: str, **query: Any) -> Any:
    response = client.get(f"/projects/export.{kind}?{urlencode({'month': '2023-09', **query}, doseq=True)}")
    assert response.status_code == 200
    return response


def content(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def csv_rows(response: Any) -> list[list[str]]:
    text = content(response).decode()
    assert text.startswith(BOM), "Excel reads it as UTF-8"
    return list(csv.reader(io.StringIO(text.removeprefix(BOM))))


def sheet(response: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content(response))).worksheets[0]


def xlsx_rows(response: Any) -> list[list[Any]]:
    found = [list(row) for row in sheet(response).iter_rows(values_only=True)]
    end = next((number for number, row in enumerate(found) if not any(row)), len(found))
    return found[:end]


QUERIES: list[dict[str, Any]] = [
    {}, {"colour": "red"}, {"q": "棉", "sort": "-name"}, {"stage": "building", "sort": "total"},
    {"sort": "-lead"}, {"project_class": "none"}, {"q": "100%"}, {"colour": "nothing", "page": "7", "per_page": "20"},
    {"q": "不存在"},
]  # fmt: skip


class TestTheRows:
    def test_are_those_of_the_page_in_its_order(self, cast: Cast, district: dict[str, Project]) -> None:
        office = signed_in(cast.office)
        for query in QUERIES:
            shown = codes(office.get("/projects/", {"month": "2023-09", **query, "page": "1", "per_page": "200"}))
            assert [row[CODE] for row in csv_rows(asked(office, "csv", **query))[1:]] == shown, query
            assert [row[CODE] for row in xlsx_rows(asked(office, "xlsx", **query))[1:]] == shown, query

    def test_have_a_heading_in_chinese(self, cast: Cast, district: dict[str, Project]) -> None:
        office = signed_in(cast.office)
        assert csv_rows(asked(office, "csv"))[0] == HEADING
        assert xlsx_rows(asked(office, "xlsx"))[0] == HEADING

    def test_are_those_of_the_month(self, cast: Cast, district: dict[str, Project]) -> None:
        office = signed_in(cast.office)
        assert xlsx_rows(asked(office, "xlsx", month="2022-12"))[1:] == []
        july = {row[CODE]: row for row in xlsx_rows(asked(office, "xlsx", month="2023-07"))}
        assert july["A-1"][INVESTED] is None

    def test_are_all_of_them_however_many_are_read_at_once(
        self, cast: Cast, district: dict[str, Project], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        office = signed_in(cast.office)
        for sort in ("colour", "total", "-total", "leader"):
            whole = csv_rows(asked(office, "csv", sort=sort))
            with monkeypatch.context() as patch:
                patch.setattr(exports, "BATCH", 5)
                assert csv_rows(asked(office, "csv", sort=sort)) == whole


class TestTheCells:
    def test_say_what_the_lines_say(self, cast: Cast, district: dict[str, Project]) -> None:
        office = signed_in(cast.office)
        written = {row[CODE]: row for row in xlsx_rows(asked(office, "xlsx"))[1:]}
        for line in lines(cast):
            row = written[line.code]
            assert row[1] == line.name
            assert row[3] == line.unit_name
            for column, yuan in (
                (TOTAL, line.total_investment),
                (PLAN, line.year_plan),
                (INVESTED, line.invested_to_date),
            ):
                assert row[column] == (None if yuan is None else yuan / WAN)
            assert row[RATE] == (None if line.completion_tenths is None else line.completion_tenths / 10)
            assert row[LEAD] == (None if line.lead_tenths is None else line.lead_tenths / 10)
        assert written["A-1"][0] == "蓝"
        assert written["A-1"][4] == "王区长"
        assert written["A-3"][13].startswith("完成20.0%")
        assert written["A-10"][5] == "停建 / 一期 在建"
        assert written["A-1"][14] == "2023-10-08"
        assert written["A-12"][TOTAL] == 600.0001, "to the yuan"

    def test_are_numbers_where_they_are_numbers(self, cast: Cast, district: dict[str, Project]) -> None:
        page = sheet(asked(signed_in(cast.office), "xlsx", q="泉为"))
        kinds = [cell.data_type for cell in page[2]]
        assert [kinds[column] for column in (CODE, TOTAL, PLAN, INVESTED, RATE, LEAD)] == ["s", "n", "n", "n", "n", "n"]
        row = csv_rows(asked(signed_in(cast.office), "csv", q="锦绣"))[1]
        assert (row[TOTAL], row[PLAN], row[INVESTED], row[RATE], row[LEAD]) == ("8000", "1200", "780", "65.0", "-10.0")

    def test_without_a_value_are_empty(self, cast: Cast, district: dict[str, Project]) -> None:
        office = signed_in(cast.office)
        assert csv_rows(asked(office, "csv", q="A-5"))[1][TOTAL : RATE + 1] == [""] * 4
        assert xlsx_rows(asked(office, "xlsx", q="A-5"))[1][TOTAL : RATE + 1] == [None] * 4


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠x", "=cmd|'/C calc'!A0", '=HYPERLINK("http://x")']


class TestFormulas:
    @pytest.fixture
    def named(self, cast: Cast) -> list[str]:
        for number, name in enumerate(FORMULAS):
            actors.project(cast, f"F-{number}", name=name, short_name=name, owner=name)
        return FORMULAS

    def test_are_text_in_csv(self, cast: Cast, named: list[str]) -> None:
        rows = csv_rows(asked(signed_in(cast.office), "csv", sort="changed"))[1:]
        assert sorted(row[1] for row in rows) == sorted(f"'{name}" for name in named)

    def test_are_text_in_excel(self, cast: Cast, named: list[str]) -> None:
        page = sheet(asked(signed_in(cast.office), "xlsx"))
        cells = [page.cell(row, 2) for row in range(2, 2 + len(named))]
        assert sorted(str(cell.value) for cell in cells) == sorted(named)
        assert {cell.data_type for cell in cells} == {"s"}
        assert not any(cell.hyperlink for cell in cells)

    def test_commas_quotes_and_lines_stay_in_their_cell(self, cast: Cast) -> None:
        odd = '甲,"乙";丙 项目'
        actors.project(cast, name=odd)
        office = signed_in(cast.office)
        assert csv_rows(asked(office, "csv"))[1][1] == odd
        assert xlsx_rows(asked(office, "xlsx"))[1][1] == odd


class TestTheFile:
    def test_is_named_after_the_month(self, cast: Cast, district: dict[str, Project]) -> None:
        office = signed_in(cast.office)
        for kind, type_ in (("csv", "text/csv; charset=utf-8"), ("xlsx", "application/vnd.openxml")):
            response = asked(office, kind)
            assert unquote(response.headers["Content-Disposition"]).endswith(f"项目-2023-09.{kind}")
            assert response.headers["Content-Disposition"].startswith("attachment")
            assert response.headers["Content-Type"].startswith(type_)
            content(response)

    def test_of_excel_has_the_month_and_the_legend_below(self, cast: Cast, district: dict[str, Project]) -> None:
        page = sheet(asked(signed_in(cast.office), "xlsx"))
        below = [str(row[0]) for row in page.iter_rows(min_row=15, values_only=True) if row[0]]
        assert "2023年9月" in below[0]
        assert below[1] == "当前数据，尚未发布"
        assert [each.split(" · ")[0] for each in below[2:]] == ["红", "黄", "蓝", "未报", "未评", "豁免"]
        assert page.freeze_panes == "C2"

    def test_is_in_the_language_chosen(self, cast: Cast, district: dict[str, Project]) -> None:
        office = signed_in(cast.office)
        office.post("/language/", {"language": "en"})
        assert csv_rows(asked(office, "csv"))[0][:3] == ["Colour", "Project", "Code"]

    @pytest.mark.parametrize("kind", ["pdf", "xls", "CSV", "csv.exe", "csv/", ""])
    def test_of_another_kind_is_not_there(self, cast: Cast, district: dict[str, Project], kind: str) -> None:
        assert signed_in(cast.office).get(f"/projects/export.{kind}").status_code == 404

    def test_is_only_fetched(self, cast: Cast, district: dict[str, Project]) -> None:
        office = signed_in(cast.office)
        for method in (office.post, office.put, office.delete):
            assert method("/projects/export.csv").status_code == 405


class TestTheJournal:
    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_knows_who_took_what(self, cast: Cast, district: dict[str, Project], kind: str) -> None:
        before = Entry.objects.count()
        content(asked(signed_in(cast.leader), kind, colour="red", sort="-name"))
        assert Entry.objects.count() == before + 1
        entry = Entry.objects.latest("seq")
        assert (entry.verb, entry.actor) == ("export", cast.leader)
        assert entry.after == {
            "month": "2023-09", "kind": kind, "query": "month=2023-09&colour=red&sort=-name", "rows": 2
        }  # fmt: skip

    def test_takes_an_address_of_any_length(self, cast: Cast, district: dict[str, Project]) -> None:
        content(asked(signed_in(cast.office), "csv", q="泉" * 900))
        assert len(Entry.objects.latest("seq").after["query"]) <= 500

    @pytest.mark.parametrize("who", ["admin", "office", "reporter", "leader", "auditor"])
    def test_everybody_may_take_it(self, cast: Cast, district: dict[str, Project], who: str) -> None:
        assert len(csv_rows(asked(signed_in(cast.person(who)), "csv"))) == 13


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["/projects/export.xlsx?month=2023-09&q=棉&sort=-name", "/problems/export.xlsx"])
def test_a_large_list_is_written_in_the_background(
    cast: Cast, district: dict[str, Project], address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = actors.TODAY
    for one in district.values():
        problem = Problem(project=one, kind="land", description=one.name, raised_on=day, due_on=day)
        raise_problem(problem, by=None, at=actors.AT)
    office = signed_in(cast.office)
    whole = xlsx_rows(office.get(address))
    monkeypatch.setattr(downloads, "AT_ONCE", 1)
    job = Job.objects.get(pk=office.get(address).headers["Location"].split("/")[-2])
    assert job.state == "done"
    assert job.url.startswith(address.split("export")[0])
    assert xlsx_rows(office.get(f"/jobs/{job.pk}/result/")) == whole
    assert len(whole) > 2
    assert office.get(address.replace("xlsx", "csv")).status_code == 200


def test_twelve_rows_cost_as_many_queries_as_one(cast: Cast, district: dict[str, Project]) -> None:
    office = signed_in(cast.office)
    content(asked(office, "csv"))
    found = []
    for query in ({"q": "A-5"}, {}):
        content(asked(office, "csv", **query))
        with CaptureQueriesContext(connection) as counted:
            content(asked(office, "csv", **query))
        found.append(len(counted))
    assert found[0] == found[1]
