"""What a document says: its parts, its annexes, the same figures everywhere, and palettes of every size."""

import pytest

from projects.bulletins.documents.layout import fit, is_subheading, parts_of
from projects.bulletins.documents.paper import Kind, Mark, Paper, Table
from projects.bulletins.documents.texts import cell_text, legend_text, title_lines, width_of
from projects.rating.palettes import DEFAULT_PALETTE, Palette
from tests.bulletins.documents.papers import FIVE, TWO, WAN, draft, line, paper


def table(of: Paper, number: int) -> Table:
    return next(each for each in of.tables if each.number == number)


def column(of: Table, heading: str) -> list[object]:
    place = [each.heading for each in of.columns].index(heading)
    return [row[place] for row in of.rows]


def test_the_annexes_are_those_of_the_bulletin() -> None:
    assert [(each.number, each.title) for each in paper().tables] == [
        (1, "总体情况表"), (2, "镇街排名表"), (3, "部门排名表"), (4, "红色项目清单"), (5, "黄色项目清单"),
        (6, "实施类项目明细表"), (7, "准备类项目进展表"), (8, "问题清单"), (9, "评定规则与图例"),
    ]  # fmt: skip


def test_the_text_has_its_figures_and_numbered_headings() -> None:
    found = paper()
    assert [part.heading for part in found.parts] == [
        "一、总体进展", "二、分类情况", "三、三色评定", "四、存在问题", "五、工作要求",
    ]  # fmt: skip
    assert "{" not in "".join(text for part in found.parts for text in part.paragraphs)
    assert found.name == "枣庄市市中区2023年9月“红黄蓝”三色通报（第9期）"
    assert (found.signed, found.date) == ("枣庄市市中区重点项目办公室", "2023年10月13日")


def test_the_month_sheet_has_the_columns_that_circulate() -> None:
    assert " · ".join(each.heading for each in table(paper(), 6).columns) == (
        "序号 · 项目代码 · 项目名称 · 项目单位 · 建设地点 · 级别 · 类别 · 建设性质 · 建设规模及内容 · 建设起止年限 · "
        "总投资 · 累计完成（自开工） · 年度计划投资 · 年度建设目标 · 本月计划 · 本月完成 · 1—9月累计 · "
        "占年度计划（%） · 统计入库数 · 计划开工时间 · 实际开工时间 · 是否纳统/纳统时间 · 计划竣工 · 形象进度 · "
        "手续办理情况 · 下月计划 · 存在问题 · 需协调事项 · 责任单位 · 包保领导 · 责任人 · 联系人及电话 · 备注"
    )


def test_each_printed_part_of_the_month_sheet_names_the_project_and_none_is_lost() -> None:
    found = table(paper(), 6)
    first, second = parts_of(found)
    assert set(first) | set(second) == set(range(33))
    assert {0, 2} == set(first) & set(second)


def test_figures_are_kept_whole_and_written_for_people() -> None:
    rows = table(paper(), 6)
    assert column(rows, "本月完成")[:4] == [-3 * WAN, 5 * WAN, None, 0]
    written = [cell_text(cell, Kind.MONEY) for cell in (-3 * WAN, 12_345_6789, None, 0)]
    assert written == ["−3", "12,345.68", "—", "0"]
    assert [cell_text(cell, Kind.POINTS) for cell in (-350, 0, 50)] == ["−35.0", "0.0", "+5.0"]


def test_a_colour_decided_otherwise_is_starred_and_both_are_told() -> None:
    found = table(paper(), 5)
    mark = column(found, "颜色")[0]
    assert isinstance(mark, Mark)
    assert cell_text(mark, Kind.COLOUR) == "▲ 黄*"
    assert found.notes == ("* 2号工程：按规则评定为红，经审批调整为黄。调整理由：不可抗力影响",)


def test_who_is_exempt_is_told_with_the_reason() -> None:
    found = paper()
    assert "豁免项目：5号工程（环保管控停工）。" in table(found, 1).notes
    assert "◇ 豁免；环保管控停工" in column(table(found, 6), "备注")


def test_the_legend_names_word_shape_and_meaning() -> None:
    told = legend_text(paper())
    assert all(part in told for part in ("■ 红 警告", "▲ 黄 提醒", "● 蓝 正常", "◇ 豁免", "○ 未评", "? 未报", "*"))


