"""Figures and dates are written one way everywhere, whatever their sign and size."""

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation

from projects.core import display
from projects.core.month import Month
from projects.core.yuan import LARGEST, WAN, YI


@pytest.mark.parametrize(
    ("yuan", "text"),
    [
        (None, "—"),
        (0, "0"),
        (1, "0"),
        (50, "0.01"),  # half up: 0.005 万元
        (5_000, "0.5"),
        (10_000, "1"),
        (12_345_0000, "12,345"),
        (12_345_6789, "12,345.68"),
        (-1, "0"),
        (-49, "0"),
        (-50, "−0.01"),
        (-123_4567, "−123.46"),
        (LARGEST, "1,000,000,000"),
    ],
)
def test_wan(yuan: int | None, text: str) -> None:
    assert display.wan(yuan) == text


@pytest.mark.parametrize(
    ("yuan", "text"),
    [
        (None, "—"),
        (107 * YI, "107"),
        (676_6000 * WAN, "676.6"),
        (120_6313 * WAN, "120.63"),
        (49 * WAN, "0"),
        (50 * WAN, "0.01"),
        (-2 * YI, "−2"),
        (12_345 * YI, "12,345"),
    ],
)
def test_yi(yuan: int | None, text: str) -> None:
    assert display.yi(yuan) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "—"),
        (0, "0.0"),
        (Fraction(137, 10), "+13.7"),
        (Fraction(-33), "−33.0"),
        (Fraction(1, 20), "+0.1"),
        (Fraction(1, 21), "0.0"),
        (Fraction(-1, 21), "0.0"),
        (Decimal("-0.05"), "−0.1"),
        (5, "+5.0"),
    ],
)
def test_points_carry_their_sign_but_zero_has_none(value: display.Exact | None, text: str) -> None:
    assert display.points(value) == text


@pytest.mark.parametrize(("tenths", "text"), [(None, "—"), (0, "0.0"), (137, "+13.7"), (-330, "−33.0")])
def test_points_in_tenths(tenths: int | None, text: str) -> None:
    assert display.points_tenths(tenths) == text


@pytest.mark.parametrize(
    ("tenths", "text"), [(None, "—"), (0, "0.0"), (887, "88.7"), (-4, "−0.4"), (13_200, "1,320.0")]
)
def test_percent_in_tenths(tenths: int | None, text: str) -> None:
    assert display.percent_tenths(tenths) == text


def test_percent_is_rounded_half_up() -> None:
    assert display.percent(Fraction(887, 1000)) == "88.7"
    assert display.percent(Fraction(88_65, 10_000)) == "88.7"
    assert display.percent(None) == "—"


def test_number() -> None:
    assert display.number(12_345) == "12,345"
    assert display.number(Fraction(-5, 2), 1) == "−2.5"
    assert display.number(None) == "—"


def test_months_are_written_in_the_language_of_the_page() -> None:
    with translation.override("zh-hans"):
        assert display.month_label(Month(2023, 9)) == "2023年9月"
        assert display.month_short(Month(2023, 12)) == "12月"
    with translation.override("en"):
        assert display.month_label(Month(2023, 9)) == "September 2023"
        assert display.month_short(Month(2023, 12)) == "Dec"
    assert display.month_label(None) == "—"


def test_days_and_moments_are_local() -> None:
    late_evening_in_utc = datetime.datetime(2023, 9, 30, 16, 30, tzinfo=datetime.UTC)
    assert display.day(late_evening_in_utc) == "2023-10-01"
    assert display.moment(late_evening_in_utc) == "2023-10-01 00:30"
    assert display.day(datetime.date(2023, 1, 2)) == "2023-01-02"
    assert display.moment(datetime.date(2023, 1, 2)) == "2023-01-02"
    assert display.day(None) == display.moment(None) == "—"
