"""The command that publishes the draft of a month in somebody's name."""

import datetime
import io

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from projects.bulletins.models import Bulletin
from projects.journal.models import Entry
from projects.register.models import Project
from tests.bulletins.month import OBJECTIONS_UNTIL, begun, circulated, district_of_three
from tests.cast import Cast

DAY = datetime.timedelta(days=1)


def ran(*arguments: str) -> str:
    said = io.StringIO()
    call_command("publish_bulletin", *arguments, stdout=said)
    return said.getvalue()


@pytest.fixture
def rows(cast: Cast, settings: Settings) -> list[Project]:
    settings.TODAY = OBJECTIONS_UNTIL + DAY
    return district_of_three(cast)


def test_publishes_in_the_name_of_the_account_and_again_changes_nothing(cast: Cast, rows: list[Project]) -> None:
    circulated(cast)
    said = ran("2023-09", "--as", "OFFICE")
    stored = Bulletin.objects.get()
    assert stored.published_by == cast.office
    assert "第1版，3个项目" in said
    assert stored.digest in said
    entries = Entry.objects.count()
    assert ran("--as", "office") == said
    assert (Bulletin.objects.count(), Entry.objects.count()) == (1, entries)


def test_what_the_page_asks_for_is_asked_for(cast: Cast, rows: list[Project], settings: Settings) -> None:
    with pytest.raises(CommandError, match="没有2023-09通报的草稿"):
        ran("2023-09", "--as", "office")
    begun(cast)
    with pytest.raises(CommandError, match="请先征求意见"):
        ran("2023-09", "--as", "office")
    Bulletin.objects.all().delete()
    circulated(cast)
    settings.TODAY = OBJECTIONS_UNTIL
    with pytest.raises(CommandError, match="异议"):
        ran("2023-09", "--as", "office")
    assert not Bulletin.objects.published().exists()


@pytest.mark.parametrize(
    ("who", "why"), [("reporter", "无权发布通报"), ("nobody", "nobody"), ("leader", "无权发布通报")]
)
def test_who_may_not_is_refused(cast: Cast, rows: list[Project], who: str, why: str) -> None:
    circulated(cast)
    with pytest.raises(CommandError, match=why):
        ran("2023-09", "--as", who)
    assert not Bulletin.objects.published().exists()


@pytest.mark.parametrize("text", ["2023-13", "september"])
def test_what_is_no_month_is_refused(cast: Cast, text: str) -> None:
    with pytest.raises(CommandError):
        ran(text, "--as", "office")
