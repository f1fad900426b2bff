"""Which month a page shows: the one asked for, else the one looked at last, else the working month."""

import datetime
import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from projects.bulletins.models import Line
from projects.core.month import Month
from projects.journal.models import Entry
from projects.register.models import Project
from tests.cast import Cast, signed_in
from tests.pages import HAN, words
from tests.portfolio.reading import codes, foot, html_of

PAGES = ["/", "/projects/", "/overview/", "/projects/A-1/"]
BAD = [
    "2023-13",
    "2023-00",
    "1999-12",
    "2101-01",
    "２０２３-09",
    "202309",
    "2023-9-1",
    "九月",
    "2023-10",
    "9" * 5000,
    "<b>",
]


def chosen(response: Any) -> str:
    """The month that the switch at the top stands on."""
    found = re.search(r'<option value="([\d-]+)" selected>', html_of(response))
    assert found
    return found[1]


class TestChoosing:
    def test_the_working_month_without_a_word(self, cast: Cast, district: dict[str, Project]) -> None:
        office = signed_in(cast.office)
        for path in PAGES:
            assert chosen(office.get(path)) == "2023-09", path

    @pytest.mark.parametrize("month", ["2023-08", "2023-8", " 2023-08 "])
    def test_holds_on_every_page_until_it_is_switched(
        self, cast: Cast, district: dict[str, Project], month: str
    ) -> None:
        office = signed_in(cast.office)
        office.get("/projects/", {"month": month})
        for path in PAGES:
            assert chosen(office.get(path)) == "2023-08", path
        office.get("/overview/", {"month": "2023-09"})
        assert chosen(office.get("/projects/")) == "2023-09"

    def test_is_everybodys_own(self, cast: Cast, district: dict[str, Project]) -> None:
        signed_in(cast.office).get("/projects/?month=2023-08")
        assert chosen(signed_in(cast.leader).get("/projects/")) == "2023-09"

    def test_of_a_form_does_not_switch(self, cast: Cast, district: dict[str, Project]) -> None:
        office = signed_in(cast.office)
        office.get("/projects/A-1/figures/2023-05/")
        assert chosen(office.get("/projects/")) == "2023-09"

    def test_shows_the_lines_of_that_month(self, cast: Cast, district: dict[str, Project]) -> None:
        office = signed_in(cast.office)
        july = office.get("/projects/?month=2023-07")
        assert "2,730" not in foot(july), "the figures are of August"
        assert "2,730" in foot(office.get("/projects/?month=2023-08"))

    def test_before_anything_was_listed_is_empty_and_says_what_to_do(
        self, cast: Cast, district: dict[str, Project]
    ) -> None:
        response = signed_in(cast.office).get("/projects/?month=2022-12")
        assert codes(response) == []
        assert "没有符合条件的项目" in words(response)
        assert "2022年12月" in words(response)

    def test_keeps_the_filters_and_leaves_the_page(self, cast: Cast, district: dict[str, Project]) -> None:
        html = html_of(signed_in(cast.office).get("/projects/?month=2023-08&colour=red&page=2"))
        assert 'href="?month=2023-07&amp;colour=red"' in html
        assert 'href="?month=2023-09&amp;colour=red"' in html


class TestTheLast:
    def test_is_the_last_one_that_has_ended(self, cast: Cast, district: dict[str, Project]) -> None:
        html = html_of(signed_in(cast.office).get("/projects/"))
        assert '<option value="2023-10"' not in html
        assert "month=2023-10" not in html

    def test_moves_on_with_the_day(self, cast: Cast, district: dict[str, Project], settings: Settings) -> None:
        office = signed_in(cast.office)
        settings.TODAY = datetime.date(2023, 10, 31)
        assert chosen(office.get("/projects/")) == "2023-09"
        settings.TODAY = datetime.date(2023, 11, 1)
        response = office.get("/projects/")
        assert chosen(response) == "2023-10"
        assert len(codes(response)) == 12
        assert Line.objects.filter(month=Month(2023, 10)).count() == 13

    def test_a_month_remembered_from_a_later_day_is_brought_back(
        self, cast: Cast, district: dict[str, Project], settings: Settings
    ) -> None:
        office = signed_in(cast.office)
        settings.TODAY = datetime.date(2023, 12, 5)
        office.get("/projects/?month=2023-11")
        settings.TODAY = datetime.date(2023, 10, 10)
        assert chosen(office.get("/projects/")) == "2023-09"


class TestWhatIsNone:
    @pytest.mark.parametrize("path", [*PAGES, "/projects/export.csv", "/projects/export.xlsx"])
    def test_is_refused_in_words(self, cast: Cast, district: dict[str, Project], path: str) -> None:
        office, before = signed_in(cast.office), Entry.objects.count()
        for month in BAD:
            response = office.get(path, {"month": month})
            assert response.status_code == 400, month
            assert HAN.search(words(response))
            assert "<b>" not in html_of(response)
            assert "9" * 100 not in html_of(response)
        assert Entry.objects.count() == before

    def test_and_not_remembered(self, cast: Cast, district: dict[str, Project]) -> None:
        office = signed_in(cast.office)
        office.get("/projects/?month=2023-13")
        assert chosen(office.get("/projects/")) == "2023-09"

    @pytest.mark.parametrize("path", ["/projects/A-1/halt/", "/accounts/password/change/", "/journal/", "/design/"])
    def test_does_not_stand_in_the_way_of_pages_without_a_month(
        self, cast: Cast, district: dict[str, Project], path: str
    ) -> None:
        assert signed_in(cast.admin).get(path, {"month": "2023-13"}).status_code == 200

    @pytest.mark.parametrize("path", PAGES)
    def test_the_beginning_of_time_is_a_month(self, cast: Cast, district: dict[str, Project], path: str) -> None:
        office = signed_in(cast.office)
        for month in ("2000-01", "2000-02", "2000-12", "2001-01"):
            assert office.get(path, {"month": month}).status_code == 200, month

    def test_the_end_of_time_is_one_too(self, cast: Cast, district: dict[str, Project], settings: Settings) -> None:
        settings.TODAY = datetime.date(2100, 12, 31)
        assert signed_in(cast.office).get("/projects/").status_code == 200

    def test_the_demonstration_may_stand_at_the_beginning(self, cast: Cast, settings: Settings) -> None:
        settings.TODAY = datetime.date(2001, 3, 1)
        assert signed_in(cast.office).get("/projects/").status_code == 200


class TestForHtmx:
    """The list is always a whole page, of which htmx takes the part it wants."""

    @pytest.mark.parametrize(
        "headers", [{}, {"HX-Request": "true"}, {"HX-Request": "true", "HX-History-Restore-Request": "true"}]
    )
    def test_every_way_of_asking_gets_the_same(
        self, cast: Cast, district: dict[str, Project], headers: dict[str, str]
    ) -> None:
        for path in PAGES:
            response = signed_in(cast.office).get(path, headers=headers)
            assert response.status_code == 200
            html = html_of(response)
            assert html.count('id="main"') == 1
            assert "</html>" in html

    def test_what_was_done_is_said_once(self, cast: Cast, district: dict[str, Project]) -> None:
        office: Client = signed_in(cast.office)
        office.post(
            "/projects/A-1/phases/1/move/",
            {"target": "completed", "happened_on": "2023-10-09", "version": "0", "gate_reason": "手续补办"},
        )
        assert "notice-success" in html_of(office.get("/projects/"))
        assert "notice-success" not in html_of(office.get("/projects/"))
