"""The month sheet: its columns, what is filled in beforehand, what may be filled in, and by whom."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from projects.core.month import Month
from projects.exchange.exports import month_rows
from projects.progress.models import MonthlyReport
from tests import cast as actors
from tests.cast import SEPTEMBER, TODAY, WAN, Cast, signed_in
from tests.exchange.fetching import FIRST, book, cell_of, column_of, fetched, month_sheet
from tests.office import converted, needs_office
from tests.progress.month import LOCK, approved, in_state, opened, returned, submitted, written

USUAL = [
    "序号", "项目代码", "项目名称", "项目单位", "建设地点", "级别", "类别", "建设性质", "建设规模及内容",
    "建设起止年限", "总投资", "累计完成（自开工）", "年度计划投资", "年度建设目标", "本月计划", "本月完成",
    "1—9月累计", "占年度计划%", "统计入库数", "计划开工时间", "实际开工时间", "是否纳统/纳统时间", "计划竣工",
    "形象进度", "手续办理情况", "下月计划", "存在问题", "需协调事项", "责任单位", "包保领导", "责任人",
    "联系人及电话", "备注",
]  # fmt: skip
OPEN = [
    "本月完成",
    "统计入库数",
    "形象进度",
    "下月计划",
    "存在问题",
    "需协调事项",
    "下月计划投资",
    "偏差说明",
    "核减原因",
]


@pytest.fixture(autouse=True)
def _on_the_day_of_the_cast(settings: Settings) -> None:
    settings.TODAY = TODAY


def facts(**more: Any) -> dict[str, Any]:
    return {
        "total_investment": 12_000 * WAN, "planned_start": datetime.date(2023, 3, 1),
        "planned_finish": datetime.date(2024, 12, 31), "actual_start": datetime.date(2023, 3, 15), **more,
    }  # fmt: skip


def unlocked(sheet: Any, row: int = FIRST) -> list[str]:
    return [sheet.cell(FIRST - 1, cell.column).value for cell in sheet[row] if not cell.protection.locked]


def hints(sheet: Any) -> dict[str, str]:
    """What is shown when a cell is chosen, by its address."""
    return {str(rule.sqref): rule.prompt or "" for rule in sheet.data_validations.dataValidation}


class TestTheSheet:
    def test_has_the_columns_that_circulate(self, cast: Cast) -> None:
        actors.project(cast)
        opened()
        sheet = month_sheet(signed_in(cast.reporter))
        assert [cell.value for cell in sheet[FIRST - 1]][:33] == USUAL
        assert sheet["A1"].value == "枣庄市市中区2023年9月重点项目建设进度月调度表"
        assert sheet["A2"].value == "填报单位：税郭镇"
        assert "单位：万元" in [cell.value for cell in sheet[2]]
        assert "报送截止：2023-10-08" in [cell.value for cell in sheet[2]]

    def test_is_ready_for_the_screen_and_the_printer(self, cast: Cast) -> None:
        actors.project(cast)
        opened()
        sheet = month_sheet(signed_in(cast.reporter))
        assert sheet.freeze_panes == "D5"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 8)
        assert sheet.print_title_rows == "$3:$4"
        assert sheet.protection.sheet
        assert not sheet.protection.password

    def test_comes_with_a_sheet_that_says_how(self, cast: Cast) -> None:
        opened()
        notes = book(signed_in(cast.reporter), "month").worksheets[1]
        assert notes.title == "填写说明"
        text = "\n".join(str(row[1]) for row in notes.iter_rows(values_only=True))
        assert "2023-10-08" in text
        assert "2023-10-15" in text
        assert "30%" in text

    def test_without_projects_says_so(self, cast: Cast) -> None:
        opened()
        sheet = month_sheet(signed_in(cast.reporter))
        assert "没有需要填报" in sheet.cell(FIRST, 3).value

    def test_is_chinese_whatever_the_pages_are(self, cast: Cast) -> None:
        actors.project(cast)
        opened()
        client = signed_in(cast.reporter)
        client.post("/language/", {"language": "en"})
        assert [cell.value for cell in month_sheet(client)[FIRST - 1]][:33] == USUAL

    @needs_office
    def test_opens_in_another_program(self, cast: Cast, tmp_path: Path) -> None:
        one = actors.project(cast, **facts(name="=1+1 项目"))
        actors.plan(one, 6000 * WAN)
        opened()
        (tmp_path / "month.xlsx").write_bytes(fetched(signed_in(cast.reporter), "month"))
        converted(tmp_path, "csv:Text - txt - csv (StarCalc):44,34,76", "month.xlsx")  # in UTF-8
        told = (tmp_path / "month.csv").read_text(encoding="utf-8")
        assert "=1+1 项目" in told
        assert "2023年9月重点项目建设进度月调度表" in told


class TestWhatIsKnown:
    def test_is_filled_in(self, cast: Cast) -> None:
        said = {"responsible": "赵主任", "note": "省级调度\n每周一报", "leader": cast.boss}
        one = actors.project(cast, **facts(owner="山东泉为", content="建设厂房", nature="new", **said))
        actors.plan(one, 6000 * WAN)
        opened()
        actors.figures(one, Month(2023, 8), 1234 * WAN)
        sheet = month_sheet(signed_in(cast.reporter))
        told = {
            "项目代码": "P-1", "项目单位": "山东泉为", "类别": "产业", "建设性质": "新建", "总投资": 12_000,
            "建设起止年限": "2023.03—2024.12", "年度计划投资": 6000, "责任单位": "税郭镇", "包保领导": "王区长",
            "责任人": "赵主任", "是否纳统/纳统时间": "否", "备注": "省级调度\n每周一报", "月报状态": "待填报",
        }  # fmt: skip
        assert {heading: cell_of(sheet, heading).value for heading in told} == told
        assert cell_of(sheet, "计划开工时间").value.date() == datetime.date(2023, 3, 1)
        assert cell_of(sheet, "总投资").number_format == "#,##0"
        assert cell_of(sheet, "计划开工时间").number_format == "yyyy-mm-dd"
        assert cell_of(sheet, "本月完成").value is None

    def test_keeps_a_half_yuan_of_ten_thousand(self, cast: Cast) -> None:
        actors.project(cast, **facts(total_investment=12_000 * WAN + 5000))
        opened()
        cell = cell_of(month_sheet(signed_in(cast.reporter)), "总投资")
        assert (cell.value, cell.number_format) == (12_000.5, "#,##0.00##")

    def test_adds_up_with_what_is_filled_in(self, cast: Cast) -> None:
        one = actors.project(cast, **facts())
        actors.plan(one, 6000 * WAN)
        opened()
        actors.figures(one, Month(2023, 8), 1234 * WAN)
        sheet = month_sheet(signed_in(cast.reporter))
        month = cell_of(sheet, "本月完成").coordinate
        assert cell_of(sheet, "1—9月累计").value == f"=ROUND(1234+N({month}),4)"
        assert sheet.cell(FIRST + 1, 3).value == "合计"
        assert str(cell_of(sheet, "本月完成", FIRST + 1).value) == f"=SUM({month})"

    @pytest.mark.parametrize("amount", [0, -50 * WAN, 1, 123_456_789])
    def test_of_a_draft_is_there_again(self, cast: Cast, amount: int) -> None:
        one = actors.project(cast, **facts())
        opened()
        written(one, by=cast.reporter, invested_this_month=amount, reason="核减", image="=SUM(A1) 主体\n封顶")
        sheet = month_sheet(signed_in(cast.reporter))
        assert cell_of(sheet, "本月完成").value == amount / WAN
        image = cell_of(sheet, "形象进度")
        assert (image.value, image.data_type) == ("=SUM(A1) 主体\n封顶", "s")
        assert cell_of(sheet, "下月计划").value == "四层施工"

    def test_of_last_month_is_shown_beside_the_cell(self, cast: Cast) -> None:
        one = actors.project(cast, **facts())
        for month in (Month(2023, 8), SEPTEMBER):
            opened(month)
        approved(one, Month(2023, 8), image="基础施工" * 90)
        sheet = month_sheet(signed_in(cast.reporter))
        shown = hints(sheet)
        assert "上月完成 100" in shown[cell_of(sheet, "本月完成").coordinate]
        assert shown[cell_of(sheet, "形象进度").coordinate].startswith("上月：基础施工")
        assert max(map(len, shown.values())) <= 255

    def test_a_long_name_keeps_its_row_on_the_screen(self, cast: Cast) -> None:
        actors.project(cast, **facts(name="长" * 200, content="容" * 3000))
        opened()
        sheet = month_sheet(signed_in(cast.reporter))
        assert cell_of(sheet, "项目名称").value == "长" * 200
        assert 40 < sheet.row_dimensions[FIRST].height < 130


class TestWhatIsFilledIn:
    @pytest.mark.parametrize("state", ["due", "draft", "returned"])
    def test_is_open_while_the_unit_writes(self, cast: Cast, state: str) -> None:
        one = actors.project(cast, **facts())
        opened()
        in_state(state, one, cast)
        sheet = month_sheet(signed_in(cast.reporter))
        assert unlocked(sheet) == OPEN
        assert set(hints(sheet)) == {cell_of(sheet, heading).coordinate for heading in OPEN}

    @pytest.mark.parametrize(("state", "word"), [("submitted", "已提交"), ("approved", "已审核")])
    def test_is_locked_once_it_is_handed_in(self, cast: Cast, state: str, word: str) -> None:
        one = actors.project(cast, **facts())
        opened()
        in_state(state, one, cast)
        sheet = month_sheet(signed_in(cast.reporter))
        assert unlocked(sheet) == []
        assert cell_of(sheet, "月报状态").value == word

    def test_is_locked_after_the_lock_but_for_the_office(self, cast: Cast, settings: Settings) -> None:
        actors.project(cast, **facts())
        opened()
        settings.TODAY = LOCK
        assert unlocked(month_sheet(signed_in(cast.reporter))) == OPEN
        settings.TODAY = LOCK + datetime.timedelta(days=1)
        sheet = month_sheet(signed_in(cast.reporter))
        assert unlocked(sheet) == []
        assert "已锁定" in cell_of(sheet, "月报状态").value
        assert sorted(unlocked(month_sheet(signed_in(cast.office)))) == sorted([*OPEN, "责任人", "备注"])

    def test_of_the_register_is_open_to_whoever_keeps_it(self, cast: Cast) -> None:
        one = actors.project(cast, **facts())
        opened()
        in_state("approved", one, cast)
        sheet = month_sheet(signed_in(cast.office))
        assert unlocked(sheet) == ["责任人", "备注"]
        rules = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
        assert [rules[cell_of(sheet, heading).coordinate] for heading in ("责任人", "备注")] == ["50", "500"]

    def test_is_checked_while_it_is_typed(self, cast: Cast) -> None:
        actors.project(cast, **facts())
        opened()
        sheet = month_sheet(signed_in(cast.reporter))
        rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
        amount, words = (rules[cell_of(sheet, heading).coordinate] for heading in ("本月完成", "形象进度"))
        assert (amount.type, amount.formula1, amount.formula2) == ("decimal", "-1000000000", "1000000000")
        assert (words.type, words.formula1) == ("textLength", "500")
        assert rules[cell_of(sheet, "下月计划投资").coordinate].formula1 == "0"


class TestWho:
    def test_a_unit_fetches_its_own(self, cast: Cast) -> None:
        actors.project(cast, "T-1", **facts())
        actors.project(cast, "O-1", unit=cast.other_town, **facts())
        opened()
        sheet = month_sheet(signed_in(cast.reporter))
        assert [row[1] for row in sheet.iter_rows(min_row=FIRST, values_only=True) if row[1]] == ["T-1"]

    def test_the_office_fetches_any_and_all(self, cast: Cast) -> None:
        actors.project(cast, "T-1", **facts())
        actors.project(cast, "O-1", unit=cast.other_town, **facts())
        actors.project(cast, "E-1", unit=cast.elsewhere, **facts())
        opened()
        office = signed_in(cast.office)
        for query, codes in (({}, ["T-1", "O-1"]), ({"unit": cast.other_town.pk}, ["O-1"])):
            sheet = month_sheet(office, **query)
            assert [row[1] for row in sheet.iter_rows(min_row=FIRST, values_only=True) if row[1]] == codes

    def test_who_only_reads_is_told_approved_figures_alone(self, cast: Cast) -> None:
        one, two = (actors.project(cast, code, **facts()) for code in ("P-1", "P-2"))
        opened()
        submitted(one, by=cast.reporter)
        approved(two, by=cast.reporter)
        sheet = month_sheet(signed_in(cast.leader))
        by_code = {sheet.cell(row, 2).value: row for row in (FIRST, FIRST + 1)}
        assert cell_of(sheet, "本月完成", by_code["P-1"]).value is None
        assert cell_of(sheet, "形象进度", by_code["P-1"]).value is None
        assert cell_of(sheet, "1—9月累计", by_code["P-1"]).value == 0
        assert cell_of(sheet, "本月完成", by_code["P-2"]).value == 100
        assert unlocked(sheet, by_code["P-1"]) == unlocked(sheet, by_code["P-2"]) == []

    def test_a_project_that_is_not_asked_stands_there_with_its_report(self, cast: Cast) -> None:
        one = actors.project(cast, **facts())
        actors.project(cast, "L-1", project_class="lead")
        opened()
        returned(one, by=cast.reporter)
        MonthlyReport.objects.filter(project=one).update(is_late=True)
        sheet = month_sheet(signed_in(cast.reporter))
        assert sheet.cell(FIRST, column_of(sheet, "项目代码", FIRST - 1)).value == "P-1"
        assert sheet.cell(FIRST + 1, 3).value == "合计"


def test_three_projects_cost_as_many_queries_as_one(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    opened()
    client, counts = signed_in(cast.reporter), []
    for number in range(3):
        actors.plan(actors.project(cast, f"P-{number}", **facts(leader=cast.boss)), 6000 * WAN)
        fetched(client, "month")
        with CaptureQueriesContext(connection) as counted:
            fetched(client, "month")
        counts.append(len(counted))
    assert counts[0] == counts[2]
    whole = month_sheet(client)
    monkeypatch.setattr(month_rows, "BATCH", 2)
    assert list(month_sheet(client).values) == list(whole.values)
