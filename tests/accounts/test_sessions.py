"""How long a sign-in lasts, what ends it, and that an initial password is replaced before anything else."""

import datetime
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from projects.accounts.actions import reset_password
from projects.accounts.models import User
from projects.register.models import Project
from tests.cast import AT, PASSWORD, Cast, project, signed_in

MORNING = datetime.datetime(2023, 10, 10, 0, 30, tzinfo=datetime.UTC)
SECOND, MINUTE, HOUR = (datetime.timedelta(**{unit: 1}) for unit in ("seconds", "minutes", "hours"))
ENTRANCE, OWN_PASSWORD = "/accounts/login/", "/accounts/password/change/"
NEW = "ein-anderes-4711"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A morning in the office that goes on only when told to."""
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def desk(cast: Cast, clock: Any) -> Client:
    """The office's browser, in which somebody signed in this morning and looked at the list."""
    client = Client()
    client.post(ENTRANCE, {"login": "office", "password": PASSWORD})
    assert is_in(client)
    return client


def is_in(client: Client) -> bool:
    """Whether the browser is let in; looking is a request like any other."""
    response = client.get("/projects/")
    assert response.status_code in {200, 302}
    return bool(response.status_code == 200)


class TestIdling:
    def test_for_as_long_as_is_allowed_changes_nothing(self, desk: Client, clock: Any) -> None:
        clock.move_to(MORNING + 30 * MINUTE)
        assert is_in(desk)

    def test_a_second_longer_signs_out_and_the_way_back_is_kept(self, desk: Client, clock: Any) -> None:
        clock.move_to(MORNING + 30 * MINUTE + SECOND)
        response = desk.get("/projects/?q=qw")
        assert response.headers["Location"] == f"{ENTRANCE}?next=/projects/%3Fq%3Dqw"
        assert "_auth_user_id" not in desk.session

    def test_is_ended_by_every_request(self, desk: Client, clock: Any) -> None:
        for number in range(1, 5):
            clock.move_to(MORNING + number * 25 * MINUTE)
            assert is_in(desk)

    def test_is_counted_in_the_minutes_that_the_settings_say(
        self, desk: Client, clock: Any, settings: Settings
    ) -> None:
        settings.IDLE_MINUTES = 2
        clock.move_to(MORNING + 2 * MINUTE)
        assert is_in(desk)
        clock.move_to(MORNING + 4 * MINUTE + SECOND)
        assert not is_in(desk)

    def test_writes_nothing_for_a_form_that_comes_too_late(self, cast: Cast, desk: Client, clock: Any) -> None:
        row = project(cast)
        clock.move_to(MORNING + 30 * MINUTE + SECOND)
        response = desk.post(f"/projects/{row.code}/halt/", {"kind": "suspended"})
        assert response.headers["Location"].startswith(ENTRANCE)
        assert Project.objects.get().halted == ""

    def test_goes_on_in_the_demonstration_too(self, desk: Client, clock: Any, settings: Settings) -> None:
        settings.TODAY = datetime.date(2023, 10, 10)
        clock.move_to(MORNING + 30 * MINUTE + SECOND)
        assert not is_in(desk)


class TestADaysWork:
    def busy_until(self, desk: Client, clock: Any, end: datetime.datetime) -> None:
        moment = MORNING
        while moment < end:
            clock.move_to(moment)
            assert is_in(desk)
            moment += 20 * MINUTE

    def test_ends_after_the_hours_allowed_however_busy(self, desk: Client, clock: Any) -> None:
        self.busy_until(desk, clock, MORNING + 12 * HOUR)
        clock.move_to(MORNING + 12 * HOUR)
        assert is_in(desk)
        clock.move_to(MORNING + 12 * HOUR + SECOND)
        assert not is_in(desk)

    def test_is_as_long_as_the_settings_say(self, desk: Client, clock: Any, settings: Settings) -> None:
        settings.SESSION_HOURS = 1
        self.busy_until(desk, clock, MORNING + HOUR)
        clock.move_to(MORNING + HOUR + SECOND)
        assert not is_in(desk)

    def test_begins_anew_with_the_next_sign_in(self, desk: Client, clock: Any) -> None:
        self.busy_until(desk, clock, MORNING + 12 * HOUR)
        clock.move_to(MORNING + 12 * HOUR + SECOND)
        assert not is_in(desk)
        desk.post(ENTRANCE, {"login": "office", "password": PASSWORD})
        clock.shift(29 * MINUTE)
        assert is_in(desk)


def closed(cast: Cast) -> None:
    User.objects.filter(pk=cast.office.pk).update(is_active=False)


def changed_password(cast: Cast) -> None:
    reset_password(cast.office, password="given-by-the-admin-1", by=cast.admin, at=AT)


