"""A unit's own reports of a month: where each stands, whose turn it is, and the one thing to do."""

import datetime

import pytest
from pytest_django import Settings

from projects.core.month import Month
from projects.progress.actions.reviewing import allow_late
from projects.progress.workflow import State
from projects.register.actions.halting import Halt, halt_project
from tests.cast import SEPTEMBER, TODAY, Cast, project, signed_in
from tests.progress.month import LOCK, asked, at, in_state, opened, submitted, written
from tests.progress.views.counting import at_one_and_three

DAY = datetime.timedelta(days=1)
AUGUST, OCTOBER = Month(2023, 8), Month(2023, 10)
WRITE, VIEW = "/reports/2023-09/P-1/write/", "/reports/2023-09/P-1/"
BUTTONS = {"due": ("填报", WRITE), "draft": ("继续填报", WRITE), "returned": ("修改", WRITE)}


@pytest.mark.parametrize("day", [LOCK, LOCK + DAY], ids=["open", "locked"])
@pytest.mark.parametrize("state", State)
def test_each_report_has_one_button(cast: Cast, state: State, day: datetime.date, settings: Settings) -> None:
    row = project(cast)
    opened()
    in_state(state.value, row, cast)
    settings.TODAY = day
    page = signed_in(cast.reporter).get("/reports/?month=2023-09").content.decode()
    label, address = BUTTONS.get(state.value, ("查看", VIEW))
    if day > LOCK and state in {State.DUE, State.DRAFT}:
        label, address = "申请补报", f"{VIEW}#state"
        assert "已锁定" in page
    assert f'button-small" href="{address}"' in page
    assert f"{label}</a>" in page
    assert page.count('button-small" href="/reports/2023-09/P-1/') == 1


def test_with_leave_it_can_still_be_written(cast: Cast, settings: Settings) -> None:
    row = project(cast)
    opened()
    settings.TODAY = LOCK + DAY
    allow_late(asked(row), until=LOCK + DAY, reason="x", by=None, at=at(LOCK + DAY))
    page = signed_in(cast.reporter).get("/reports/?month=2023-09").content.decode()
    assert WRITE in page
    assert "已锁定" not in page


def test_only_the_own_units_are_listed_those_to_write_first(cast: Cast) -> None:
    rows = {state: project(cast, f"P-{state}") for state in State}
    project(cast, "P-9", unit=cast.other_town)
    opened()
    for state, row in rows.items():
        in_state(state.value, row, cast)
    response = signed_in(cast.reporter).get("/reports/")
    assert [row.report.state for row in response.context["rows"]] == [
        "returned", "due", "draft", "submitted", "approved",
    ]  # fmt: skip
    assert [row.turn for row in response.context["rows"]] == ["本单位"] * 3 + ["重点项目办", "完成"]
    assert [tab["count"] for tab in response.context["months"]] == [3]


def test_halted_projects_are_excused(cast: Cast) -> None:
    row = project(cast)
    opened()
    halt_project(row, Halt("suspended", TODAY, "land"), by=None, at=at(), today=TODAY, seen=0)
    response = signed_in(cast.reporter).get("/reports/")
    assert "免报" in response.content.decode()
    assert response.context["left"] == 0


class TestTheMonth:
    def test_is_the_first_that_is_still_open(self, cast: Cast, settings: Settings) -> None:
        project(cast)
        opened()
        settings.TODAY = LOCK + 10 * DAY
        assert signed_in(cast.reporter).get("/reports/").context["month"] == SEPTEMBER
        opened(OCTOBER, LOCK + 10 * DAY)
        assert signed_in(cast.reporter).get("/reports/").context["month"] == OCTOBER

    def test_is_remembered_once_it_was_chosen(self, cast: Cast) -> None:
        opened()
        client = signed_in(cast.reporter)
        assert client.get("/reports/?month=2023-08").context["month"] == AUGUST
        assert client.get("/reports/").context["month"] == AUGUST
        assert "尚未开启" in client.get("/reports/").content.decode()

    @pytest.mark.parametrize("text", ["2023-11", "2023-13", "x"])
    def test_that_is_none_is_refused(self, cast: Cast, text: str) -> None:
        assert signed_in(cast.reporter).get(f"/reports/?month={text}").status_code == 400

    def test_has_a_tab_where_something_is_left(self, cast: Cast) -> None:
        row = project(cast)
        opened(AUGUST)
        opened()
        submitted(row)
        tabs = signed_in(cast.reporter).get("/reports/").context["months"]
        assert [(tab["url"], tab["count"], tab["current"]) for tab in tabs] == [
            ("/reports/?month=2023-09", "", True), ("/reports/?month=2023-08", 1, False),
        ]  # fmt: skip


class TestTheLock:
    @pytest.mark.parametrize(("days", "is_near"), [(6, False), (5, True), (1, True), (0, True), (-1, False)])
    def test_is_announced_five_days_before(self, cast: Cast, days: int, is_near: bool, settings: Settings) -> None:
        project(cast)
        opened()
        settings.TODAY = LOCK - days * DAY
        client = signed_in(cast.reporter)
        for address in ("/", "/reports/?month=2023-09", "/reports/2023-09/P-1/"):
            page = client.get(address).content.decode()
            said = f"2023年9月月报将于10月15日锁定，还有{days}天。" if days else "2023年9月月报今天24时锁定。"
            assert (said in page) is is_near, address

    def test_is_not_announced_to_who_is_done_nor_to_others(self, cast: Cast, settings: Settings) -> None:
        row = project(cast)
        opened()
        settings.TODAY = LOCK
        assert "锁定。" not in signed_in(cast.office).get("/").content.decode()
        written(row, by=cast.reporter)
        assert "锁定。" in signed_in(cast.reporter).get("/").content.decode()
        submitted(row, by=cast.reporter)
        assert "锁定。" not in signed_in(cast.reporter).get("/").content.decode()


def test_rows_cost_no_queries(cast: Cast) -> None:
    def add(number: int) -> None:
        row = project(cast, f"P-{number}")
        opened()
        in_state(["draft", "returned", "approved"][number - 1], row, cast)

    at_one, at_three = at_one_and_three(signed_in(cast.reporter), "/reports/?month=2023-09", add)
    assert at_one == at_three
