"""Days, months and spans as officials write them."""

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.core.month import Month
from projects.exchange.unreadable import Unreadable, Why
from projects.exchange.values import Span, read_day, read_month, read_span, write_span

DAYS = st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 12, 31))


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("raw", "first", "last"),
    [
        (datetime.date(2023, 9, 5), "2023-09-05", "2023-09-05"),
        (datetime.datetime.fromisoformat("2023-09-05 08:00"), "2023-09-05", "2023-09-05"),
        ("2023-12-5", "2023-12-05", "2023-12-05"), ("2023/12/05", "2023-12-05", "2023-12-05"),
        ("2023.12.5", "2023-12-05", "2023-12-05"), ("2023年12月5日", "2023-12-05", "2023-12-05"),
        ("20231205", "2023-12-05", "2023-12-05"),
        ("２０２３．１２．５", "2023-12-05", "2023-12-05"), ("12月5日", "2023-12-05", "2023-12-05"),
        ("2024-02-29 00:00:00", "2024-02-29", "2024-02-29"),
        (45200.0, "2023-10-01", "2023-10-01"), (20231205.0, "2023-12-05", "2023-12-05"),
        ("2023年12月", "2023-12-01", "2023-12-31"), ("2023.12", "2023-12-01", "2023-12-31"),
        ("2023/12", "2023-12-01", "2023-12-31"),
        ("2023-12", "2023-12-01", "2023-12-31"), ("202312", "2023-12-01", "2023-12-31"),
        (202312.0, "2023-12-01", "2023-12-31"),
        (2023.12, "2023-12-01", "2023-12-31"), (2023.2, "2023-02-01", "2023-02-28"),
        ("2023.1", "2023-01-01", "2023-01-31"),
        ("23年5月", "2023-05-01", "2023-05-31"), ("12月", "2023-12-01", "2023-12-31"),
        ("12月份", "2023-12-01", "2023-12-31"),
        ("12月底", "2023-12-31", "2023-12-31"), ("2024年2月底前", "2024-02-29", "2024-02-29"),
        ("12月中旬", "2023-12-11", "2023-12-20"),
        ("12月初", "2023-12-01", "2023-12-10"), ("2月下旬", "2023-02-21", "2023-02-28"),
        ("2023年", "2023-01-01", "2023-12-31"), (2023.0, "2023-01-01", "2023-12-31"),
        ("年底", "2023-12-31", "2023-12-31"),
        ("2024年年底", "2024-12-31", "2024-12-31"), ("今年12月", "2023-12-01", "2023-12-31"),
        ("上半年", "2023-01-01", "2023-06-30"),
        ("2024年第二季度", "2024-04-01", "2024-06-30"), ("年内", "2023-01-01", "2023-12-31"),
        ("2023年3月开工", "2023-03-01", "2023-03-31"), ("已于2023年5月8日开工", "2023-05-08", "2023-05-08"),
        ("预计2024年6月建成投产", "2024-06-01", "2024-06-30"),
    ],
)  # fmt: skip
def test_days(raw: Any, first: str, last: str) -> None:
    assert read_day(raw, year=2023) == day(first)
    assert read_day(raw, year=2023, last=True) == day(last)


@pytest.mark.parametrize("raw", ["", "—", "/", "无", "待定", "未开工", " 　"])
def test_no_day(raw: str) -> None:
    assert read_day(raw, year=2023) is None


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("2023年13月", Why.NOT_A_DAY), ("2023-02-30", Why.NOT_A_DAY), ("12.5", Why.NOT_A_DAY), ("12/5", Why.NOT_A_DAY),
        ("尽快", Why.NOT_A_DAY), (12.5, Why.NOT_A_DAY), (True, Why.NOT_A_DAY), (float("nan"), Why.NOT_A_DAY),
        (datetime.time(8), Why.NOT_A_DAY),
        (2023.1, Why.JANUARY_OR_OCTOBER), (datetime.date(1999, 12, 31), Why.DAY_OUT_OF_RANGE),
        ("1999-12-31", Why.DAY_OUT_OF_RANGE),
        (datetime.date(2101, 1, 1), Why.DAY_OUT_OF_RANGE), (36525, Why.NOT_A_DAY), (73416, Why.NOT_A_DAY),
        ("年" * 1000, Why.NOT_A_DAY),
    ],
)  # fmt: skip
def test_days_that_are_none(raw: Any, why: Why) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_day(raw, year=2023)
    assert refusal.value.why is why


