"""The filters write what the display functions write."""

import datetime
from fractions import Fraction

import pytest
from django.template import Context, Template

from projects.core.month import Month
from projects.core.yuan import WAN, YI

EVENING = datetime.datetime(2023, 9, 5, 15, 3, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("value", "name", "text"),
    [
        (12_345 * WAN, "wan", "12,345"),
        (None, "wan", "—"),
        (1_200 * WAN, "wan_change", "+1,200"),
        (-300 * WAN, "wan_change", "−300"),
        (0, "wan_change", "0"),
        (None, "wan_change", "—"),
        (107 * YI, "yi", "107"),
        (Fraction(-33), "points", "−33.0"),
        (137, "points_tenths", "+13.7"),
        (887, "percent_tenths", "88.7"),
        (Fraction(887, 1000), "percent", "88.7"),
        (Fraction(91, 1000), "percent_change", "+9.1"),
        (Fraction(-1, 2), "percent_change", "−50.0"),
        (None, "percent_change", "—"),
        (1234, "number", "1,234"),
        (1234, "number:1", "1,234.0"),
        (Month(2023, 9), "month_label", "2023年9月"),
        (Month(2023, 9), "month_short", "9月"),
        (EVENING, "day", "2023-09-05"),
        (EVENING, "moment", "2023-09-05 23:03"),
        (EVENING, "iso", "2023-09-05T23:03+08:00"),
        (EVENING.date(), "iso", "2023-09-05"),
    ],
)
def test_filter(value: object, name: str, text: str) -> None:
    template = Template("{% load figures %}{{ value|" + name + " }}")
    assert template.render(Context({"value": value})) == text
