"""The command that opens a month: the working month when none is named, and again without harm."""

import io

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from projects.progress.models import MonthlyReport, Period
from tests.cast import SEPTEMBER, TODAY, Cast, project


def opened(*arguments: str) -> str:
    said = io.StringIO()
    call_command("open_month", *arguments, stdout=said)
    return said.getvalue()


@pytest.fixture(autouse=True)
def _on_the_day_of_the_cast(settings: Settings) -> None:
    settings.TODAY = TODAY


def test_it_opens_the_working_month_and_says_so(cast: Cast) -> None:
    project(cast)
    assert "应报日2023-10-08，锁定日2023-10-15；新增应报1份，共1份" in opened()
    assert Period.objects.get().month == SEPTEMBER


def test_again_it_only_adds(cast: Cast) -> None:
    project(cast)
    opened("2023-09")
    assert "新增应报0份，共1份" in opened("2023-09")
    project(cast, "P-2")
    assert "新增应报1份，共2份" in opened("2023-09")
    assert (Period.objects.count(), MonthlyReport.objects.count()) == (1, 2)


@pytest.mark.parametrize("text", ["2023-11", "2023-13", "september"])
def test_what_has_not_begun_or_is_no_month_is_refused(cast: Cast, text: str) -> None:
    with pytest.raises(CommandError):
        opened(text)
    assert not Period.objects.exists()
