"""What holds for every answer: who has not signed in is sent to the door, nothing is kept, nothing foreign runs."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

from projects.register.stages import Stage
from tests.cast import SEPTEMBER, TODAY, WAN, Cast, figures, phase, project, signed_in

ENTRANCE = "/accounts/login/"
PUBLIC = {
    "/accounts/login/": "the door itself",
    "/accounts/logout/": "the same door from inside; who is out stays out",
    "/healthz": "for whoever keeps the machine; says nothing of the projects",
    "/language/": "the door speaks both languages",
    "/admin/jsi18n/": "words of Django's own scripts",
}
SAMPLES = {
    "code": "P-1", "month": "2023-09", "year": "2023", "kind": "csv", "object_id": "1", "number": "1", "part": "1",
    "pk": "1", "id": "1", "name": "solve", "form": "xlsx", "content_type_id": "1", "app_label": "projects",
    "url": "nowhere/",
}  # fmt: skip


def addresses(resolver: URLResolver | None = None, before: str = "/") -> Iterator[str]:
    """An address for each pattern of the program and of the administration, with a sample in each place."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern).removeprefix("^").removesuffix("$").removesuffix(r"\Z")
        if isinstance(pattern, URLPattern):
            named = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", route)
            yield re.sub(r"<(?:\w+:)?(\w+)>", lambda place: SAMPLES[place[1]], named)
        else:
            yield from addresses(pattern, route)


EVERY_ADDRESS = sorted(set(addresses()))


@pytest.fixture(autouse=True)
def _standing_clock(settings: Settings) -> None:
    settings.TODAY = TODAY


@pytest.fixture
def row(cast: Cast) -> Any:
    """A project with a phase and figures, so that no address is empty."""
    found = project(cast)
    phase(found, 1, Stage.BUILDING, TODAY)
    figures(found, SEPTEMBER, 100 * WAN)
    return found


def test_the_addresses_are_found() -> None:
    assert {"/", "/projects/", "/projects/P-1/phases/1/1/move/", "/projects/export.csv", "/admin/", *PUBLIC} <= {
        *EVERY_ADDRESS
    }


@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "options"])
def test_who_has_not_signed_in_is_sent_to_the_door(row: Any, method: str) -> None:
    for address in sorted(set(EVERY_ADDRESS) - set(PUBLIC)):
        response = getattr(Client(), method)(address)
        assert response.status_code == 302, address
        assert response.headers["Location"].startswith((ENTRANCE, "/admin/login/")), address
        assert row.short_name not in response.content.decode(), address


def test_the_door_of_the_administration_is_the_same(db: None) -> None:
    assert Client().get("/admin/login/?next=/admin/").headers["Location"].startswith(ENTRANCE)


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_open_to_all_says_nothing_of_the_projects(row: Any, address: str) -> None:
    response = Client().get(address, follow=True)
    assert response.status_code == 200
    assert row.short_name not in response.content.decode()


def test_static_files_are_open_to_all(db: None) -> None:
    response = Client().get("/static/projects/tokens.css")
    assert response.status_code == 200
    response.close()


def answers(cast: Cast) -> dict[str, Any]:
    """An answer of each kind, by its status."""
    office, leader = signed_in(cast.office), signed_in(cast.leader)
    move = "/projects/P-1/phases/1/move/"
    stale = {"target": "completed", "happened_on": "2023-10-10", "version": "7"}
    found = {
        "200": office.get("/projects/"),
        "200 csv": office.get("/projects/export.csv"),
        "200 xlsx": office.get("/projects/export.xlsx"),
        "200 admin": office.get("/admin/"),
        "302": office.post("/projects/P-1/figures/2023-08/", {"invested_this_month": "1"}),
        "400": office.get("/projects/?month=2023-13"),
        "400 before all": office.get("/projects/?q=%00"),
        "403": leader.get("/projects/P-1/edit/"),
        "404": office.get("/projects/none/"),
        "404 no such address": office.get("/none/"),
        "405": office.delete("/projects/"),
        "409": office.post(move, stale),
        "422": office.post(move, {}),
    }
    assert {name: response.status_code for name, response in found.items()} == {name: int(name[:3]) for name in found}
    found["200 xlsx"].close()  # as a server does when it has sent the file
    return found


def test_every_answer_lets_only_our_own_scripts_and_styles_run(cast: Cast, row: Any) -> None:
    entrance = {"200 the door": Client().get(ENTRANCE), "302 to the door": Client().get("/")}
    for name, response in {**answers(cast), **entrance}.items():
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy, name
        assert "unsafe" not in policy, name
        assert "frame-ancestors 'none'" in policy, name
        assert response.headers["X-Content-Type-Options"] == "nosniff", name
        assert response.headers["Referrer-Policy"] == "same-origin", name
        assert re.fullmatch(r"[0-9a-f]{16}", response.headers["X-Request-ID"]), name


def test_nothing_for_signed_in_people_is_kept(cast: Cast, row: Any) -> None:
    for name, response in answers(cast).items():
        if name != "400 before all":  # nobody has been asked for yet
            assert "no-store" in response.headers["Cache-Control"], name
            assert "private" in response.headers["Cache-Control"], name


def test_every_refusal_is_a_page_in_chinese_with_a_way_out(cast: Cast, row: Any) -> None:
    for name, response in answers(cast).items():
        if name[:3] in {"400", "403", "404", "409", "422"}:
            html = response.content.decode()
            assert '<html lang="zh-hans"' in html, name
            assert re.search(r"<h1>[^<]*[\u4e00-\u9fff]", html), name
            assert "<a " in html, name


def test_a_form_without_its_token_is_refused_in_words(cast: Cast, row: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.office)
    response = client.post("/projects/P-1/phases/1/move/", {"target": "completed"})
    assert response.status_code == 403
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert "no-store" in response.headers["Cache-Control"]
    assert re.search(r"<h1>[^<]*[\u4e00-\u9fff]", response.content.decode())


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver@evil.example", "["])
def test_another_name_for_the_server_is_refused(db: None, host: str) -> None:
    response = Client().get(ENTRANCE, headers={"Host": host})
    assert response.status_code == 400


CONTROL = ["%00", "%01", "%1B", "%7F", "%C2%85"]


@pytest.mark.parametrize("sign", CONTROL)
@pytest.mark.parametrize(
    "address",
    ["/projects/?q={}", "/projects/?{}=1", "/projects/{}/", "/{}", "/admin/?q={}", "/accounts/login/?next={}"],
)
def test_control_characters_in_an_address_are_refused(cast: Cast, sign: str, address: str) -> None:
    response = signed_in(cast.office).get(address.format(sign))
    assert response.status_code == 400
    assert re.search(r"<h1>[^<]*[\u4e00-\u9fff]", response.content.decode())


@pytest.mark.parametrize("query", ["q=%FF%FE", "q=%ED%A0%80", "%FF=1", "&&&", "=", "q", "q[]=1", "page=%E4%BA%8C"])
def test_broken_text_in_an_address_is_no_accident(cast: Cast, query: str) -> None:
    assert signed_in(cast.office).get(f"/projects/?{query}").status_code in {200, 400}


class TestHealth:
    def test_is_well_and_kept_by_nobody(self, db: None) -> None:
        response = Client().get("/healthz")
        assert (response.status_code, response.json()) == (200, {"status": "ok"})
        assert "no-store" in response.headers["Cache-Control"]

    def test_only_reads(self, db: None) -> None:
        assert Client().post("/healthz").status_code == 405