class TestWhatEndsAccess:
    @pytest.mark.parametrize("what", [closed, changed_password])
    def test_at_the_next_request(self, cast: Cast, desk: Client, what: Callable[[Cast], None]) -> None:
        what(cast)
        assert not is_in(desk)

    def test_an_own_new_password_ends_the_sessions_at_other_desks_only(self, cast: Cast, desk: Client) -> None:
        other = signed_in(cast.office)
        desk.post(OWN_PASSWORD, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
        assert is_in(desk)
        assert not is_in(other)

    def test_another_role_holds_at_the_next_request(self, cast: Cast, desk: Client) -> None:
        project(cast)
        address = "/projects/P-1/edit/"
        assert desk.get(address).status_code == 200
        User.objects.filter(pk=cast.office.pk).update(role="leader")
        assert desk.get(address).status_code == 403
        assert desk.get("/admin/").status_code == 403

    def test_another_unit_holds_at_the_next_request(self, cast: Cast, desk: Client) -> None:
        project(cast)
        assert desk.get("/projects/P-1/").status_code == 200
        User.objects.filter(pk=cast.office.pk).update(unit=cast.elsewhere)
        assert desk.get("/projects/P-1/").status_code == 404


PAGES = ["/", "/projects/", "/projects/export.csv", "/projects/new/", "/overview/", "/journal/", "/design/", "/admin/"]


class TestAnInitialPassword:
    @pytest.fixture
    def newcomer(self, cast: Cast) -> Client:
        reset_password(cast.admin, password=PASSWORD, by=None, at=AT)
        return signed_in(User.objects.get(pk=cast.admin.pk))

    @pytest.mark.parametrize("path", PAGES)
    def test_opens_nothing_but_the_page_that_replaces_it(self, newcomer: Client, path: str) -> None:
        for method in (newcomer.get, newcomer.post):
            response = method(path)
            assert (response.status_code, response.headers["Location"]) == (302, OWN_PASSWORD)

    def test_says_so(self, newcomer: Client) -> None:
        page = newcomer.get("/", follow=True)
        assert "请先设置您自己的密码" in page.content.decode()

    def test_lets_one_out_and_choose_the_language(self, newcomer: Client) -> None:
        assert newcomer.post("/language/", {"language": "en", "next": OWN_PASSWORD}).headers["Location"] == OWN_PASSWORD
        assert newcomer.post("/accounts/logout/").headers["Location"] == ENTRANCE

    def test_once_replaced_opens_everything(self, newcomer: Client) -> None:
        response = newcomer.post(OWN_PASSWORD, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
        assert (response.status_code, response.headers["Location"]) == (302, "/")
        assert newcomer.get("/").status_code == 200
        assert User.objects.get(username="admin").must_change_password is False

    def test_is_not_replaced_by_itself(self, newcomer: Client) -> None:
        response = newcomer.post(OWN_PASSWORD, {"oldpassword": PASSWORD, "password1": PASSWORD, "password2": PASSWORD})
        assert response.status_code == 200
        assert "新密码不能与当前密码相同" in response.content.decode()
        assert User.objects.get(username="admin").must_change_password is True


class TestThePasswordRules:
    @pytest.mark.parametrize(
        "chosen",
        ["", "short-7x1", "4711471147", "password12", "other_reporter", "密" * 9, "x" * 10 + "\x00"],
        ids=["none", "nine signs", "digits", "common", "the name", "nine signs in chinese", "a control character"],
    )
    def test_refuse_in_chinese(self, cast: Cast, chosen: str) -> None:
        client = signed_in(cast.other_reporter)
        response = client.post(OWN_PASSWORD, {"oldpassword": PASSWORD, "password1": chosen, "password2": chosen})
        assert response.status_code == 200
        errors = [str(error) for each in response.context["form"].errors.values() for error in each]
        assert errors
        assert all(re.search(r"[\u4e00-\u9fff]", error) for error in errors)
        assert not any(re.search(r"[A-Za-z]{3}", error) for error in errors)
        assert f'value="{chosen}"' not in response.content.decode(), "a password is never sent back"
        assert User.objects.get(pk=cast.other_reporter.pk).check_password(PASSWORD)

    @pytest.mark.parametrize("chosen", ["ten-signs-1", "密码要有十个字才行啊"])
    def test_take_ten_signs(self, cast: Cast, chosen: str) -> None:
        client = signed_in(cast.reporter)
        response = client.post(OWN_PASSWORD, {"oldpassword": PASSWORD, "password1": chosen, "password2": chosen})
        assert response.status_code == 302
        assert User.objects.get(pk=cast.reporter.pk).check_password(chosen)

    @pytest.mark.parametrize(("old", "again"), [("wrong", NEW), (PASSWORD, NEW + "x")], ids=["old", "again"])
    def test_ask_for_the_old_one_and_for_the_new_one_twice(self, cast: Cast, old: str, again: str) -> None:
        client = signed_in(cast.reporter)
        response = client.post(OWN_PASSWORD, {"oldpassword": old, "password1": NEW, "password2": again})
        assert response.status_code == 200
        assert User.objects.get(pk=cast.reporter.pk).check_password(PASSWORD)

    def test_guessing_the_old_one_is_slowed_down(self, cast: Cast) -> None:
        client = signed_in(cast.reporter)
        wrong = {"oldpassword": "wrong", "password1": NEW, "password2": NEW}
        assert [client.post(OWN_PASSWORD, wrong).status_code for _try in range(6)] == [200] * 5 + [429]
