"""The register and what belongs to it as files: every fact in its column, text as text, queries in batches."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from projects.exchange.exports import register_rows
from projects.register.actions.scheduling import set_milestone
from projects.register.models import LevelLabel, Milestone, Sector
from projects.register.stages import Stage
from tests import cast as actors
from tests.cast import AT, TODAY, WAN, Cast, signed_in
from tests.exchange.fetching import book, csv_rows, fetched

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "\t=1", '=HYPERLINK("http://x")']


@pytest.fixture(autouse=True)
def _on_the_day_of_the_cast(settings: Settings) -> None:
    settings.TODAY = TODAY


def full(cast: Cast, code: str = "P-1", **more: Any) -> Any:
    """A project of which much is known."""
    label, _made = LevelLabel.objects.get_or_create(name="区重点")
    sector, _made = Sector.objects.get_or_create(name="光伏")
    facts = {
        "owner": "山东泉为", "leader": cast.boss, "labels": [label], "sector": sector, "nature": "new",
        "location": "经十路1号", "content": "建设厂房，\n购置设备", "total_investment": 12_345 * WAN + 6000,
        "planned_start": datetime.date(2023, 3, 1), "contact_name": "张三", "contact_phone": "0632-1234567",
        "responsible": "赵主任", "note": "省级调度\n每周一报", "town": cast.town,
        "latitude": "34.861", "longitude": "117.556", **more,
    }  # fmt: skip
    one = actors.project(cast, code, **facts)
    part = actors.phase(one, 1, Stage.BUILDING, datetime.date(2023, 5, 1))
    actors.phase(one, 2, Stage.PREPARING)
    actors.component(part, 1, Stage.BUILDING)
    actors.plan(one, 1200 * WAN, months=[100 * WAN] * 12)
    node = Milestone(project=one, name="主体封顶", planned_on=datetime.date(2023, 11, 30), is_key=True)
    set_milestone(node, reason="", by=None, at=AT, today=TODAY, seen=None)
    return one


def table(sheet: Any) -> list[dict[str, Any]]:
    heading, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(heading, row, strict=True)) for row in rows]


class TestTheRegister:
    def test_tells_all_of_a_project(self, cast: Cast) -> None:
        full(cast)
        [row] = table(book(signed_in(cast.office), "register").worksheets[0])
        told = {
            "序号": 1, "项目代码": "P-1", "项目单位": "山东泉为", "责任单位": "税郭镇", "包保领导": "王区长",
            "项目类型": "实施类", "级别": "区重点", "类别": "产业", "行业": "光伏", "建设性质": "新建",
            "所在镇街": "税郭镇", "建设地点": "经十路1号", "经度": 117.556, "纬度": 34.861,
            "建设规模及内容": "建设厂房，\n购置设备", "总投资（万元）": 12_345.6,
            "实际竣工时间": None, "入库月份": "2023-01", "项目阶段": "一期 在建、二期 前期",
            "责任人": "赵主任", "联系人": "张三", "联系电话": "0632-1234567", "备注": "省级调度\n每周一报",
        }  # fmt: skip
        assert {heading: row[heading] for heading in told} == told
        assert row["计划开工时间"].date() == datetime.date(2023, 3, 1)

    def test_comes_with_phases_plans_and_milestones(self, cast: Cast) -> None:
        full(cast)
        sheets = {sheet.title: sheet for sheet in book(signed_in(cast.office), "everything").worksheets}
        assert list(sheets) == ["项目库", "分期情况", "年度计划", "节点与手续", "选项"]
        assert sheets["选项"].sheet_state == "hidden"
        first, second = table(sheets["分期情况"])
        assert (first["期次"], first["分期名称"], first["项目阶段"], first["子项"]) == (1, "一期", "在建", "1号线 在建")
        assert second["项目阶段"] == "前期"
        [plan] = table(sheets["年度计划"])
        assert (plan["年度"], plan["年度计划投资（万元）"], plan["12月（万元）"]) == (2023, 1200, 100)
        nodes = table(sheets["节点与手续"])
        assert ("主体封顶", "节点", "是") in [(row["节点名称"], row["节点类型"], row["是否关键节点"]) for row in nodes]

    def test_offers_what_may_be_chosen(self, cast: Cast) -> None:
        full(cast)
        found = book(signed_in(cast.office), "register")
        sheet = found.worksheets[0]
        rules = {str(rule.sqref)[0]: rule for rule in sheet.data_validations.dataValidation}
        heading = [cell.value for cell in sheet[1]]
        letter = sheet.cell(1, heading.index("建设性质") + 1).column_letter
        place = rules[letter].formula1.split("!")[1].replace("$", "")
        assert [cell.value for (cell,) in found["选项"][place]] == ["新建", "续建", "扩建", "技改"]

    @pytest.mark.parametrize("kind", ["register", "phases", "plans", "milestones"])
    def test_is_the_same_as_csv(self, cast: Cast, kind: str) -> None:
        full(cast)
        client = signed_in(cast.office)
        workbook = [list(row) for row in book(client, kind).worksheets[0].iter_rows(values_only=True)]
        assert [[_plain(cell) for cell in row] for row in workbook] == csv_rows(client, kind)

    def test_of_nothing_has_its_heading(self, cast: Cast) -> None:
        client = signed_in(cast.office)
        assert len(csv_rows(client, "register")) == 1
        assert table(book(client, "milestones").worksheets[0]) == []


def _plain(cell: Any) -> str:
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    return "" if cell is None else str(cell)


class TestFormulas:
    def test_are_text(self, cast: Cast) -> None:
        for number, name in enumerate(FORMULAS):
            actors.project(cast, f"F-{number}", name=name, short_name=f"F{number}", content=name)
        client = signed_in(cast.office)
        sheet = book(client, "register").worksheets[0]
        cells = [sheet.cell(row, 3) for row in range(2, 2 + len(FORMULAS))]
        assert sorted(str(cell.value) for cell in cells) == sorted(FORMULAS), "not a sign is added"
        assert {cell.data_type for cell in cells} == {"s"}
        assert not any(cell.hyperlink for cell in cells)
        assert sorted(row[2] for row in csv_rows(client, "register")[1:]) == sorted(f"'{name}" for name in FORMULAS)

    def test_commas_quotes_and_lines_stay_in_their_cell(self, cast: Cast) -> None:
        odd = '甲,"乙";丙\n丁'
        actors.project(cast, content=odd)
        assert odd in csv_rows(signed_in(cast.office), "register")[1]


class TestManyRows:
    def test_cost_no_more_queries(self, cast: Cast) -> None:
        client, counts = signed_in(cast.office), []
        for number in range(3):
            full(cast, f"P-{number}")
            fetched(client, "everything")
            with CaptureQueriesContext(connection) as counted:
                fetched(client, "everything")
            counts.append(len(counted))
        assert counts[0] == counts[2]

    def test_are_the_same_in_batches(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        for number in range(3):
            full(cast, f"P-{number}")
        client = signed_in(cast.office)
        whole = [csv_rows(client, kind) for kind in ("register", "phases", "plans", "milestones")]
        monkeypatch.setattr(register_rows, "BATCH", 2)
        assert [csv_rows(client, kind) for kind in ("register", "phases", "plans", "milestones")] == whole
