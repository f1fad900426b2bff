"""The page of a month's figures: entering, correcting, refusing, and two people at it."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from projects.bulletins.models import Line
from projects.core.month import Month
from projects.journal.models import Entry
from projects.progress.models import MonthlyReport
from projects.register.models import Project
from tests import cast as actors
from tests.cast import SEPTEMBER, TODAY, WAN, Cast, signed_in
from tests.pages import HAN, complaints, fields, opened, sent, words

ADDRESS = "/projects/P-1/figures/2023-09/"
TYPED = {"invested_this_month": "120.5", "invested_statistics": "118", "image": "主体施工至三层"}


@pytest.fixture(autouse=True)
def _standing_clock(settings: Settings) -> None:
    settings.TODAY = TODAY


@pytest.fixture
def row(cast: Cast) -> Project:
    found = actors.project(cast, short_name="泉为", planned_start=datetime.date(2022, 5, 1))
    actors.plan(found, 1200 * WAN)
    actors.figures(found, Month(2023, 8), 700 * WAN)
    return found


def september() -> MonthlyReport | None:
    return MonthlyReport.objects.filter(month=SEPTEMBER).first()


class TestItWorks:
    def test_the_first_figures_are_on_the_projects_page_and_in_the_list_at_once(self, cast: Cast, row: Project) -> None:
        office = signed_in(cast.office)
        office.get("/projects/")
        response = sent(office, ADDRESS, **TYPED)
        assert (response.status_code, response.headers["Location"]) == (302, "/projects/P-1/")
        report = september()
        assert report is not None
        assert (report.invested_this_month, report.invested_statistics) == (120_5000, 118 * WAN)
        assert (report.image, report.state, report.approved_by) == ("主体施工至三层", "approved", cast.office)
        assert "120.5" in words(office.get("/projects/P-1/"))
        assert Line.objects.get(month=SEPTEMBER).invested_to_date == 820_5000
        assert "820.5" in words(office.get("/projects/"))

    def test_a_correction_asks_for_its_reason_and_keeps_it(self, cast: Cast, row: Project) -> None:
        actors.figures(row, SEPTEMBER, 100 * WAN)
        office = signed_in(cast.office)
        refused = sent(office, ADDRESS, invested_this_month="90")
        assert refused.status_code == 422
        assert "reason" in complaints(refused)
        assert office.post(ADDRESS, {**fields(refused), "reason": "多报一笔"}).status_code == 302
        report = september()
        assert report is not None
        assert (report.invested_this_month, report.reason) == (90 * WAN, "多报一笔")

    def test_shows_the_year_so_far_beside_the_form(self, cast: Cast, row: Project) -> None:
        page = signed_in(cast.office).get(ADDRESS)
        assert [each.month.number for each in page.context["year"]] == list(range(1, 10))
        assert "700" in words(page)
        assert "2023年9月" in words(page)

    def test_an_earlier_year_has_its_page_too(self, cast: Cast) -> None:
        actors.project(cast, listed_from=Month(2022, 1))
        office = signed_in(cast.office)
        assert sent(office, "/projects/P-1/figures/2022-12/", **TYPED).status_code == 302

    def test_leads_back_to_where_one_came_from(self, cast: Cast, row: Project) -> None:
        office = signed_in(cast.office)
        page = office.get(ADDRESS, headers={"Referer": "http://testserver/?month=2023-09"})
        assert office.post(ADDRESS, {**fields(page), **TYPED}).headers["Location"] == "/?month=2023-09"

    def test_costs_as_many_queries_with_one_month_as_with_nine(self, cast: Cast, row: Project) -> None:
        office = signed_in(cast.office)
        office.get(ADDRESS)
        counts = []
        for months in ([], [1, 2, 3, 4, 5, 6, 7]):
            for number in months:
                actors.figures(row, Month(2023, number), WAN)
            with CaptureQueriesContext(connection) as counted:
                assert office.get(ADDRESS).status_code == 200
            counts.append(len(counted))
        assert counts[0] == counts[1]


class TestWhoMay:
    def test_a_stranger_finds_nothing(self, cast: Cast, row: Project) -> None:
        stranger = signed_in(cast.stranger)
        for response in (stranger.get(ADDRESS), stranger.post(ADDRESS, TYPED)):
            assert response.status_code == 404
            assert "泉为" not in response.content.decode()
        assert september() is None

    @pytest.mark.parametrize("who", ["reporter", "other_reporter", "leader", "auditor"])
    def test_who_may_not_is_told_why(self, cast: Cast, row: Project, who: str) -> None:
        client, before = signed_in(cast.person(who)), Entry.objects.count()
        for response in (client.get(ADDRESS), client.post(ADDRESS, TYPED)):
            assert response.status_code == 403
            assert "您的角色" in words(response)
        assert Entry.objects.count() == before

    def test_an_office_of_a_town_reaches_its_own_projects_only(self, cast: Cast, row: Project) -> None:
        cast.office.unit = cast.other_town
        cast.office.save()
        response = signed_in(cast.office).get(ADDRESS)
        assert response.status_code == 403
        assert "税郭镇" in words(response)


class TestReading:
    def test_changes_nothing(self, cast: Cast, row: Project) -> None:
        office, before = signed_in(cast.office), Entry.objects.count()
        assert office.get(ADDRESS, TYPED).status_code == 200
        assert office.head(ADDRESS).status_code == 200
        for method in (office.put, office.patch, office.delete):
            assert method(ADDRESS).status_code == 405
        assert (september(), Entry.objects.count()) == (None, before)


class TestTheMonth:
    @pytest.mark.parametrize(
        "month",
        ["2023-13", "2023-00", "1999-12", "2101-01", "２０２３-09", "202309", "2023-9-1", "九月", "-", "9" * 400],
    )
    def test_that_is_none(self, cast: Cast, row: Project, month: str) -> None:
        office = signed_in(cast.office)
        for answer in (office.get, office.post):
            assert answer(f"/projects/P-1/figures/{month}/").status_code == 404

    @pytest.mark.parametrize("code", ["P-2", "项目", "p-1", "%00"])
    def test_of_a_project_that_is_none(self, cast: Cast, row: Project, code: str) -> None:
        assert signed_in(cast.office).get(f"/projects/{code}/figures/2023-09/").status_code in {400, 404}

    @pytest.mark.parametrize(("month", "status"), [("2023-09", 302), ("2023-10", 422), ("2100-12", 422)])
    def test_that_has_not_ended_is_refused(self, cast: Cast, row: Project, month: str, status: int) -> None:
        response = sent(signed_in(cast.office), f"/projects/P-1/figures/{month}/", **TYPED)
        assert response.status_code == status
        if status == 422:
            assert "2023-09" in " ".join(complaints(response)[""])
            assert fields(response)["image"] == TYPED["image"]

    @pytest.mark.parametrize(("month", "status"), [("2023-04", 422), ("2023-05", 302)])
    def test_before_the_project_was_listed_is_refused(self, cast: Cast, month: str, status: int) -> None:
        actors.project(cast, listed_from=Month(2023, 5))
        response = sent(signed_in(cast.office), f"/projects/P-1/figures/{month}/", **TYPED)
        assert response.status_code == status

    @pytest.mark.parametrize("month", ["2000-01", "2100-12"])
    def test_at_the_end_of_time_has_its_page(self, cast: Cast, row: Project, month: str) -> None:
        assert signed_in(cast.office).get(f"/projects/P-1/figures/{month}/").status_code == 200


AMOUNTS = [
    ("0", 0), ("0.0001", 1), ("1,200.5", 12_005_000), ("１２０．５", 120_5000), ("1.2亿", 120_000_000),
    ("0.00001", None), ("1" + "0" * 400, None), ("-1" + "0" * 400, None), ("1e3", None), ("NaN", None), ("", None),
    ("一百", None), ("9" * 5000, None), ("\x00", None), ("<b>", None),
]  # fmt: skip


class TestAmounts:
    @pytest.mark.parametrize(("typed", "yuan"), AMOUNTS)
    def test_as_people_type_them(self, cast: Cast, row: Project, typed: str, yuan: int | None) -> None:
        response = sent(signed_in(cast.office), ADDRESS, **{**TYPED, "invested_this_month": typed})
        report = september()
        if yuan is None:
            assert response.status_code == 422
            assert all(HAN.search(text) for text in complaints(response)["invested_this_month"])
            assert fields(response)["image"] == TYPED["image"]
            assert report is None
        else:
            assert response.status_code == 302
            assert report is not None
            assert report.invested_this_month == yuan

    @pytest.mark.parametrize(("reason", "status"), [("", 422), ("核减七月重复上报", 302)])
    def test_below_zero_with_a_reason(self, cast: Cast, row: Project, reason: str, status: int) -> None:
        typed = {**TYPED, "invested_this_month": "-30", "reason": reason}
        response = sent(signed_in(cast.office), ADDRESS, **typed)
        assert response.status_code == status
        if status == 422:
            assert list(complaints(response)) == ["reason"]
            assert fields(response)["invested_this_month"] == "-30"

    def test_text_that_is_too_long_or_hides_something(self, cast: Cast, row: Project) -> None:
        office = signed_in(cast.office)
        for image in ("长" * 501, "a\x00b", "a\x1bb"):
            response = sent(office, ADDRESS, **{**TYPED, "image": image})
            assert response.status_code == 422
            assert list(complaints(response)) == ["image"]
        assert sent(office, ADDRESS, **{**TYPED, "image": "长" * 500}).status_code == 302


class TestTwoPeople:
    def second(self, cast: Cast, **typed: Any) -> Any:
        """The second of two who had the page open when the first saved."""
        theirs = opened(signed_in(cast.office), ADDRESS)
        first = signed_in(cast.admin).post(ADDRESS, {**theirs, **TYPED, "reason": "先到"})
        assert first.status_code == 302
        return signed_in(cast.office).post(
            ADDRESS, {**theirs, "invested_this_month": "99", "image": "封顶", "reason": "后到", **typed}
        )

    @pytest.mark.parametrize("known", [True, False], ids=["correcting", "entering"])
    def test_the_second_is_told_and_loses_nothing(self, cast: Cast, row: Project, known: bool) -> None:
        if known:
            actors.figures(row, SEPTEMBER, 100 * WAN)
        response = self.second(cast)
        assert response.status_code == 409
        assert "admin" in words(response)
        still_there = fields(response)
        assert (still_there["invested_this_month"], still_there["image"], still_there["reason"]) == (
            "99",
            "封顶",
            "后到",
        )
        assert "主体施工至三层" in words(response), "what the first wrote stands beside it"
        report = september()
        assert report is not None
        assert report.invested_this_month == 120_5000

    @pytest.mark.parametrize("known", [True, False], ids=["correcting", "entering"])
    def test_the_second_can_save_after_all(self, cast: Cast, row: Project, known: bool) -> None:
        if known:
            actors.figures(row, SEPTEMBER, 100 * WAN)
        response = signed_in(cast.office).post(ADDRESS, fields(self.second(cast)))
        assert response.status_code == 302
        report = september()
        assert report is not None
        assert (report.invested_this_month, report.image) == (99 * WAN, "封顶")

    @pytest.mark.parametrize("version", ["", "7", "-1", "abc", "9" * 30])
    def test_a_form_that_lost_its_version_does_not_win(self, cast: Cast, row: Project, version: str) -> None:
        actors.figures(row, SEPTEMBER, 100 * WAN)
        typed = {**TYPED, "reason": "更正", "version": version}
        response = sent(signed_in(cast.office), ADDRESS, **typed)
        assert response.status_code in {409, 422}
        report = september()
        assert report is not None
        assert report.invested_this_month == 100 * WAN
