"""Now and today, in one place; below the views both are arguments."""

import datetime

from django.conf import settings
from django.utils import timezone

from projects.core.month import Month


def instant() -> datetime.datetime:
    """The real instant, in the demonstration too: for the patience and the schedule of machines."""
    return timezone.now()


def now() -> datetime.datetime:
    """The present instant; in the demonstration the present time of day on its standing day."""
    if settings.TODAY is None:
        return instant()
    local = timezone.localtime(instant())
    return local.replace(year=settings.TODAY.year, month=settings.TODAY.month, day=settings.TODAY.day)


def today() -> datetime.date:
    """The local day, or the day on which the demonstration stands still (`TODAY`)."""
    return settings.TODAY or timezone.localdate()


def working_month(day: datetime.date) -> Month:
    """The month that is being reported on `day`: the last one that has ended."""
    return Month.of(day) + -1
