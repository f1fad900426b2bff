"""Texts, choices and cells that tell several things; and readers that never fail otherwise than in a word."""

import datetime
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from projects.core.yuan import LARGEST
from projects.exchange.columns import Column, Kind, column, columns_of
from projects.exchange.unreadable import Unreadable, Why
from projects.exchange.values import (
    Contact,
    Entered,
    NextMonth,
    is_blank,
    read_choice,
    read_contact,
    read_entered,
    read_lines,
    read_next_month,
    read_several,
    read_text,
    read_yes_no,
    reader_of,
    write_contact,
    write_entered,
    write_next_month,
)

COLUMNS = [column for kind in Kind for column in columns_of(kind)]
CELLS = (
    st.text(max_size=40)
    | st.text(alphabet="0123456789.-—/年月日底至（）,，万亿元%第一二期 已纳统是否;；\n", max_size=20)
    | st.integers()
    | st.floats()
    | st.booleans()
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.timedeltas()
)


@given(st.sampled_from(COLUMNS), CELLS)
@example(column(Kind.MONTH, "planned_start"), "0年0月")
@example(column(Kind.MONTH, "build_span"), "2000-")
@example(column(Kind.MONTH, "contact"), "(((((")
def test_a_reader_reads_or_says_in_a_word_that_it_cannot(column: Column, raw: Any) -> None:
    with suppress(Unreadable):
        value = reader_of(column, year=2023)(raw)
        assert value == value  # no NaN


@pytest.mark.parametrize("raw", ["", " ", "—", "——", "-", "/", "／", "无", "暂无", "N/A", "n/a", "　无 ", None])
def test_words_for_nothing(raw: Any) -> None:
    assert is_blank(raw)
    if raw is not None:
        assert read_text(raw) is None
        assert read_several(raw) is None


@pytest.mark.parametrize("raw", ["无锡路", "0", "否", 0, False, "-5"])
def test_words_for_something(raw: Any) -> None:
    assert not is_blank(raw)
    assert read_text(raw) is not None


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (" 智慧\n冷链 ", "智慧冷链"), ("ABC\r\nDEF", "ABC DEF"), ("甲　　乙", "甲 乙"),
        ("a\u200bb\u00a0c", "ab c"), (12.0, "12"),
        (0.5, "0.5"),
        (13800000000.0, "13800000000"), (datetime.date(2023, 9, 5), "2023-09-05"), ("'=甲", "=甲"), ("'甲", "'甲"),
        ("2_x000D_\n期", "2期"),
    ],
)  # fmt: skip
def test_one_line(raw: Any, text: str) -> None:
    assert read_text(raw) == text


def test_several_lines() -> None:
    assert read_lines(" 一期\r\n\r\n  二期　主体\v封顶 \n") == "一期\n二期 主体\n封顶"


@pytest.mark.parametrize(
    ("raw", "why"), [("a\x00b", Why.CONTROL_SIGNS), ("字" * 5001, Why.TEXT_TOO_LONG), ("#VALUE!", Why.ERROR_IN_CELL)]
)
def test_texts_that_are_refused(raw: str, why: Why) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_text(raw)
    assert refusal.value.why is why


@given(st.text(max_size=60))
def test_a_text_is_read_alike_once_more(text: str) -> None:
    for read in (read_text, read_lines):
        try:
            once = read(text)
        except Unreadable:
            continue
        assert once is None or read(once) in {once, None}


@pytest.mark.parametrize(
    ("raw", "entered"),
    [
        ("是", Entered(True)), ("已纳统", Entered(True)), ("√", Entered(True)), (True, Entered(True)),
        ("否", Entered(False)), ("未纳统", Entered(False)),
        ("计划12月纳统", Entered(False)), ("2023.05已纳统", Entered(True, datetime.date(2023, 5, 1))),
        ("已纳统（2023年5月8日）", Entered(True, datetime.date(2023, 5, 8))),
        ("是/5月", Entered(True, datetime.date(2023, 5, 1))),
        (datetime.date(2023, 5, 8), Entered(True, datetime.date(2023, 5, 8))), ("—", None),
    ],
)  # fmt: skip
def test_entry_in_the_statistics(raw: Any, entered: Entered | None) -> None:
    assert read_entered(raw, year=2023) == entered


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("是", True),
        ("√", True),
        ("关键节点", True),
        (True, True),
        ("否", False),
        ("×", False),
        ("一般", False),
        ("", None),
    ],
)
def test_yes_and_no(raw: Any, said: bool | None) -> None:
    assert read_yes_no(raw) is said


