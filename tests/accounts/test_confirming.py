"""The password is asked again before publishing and before a role is given, and nothing typed is lost."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from projects.accounts.models import User
from projects.bulletins.models import Bulletin
from projects.bulletins.models.bulletins import CIRCULATED, PUBLISHED
from projects.journal.models import Entry
from projects.progress.models import MonthlyReport
from tests.admin.pages import opened as opened_in_admin
from tests.admin.pages import page
from tests.bulletins.month import circulated, district_of_three
from tests.cast import PASSWORD, SEPTEMBER, TODAY, Cast, project
from tests.pages import fields, words

MORNING = datetime.datetime(2023, 10, 13, 0, 30, tzinfo=datetime.UTC)
SECOND, MINUTE, DAY = (datetime.timedelta(**{unit: 1}) for unit in ("seconds", "minutes", "days"))
ASKED = "请再次输入密码"


@pytest.fixture
def clock(settings: Settings) -> Iterator[time_machine.Traveller]:
    """A morning in the office that goes on only when told to; objections are over by then."""
    settings.TODAY = TODAY + 3 * DAY
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def draft(cast: Cast) -> Bulletin:
    district_of_three(cast)
    return circulated(cast)


def sign_in(name: str, clock: time_machine.Traveller, *, ago: datetime.timedelta) -> Client:
    """A browser in which the person signed in `ago`, by the form."""
    client = Client()
    client.post("/accounts/login/", {"login": name, "password": PASSWORD, "next": ""})
    assert client.get("/notices/").status_code == 200
    clock.shift(ago)
    return client


def publish(client: Client, draft: Bulletin, **more: Any) -> Any:
    return client.post(f"/bulletins/{draft.pk}/publish/", {"version": draft.version, **more})


class TestPublishing:
    def test_shortly_after_signing_in_asks_nothing(self, cast: Cast, draft: Bulletin, clock: Any) -> None:
        assert publish(sign_in("office", clock, ago=5 * MINUTE), draft).status_code == 302
        assert Bulletin.objects.get().state == PUBLISHED

    def test_a_second_later_asks_and_goes_on_with_what_was_sent(self, cast: Cast, draft: Bulletin, clock: Any) -> None:
        MonthlyReport.objects.create(project=project(cast, "P-9"), month=SEPTEMBER)
        client = sign_in("office", clock, ago=5 * MINUTE + SECOND)
        response = publish(client, draft, despite_missing="on")
        assert response.status_code == 403
        assert ASKED in words(response)
        assert "距上次输入密码已超过5分钟" in words(response)
        assert Bulletin.objects.get().state == CIRCULATED
        typed = {**fields(response), "confirm-password": PASSWORD}
        assert client.post(f"/bulletins/{draft.pk}/publish/", typed).status_code == 302
        assert Bulletin.objects.get().state == PUBLISHED

    def test_lasts_as_long_as_the_settings_say(
        self, cast: Cast, draft: Bulletin, clock: Any, settings: Settings
    ) -> None:
        settings.CONFIRM_MINUTES = 20
        assert publish(sign_in("office", clock, ago=20 * MINUTE), draft).status_code == 302

    def test_a_wrong_password_is_told_counted_and_journalled_and_loses_nothing(
        self, cast: Cast, draft: Bulletin, clock: Any
    ) -> None:
        client = sign_in("office", clock, ago=10 * MINUTE)
        typed = {"version": draft.version, "despite_missing": "on", "confirm-password": "wrong-all-the-time"}
        response = publish(client, draft, **typed)
        assert response.status_code == 422
        assert "密码不正确" in words(response)
        assert "wrong-all-the-time" not in response.content.decode()
        assert fields(response)["despite_missing"] == "on"
        entry = Entry.objects.latest("seq")
        assert (entry.verb, entry.actor, entry.subject_id) == ("fail_sign_in", cast.office, cast.office.pk)
        for _again in range(4):
            publish(client, draft, **typed)
        response = publish(client, draft, **{**typed, "confirm-password": PASSWORD})
        assert "登录失败次数过多" in words(response)
        assert Bulletin.objects.get().state == CIRCULATED

    def test_a_password_without_the_token_of_the_page_is_not_tried(
        self, cast: Cast, draft: Bulletin, clock: Any
    ) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(cast.office)
        before = Entry.objects.count()
        response = publish(client, draft, **{"confirm-password": "wrong-all-the-time"})
        assert response.status_code == 403
        assert Entry.objects.count() == before

    def test_who_may_not_is_told_so_and_not_asked(self, cast: Cast, draft: Bulletin, clock: Any) -> None:
        response = publish(sign_in("leader", clock, ago=10 * MINUTE), draft)
        assert response.status_code == 403
        assert ASKED not in words(response)

    def test_looking_asks_nothing(self, cast: Cast, draft: Bulletin, clock: Any) -> None:
        client = sign_in("office", clock, ago=10 * MINUTE)
        assert ASKED not in words(client.get(f"/bulletins/{draft.pk}/publish/"))


class TestGivingARole:
    def change(self, client: Client, who: User, **typed: Any) -> Any:
        return client.post(page(who), {**opened_in_admin(client, page(who)), **typed})

    def test_asks_and_goes_on_with_what_was_sent(self, cast: Cast, clock: Any) -> None:
        client = sign_in("admin", clock, ago=6 * MINUTE)
        response = self.change(client, cast.reporter, role="office", name="李四")
        assert ASKED in words(response)
        cast.reporter.refresh_from_db()
        assert (cast.reporter.role, cast.reporter.name) == ("reporter", "reporter")
        client.post(page(cast.reporter), {**fields(response), "confirm-password": PASSWORD})
        cast.reporter.refresh_from_db()
        assert (cast.reporter.role, cast.reporter.name) == ("office", "李四")

    def test_is_asked_once_for_some_minutes(self, cast: Cast, clock: Any) -> None:
        client = sign_in("admin", clock, ago=6 * MINUTE)
        self.change(client, cast.reporter, role="office", **{"confirm-password": PASSWORD})
        clock.shift(5 * MINUTE)
        assert self.change(client, cast.leader, role="auditor").status_code == 302
        clock.shift(SECOND)
        assert ASKED in words(self.change(client, cast.leader, role="leader"))

    def test_a_new_account_has_one_too(self, cast: Cast, clock: Any) -> None:
        client = sign_in("admin", clock, ago=6 * MINUTE)
        typed = {"username": "wang", "name": "王五", "unit": str(cast.town.pk), "role": "reporter"}
        assert ASKED in words(client.post("/admin/projects/user/add/", typed))
        assert not User.objects.filter(username="wang").exists()

    def test_other_facts_of_an_account_ask_nothing(self, cast: Cast, clock: Any) -> None:
        client = sign_in("admin", clock, ago=6 * MINUTE)
        assert self.change(client, cast.reporter, name="李四").status_code == 302
