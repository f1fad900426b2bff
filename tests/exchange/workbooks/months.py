"""Month sheets (月调度表) as units send them in."""

import datetime
import io

import xlsxwriter

from tests.exchange.workbooks import saved, sheet_of, workbook


def as_it_circulates() -> tuple[str, bytes]:
    """Title and unit above, a heading of two rows, numbered columns, groups, sums, notes, the heading once more."""
    heading = [
        [
            "序号",
            "项目名称",
            "建设单位",
            "总投资",
            "投资完成情况",
            None,
            None,
            "开工时间",
            None,
            "形象进度",
            "存在问题",
        ],
        [None, None, None, None, "9月完成投资", "1—9月累计", "占年度计划%", "计划", "实际", None, None],
    ]
    content = workbook(
        ["2023年9月全区重点项目月调度表"],
        [None] * 9 + ["单位：万元"],
        *heading,
        list(range(1, 12)),
        ["一、产业类项目"],
        [1, "泉为异质结电池", "山东泉为", 500000, 12000, 108000, 0.54, "2022年3月", datetime.date(2022, 4, 6),
         "二期\n主体封顶", "无"],
        [2, " 智慧\n冷链　园 ", "国控", "3.2亿", "1,200.5", "９，０００", "45%", "2023.05", "2023-5-8", "—",
         "征地滞后"],
        ["小计", None, None, 532000, 13200.5],
        [],
        *heading,
        ["二", "基础设施类（1个）", None, 8000, 0, 0, "0%"],
        [3, "一号道路", "住建局", 8000, None, "/", "", "12月底", None, None, None],
        ["合计", None, None, 540000],
        ["注：本表于每月5日前报送。"],
        ["填表人：张三", None, None, "审核人：李四"],
        title="9月",
        merge=["A1:K1", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:G3", "H3:I3", "J3:J4", "K3:K4", "A6:K6"],
    )  # fmt: skip
    return "9月调度表.xlsx", content


def other_order() -> tuple[str, bytes]:
    """Other names in another order, units in the headings, a hidden row and two hidden columns."""
    book, sheet = sheet_of(
        [
            "截至9月底形象进度",
            "当月完成投资额（亿元）",
            "备注",
            "项目全称",
            "责任镇街",
            "投资总额\n(元)",
            "内部编号",
            "项目编码",
            "干部评语",
        ],
        ["基础完成", 0.12, None, "甲项目", "齐村镇", 35000000, "A", "SZ-001", "好"],
        ["", 0.3, "不报", "乙项目", "永安镇", 1, "B", "SZ-002", "好"],
        [None, -0.01, "核减", "丙项目", "永安镇", "1.5亿", "C", "SZ-003", "差"],
    )
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet.column_dimensions["I"].hidden = True
    return "报表.xlsx", saved(book)


def merged_down() -> tuple[str, bytes]:
    """A unit merged down over its projects, and a project merged down over its parts."""
    content = workbook(
        ["责任单位", "项目名称", "总投资（万元）", "本月完成（万元）"],
        ["齐村镇", "甲项目", 1000, 10],
        [None, "乙项目", 2000, 20],
        ["永安镇", "丙项目", 3000, 30],
        [None, None, None, 31],
        [None, None, None, None],
        merge=["A2:A3", "A4:A5", "B4:B5", "C4:C5"],
    )
    return "合并单元格.xlsx", content


def awkward_cells() -> tuple[str, bytes]:
    """What cannot be read is refused cell by cell, with the letter of the column."""
    content = workbook(
        ["项目代码", "项目名称", "本月完成", "计划开工时间", "计划竣工", "是否纳统/纳统时间", "建设性质",
         "占年度计划%", "联系人及电话", "建设起止年限"],
        ["S1", "甲", "数百万", "2023年13月", "2024年", "也许", "新", "很多", "张三 13800000000", "2022-2024"],
        ["S2", "乙", 33.3333333333333, 2023.1, "12月", "2023.05已纳统", "续建", 42, "李四（0632-3312345）",
         "2023.03—2024.12"],
        ["S3", "丙", "1,2000", 45200, "待定", "未纳统", "技术改造", 1.5, 13900000000, "24个月"],
        ["S4", "丁", "（5）", "2023/12/5", "年底", datetime.date(2023, 5, 1), "改扩建", "120％", "无", "2024-2022"],
        ["S5", True, datetime.date(2023, 9, 1), True, datetime.date(1900, 1, 9), "是", "—", 0, None, "2023年至今"],
    )  # fmt: skip
    return "各种写法.xlsx", content


def formulas() -> tuple[str, bytes]:
    """Formulas with their results, failed ones, ones that nobody calculated, and percentages as Excel shows them."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet("表1")
    percent = book.add_format({"num_format": "0.0%"})
    sheet.write_row(0, 0, ["项目代码", "项目名称", "本月完成", "1—9月累计", "完成率"])
    sheet.write_row(1, 0, ["S1", "甲"])
    sheet.write_formula(1, 2, "=1000+200", None, 1200)
    sheet.write_formula(1, 3, "=C2+0.1+0.2", None, 0.1 + 0.2)
    sheet.write_formula(1, 4, "=9/5", percent, 1.8)
    sheet.write_row(2, 0, ["S2", "乙"])
    sheet.write_formula(2, 2, "=A9/0", None, "#DIV/0!")
    sheet.write_number(2, 4, 0.011, percent)
    book.close()
    return "公式.xlsx", file.getvalue()


def not_calculated() -> tuple[str, bytes]:
    """What a program wrote without calculating it."""
    content = workbook(["项目代码", "项目名称", "本月完成"], ["S1", "甲", "=1+2"], ["S2", "乙", 3])
    return "未计算.xlsx", content


def as_text() -> tuple[str, bytes]:
    """Comma-separated, in the encoding of a Chinese Windows."""
    text = '2023年9月调度表,,\n项目代码,项目名称,本月完成（亿元）\nS1,"甲\n项目","1,200万元"\nS2,乙,0.5\n合计,,1\n'
    return "导出.csv", text.encode("gb18030")


WORKBOOKS = {
    build.__name__: build
    for build in (as_it_circulates, other_order, merged_down, awkward_cells, formulas, not_calculated, as_text)
}
