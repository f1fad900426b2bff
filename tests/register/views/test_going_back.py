"""Where a form leads when it is done or left: back to where one came from, never to another host, in place for htmx."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from projects.register.models import Phase
from tests.accounts.test_sign_in import FOREIGN, ODD
from tests.cast import PASSWORD, Cast, signed_in
from tests.pages import fields, opened
from tests.register.views.conftest import Whole

MOVE = "/projects/P-1/phases/1/move/"
TYPED = {"target": "started", "happened_on": "2023-10-01", "gate_reason": "手续正在补办"}
OWN_PAGE = "/projects/P-1/"
HTMX = {"HX-Request": "true", "HX-Target": "moving", "HX-Current-URL": "http://testserver/projects/?q=qw&page=2"}


class TestBack:
    @pytest.mark.parametrize("came_from", ["/projects/?q=qw&colour=red", "/", "/overview/?month=2023-09"])
    def test_to_where_one_came_from(self, cast: Cast, whole: Whole, came_from: str) -> None:
        office = signed_in(cast.office)
        page = office.get(MOVE, headers={"Referer": f"http://testserver{came_from}"})
        response = office.post(MOVE, {**fields(page), **TYPED})
        assert (response.status_code, response.headers["Location"]) == (302, came_from)

    def test_to_the_project_when_nobody_knows(self, cast: Cast, whole: Whole) -> None:
        office = signed_in(cast.office)
        assert office.post(MOVE, {**opened(office, MOVE), **TYPED}).headers["Location"] == OWN_PAGE

    @pytest.mark.parametrize("here", [MOVE, f"http://testserver{MOVE}", f"{MOVE}?next=/projects/"])
    def test_not_to_the_form_itself(self, cast: Cast, whole: Whole, here: str) -> None:
        office = signed_in(cast.office)
        response = office.post(MOVE, {**TYPED, "version": "0", "next": here}, headers={"Referer": here})
        assert response.headers["Location"] == OWN_PAGE

    @pytest.mark.parametrize(
        "wanted",
        [*FOREIGN, *ODD, "http://testserver//evil.example/", "http://testserver/\\evil.example", "///", "/%2F/evil"],
    )
    def test_not_to_another_host(self, cast: Cast, whole: Whole, wanted: str) -> None:
        office = signed_in(cast.office)
        ways: list[dict[str, Any]] = [
            {"data": {**TYPED, "version": "0", "next": wanted}},
            {"data": {**TYPED, "version": "0"}, "headers": {"Referer": wanted.replace("\r\n", "")}},
            {"data": {**TYPED, "version": "0"}, "headers": {"HX-Current-URL": wanted.replace("\r\n", "")}},
        ]
        for asked in ways:
            Phase.objects.filter(pk=whole.phase.pk).update(stage="preparing", version=0)
            response = office.post(MOVE, **asked)
            assert response.status_code == 302
            assert response.headers["Location"].startswith("/")
            assert not response.headers["Location"].startswith(("//", "/\\"))

    @pytest.mark.parametrize("slashes", ["//", "///", "/\\", "/\\/", "\\", "/%5C"])
    def test_not_to_another_host_by_the_link_that_leaves_the_form(self, cast: Cast, whole: Whole, slashes: str) -> None:
        wanted = f"http://testserver{slashes}evil.example/"
        html = signed_in(cast.office).get(MOVE, {"next": wanted}).content.decode()
        assert not re.search(r'href="([a-z]+:|[/\\]{2})', html)


class TestInPlace:
    def test_the_form_comes_without_the_frame(self, cast: Cast, whole: Whole) -> None:
        html = signed_in(cast.office).get(MOVE, headers=HTMX).content.decode()
        assert "<html" not in html
        assert 'class="move-form"' in html

    def test_and_as_a_page_where_the_browser_asks_for_its_history(self, cast: Cast, whole: Whole) -> None:
        headers = {**HTMX, "HX-History-Restore-Request": "true"}
        assert "<html" in signed_in(cast.office).get(MOVE, headers=headers).content.decode()

    def test_done_it_shows_the_page_one_stands_on(self, cast: Cast, whole: Whole) -> None:
        office = signed_in(cast.office)
        form = fields(office.get(MOVE, headers=HTMX))
        response = office.post(MOVE, {**form, **TYPED}, headers=HTMX)
        assert response.status_code == 200
        assert json.loads(response.headers["HX-Location"])["path"] == "/projects/?q=qw&page=2"

    @pytest.mark.parametrize(("typed", "status"), [({"happened_on": ""}, 422), ({"version": "9"}, 409)])
    def test_refused_it_comes_again_with_the_reason(
        self, cast: Cast, whole: Whole, typed: dict[str, str], status: int
    ) -> None:
        office = signed_in(cast.office)
        form = fields(office.get(MOVE, headers=HTMX))
        response = office.post(MOVE, {**form, **TYPED, "note": "集中开工", **typed}, headers=HTMX)
        assert response.status_code == status
        assert "<html" not in response.content.decode()
        assert fields(response)["note"] == "集中开工"

    def test_who_was_signed_out_meanwhile_gets_the_whole_page_of_the_door(self, cast: Cast, whole: Whole) -> None:
        office = signed_in(cast.office)
        office.logout()
        response = office.get(MOVE, headers=HTMX)
        assert response.status_code == 200
        assert not response.content
        door = response.headers["HX-Redirect"]
        assert door == "/accounts/login/?next=http%3A//testserver/projects/%3Fq%3Dqw%26page%3D2"
        again = office.post(door, {"login": "office", "password": PASSWORD, "next": HTMX["HX-Current-URL"]})
        assert again.headers["Location"] == HTMX["HX-Current-URL"]

    def test_and_not_one_of_another_host(self, cast: Cast, whole: Whole) -> None:
        headers = {**HTMX, "HX-Current-URL": "https://evil.example/"}
        assert Client().get(MOVE, headers=headers).headers["HX-Redirect"] == "/accounts/login/?next=/"
