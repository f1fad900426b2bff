"""How values stand in addresses: a month as 2023-09."""

from django.urls import register_converter
from django.urls.converters import get_converters

from projects.core.month import Month


class MonthInAddress:
    """A path converter: four digits, a hyphen, two digits; what is no month, or has no months around it, is none."""

    regex = r"[0-9]{4}-[0-9]{2}"

    def to_python(self, text: str) -> Month:
        month = Month.parse(text)
        _around = month + -2, month + 1
        return month

    def to_url(self, month: Month | str) -> str:
        return str(month)


def know_months() -> None:
    """Make `<month:…>` known, whichever slice's addresses are read first."""
    if "month" not in get_converters():
        register_converter(MonthInAddress, "month")
