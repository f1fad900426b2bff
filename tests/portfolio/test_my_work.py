"""The first page: what a unit has to do with its reports, what waits for the office, and in how many queries."""

import datetime

import pytest
from django.test import Client
from pytest_django import Settings

from projects.core.month import Month
from projects.progress.actions import reviewing
from projects.progress.models import MonthlyReport
from tests.cast import SEPTEMBER, TODAY, WAN, Cast, figures, plan, project, signed_in
from tests.progress.month import LOCK, asked, at, in_state, opened, returned, submitted, written
from tests.progress.views.counting import at_one_and_three

AUGUST, OCTOBER = Month(2023, 8), Month(2023, 10)
DUE = datetime.date(2023, 10, 8)
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _on_the_day_of_the_cast(settings: Settings) -> None:
    settings.TODAY = TODAY


def chores(client: Client) -> dict[str, list[str]]:
    """The kinds of things to do in their order, with the projects of each."""
    response = client.get("/")
    assert response.status_code == 200
    return {chore.name: [task.report.project.code for task in chore.tasks] for chore in response.context["unit"].chores}


class TestOfAUnit:
    def test_returned_first_then_what_is_over_due_and_begun(self, cast: Cast, settings: Settings) -> None:
        for state in ("due", "draft", "submitted", "returned", "approved"):
            row = project(cast, f"P-{state}")
            opened()
            in_state(state, row, cast)
        project(cast, "P-other", unit=cast.other_town)
        settings.TODAY = DUE
        assert list(chores(signed_in(cast.reporter)).items()) == [
            ("returned", ["P-returned"]), ("due", ["P-due"]), ("draft", ["P-draft"]), ("waiting", ["P-submitted"]),
        ]  # fmt: skip
        settings.TODAY = DUE + DAY
        assert list(chores(signed_in(cast.reporter)).items()) == [
            ("returned", ["P-returned"]), ("overdue", ["P-draft", "P-due"]), ("waiting", ["P-submitted"]),
        ]  # fmt: skip

    def test_missed_months_come_before_the_present_one(self, cast: Cast) -> None:
        project(cast, "P-1")
        opened(AUGUST)
        opened()
        tasks = signed_in(cast.reporter).get("/").context["unit"].chores[0].tasks
        assert [(task.report.month, task.is_shut) for task in tasks] == [(AUGUST, True), (SEPTEMBER, False)]

    def test_says_how_many_days_are_left(self, cast: Cast, settings: Settings) -> None:
        project(cast)
        opened()
        settings.TODAY = DUE - 3 * DAY
        assert "距应报日3天 · 距锁定10天" in signed_in(cast.reporter).get("/").content.decode()
        settings.TODAY = DUE + 2 * DAY
        assert "逾期2天 · 距锁定5天" in signed_in(cast.reporter).get("/").content.decode()
        settings.TODAY = LOCK + DAY
        assert "已于2023-10-15锁定" in signed_in(cast.reporter).get("/").content.decode()

    def test_what_the_office_said_stands_beside_what_was_returned(self, cast: Cast) -> None:
        row = project(cast)
        opened()
        returned(row, by=cast.reporter)
        assert "请补充形象进度" in signed_in(cast.reporter).get("/").content.decode()

    def test_nothing_to_do_is_said(self, cast: Cast) -> None:
        assert "没有待办月报" in signed_in(cast.reporter).get("/").content.decode()

    def test_many_of_a_kind_are_counted_and_the_first_shown(self, cast: Cast) -> None:
        for number in range(14):
            project(cast, f"P-{number:02}")
        opened()
        [chore] = signed_in(cast.reporter).get("/").context["unit"].chores
        assert (chore.count, len(chore.tasks)) == (14, 12)

    def test_costs_the_same_for_any_number(self, cast: Cast) -> None:
        def add(number: int) -> None:
            for state in ("due", "draft", "submitted", "returned"):
                row = project(cast, f"P-{state}-{number}")
                opened()
                in_state(state, row, cast)

        at_one, at_three = at_one_and_three(signed_in(cast.reporter), "/", add)
        assert at_one == at_three == 14


