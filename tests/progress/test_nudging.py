"""The button beside a unit: who is asked for what, once a day, and who may press it."""

import datetime
from typing import Any

import pytest
from pytest_django import Settings

from projects.accounts.models import User
from projects.core.refusals import NotAllowed, Refused
from projects.journal.models import Entry
from projects.notices.models import Notice
from projects.progress.actions.nudging import nudge
from tests.cast import SEPTEMBER, TODAY, Cast, project, signed_in
from tests.progress.month import at, opened, returned, submitted

DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def standing_clock(settings: Settings) -> None:
    settings.TODAY = TODAY


@pytest.fixture
def owing(cast: Cast) -> Cast:
    """The town owes two reports of September; of the other town's one is in."""
    for number in (1, 2):
        project(cast, f"P-{number}")
    other = project(cast, "P-3", unit=cast.other_town)
    opened()
    submitted(other, by=cast.other_reporter)
    Notice.objects.all().delete()
    return cast


def press(cast: Cast, who: str, **typed: Any) -> Any:
    form = {"unit": cast.town.pk, "month": "2023-09", **typed}
    return signed_in(cast.person(who)).post("/reports/board/nudge/", form, headers={"Referer": "/problems/?q=x"})


def messages_of(cast: Cast, response: Any) -> str:
    """What the page shows that the answer leads to."""
    assert response.status_code == 302
    return " ".join(str(message) for message in response.wsgi_request._messages)


class TestAsking:
    def test_reporters_and_the_head_hear_who_asks_for_what(self, owing: Cast) -> None:
        User.objects.filter(pk=owing.auditor.pk).update(unit=owing.town, is_head=True)
        nudge(owing.town, SEPTEMBER, by=owing.office, at=at())
        told = Notice.objects.order_by("recipient__username")
        assert [notice.recipient.username for notice in told] == ["auditor", "reporter"]
        assert told[0].sentence == "office催报：税郭镇还有2份2023年9月月报未报送，即项目P-1、项目P-2。"
        entry = Entry.objects.latest("seq")
        assert (entry.verb, entry.subject_name, entry.after) == ("nudge", "税郭镇", {"month": "2023-09", "reports": 2})

    def test_a_returned_report_is_asked_for_too(self, owing: Cast) -> None:
        returned(project_of(owing), by=owing.reporter)
        nudge(owing.town, SEPTEMBER, by=owing.office, at=at())
        assert Notice.objects.get(kind="nudge").params["count"] == 3

    @pytest.mark.parametrize(("moment", "again"), [(at(TODAY, 23, 59, 59), False), (at(TODAY + DAY, 0, 0, 0), True)])
    def test_once_a_local_day(self, owing: Cast, moment: datetime.datetime, again: bool) -> None:
        nudge(owing.town, SEPTEMBER, by=owing.office, at=at(TODAY, 0, 0, 0))
        if again:
            assert nudge(owing.town, SEPTEMBER, by=owing.admin, at=moment)
        else:
            with pytest.raises(Refused, match="今天已就2023年9月月报催过税郭镇"):
                nudge(owing.town, SEPTEMBER, by=owing.admin, at=moment)
        assert Notice.objects.count() == Entry.objects.filter(verb="nudge").count() == 1 + again

    def test_each_month_by_itself(self, owing: Cast) -> None:
        opened(SEPTEMBER + -1)
        nudge(owing.town, SEPTEMBER, by=owing.office, at=at())
        assert nudge(owing.town, SEPTEMBER + -1, by=owing.office, at=at())

    @pytest.mark.parametrize(
        ("unit", "months", "sentence"),
        [("other_town", 0, "孟庄镇没有未报送的2023年9月月报"), ("town", -1, "税郭镇没有未报送的2023年8月月报")],
    )
    def test_who_owes_nothing_is_left_alone(self, owing: Cast, unit: str, months: int, sentence: str) -> None:
        with pytest.raises(Refused, match=sentence):
            nudge(getattr(owing, unit), SEPTEMBER + months, by=owing.office, at=at())
        assert not Notice.objects.exists()

    def test_a_unit_without_people_is_named(self, owing: Cast) -> None:
        User.objects.filter(pk=owing.reporter.pk).update(is_active=False)
        with pytest.raises(Refused, match="没有填报人账号"):
            nudge(owing.town, SEPTEMBER, by=owing.office, at=at())

    @pytest.mark.parametrize("who", ["reporter", "leader", "auditor", "stranger"])
    def test_is_the_offices_for_its_own_units(self, owing: Cast, who: str) -> None:
        with pytest.raises(NotAllowed):
            nudge(owing.town, SEPTEMBER, by=owing.person(who), at=at())
        assert not Notice.objects.exists()


def project_of(cast: Cast) -> Any:
    found = project(cast, "P-4")
    opened()
    return found


class TestPage:
    def test_works_and_leads_back(self, owing: Cast) -> None:
        response = press(owing, "office")
        assert messages_of(owing, response) == "已就2023年9月月报催报税郭镇，通知1人。"
        assert response.headers["Location"] == "/problems/?q=x"
        assert Notice.objects.get().recipient == owing.reporter

    def test_a_second_press_says_so(self, owing: Cast) -> None:
        press(owing, "office")
        assert "今天已就2023年9月月报催过税郭镇" in messages_of(owing, press(owing, "admin"))
        assert Notice.objects.count() == 1

    @pytest.mark.parametrize("who", ["reporter", "leader", "auditor"])
    def test_readers_are_told_who_may(self, owing: Cast, who: str) -> None:
        response = press(owing, who)
        assert response.status_code == 403
        assert "重点项目办" in response.content.decode()
        assert not Notice.objects.exists()

    def test_a_stranger_finds_nothing(self, owing: Cast) -> None:
        assert press(owing, "stranger").status_code == 404

    @pytest.mark.parametrize(
        "typed",
        [{"unit": "0"}, {"unit": "999999"}, {"unit": "x"}, {"unit": "9" * 30}, {"month": "2023-13"}, {"month": ""},
         {"unit": ""}],
    )  # fmt: skip
    def test_what_is_not_there(self, owing: Cast, typed: dict[str, str]) -> None:
        assert press(owing, "office", **typed).status_code == 404

    def test_it_is_not_opened_like_a_page(self, owing: Cast) -> None:
        assert signed_in(owing.office).get("/reports/board/nudge/").status_code == 405

    def test_without_a_page_to_return_to_the_reports_are_shown(self, owing: Cast) -> None:
        response = signed_in(owing.office).post("/reports/board/nudge/", {"unit": owing.town.pk, "month": "2023-09"})
        assert response.headers["Location"] == "/reports/?month=2023-09"
