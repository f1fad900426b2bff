"""Which columns are known, how a heading is found and understood, and how people correct it."""

from collections import Counter

import pytest

from projects.core.yuan import WAN, YI
from projects.exchange.columns import Kind, Reads, column, columns_of, usual_columns
from projects.exchange.naming import Names, When, normalised, unit_in
from projects.exchange.opening import open_book
from projects.exchange.reading import read_table
from projects.exchange.recognising import recognise, recognise_book
from projects.exchange.sheets import Recognised, Sheet, letter_of
from projects.exchange.values import reader_of
from tests.exchange.workbooks import workbook

MONTH_SHEET = [
    "序号", "项目代码", "项目名称", "项目单位", "建设地点", "级别", "类别", "建设性质", "建设规模及内容",
    "建设起止年限", "总投资", "累计完成（自开工）", "年度计划投资", "年度建设目标", "本月计划", "本月完成",
    "1—9月累计", "占年度计划%", "统计入库数", "计划开工时间", "实际开工时间", "是否纳统/纳统时间",
    "计划竣工", "形象进度", "手续办理情况", "下月计划", "存在问题", "需协调事项", "责任单位", "包保领导",
    "责任人", "联系人及电话", "备注",
]  # fmt: skip


def sheet_of(*rows: list[str | float], title: str = "Sheet1") -> Sheet:
    return open_book("a.xlsx", workbook(*rows, title=title)).sheets[0]


def found_on(sheet: Sheet, **given: object) -> Recognised:
    found = recognise(sheet, **given)  # type: ignore[arg-type]
    assert found is not None
    return found


def codes(found: Recognised) -> dict[str, str]:
    return {heading.letter: heading.column.code for heading in found.headings if heading.column}


# ── the columns ─────────────────────────────────────────────────────────────────────────────────


def test_the_month_sheet_has_its_33_columns_in_order() -> None:
    assert [column.written(year=2023, month=9) for column in usual_columns(Kind.MONTH)] == MONTH_SHEET


@pytest.mark.parametrize("kind", Kind)
def test_no_name_belongs_to_two_columns(kind: Kind) -> None:
    names = Counter(
        name
        for column in columns_of(kind)
        for name in {normalised(name) for name in (column.heading, *column.synonyms)}
    )
    assert [name for name, times in names.items() if times > 1] == []
    assert len({column.code for column in columns_of(kind)}) == len(columns_of(kind))


@pytest.mark.parametrize("kind", Kind)
def test_every_column_is_known_by_its_names_and_can_be_read(kind: Kind) -> None:
    names = Names(kind, When(2023, 9), {})
    for known in columns_of(kind):
        for heading in (known.heading, *known.synonyms):
            named = names.named([heading.replace("{M}", "9").replace("{Y}", "2023")])
            assert named is not None
            assert (named.column.code, named.is_guess) == (known.code, False)
        assert reader_of(known, year=2023)("—") is None
        assert bool(known.words) is (known.reads is Reads.CHOICE)


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_recognised_by_its_usual_sheet(kind: Kind) -> None:
    usual = usual_columns(kind)
    found = found_on(sheet_of([column.written(year=2023, month=9) for column in usual]))
    assert found.kind is kind
    assert list(codes(found).values()) == [column.code for column in usual]
    assert not found.missing


# ── headings ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        (["总投资（亿元）"], "total_investment"), (["总 投 资\n(万元)"], "total_investment"),
        (["3.项目名称"], "name"), (["*项目名称："], "name"),
        (["项目（建设）单位"], "owner"), (["形象进度（截至月底）"], "image"), (["投资完成情况", "9月"], None),
        (["投资完成情况", "本月完成"], "invested_this_month"), (["开工时间", "计划"], "planned_start"),
        (["竣工时间", "计划"], "planned_finish"),
        (["本月", "计划"], "planned_this_month"), (["总投资", "金额"], "total_investment"),
        (["总投资", "其中：财政资金"], None),
        (["1-9月累计完成投资"], "invested_to_date"), (["1—8月累计完成投资"], None),
        (["8月完成投资"], None), (["2022年完成投资"], None),
        (["2023年计划投资"], "year_plan"), (["2024年计划投资"], None), (["上年度计划投资"], None),
        (["截至9月底工程形象进度"], "image"),
        (["去年同期完成投资"], None), (["领导批示"], None),
    ],
)  # fmt: skip
def test_headings(parts: list[str], code: str | None) -> None:
    named = Names(Kind.MONTH, When(2023, 9), {}).named(parts)
    assert (named and named.column.code) == code


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("总投资（亿元）", YI), ("总投资(万元)", WAN), ("单位：万元", WAN), ("（单位:人民币元）", 1),
        ("总投资/亿元", YI),
        ("投资（千元）", 1000), ("总投资", None), ("多元化", None), ("单元名称", None),
    ],
)  # fmt: skip
def test_units(text: str, unit: int | None) -> None:
    assert unit_in(text) == unit