class TestOfTheOffice:
    def test_what_waits_what_is_missing_and_who_asks(self, cast: Cast) -> None:
        rows = [project(cast, "P-1"), project(cast, "P-2", unit=cast.other_town), project(cast, "P-3")]
        opened(AUGUST)
        opened()
        first = submitted(rows[0], by=cast.reporter)
        submitted(rows[1], AUGUST)
        reviewing.reply(first, "能否延期？", by=cast.reporter, at=at())
        work = signed_in(cast.office).get("/").context["office"]
        assert [(row.report.month, row.report.project.code) for row in work.first_waiting] == [
            (AUGUST, "P-2"), (SEPTEMBER, "P-1"),
        ]  # fmt: skip
        assert [(unit.name, unit.months) for unit in work.units] == [
            ("税郭镇", [(AUGUST, 2), (SEPTEMBER, 1)]), ("孟庄镇", [(SEPTEMBER, 1)]),
        ]  # fmt: skip
        assert (work.missing, work.questions, work.first_questions[0].text) == (4, 1, "能否延期？")

    def test_what_is_not_due_yet_is_not_missing(self, cast: Cast, settings: Settings) -> None:
        project(cast)
        opened()
        settings.TODAY = DUE
        assert not signed_in(cast.office).get("/").context["office"].units
        settings.TODAY = DUE + DAY
        assert signed_in(cast.office).get("/").context["office"].missing == 1

    @pytest.mark.parametrize("answer", ["reply", "approve"])
    def test_a_question_is_answered_by_a_reply_or_by_approving(self, cast: Cast, answer: str) -> None:
        row = project(cast)
        opened()
        report = submitted(row, by=cast.reporter)
        reviewing.reply(report, "能否延期？", by=cast.reporter, at=at())
        if answer == "reply":
            reviewing.reply(report, "可以", by=cast.office, at=at())
        else:
            reviewing.approve(report, by=cast.office, at=at(), seen=report.version)
        assert signed_in(cast.office).get("/").context["office"].questions == 0

    def test_figures_are_entered_only_in_months_before_reports(self, cast: Cast) -> None:
        row = project(cast)
        plan(row, 1000 * WAN)
        figures(row, AUGUST, WAN)
        client = signed_in(cast.office)
        assert client.get("/?month=2023-09").context["missing"] == 1
        opened()
        assert "missing" not in client.get("/?month=2023-09").context

    def test_costs_the_same_for_any_number(self, cast: Cast) -> None:
        def add(number: int) -> None:
            for state in ("due", "draft", "submitted", "returned"):
                row = project(cast, f"P-{state}-{number}")
                opened()
                in_state(state, row, cast)
            report = asked(row)
            reviewing.reply(report, "能否延期？", by=cast.reporter, at=at())

        at_one, at_three = at_one_and_three(signed_in(cast.office), "/", add)
        assert at_one == at_three == 23


@pytest.mark.parametrize("who", ["leader", "auditor"])
def test_who_only_reads_has_no_reports_to_do(cast: Cast, who: str) -> None:
    row = project(cast)
    opened()
    submitted(row)
    context = signed_in(cast.person(who)).get("/").context
    assert "unit" not in context
    assert "office" not in context


class TestTheBadge:
    def badge(self, client: Client) -> str:
        [entry] = [each for each in client.get("/projects/").context["navigation"] if each.url == "/reports/"]
        return str(entry.count)

    def test_counts_what_is_the_persons_turn(self, cast: Cast) -> None:
        rows = [project(cast, f"P-{number}") for number in range(3)]
        opened()
        written(rows[0], by=cast.reporter)
        submitted(rows[1], by=cast.reporter)
        assert self.badge(signed_in(cast.reporter)) == "2"
        assert self.badge(signed_in(cast.office)) == "1"
        assert self.badge(signed_in(cast.leader)) == ""
        assert self.badge(signed_in(cast.stranger)) == ""

    def test_stops_counting_at_a_hundred(self, cast: Cast) -> None:
        row = project(cast)
        opened()
        submitted(row)
        many = [
            MonthlyReport(
                project=row, month=Month(2001, 1) + step, state="submitted", invested_this_month=0, written_at=at(),
                submitted_at=at(), first_submitted_at=at(),
            )
            for step in range(99)
        ]  # fmt: skip
        MonthlyReport.objects.bulk_create(many[:98])
        assert self.badge(signed_in(cast.office)) == "99"
        MonthlyReport.objects.bulk_create(many[98:])
        assert self.badge(signed_in(cast.office)) == "99+"
