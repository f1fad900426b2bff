"""The office's queue: who sees what, what narrows it, and approving several at once."""

import datetime
from typing import Any

import pytest
from django.test import Client

from projects.core.month import Month
from projects.journal.models import Entry
from projects.progress.models import MonthlyReport
from projects.register.actions.halting import Halt, halt_project
from projects.register.models import Project
from tests.cast import SEPTEMBER, TODAY, WAN, Cast, plan, project, signed_in
from tests.progress.month import approved, asked, at, in_state, opened, returned, submitted, written
from tests.progress.views.counting import at_one_and_three

AUGUST = Month(2023, 8)
KINDS = {"submitted": "submitted", "returned": "returned", "due": "missing", "draft": "missing", "approved": "approved"}


def shown(client: Client, address: str) -> list[MonthlyReport]:
    response = client.get(address)
    assert response.status_code == 200
    return [row.report for row in response.context["rows"]]


def sent(client: Client, *reports: MonthlyReport, **more: Any) -> Any:
    """Approve these reports as they are ticked in the queue, at the versions shown there."""
    versions = {f"seen-{report.pk}": report.version for report in reports}
    return client.post("/reports/approve/", {"chosen": [report.pk for report in reports], **versions, **more})


class TestLooking:
    @pytest.mark.parametrize("state", KINDS)
    @pytest.mark.parametrize("who", ["admin", "office", "leader", "auditor"])
    def test_each_state_stands_under_its_tab(self, cast: Cast, who: str, state: str) -> None:
        row = project(cast)
        opened()
        in_state(state, row, cast)
        client = signed_in(cast.person(who))
        for kind in set(KINDS.values()):
            found = shown(client, f"/reports/?kind={kind}")
            assert [each.state for each in found] == ([state] if kind == KINDS[state] else [])
        response = client.get("/reports/")
        assert [tab["count"] for tab in response.context["kinds"]] == [
            int(KINDS[state] == kind) for kind in ("submitted", "returned", "missing", "approved")
        ]

    def test_strangers_see_none_of_it(self, cast: Cast) -> None:
        row = project(cast)
        opened()
        submitted(row)
        assert shown(signed_in(cast.stranger), "/reports/") == []

    def test_only_who_checks_may_tick(self, cast: Cast) -> None:
        own, other = project(cast, "P-1"), project(cast, "P-2")
        opened()
        submitted(own, by=cast.office)
        submitted(other, by=cast.reporter)
        office = signed_in(cast.office).get("/reports/")
        assert {row.report.project.code: row.pick for row in office.context["rows"]} == {"P-1": False, "P-2": True}
        assert b'name="chosen"' not in signed_in(cast.leader).get("/reports/").content

    def test_the_oldest_month_and_submission_come_first(self, cast: Cast) -> None:
        rows = [project(cast, f"P-{number}") for number in (1, 2)]
        opened(AUGUST)
        opened()
        submitted(rows[0])
        submitted(rows[1], AUGUST)
        submitted(rows[0], AUGUST)
        an_hour_before = at(hour=8)
        MonthlyReport.objects.filter(project=rows[1]).exclude(state="due").update(submitted_at=an_hour_before)
        found = shown(signed_in(cast.office), "/reports/")
        assert [(each.month, each.project) for each in found] == [
            (AUGUST, rows[1]), (AUGUST, rows[0]), (SEPTEMBER, rows[0]),
        ]  # fmt: skip

    def test_halted_projects_are_not_asked_after(self, cast: Cast) -> None:
        row = project(cast)
        opened()
        halt_project(row, Halt("suspended", TODAY, "land"), by=None, at=at(), today=TODAY, seen=0)
        assert shown(signed_in(cast.office), "/reports/?kind=missing") == []

    def test_differences_are_marked(self, cast: Cast) -> None:
        row = project(cast)
        plan(row, 1200 * WAN, months=[100 * WAN] * 12)
        opened(AUGUST)
        opened()
        approved(row, AUGUST)
        submitted(row, by=cast.reporter, invested_this_month=131 * WAN, image_unchanged=True, explanation="赶工",
                  next_steps_unchanged=True, invested_statistics=140 * WAN)  # fmt: skip
        page = signed_in(cast.office).get("/reports/").content.decode()
        for mark in ("+31", "+31.0", "较计划", "文字未变", "统计数偏高"):
            assert mark in page


