"""Registers, year plans and milestones as units send them in, and files with several sheets."""

import datetime

from tests.exchange.workbooks import FOLDER, saved, sheet_of, workbook


def register() -> tuple[str, bytes]:
    content = workbook(
        ["市中区2023年重点项目库"],
        ["序号", "项目代码", "项目名称", "简称", "业主单位", "责任单位", "区级包保领导", "类型", "级别", "类别",
         "所属行业", "性质",
         "所在镇街", "经度", "纬度", "计划总投资(亿元)", "计划开工", "竣工时间", "入库月份", "期数", "联系人",
          "联系电话"],
        [1, "2301-370402-04-01-123456", "泉为异质结电池项目", "泉为", "泉为公司", "发改局", "王区长", "实施类",
         "省重点、市重点",
         "产业", "新能源", "新建", "西王庄镇", 117.5567891, 34.86, 50, "2022年3月", "2024年底", "2023-01",
          "一期", "张三", 13800000000],
        [2, "2301-370402-04-01-654321", "储能项目", None, None, "齐村镇", None, "谋划", "区重点", "产业", "/",
         "扩建", None,
         "117°33′12″", "北纬34.8°", "暂无", "待定", None, "2023年6月", 2, None, "0632-3312345"],
        merge=["A1:V1"],
    )  # fmt: skip
    return "项目库.xlsx", content


def plans() -> tuple[str, bytes]:
    months = [f"{number}月计划" for number in range(1, 13)]
    content = workbook(
        ["2023年度投资计划（单位：亿元）"],
        ["项目名称", "2023年计划投资", "年度目标", "分月计划", *[None] * 11, "调整原因", "生效月份"],
        [None, None, None, *months],
        ["甲项目", 1.2, "主体\n封顶", *[0.1] * 12, None, None],
        ["乙项目", "1000万元", None, *[None] * 12, "市里调整", "7月"],
        merge=["A2:A3", "B2:B3", "C2:C3", "D2:O2", "P2:P3", "Q2:Q3"],
    )
    return "年度计划.xlsx", content


def milestones() -> tuple[str, bytes]:
    content = workbook(
        ["项目名称", "节点类型", "节点（手续）名称", "关键节点", "计划时间", "预计时间", "完成时间",
         "是否不涉及", "不涉及原因", "文号"],
        ["甲项目", "手续", "建筑工程施工许可证", "√", "2023年6月", "2023.07", None, None, None, "枣施2023-1"],
        ["甲项目", "节点", "主体封顶", "是", "9月底", None, datetime.date(2023, 9, 20), "否", None, None],
        ["甲项目", "审批手续", "节能审查", "否", None, None, None, "是", "备案类项目", None],
    )  # fmt: skip
    return "节点.xlsx", content


def several_sheets() -> tuple[str, bytes]:
    """Instructions first, then two tables, and a hidden sheet."""
    book, _notes = sheet_of(["填写说明"], ["1. 请于5日前报送", "联系人"], title="填写说明")
    for title, name in (("9月", "甲"), ("旧表", "丙")):
        sheet = book.create_sheet(title)
        sheet.append(["项目代码", "项目名称", "本月完成"])
        sheet.append(["S1", name, 5])
        sheet.sheet_state = "hidden" if title == "旧表" else "visible"
    nodes = book.create_sheet("节点")
    nodes.append(["项目名称", "节点名称", "计划完成时间"])
    nodes.append(["甲", "开工", "2023年3月"])
    return "多表.xlsx", saved(book)


def of_old_excel() -> tuple[str, bytes]:
    """A real file of the old kind: `merged_down` converted with LibreOffice (soffice --convert-to xls)."""
    return "旧版.xls", (FOLDER / "merged_down.xls").read_bytes()


WORKBOOKS = {build.__name__: build for build in (register, plans, milestones, several_sheets, of_old_excel)}