def test_the_unit_of_a_heading_outdoes_that_of_the_title_and_a_correction_both() -> None:
    sheet = sheet_of(["单位：元"], ["项目名称", "总投资（亿元）", "本月完成", "本月计划"])
    assert found_on(sheet).unit_factors == {"total_investment": YI, "invested_this_month": 1, "planned_this_month": 1}
    assert found_on(sheet, units={"total_investment": WAN}).unit_factors["total_investment"] == WAN


def test_the_surest_of_two_columns_of_one_meaning_counts() -> None:
    found = found_on(sheet_of(["项目名称", "目前工程形象进度", "形象进度", "工程形象进度", "本月完成"]))
    assert codes(found)["C"] == "image"
    assert [heading.letter for heading in found.doubled] == ["B", "D"]
    assert {heading.text for heading in found.unknown} == {"目前工程形象进度", "工程形象进度"}


def test_what_is_missing_is_said() -> None:
    found = found_on(sheet_of(["项目代码", "形象进度", "下月计划", "备注"]))
    assert (found.kind, found.missing) == (Kind.MONTH, ("invested_this_month",))
    assert found_on(sheet_of(["责任单位", "本月完成", "形象进度"])).missing == ("name",)


@pytest.mark.parametrize(
    ("title", "name", "month"),
    [
        ("2023年9月调度表", "Sheet1", (2023, 9)), ("2023年1—9月完成情况", "Sheet1", (2023, 9)),
        ("调度表", "9月", (None, 9)),
        ("２０２３年调度表", "Sheet1", (2023, None)), ("2023年13月", "Sheet1", (2023, None)),
    ],
)  # fmt: skip
def test_the_month_of_the_title(title: str, name: str, month: tuple[int | None, int | None]) -> None:
    assert found_on(sheet_of([title], ["项目代码", "项目名称", "本月完成"], title=name)).month == month


@pytest.mark.parametrize(
    "rows", [[], [["说明"], ["请于5日前报送"]], [["项目名称", "领导", "批示"]], [["甲"] * 40] * 50]
)
def test_no_table(rows: list[list[str | float]]) -> None:
    assert recognise(sheet_of(*rows)) is None


# ── corrections ─────────────────────────────────────────────────────────────────────────────────


def test_what_a_unit_taught_is_known_the_next_month_too() -> None:
    learned = {
        normalised("9月份实际数（万元）"): "invested_this_month",
        normalised("工程名"): "name",
        "出自何处": "nowhere",
    }
    sheet = sheet_of(["2023年10月"], ["工程名", "10月份实际数", "备注", "出自何处"])
    assert recognise(sheet) is None
    found = found_on(sheet, learned=learned)
    assert codes(found) == {"A": "name", "B": "invested_this_month", "C": "note"}
    assert [heading.is_learned for heading in found.headings] == [True, True, False, False]


def test_a_heading_that_nobody_could_find_can_be_named() -> None:
    sheet = sheet_of(["甲列", "乙列"], ["S1", "5"], title="表")
    found = found_on(sheet, kind=Kind.MONTH, heading_rows=(1, 1), mapping={0: "code", 1: "invested_this_month"})
    assert (found.missing, found.heading_rows) == ((), (1, 1))
    assert [row.value("invested_this_month") for row in read_table(sheet, found, year=2023).rows] == [50_000]


def test_a_mapping_that_was_corrected_is_the_whole_mapping() -> None:
    sheet = sheet_of(["项目代码", "项目名称", "本月完成", "备注"])
    found = found_on(sheet, kind=Kind.MONTH, heading_rows=(1, 1), mapping={0: "code", 2: "planned_this_month", 3: ""})
    assert codes(found) == {"A": "code", "C": "planned_this_month"}
    assert found.missing == ("invested_this_month",)


def test_a_mapping_as_recognised_changes_nothing() -> None:
    sheet = sheet_of(["2023年9月（单位：亿元）"], ["项目代码", "项目名称", "本月完成", "来源"], ["S1", "甲", 5, "x"])
    found = found_on(sheet)
    mapping = {heading.index: heading.column.code if heading.column else "" for heading in found.headings}
    again = found_on(sheet, kind=found.kind, heading_rows=found.heading_rows, mapping=mapping, units=found.unit_factors)
    assert again == found


def test_a_code_that_the_sheet_does_not_have_is_refused() -> None:
    with pytest.raises(KeyError):
        recognise(sheet_of(["a"]), kind=Kind.PLANS, heading_rows=(1, 1), mapping={0: "image"})


def test_one_table_on_each_sheet_of_a_book() -> None:
    book = open_book("a.xlsx", workbook(["项目代码", "项目名称", "本月完成"]))
    assert [table.sheet for table in recognise_book(book)] == ["Sheet1"]
    assert [table.kind for table in recognise_book(book, kind=Kind.REGISTER)] == []


def test_letters() -> None:
    assert [letter_of(index) for index in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
    assert column(Kind.MONTH, "image").heading == "形象进度"