class TestNarrowing:
    @pytest.fixture
    def three(self, cast: Cast) -> list[Project]:
        rows = [
            project(cast, "P-1"),
            project(cast, "P-2", unit=cast.other_town),
            project(cast, "P-3", owner="泉为科技"),
        ]
        opened(AUGUST)
        opened()
        for row in rows:
            submitted(row)
        submitted(rows[0], AUGUST)
        return rows

    @pytest.mark.parametrize(
        ("query", "codes"),
        [
            ("month=2023-08", ["P-1"]),
            ("q=泉为", ["P-3"]),
            ("q=p-2", ["P-2"]),
            ("q=没有", []),
            ("month=2023-13", ["P-1", "P-1", "P-2", "P-3"]),
            ("unit=nonsense", ["P-1", "P-1", "P-2", "P-3"]),
            ("kind=nonsense", ["P-1", "P-1", "P-2", "P-3"]),
            ("page=99&per_page=20", ["P-1", "P-1", "P-2", "P-3"]),
        ],
    )
    def test_by_the_address(self, cast: Cast, three: list[Project], query: str, codes: list[str]) -> None:
        found = shown(signed_in(cast.office), f"/reports/?{query}")
        assert [each.project.code for each in found] == codes

    def test_by_unit_with_its_counts(self, cast: Cast, three: list[Project]) -> None:
        response = signed_in(cast.office).get(f"/reports/?unit={cast.other_town.pk}")
        assert [row.report.project.code for row in response.context["rows"]] == ["P-2"]
        assert response.context["counts"] == {"submitted": 1, "returned": 0, "missing": 1, "approved": 0}
        [row] = response.context["rows"]
        assert row.url == f"/reports/2023-09/P-2/?unit={cast.other_town.pk}"

    def test_a_month_that_was_opened_before_its_end_can_be_chosen(self, cast: Cast, three: list[Project]) -> None:
        opened(Month(2023, 10))
        found = shown(signed_in(cast.office), "/reports/?kind=missing&month=2023-10")
        assert {each.month for each in found} == {Month(2023, 10)}


class TestApprovingSeveral:
    def test_makes_them_count(self, cast: Cast) -> None:
        rows = [project(cast, f"P-{number}") for number in (1, 2, 3)]
        opened()
        reports = [submitted(row, by=cast.reporter) for row in rows]
        response = sent(signed_in(cast.office), *reports[:2], next="/reports/?month=2023-09")
        assert (response.status_code, response.headers["Location"]) == (302, "/reports/?month=2023-09")
        assert [asked(row).state for row in rows] == ["approved", "approved", "submitted"]

    @pytest.mark.parametrize("fault", ["own", "draft", "stale"])
    def test_is_all_or_none_and_names_the_report(self, cast: Cast, fault: str) -> None:
        good, bad = project(cast, "P-1"), project(cast, "P-2")
        opened()
        first = submitted(good, by=cast.reporter)
        second = written(bad, by=cast.reporter) if fault == "draft" else submitted(
            bad, by=cast.office if fault == "own" else cast.reporter
        )  # fmt: skip
        if fault == "stale":
            second.version -= 1
        response = sent(signed_in(cast.office), first, second)
        assert response.status_code == (409 if fault == "stale" else 422)
        assert "项目P-2 2023-09" in response.content.decode()
        assert asked(good).state == "submitted"
        assert [row.ticked for row in response.context["rows"] if row.report.pk == first.pk] == [True]

    @pytest.mark.parametrize("who", ["reporter", "leader", "auditor"])
    def test_is_the_offices(self, cast: Cast, who: str) -> None:
        row = project(cast)
        opened()
        report = submitted(row, by=cast.reporter)
        response = sent(signed_in(cast.person(who)), report)
        assert response.status_code == 403
        assert "无权审核月报" in response.content.decode()
        assert asked(row).state == "submitted"

    def test_of_strangers_or_nothing_is_refused(self, cast: Cast) -> None:
        row = project(cast)
        opened()
        report = submitted(row, by=cast.reporter)
        for client in (signed_in(cast.stranger), signed_in(cast.office)):
            chosen = [report] if client.session["_auth_user_id"] == str(cast.stranger.pk) else []
            response = sent(client, *chosen)
            assert response.status_code == 422
            assert "请至少勾选一份月报" in response.content.decode()
        assert signed_in(cast.office).post("/reports/approve/", {"chosen": ["x", "9" * 30]}).status_code == 422
        assert signed_in(cast.office).get("/reports/approve/").headers["Location"] == "/reports/"
        assert not Entry.objects.filter(verb="approve_report").exists()


@pytest.mark.parametrize("kind", ["submitted", "returned", "missing", "approved"])
def test_rows_cost_no_queries(cast: Cast, kind: str) -> None:
    opened(AUGUST)
    opened()
    makes = {"submitted": submitted, "returned": returned, "missing": asked, "approved": approved}

    def add(number: int) -> None:
        row = project(cast, f"P-{number}")
        opened(AUGUST)
        opened()
        makes[kind](row, AUGUST if number == 2 else SEPTEMBER)

    at_one, at_three = at_one_and_three(signed_in(cast.office), f"/reports/?kind={kind}", add)
    assert at_one == at_three


def test_days_over_count_from_the_due_day(cast: Cast) -> None:
    project(cast)
    period = opened()
    [row] = signed_in(cast.office).get("/reports/?kind=missing").context["rows"]
    assert (period.due_on, row.days_over) == (datetime.date(2023, 10, 8), 2)
