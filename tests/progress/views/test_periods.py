"""Opening months and setting their days: the office's pages."""

import datetime
from typing import Any

import pytest

from projects.core.month import Month
from projects.progress.models import MonthlyReport, Period, ReportingRules
from tests.cast import SEPTEMBER, Cast, project, signed_in
from tests.progress.month import LOCK, opened, submitted
from tests.progress.views.counting import at_one_and_three

ADDRESSES = ["/reports/periods/", "/reports/periods/2023-09/", "/reports/periods/rules/"]
DAYS = {"opens_on": "2023-09-25", "due_on": "2023-10-09", "locks_on": "2023-10-16"}
RULES: dict[str, Any] = {
    "opens_on_day": 26, "due_on_day": 9, "locks_on_day": 16, "variance_percent": 20, "classes": ["implementation"],
}  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("who", ["admin", "office"])
def test_the_office_sees_them(cast: Cast, who: str, address: str) -> None:
    opened()
    assert signed_in(cast.person(who)).get(address).status_code == 200


@pytest.mark.parametrize("address", [*ADDRESSES, "/reports/periods/open/"])
@pytest.mark.parametrize("who", ["reporter", "leader", "auditor"])
def test_others_are_told_why_not(cast: Cast, who: str, address: str) -> None:
    opened()
    client = signed_in(cast.person(who))
    for response in (client.get(address), client.post(address, {**DAYS, "version": 0})):
        assert response.status_code in ({403, 405} if address == "/reports/periods/" else {403})
    assert "无权开启填报月份" in client.get(address).content.decode()
    assert Period.objects.get().locks_on == LOCK


class TestOpening:
    def test_asks_for_the_reports(self, cast: Cast) -> None:
        project(cast)
        response = signed_in(cast.office).post("/reports/periods/open/", {"month": "2023-09"}, follow=True)
        assert MonthlyReport.objects.get().state == "due"
        assert "新增应报1份" in response.content.decode()

    def test_again_asks_only_for_what_came_since(self, cast: Cast) -> None:
        project(cast)
        opened()
        project(cast, "P-2")
        response = signed_in(cast.office).post("/reports/periods/open/", {"month": "2023-09"}, follow=True)
        assert "新增应报1份" in response.content.decode()
        assert MonthlyReport.objects.count() == 2

    @pytest.mark.parametrize("text", ["2023-11", "x", ""])
    def test_what_has_not_begun_or_is_none(self, cast: Cast, text: str) -> None:
        response = signed_in(cast.office).post("/reports/periods/open/", {"month": text})
        assert response.status_code == 422
        assert not Period.objects.exists()

    def test_has_a_page_behind_its_address(self, cast: Cast) -> None:
        assert signed_in(cast.office).get("/reports/periods/open/").headers["Location"] == "/reports/periods/"


class TestTheDays:
    def test_are_saved(self, cast: Cast) -> None:
        opened()
        response = signed_in(cast.office).post("/reports/periods/2023-09/", {**DAYS, "version": 0})
        assert response.headers["Location"] == "/reports/periods/"
        assert Period.objects.get().locks_on == LOCK + datetime.timedelta(days=1)

    @pytest.mark.parametrize(
        "wrong", [{"due_on": "2023-10-17"}, {"opens_on": "2023-10-10"}, {"locks_on": ""}, {"due_on": "soon"}]
    )
    def test_out_of_order_are_refused(self, cast: Cast, wrong: dict[str, str]) -> None:
        opened()
        response = signed_in(cast.office).post("/reports/periods/2023-09/", {**DAYS, **wrong, "version": 0})
        assert response.status_code == 422
        assert Period.objects.get().version == 0

    def test_the_second_of_two_is_told_and_may_save_again(self, cast: Cast) -> None:
        opened()
        signed_in(cast.admin).post("/reports/periods/2023-09/", {**DAYS, "version": 0})
        client = signed_in(cast.office)
        response = client.post("/reports/periods/2023-09/", {**DAYS, "due_on": "2023-10-10", "version": 0})
        page = response.content.decode()
        assert response.status_code == 409
        assert "admin" in page
        assert 'value="2023-10-10"' in page
        assert 'name="version" value="1"' in page

    @pytest.mark.parametrize("month", ["2023-08", "2023-13", "x"])
    def test_of_another_month_are_not_found(self, cast: Cast, month: str) -> None:
        opened()
        assert signed_in(cast.office).get(f"/reports/periods/{month}/").status_code == 404


class TestTheRules:
    def test_are_saved_for_months_to_come(self, cast: Cast) -> None:
        opened()
        signed_in(cast.office).post("/reports/periods/rules/", {**RULES, "version": 0})
        rules = ReportingRules.current()
        assert (rules.locks_on_day, rules.variance_percent, rules.classes) == (16, 20, ["implementation"])
        assert Period.objects.get().locks_on == LOCK
        assert signed_in(cast.office).post("/reports/periods/rules/", {**RULES, "version": 0}).status_code == 409

    @pytest.mark.parametrize(
        "wrong", [{"due_on_day": 17}, {"opens_on_day": 29}, {"variance_percent": 0}, {"classes": []}]
    )
    def test_that_make_no_sense_are_refused(self, cast: Cast, wrong: dict[str, Any]) -> None:
        response = signed_in(cast.office).post("/reports/periods/rules/", {**RULES, **wrong, "version": 0})
        assert response.status_code == 422
        assert not ReportingRules.objects.exists()


def test_the_list_counts_each_state(cast: Cast) -> None:
    rows = [project(cast, f"P-{number}") for number in (1, 2)]
    opened()
    submitted(rows[0])
    [(period, is_open, counts)] = signed_in(cast.office).get("/reports/periods/").context["rows"]
    assert (period.month, is_open) == (SEPTEMBER, True)
    assert [count for _name, count in counts] == [1, 0, 1, 0, 0]


def test_rows_cost_no_queries(cast: Cast) -> None:
    project(cast)
    at_one, at_three = at_one_and_three(
        signed_in(cast.office), "/reports/periods/", lambda number: opened(Month(2023, 10 - number))
    )
    assert at_one == at_three
