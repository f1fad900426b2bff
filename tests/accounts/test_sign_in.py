"""The way in and the way out: the page, its refusals, the lock after five failures, and where one lands."""

import datetime
import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from projects.accounts.models import Failure, User
from projects.journal.models import Entry
from projects.journal.queries import faults
from tests.cast import PASSWORD, Cast, signed_in

ENTRANCE, EXIT = "/accounts/login/", "/accounts/logout/"
MORNING = datetime.datetime(2023, 10, 10, 0, 30, tzinfo=datetime.UTC)
WRONG, LOCKED = "您提供的用户名或密码不正确", "登录失败次数过多，请稍后重试"
ELSEWHERE = "203.0.113.9"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A morning in the office that goes on only when told to."""
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


def tried(name: str = "office", password: str = PASSWORD, *, client: Client | None = None, **more: Any) -> Any:
    """The answer to one try; in a browser of its own unless one is given."""
    typed = {"login": name, "password": password, "next": more.pop("next", "")}
    return (client or Client()).post(ENTRANCE, typed, **more)


def came_in(response: Any) -> bool:
    return bool(response.status_code == 302 and response.client.session.get("_auth_user_id"))


def failed(times: int, clock: time_machine.Traveller, **more: Any) -> Any:
    """The answer to the last of so many wrong passwords, a second apart."""
    response = None
    for _try in range(times):
        response = tried(password="wrong-all-the-time", **more)
        clock.shift(1)
    return response


def said(response: Any) -> str:
    return str(response.content.decode())


class TestThePage:
    def test_is_in_chinese_whatever_the_browser_would_like(self, client: Client, cast: Cast) -> None:
        page = client.get(ENTRANCE, headers={"Accept-Language": "en-US,en;q=0.9"})
        assert page.status_code == 200
        assert page.headers["Content-Language"] == "zh-hans"
        assert '<html lang="zh-hans"' in said(page)
        assert all(word in said(page) for word in ("登录", "用户名", "密码", "请联系本区系统管理员"))

    def test_is_in_english_for_who_chose_it(self, client: Client, cast: Cast) -> None:
        client.post("/language/", {"language": "en", "next": ENTRANCE})
        assert "Sign in" in said(client.get(ENTRANCE))

    def test_lets_nobody_sign_up(self, client: Client, cast: Cast) -> None:
        before = User.objects.count()
        for path in ("/accounts/signup/", "/accounts/register/", "/accounts/", "/accounts/password/reset/"):
            assert client.get(path).status_code == 404
            assert client.post(path, {"username": "new", "password1": PASSWORD}).status_code == 404
        assert User.objects.count() == before
        assert "signup" not in said(client.get(ENTRANCE))

    def test_keeps_the_passwords_out_of_the_page_when_it_refuses(self, cast: Cast) -> None:
        page = said(tried(password="wrong-all-the-time"))
        assert "wrong-all-the-time" not in page
        assert 'value="office"' in page

    def test_sends_on_who_is_in_already(self, cast: Cast) -> None:
        response = signed_in(cast.office).get(ENTRANCE)
        assert (response.status_code, response.headers["Location"]) == (302, "/")


class TestComingIn:
    def test_leads_to_the_work_and_is_journalled_with_its_address(self, cast: Cast) -> None:
        response = tried(REMOTE_ADDR=ELSEWHERE)
        assert came_in(response)
        assert response.headers["Location"] == "/"
        entry = Entry.objects.latest("seq")
        assert (entry.verb, entry.actor, entry.address) == ("sign_in", cast.office, ELSEWHERE)

    @pytest.mark.parametrize("name", ["OFFICE", " office ", "Office"])
    def test_does_not_depend_on_case_and_blanks_of_the_name(self, cast: Cast, name: str) -> None:
        assert came_in(tried(name))

    def test_makes_a_new_session(self, cast: Cast) -> None:
        client = Client()
        session = client.session
        session["month"] = "2023-05"
        session.save()
        before = session.session_key
        assert came_in(tried(client=client))
        assert client.session.session_key != before

    def test_gives_cookies_that_no_script_and_no_other_site_uses(self, cast: Cast) -> None:
        client = Client()
        client.get(ENTRANCE)
        tried(client=client)
        client.post("/language/", {"language": "zh-hans"})
        for name in ("sessionid", "csrftoken", "django_language"):
            cookie = client.cookies[name]
            assert cookie["httponly"]
            assert cookie["samesite"] == "Lax"
        assert not client.cookies["sessionid"]["max-age"], "the session ends with the browser"

    def test_is_refused_with_a_wrong_password_as_with_an_unknown_name(self, cast: Cast) -> None:
        for response in (tried(password="wrong"), tried("nobody"), tried(password=PASSWORD + " ")):
            assert response.status_code == 200
            assert WRONG in said(response)
            assert not came_in(response)

    def test_tells_only_the_owner_of_a_closed_account_that_it_is(self, cast: Cast) -> None:
        User.objects.filter(pk=cast.office.pk).update(is_active=False)
        owner, guessing = tried(), tried(password="wrong")
        assert "该账号已停用，请联系本区系统管理员" in said(owner)
        assert WRONG in said(guessing)
        for response in (owner, guessing):
            assert response.status_code == 200
            assert not came_in(response)

    @pytest.mark.parametrize("name", ["", "of\x00fice", "o" * 5000, "泉为", "office'--", "%", "office\u200b"])
    @pytest.mark.parametrize("password", ["", "\x00", "密" * 5000])
    def test_answers_odd_input_with_the_page(self, cast: Cast, name: str, password: str) -> None:
        response = tried(name, password)
        assert response.status_code == 200
        assert not came_in(response)

    def test_needs_the_token_of_the_page(self, cast: Cast) -> None:
        response = tried(client=Client(enforce_csrf_checks=True))
        assert response.status_code == 403
        assert re.search(r"[\u4e00-\u9fff]", said(response))
        assert not came_in(response)


class TestTheLock:
    def test_closes_after_five_failures_for_the_right_password_too(self, cast: Cast, clock: Any) -> None:
        assert WRONG in said(failed(5, clock))
        for response in (tried(), tried(password="wrong")):
            assert response.status_code == 200
            assert LOCKED in said(response)
            assert not came_in(response)

    def test_is_not_closed_after_four(self, cast: Cast, clock: Any) -> None:
        failed(4, clock)
        assert came_in(tried())

    def test_a_success_between_does_not_wipe_the_failures_away(self, cast: Cast, clock: Any) -> None:
        failed(4, clock)
        assert came_in(tried())
        failed(1, clock)
        assert not came_in(tried())

    def test_opens_fifteen_minutes_after_the_first_failure(self, cast: Cast, clock: Any) -> None:
        failed(5, clock)
        clock.move_to(MORNING + datetime.timedelta(minutes=14, seconds=59))
        assert not came_in(tried())
        clock.move_to(MORNING + datetime.timedelta(minutes=15))
        assert came_in(tried())

    def test_is_not_prolonged_by_knocking(self, cast: Cast, clock: Any) -> None:
        failed(15, clock)
        clock.move_to(MORNING + datetime.timedelta(minutes=15))
        assert came_in(tried())

    def test_leaves_another_account_at_the_same_address_alone(self, cast: Cast, clock: Any) -> None:
        failed(5, clock)
        assert came_in(tried("leader"))

    def test_leaves_the_same_account_at_another_address_alone(self, cast: Cast, clock: Any) -> None:
        failed(5, clock, REMOTE_ADDR=ELSEWHERE)
        assert came_in(tried())
        assert not came_in(tried(REMOTE_ADDR=ELSEWHERE))

    @pytest.mark.parametrize("name", ["OFFICE", "Office", " office", "office\t", "ｏｆｆｉｃｅ", "offıce", "oﬃce"])
    def test_is_the_same_however_the_name_is_written(self, cast: Cast, clock: Any, name: str) -> None:
        failed(5, clock)
        assert not came_in(tried(name))

    def test_counts_the_ways_of_writing_together(self, cast: Cast, clock: Any) -> None:
        for name in ("office", "OFFICE", " office", "Office ", "oFFICE"):
            failed(1, clock, name=name)
        assert LOCKED in said(tried())

    @pytest.mark.parametrize(
        "header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Client-IP", "CF-Connecting-IP", "True-Client-IP"]
    )
    def test_does_not_believe_what_the_client_says_of_its_address(self, cast: Cast, clock: Any, header: str) -> None:
        for number in range(5):
            failed(1, clock, headers={header: f"203.0.113.{number}"})
        assert LOCKED in said(tried(headers={header: "203.0.113.77"}))

    def test_does_not_depend_on_the_name_by_which_the_server_was_called(self, cast: Cast, clock: Any) -> None:
        for number in range(5):
            failed(1, clock, headers={"Host": f"testserver:{8000 + number}"})
        assert LOCKED in said(tried(headers={"Host": "TestServer:9000"}))

    def test_holds_for_the_client_behind_our_own_proxies(self, cast: Cast, clock: Any, settings: Settings) -> None:
        settings.TRUSTED_PROXIES = settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        for number in range(5):
            claimed = f"10.9.9.{number}, {ELSEWHERE}"
            failed(1, clock, headers={"X-Forwarded-For": claimed})
        assert LOCKED in said(tried(headers={"X-Forwarded-For": f"10.1.1.1, {ELSEWHERE}"}))
        assert came_in(tried(headers={"X-Forwarded-For": f"{ELSEWHERE}, 203.0.113.10"}))

    def test_with_fewer_proxies_on_the_way_than_said_nobody_is_shut_out(self, cast: Cast, settings: Settings) -> None:
        settings.TRUSTED_PROXIES = settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
        assert came_in(tried(headers={"X-Forwarded-For": ELSEWHERE}))

    def test_cannot_be_walked_round_inside_one_network_of_the_new_kind(self, cast: Cast, clock: Any) -> None:
        for number in range(5):
            failed(1, clock, REMOTE_ADDR=f"2001:db8:1:2::{number + 1}")
        assert LOCKED in said(tried(REMOTE_ADDR="2001:db8:1:2:ffff::1"))
        assert came_in(tried(REMOTE_ADDR="2001:db8:1:3::1"))

    def test_many_tries_from_one_address_are_slowed_down_in_words(self, cast: Cast, clock: Any) -> None:
        for number in range(30):
            tried(f"nobody-{number}")
        response = tried()
        assert response.status_code == 429
        assert re.search(r"[\u4e00-\u9fff]", said(response))
        clock.shift(60)
        assert came_in(tried())


def noted() -> list[tuple[str, str, int | None, str]]:
    """What the journal says about who was not let in: why, as whom, whose account, and from where."""
    entries = Entry.objects.filter(verb__in=[failure.value for failure in Failure]).order_by("seq")
    return [(entry.verb, entry.subject_name, entry.subject_id, entry.address) for entry in entries]


class TestTheJournal:
    def test_keeps_a_wrong_password_without_the_password(self, cast: Cast) -> None:
        tried("OFFICE ", "not-the-password-at-all", REMOTE_ADDR=ELSEWHERE)
        assert noted() == [("fail_sign_in", "office", cast.office.pk, ELSEWHERE)]
        entry = Entry.objects.latest("seq")
        assert (entry.actor, entry.actor_name, entry.before, entry.after, entry.note) == (None, "", {}, {}, "")

    def test_keeps_a_name_that_nobody_has_cut_and_on_one_line(self, cast: Cast) -> None:
        tried("who\r\n2023-10-10 sign_in admin\x9b2J\u202e " + "x" * 9)
        [(verb, name, pk, _address)] = noted()
        assert (verb, name, pk) == ("fail_sign_in", "who 2023-10-10 sign_in admin 2", None)

    def test_keeps_the_right_password_of_a_closed_account(self, cast: Cast) -> None:
        User.objects.filter(pk=cast.office.pk).update(is_active=False)
        tried()
        assert [verb for verb, *_rest in noted()] == ["refuse_sign_in"]

    def test_keeps_once_that_the_lock_is_closed(self, cast: Cast, clock: Any) -> None:
        failed(5, clock)
        for _knocking in range(4):
            tried()
        assert [verb for verb, *_rest in noted()] == ["fail_sign_in"] * 5 + ["lock_sign_in"]
        clock.move_to(MORNING + datetime.timedelta(minutes=16))
        failed(5, clock)
        clock.shift(datetime.timedelta(minutes=5))
        tried()
        assert [verb for verb, *_rest in noted()][6:] == ["fail_sign_in"] * 5 + ["lock_sign_in"]

    def test_grows_by_no_more_than_an_address_may_try(self, cast: Cast, clock: Any) -> None:
        for number in range(40):
            tried(f"nobody-{number}")
        assert len(noted()) == 30

    def test_holds_nothing_of_who_came_in(self, cast: Cast) -> None:
        assert came_in(tried())
        assert noted() == []

    def test_stays_whole(self, cast: Cast) -> None:
        tried("nobody")
        tried(password="wrong")
        assert list(faults()) == []


OWN = ["/projects/", "/projects/?q=泉为&month=2023-09", "/projects/P-1/#history", "http://testserver/overview/"]
FOREIGN = [
    "https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "///evil.example",
    "http:///evil.example", "http://testserver@evil.example/", "http://testserver.evil.example/",
    "javascript:alert(1)", "data:text/html,x", "ftp://testserver/", "\x08//evil.example", " //evil.example",
]  # fmt: skip
ODD = ["http://[", "http://[::1", "//[", "https://[evil]/", "?", "#", "%", "/\r\nSet-Cookie: a=b", "/\x00", "x" * 9000]


class TestWhereToGo:
    @pytest.mark.parametrize("wanted", OWN)
    def test_the_page_that_was_asked_for(self, cast: Cast, wanted: str) -> None:
        response = tried(next=wanted)
        assert came_in(response)
        assert response.headers["Location"].startswith(wanted.partition("?")[0])

    @pytest.mark.parametrize("wanted", FOREIGN)
    def test_but_no_other_host(self, cast: Cast, wanted: str) -> None:
        response = tried(next=wanted)
        assert came_in(response)
        assert response.headers["Location"] == "/"

    @pytest.mark.parametrize("wanted", ODD)
    def test_and_odd_values_are_no_accident(self, cast: Cast, wanted: str) -> None:
        response = tried(next=wanted)
        assert came_in(response)
        assert "evil" not in response.headers["Location"]
        assert Client().get(ENTRANCE, {"next": wanted}).status_code in {200, 400}

    @pytest.mark.parametrize("wanted", [*FOREIGN, *ODD])
    @pytest.mark.parametrize("path", [EXIT, "/language/"])
    def test_the_same_holds_for_the_way_out_and_the_language(self, cast: Cast, wanted: str, path: str) -> None:
        response = signed_in(cast.office).post(path, {"next": wanted, "language": "en"})
        assert response.status_code == 302
        assert "evil" not in response.headers["Location"]
        assert not response.headers["Location"].startswith(("//", "/\\", "javascript:", "data:", "ftp:"))


class TestGoingOut:
    def test_takes_a_button_and_not_a_link(self, cast: Cast) -> None:
        client = signed_in(cast.office)
        page = client.get(EXIT)
        assert page.status_code == 200
        assert "退出登录" in said(page)
        assert client.get("/projects/").status_code == 200

    def test_ends_the_session_on_the_server(self, cast: Cast) -> None:
        client = signed_in(cast.office)
        kept = client.cookies["sessionid"].value
        response = client.post(EXIT)
        assert (response.status_code, response.headers["Location"]) == (302, ENTRANCE)
        thief = Client()
        thief.cookies["sessionid"] = kept
        assert thief.get("/projects/").headers["Location"].startswith(ENTRANCE)

    def test_needs_the_token_of_the_page(self, cast: Cast) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(cast.office)
        assert client.post(EXIT).status_code == 403
        assert client.get("/projects/").status_code == 200

    def test_is_open_to_who_is_out_already(self, cast: Cast) -> None:
        response = Client().get(EXIT)
        assert response.status_code == 302
        assert response.headers["Location"].startswith(ENTRANCE)
