"""How figures and dates are written for people: rounded half up, U+2212 for minus, “—” for none."""

import datetime
from decimal import Decimal
from fractions import Fraction

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import pgettext_lazy

from projects.core.month import Month
from projects.core.rounding import half_up
from projects.core.yuan import WAN, YI, in_unit

NONE = "—"
MINUS = "\N{MINUS SIGN}"

Exact = Fraction | Decimal | int

_SHORT_MONTHS = (
    pgettext_lazy("short month", "Jan"),
    pgettext_lazy("short month", "Feb"),
    pgettext_lazy("short month", "Mar"),
    pgettext_lazy("short month", "Apr"),
    pgettext_lazy("short month", "May"),
    pgettext_lazy("short month", "Jun"),
    pgettext_lazy("short month", "Jul"),
    pgettext_lazy("short month", "Aug"),
    pgettext_lazy("short month", "Sep"),
    pgettext_lazy("short month", "Oct"),
    pgettext_lazy("short month", "Nov"),
    pgettext_lazy("short month", "Dec"),
)


def _written(number: Decimal, *, trim: bool = False) -> str:
    text = f"{abs(number):,f}"
    if trim and "." in text:
        text = text.rstrip("0").rstrip(".")
    return MINUS + text if number < 0 else text


def wan(yuan: int | None) -> str:
    """`yuan` in 万元 with thousands separators and as many of two decimals as it needs.

    >>> wan(12_345_0000), wan(5_000), wan(-1_0000), wan(None)
    ('12,345', '0.5', '−1', '—')
    """
    return NONE if yuan is None else _written(in_unit(yuan, WAN, 2), trim=True)


def wan_change(yuan: int | None) -> str:
    """A difference in 万元, as `wan` writes it but with its sign: +1,200, −300, and 0 when there is none."""
    return f"+{wan(yuan)}" if yuan is not None and yuan > 0 else wan(yuan)


def yi(yuan: int | None) -> str:
    """`yuan` in 亿元 with at most two decimals: 107亿 is written 107, 676.6亿 is written 676.6."""
    return NONE if yuan is None else _written(in_unit(yuan, YI, 2), trim=True)


def number(value: Exact | None, places: int = 0) -> str:
    """`value` with thousands separators and exactly `places` decimals."""
    return NONE if value is None else _written(half_up(value, places))


def percent(rate: Exact | None) -> str:
    """A rate (0.887) as a percentage with one decimal (88.7), without the sign."""
    return NONE if rate is None else _written(half_up(Fraction(rate) * 100, 1))


def percent_change(rate: Exact | None) -> str:
    """How far something strays (0.091) as a percentage with its sign (+9.1)."""
    return NONE if rate is None else points(Fraction(rate) * 100)


def percent_tenths(tenths: int | None) -> str:
    """A percentage kept in tenths (887) with one decimal (88.7), without the sign."""
    return NONE if tenths is None else _written(Decimal(tenths).scaleb(-1))


def points(value: Exact | None) -> str:
    """A difference in percentage points, always with its sign: +13.7, −33.0, and 0.0 when it rounds to it."""
    if value is None:
        return NONE
    rounded = half_up(value, 1)
    return f"+{rounded}" if rounded > 0 else _written(rounded)


def points_tenths(tenths: int | None) -> str:
    """As `points`, from a difference kept in tenths of a point."""
    return NONE if tenths is None else points(Decimal(tenths).scaleb(-1))


def month_label(month: Month | None) -> str:
    """The month in the active language: 2023年9月, September 2023."""
    return NONE if month is None else date_format(month.first_day, "YEAR_MONTH_FORMAT")


def month_short(month: Month) -> str:
    """The month without its year, for the axis of a chart: 9月, Sep."""
    return str(_SHORT_MONTHS[month.number - 1])


def day(value: datetime.date | None) -> str:
    """A date as 2023-09-05, the same width in every row; a moment is taken in local time."""
    if value is None:
        return NONE
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return value.strftime("%Y-%m-%d")


def moment(value: datetime.date | None) -> str:
    """A moment in local time as 2023-09-05 14:03; a date, which has no time, as a date."""
    if not isinstance(value, datetime.datetime):
        return day(value)
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return local.strftime("%Y-%m-%d %H:%M")
