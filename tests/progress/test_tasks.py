"""What the worker does with reports: on the product's clock, and nothing twice."""

import datetime

import pytest
from pytest_django import Settings

from projects.notices.models import Notice
from projects.progress.actions.ladder import found_ladder
from projects.progress.models import Period
from projects.progress.tasks import open_months, remind
from tests.cast import AT, SEPTEMBER, Cast, project


@pytest.mark.parametrize(("day", "count"), [(24, 0), (25, 1)])
def test_a_month_is_opened_and_its_reporters_are_told(cast: Cast, settings: Settings, day: int, count: int) -> None:
    settings.TODAY = datetime.date(2023, 9, day)
    project(cast, listed_from=SEPTEMBER)
    found_ladder(by=None, at=AT)
    for _time in range(2):
        open_months.enqueue()
        remind.enqueue()
    assert Period.objects.count() == count
    told = Notice.objects.values_list("recipient__username", "kind", "at__date")
    assert list(told) == [("reporter", "period_opened", settings.TODAY)] * count