def test_the_first_and_the_last_day_that_excel_counts() -> None:
    assert read_day(36526, year=2023) == day("2000-01-01")
    assert read_day(73415.9, year=2023) == day("2100-12-31")


@given(DAYS)
def test_days_come_back_however_they_are_written(date: datetime.date) -> None:
    for written in (
        date.isoformat(), f"{date.year}年{date.month}月{date.day}日", f"{date:%Y/%m/%d}",
        f"{date.year}.{date.month}.{date.day}", f"{date:%Y%m%d}", (date - datetime.date(1899, 12, 30)).days,
        datetime.datetime.combine(date, datetime.time()),
    ):  # fmt: skip
        assert read_day(written, year=2000) == date


@pytest.mark.parametrize(
    ("raw", "month"),
    [("2023-09", Month(2023, 9)), ("9月", Month(2023, 9)), (9.0, Month(2023, 9)), ("9", Month(2023, 9)),
    ("2024.1", Month(2024, 1)),
     (datetime.date(2023, 9, 5), Month(2023, 9)), ("—", None)],
)  # fmt: skip
def test_months(raw: Any, month: Month | None) -> None:
    assert read_month(raw, year=2023) == month


@pytest.mark.parametrize("raw", [0, 13, "13", "2023年", "上半年", "九月吧"])
def test_months_that_are_none(raw: Any) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_month(raw, year=2023)
    assert refusal.value.why is Why.NOT_A_MONTH


@pytest.mark.parametrize(
    ("raw", "first", "last"),
    [
        ("2022-2024", "2022-01-01", "2024-12-31"), ("2022—2024年", "2022-01-01", "2024-12-31"),
        ("2022～2024", "2022-01-01", "2024-12-31"),
        ("2023.03—2024.12", "2023-03-01", "2024-12-31"), ("2023-03-2024-12", "2023-03-01", "2024-12-31"),
        ("2023年3月至2024年12月", "2023-03-01", "2024-12-31"), ("2023年3—12月", "2023-03-01", "2023-12-31"),
        ("2023.3-12", "2023-03-01", "2023-12-31"),
        ("2023/3/1-2024/6/30", "2023-03-01", "2024-06-30"), ("2023年至今", "2023-01-01", None),
        ("2023", "2023-01-01", "2023-12-31"), ("2023年", "2023-01-01", "2023-12-31"),
        (2023, "2023-01-01", "2023-12-31"), ("2023-03-12", "2023-03-12", None), ("2023年3月", "2023-03-01", None),
    ],
)  # fmt: skip
def test_spans(raw: Any, first: str, last: str | None) -> None:
    assert read_span(raw, year=2023) == Span(day(first), day(last) if last else None)


@pytest.mark.parametrize("raw", ["", "—", "24个月", "两年半", "2年", "待定"])
def test_what_does_not_say_when_is_no_span(raw: str) -> None:
    assert read_span(raw, year=2023) is None


@pytest.mark.parametrize(
    ("raw", "why"), [("2024-2022", Why.ENDS_BEFORE_IT_BEGINS), ("长期", Why.NOT_A_SPAN), ("-" * 900, Why.NOT_A_SPAN)]
)
def test_spans_that_are_none(raw: str, why: Why) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_span(raw, year=2023)
    assert refusal.value.why is why


@given(DAYS, DAYS)
def test_spans_come_back_to_the_month(one: datetime.date, other: datetime.date) -> None:
    first, last = Month.of(min(one, other)), Month.of(max(one, other))
    span = Span(first.first_day, last.last_day)
    assert read_span(write_span(span), year=2023) == span
    assert read_span(write_span(Span(first.first_day, None)), year=2023) == Span(first.first_day, None)
