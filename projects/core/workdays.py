"""Working days in China: weekends, public holidays, and the weekends that are worked instead."""

import datetime

from chinese_calendar import is_workday as _is_workday


def is_workday(day: datetime.date) -> bool:
    """Whether `day` is worked. Holidays are published a year ahead; beyond that Monday to Friday count."""
    try:
        return bool(_is_workday(day))
    except NotImplementedError:  # a year whose holidays are not published yet, or before 2004
        return day.isoweekday() <= 5


def workdays_after(day: datetime.date, count: int) -> datetime.date:
    """The working day that is the `count`th after `day` (0: `day` itself)."""
    while count > 0:
        day += datetime.timedelta(days=1)
        count -= is_workday(day)
    return day