@pytest.mark.parametrize(
    ("palette", "worst", "middle"),
    [
        (TWO, "红色项目清单", "中间等级项目清单"),
        (DEFAULT_PALETTE, "红色项目清单", "黄色项目清单"),
        (FIVE, "红色项目清单", "橙色、黄色、蓝色项目清单"),
    ],
)
def test_the_lists_follow_the_palette(palette: Palette, worst: str, middle: str) -> None:
    found = paper(palette=palette)
    assert (table(found, 4).title, table(found, 5).title) == (worst, middle)
    named = [*column(table(found, 4), "项目"), *column(table(found, 5), "项目")]
    best = [name for name in column(table(found, 6), "项目名称") if name not in named]
    assert len(named) == len(set(named))
    assert "第3号工程项目" in best


def test_two_levels_have_none_between() -> None:
    assert "没有中间等级" in table(paper(palette=TWO), 5).notes[0]


def test_the_list_between_begins_with_the_worst() -> None:
    levels = [1, 3, 2, 3]
    lines = [line(number, FIVE, level=level) for number, level in enumerate(levels, 1)]
    assert column(table(paper(lines, FIVE), 5), "项目") == [f"第{n}号工程项目" for n in (2, 4, 3, 1)]


def test_sums_are_those_of_the_lines() -> None:
    found = paper()
    whole = table(found, 1)
    planned = [each for each in column(table(found, 6), "年度计划投资") if each]
    assert column(whole, "年度计划")[0] == sum(planned)  # type: ignore[arg-type]
    assert column(table(found, 2), "年度计划")[-1] == sum(planned)  # type: ignore[arg-type]
    assert column(whole, "红")[0] == len(table(found, 4).rows)


def test_a_rule_is_a_sentence_with_the_numbers_in_force() -> None:
    rules = dict(zip(column(table(paper(), 9), "规则或颜色"), column(table(paper(), 9), "评定标准或含义"), strict=True))
    lag = rules["投资进度滞后"]
    assert isinstance(lag, str)
    assert all(number in lag for number in ("5", "20", "2个月内"))


def test_a_draft_says_so_and_a_published_one_does_not() -> None:
    found = draft()
    assert (found.draft, found.date, found.digest) == ("征求意见稿", "", "")
    assert found.name.endswith("（征求意见稿）")
    assert not paper().draft


def test_a_correction_tells_its_reason_and_what_differs() -> None:
    differences = [
        {"code": "P-1", "name": "1号工程", "field": "year_plan", "old": 100 * WAN, "new": 120 * WAN},
        {"code": "P-2", "name": "2号工程", "field": "colour_word", "old": "红", "new": "黄"},
        {"code": "P-9", "name": "9号工程", "field": "", "old": "", "new": None},
    ]
    found = paper(edition=2, reason="计划数有误", differences=differences)
    assert found.correction == "更正说明（第1次更正）：计划数有误"
    rows = table(found, 10)
    assert column(rows, "更正前") == ["100", "红", "—"]
    assert column(rows, "更正后") == ["120", "黄", "—"]
    assert column(rows, "更正事项")[2] == "项目不再列入"


def test_every_column_gets_room_and_figures_stay_whole() -> None:
    for each in paper().tables:
        for part in parts_of(each):
            fitted = fit(each, part, width=728)
            assert sum(fitted.widths) == pytest.approx(728, abs=1)
            for place, width in zip(part, fitted.widths, strict=True):
                if each.columns[place].kind is not Kind.TEXT:
                    longest = max(
                        (width_of(cell_text(r[place], each.columns[place].kind)) for r in each.rows), default=0
                    )
                    assert longest * fitted.size / 2 <= width, each.columns[place].heading


def test_a_title_is_broken_beside_a_quotation() -> None:
    title = "关于2023年1—9月全区重点项目建设“红黄蓝”三色评定情况的通报（第9期）"
    at = title.index("“")
    assert title_lines(title, room=40) == [title[:at], title[at:]]
    assert title_lines("短标题", room=40) == ["短标题"]


@pytest.mark.parametrize(
    ("text", "is_one"), [("（一）总体情况", True), ("（一）总体情况。完成投资。", False), ("总体", False)]
)
def test_a_heading_of_the_second_order_is_known(text: str, is_one: bool) -> None:
    assert is_subheading(text) is is_one
