"""Template filters that write figures, months and days as `core.display` says."""

import datetime

from django import template
from django.utils import timezone

from projects.core import display

register = template.Library()

register.filter("wan", display.wan)
register.filter("wan_change", display.wan_change)
register.filter("yi", display.yi)
register.filter("number", display.number)
register.filter("percent", display.percent)
register.filter("percent_change", display.percent_change)
register.filter("percent_tenths", display.percent_tenths)
register.filter("points", display.points)
register.filter("points_tenths", display.points_tenths)
register.filter("month_label", display.month_label)
register.filter("month_short", display.month_short)
register.filter("day", display.day)
register.filter("moment", display.moment)


@register.filter
def iso(value: datetime.date) -> str:
    """The value of a `datetime` attribute."""
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        return timezone.localtime(value).isoformat(timespec="minutes")
    return value.isoformat()
