"""Amounts, percentages and numbers as they stand in cells."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.core.display import wan, yi
from projects.core.yuan import LARGEST, WAN, YI, exactly
from projects.exchange.figures import read_decimal, read_integer, read_money, read_percent
from projects.exchange.unreadable import Unreadable, Why

AMOUNTS = st.integers(-LARGEST, LARGEST)


@pytest.mark.parametrize(
    ("raw", "yuan"),
    [
        ("1.2亿", 120_000_000), ("12000", 120_000_000), ("12,000万元", 120_000_000), ("１２，０００", 120_000_000),
        ("12 000", 120_000_000), ("1200 万元", 12_000_000), ("1亿2000万元", 120_000_000), ("3.5千元", 3_500),
        ("约1200", 12_000_000), ("￥５", 50_000), ("-5", -50_000), ("−5", -50_000), ("－５", -50_000), ("(5)", -50_000),
        ("（5）", -50_000), ("120\n万元", 1_200_000), (" 7　", 70_000), (12000.0, 120_000_000), (0.1 + 0.2, 3_000),
        (33.3333333333333, 333_333), (0.00005, 1), (0.00004, 0), (-0.00005, -1), (0, 0), ("0", 0), (10**9, LARGEST),
        ("一千万元", 10_000_000), ("二亿三千万", 230_000_000), ("两亿零三百万元", 203_000_000), ("十五万", 150_000),
        ("一十五万", 150_000), ("一点二五亿元", 125_000_000), ("壹仟贰佰万元整", 12_000_000), ("五百元", 500),
        ("3千万", 30_000_000), ("1.5千万元", 15_000_000), ("5百万", 5_000_000), ("2亿3千万元", 230_000_000),
        ("", None), ("—", None), ("-", None), ("/", None), ("无", None), ("暂无", None), ("N/A", None), ("　", None),
    ],
)  # fmt: skip
def test_amounts(raw: Any, yuan: int | None) -> None:
    assert read_money(raw) == yuan


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("五百", Why.NOT_AN_AMOUNT), ("一亿五千万零", Why.NOT_AN_AMOUNT), ("一亿五千", Why.NOT_AN_AMOUNT),
        ("一万五", Why.NOT_AN_AMOUNT), ("三四百万", Why.NOT_AN_AMOUNT), ("十几万", Why.NOT_AN_AMOUNT),
        ("千万元", Why.NOT_AN_AMOUNT), ("二亿三百万", Why.NOT_AN_AMOUNT), ("一点五", Why.NOT_AN_AMOUNT),
        ("一点五千万", Why.NOT_AN_AMOUNT), ("一万万", Why.NOT_AN_AMOUNT), ("2亿30千万", Why.NOT_AN_AMOUNT),
        ("1,2000", Why.NOT_AN_AMOUNT), ("1，2", Why.NOT_AN_AMOUNT),
        ("12000元整", Why.NOT_AN_AMOUNT),
        ("1.2.3", Why.NOT_AN_AMOUNT), (True, Why.NOT_AN_AMOUNT), (float("nan"), Why.NOT_AN_AMOUNT),
        (1e300, Why.NOT_AN_AMOUNT),
        (10**9 + 1, Why.AMOUNT_TOO_LARGE), ("-1000001亿", Why.AMOUNT_TOO_LARGE), ("#REF!", Why.ERROR_IN_CELL),
        ("#CALC!", Why.NOT_CALCULATED),
    ],
)  # fmt: skip
def test_amounts_that_are_none(raw: Any, why: Why) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_money(raw)
    assert refusal.value.why is why


@pytest.mark.parametrize(("raw", "yuan"), [("1.2", 120_000_000), (3.0, 300_000_000), ("5万", 50_000), ("5元", 5)])
def test_a_unit_behind_the_number_outdoes_that_of_the_column(raw: Any, yuan: int) -> None:
    assert read_money(raw, unit=YI) == yuan


@given(AMOUNTS)
def test_amounts_come_back_however_they_are_written(yuan: int) -> None:
    assert read_money(exactly(yuan)) == yuan
    assert read_money(f"{yuan}元") == yuan
    assert read_money(exactly(yuan, YI), unit=YI) == yuan
    assert read_money(yuan / WAN) == yuan  # as a number of Excel


@given(st.integers(-LARGEST // WAN, LARGEST // WAN).map(lambda count: count * WAN))
def test_amounts_come_back_as_lists_show_them(yuan: int) -> None:
    assert read_money(wan(yuan)) == yuan
    assert read_money(yi(yuan // YI * YI) + "亿元") == yuan // YI * YI


@given(st.text(max_size=30) | st.floats() | st.integers())
def test_what_was_read_is_read_alike_once_more(raw: Any) -> None:
    try:
        yuan = read_money(raw)
    except Unreadable:
        return
    assert yuan is None or read_money(exactly(yuan)) == yuan


@pytest.mark.parametrize(
    ("raw", "share"),
    [
        (0.42, "0.42"), (42.0, "0.42"), ("42%", "0.42"), ("４２％", "0.42"), ("０．４２", "0.42"),
        ("42", "0.42"), (1, "1"),
        ("1%", "0.01"),
        (1.5, "1.5"), (1.6, "0.016"), ("1.5%", "0.015"), ("150%", "1.5"), (-3, "-0.03"), (0, "0"), ("—", None),
    ],
)  # fmt: skip
def test_percentages(raw: Any, share: str | None) -> None:
    assert read_percent(raw) == (None if share is None else Decimal(share))


@pytest.mark.parametrize("raw", ["很多", "4,2%", "42%%", True, float("inf")])
def test_percentages_that_are_none(raw: Any) -> None:
    with pytest.raises(Unreadable, match="not_a_percentage"):
        read_percent(raw)


@pytest.mark.parametrize(
    ("raw", "number"),
    [(3.0, 3), ("3", 3), ("二期", 2), ("第2期", 2), ("十二期", 12), ("2023年", 2023), ("／", None), ("", None)],
)
def test_whole_numbers(raw: Any, number: int | None) -> None:
    assert read_integer(raw) == number


@pytest.mark.parametrize("raw", [3.5, "三十期", "3.5", "甲"])
def test_whole_numbers_that_are_none(raw: Any) -> None:
    with pytest.raises(Unreadable):
        read_integer(raw)


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        (117.5567891, "117.556789"), ("117.55", "117.55"), ("117°33′12″", "117.553333"), ("东经117.5°", "117.5"),
        ("北纬34度51分", "34.85"), ("E117.55", "117.55"), ("-", None),
    ],
)  # fmt: skip
def test_coordinates(raw: Any, number: str | None) -> None:
    assert read_decimal(raw) == (None if number is None else Decimal(number))