@pytest.mark.parametrize("raw", ["也许", 2, "2023"])
def test_neither_yes_nor_no(raw: Any) -> None:
    with pytest.raises(Unreadable, match="not_yes_or_no"):
        read_yes_no(raw)


def test_choices() -> None:
    words = column(Kind.MONTH, "nature").words
    assert [read_choice(raw, words) for raw in ("新建", " 改 扩建\n", "续建项目", "NEW", "/")] == [
        "new",
        "extension",
        "continued",
        "new",
        None,
    ]
    with pytest.raises(Unreadable) as refusal:
        read_choice("重建", words)
    assert refusal.value == Unreadable(Why.NOT_A_CHOICE, choices="新建、续建、扩建、技改")


def test_several_in_one_cell() -> None:
    assert read_several("省重点、市重点，区重点;省重点/国家\n省重大") == (
        "省重点",
        "市重点",
        "区重点",
        "国家",
        "省重大",
    )


@pytest.mark.parametrize(
    ("raw", "contact"),
    [
        ("张三 13800000000", Contact("张三", "13800000000")), ("张三13800000000", Contact("张三", "13800000000")),
        ("张三：0632-3312345", Contact("张三", "0632-3312345")),
        ("张三（138 0000 0000）", Contact("张三", "138 0000 0000")),
        ("张三\n13800000000", Contact("张三", "13800000000")), ("张三", Contact("张三")),
        (13800000000.0, Contact("", "13800000000")),
        ("张三 13800000000、李四 13900000000", Contact("张三、李四", "13800000000 13900000000")), ("/", None),
    ],
)  # fmt: skip
def test_contacts(raw: Any, contact: Contact | None) -> None:
    assert read_contact(raw) == contact


@given(
    st.text(alphabet="张王李赵欧阳一二", min_size=1, max_size=6),
    st.from_regex(r"\+?[0-9]{3,4}[ -]?[0-9]{7,11}", fullmatch=True) | st.just(""),
)
def test_contacts_come_back(name: str, phone: str) -> None:
    assert read_contact(write_contact(Contact(name, phone))) in {
        Contact(name, phone),
        None if name in {"一", "二"} else Contact(name, phone),
    }


@given(st.booleans(), st.none() | st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 12, 31)))
def test_entries_come_back(entered: bool, on: datetime.date | None) -> None:
    said = Entered(entered or on is not None, on)
    assert read_entered(write_entered(said), year=2023) == said


@pytest.mark.parametrize(
    ("raw", "plan"),
    [
        ("1200", NextMonth(12_000_000)), (1200.0, NextMonth(12_000_000)), ("1,200万元", NextMonth(12_000_000)),
        ("主体封顶", NextMonth(None, "主体封顶")), ("计划投资1,200万元；主体封顶", NextMonth(12_000_000, "主体封顶")),
        ("下月计划完成投资0.5亿元，开展装修", NextMonth(50_000_000, "开展装修")), ("—", None), ("", None),
    ],
)  # fmt: skip
def test_what_is_planned_for_next_month(raw: Any, plan: NextMonth | None) -> None:
    assert read_next_month(raw) == plan


STEPS = st.text(max_size=40) | st.sampled_from(["1200", "；；", "无", "计划投资5万元；甲", "；计划投资5万元"])


@given(st.none() | st.integers(0, LARGEST), STEPS)
def test_plans_for_next_month_come_back(amount: int | None, steps: str) -> None:
    try:
        tidy = read_lines("甲" + steps) or ""
    except Unreadable:
        return
    plan = NextMonth(amount, tidy.removeprefix("甲").strip())
    assert (read_next_month(write_next_month(plan)) or NextMonth()) == plan
