"""The page of one report: who reads it, what it shows beside the month before, and each step with it."""

import datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from projects.core.month import Month
from projects.progress.actions import reviewing
from projects.progress.models import ReportComment
from projects.progress.workflow import State
from projects.register.models import Project
from tests.cast import WAN, Cast, project, signed_in
from tests.progress.month import LOCK, approved, asked, at, in_state, opened, submitted, written
from tests.progress.views.counting import queries

PAGE = "/reports/2023-09/P-1/"
AUGUST = Month(2023, 8)
STEPS: dict[str, tuple[str, dict[str, str]]] = {  # name of the step: the end of its address, and what is filled in
    "approve": ("approve/", {}),
    "send_back": ("return/", {"comment": "请核实"}),
    "reopen": ("reopen/", {"reason": "数据有误"}),
    "allow_late": ("late/", {"until": "2023-10-31", "reason": "系统故障"}),
    "ask_leave": ("leave/", {"reason": "停电"}),
    "refuse_leave": ("leave/refuse/", {"answer": "理由不足"}),
    "withdraw": ("withdraw/", {}),
    "reply": ("reply/", {"text": "已核实"}),
}


@pytest.fixture
def row(cast: Cast) -> Project:
    found = project(cast)
    opened()
    return found


def take(client: Client, step: str, *, version: int | None = None, page: str = PAGE, **filled: str) -> Any:
    end, usual = STEPS[step]
    seen = asked(Project.objects.get(code="P-1")).version if version is None else version
    return client.post(f"{page}{end}", {"version": seen, **usual, **filled})


class TestReading:
    @pytest.mark.parametrize("who", ["admin", "office", "reporter", "leader", "auditor"])
    @pytest.mark.parametrize("state", State)
    def test_its_unit_the_office_and_who_reads_everything(
        self, cast: Cast, row: Project, who: str, state: State
    ) -> None:
        in_state(state.value, row, cast)
        response = signed_in(cast.person(who)).get(PAGE)
        assert response.status_code == 200
        if state is not State.DUE:
            assert "主体施工至三层" in response.content.decode()

    @pytest.mark.parametrize("state", State)
    def test_another_unit_reads_what_was_approved(self, cast: Cast, row: Project, state: State) -> None:
        in_state(state.value, row, cast)
        status = signed_in(cast.other_reporter).get(PAGE).status_code
        assert status == (200 if state is State.APPROVED else 404)

    @pytest.mark.parametrize(
        "address",
        ["/reports/2023-09/NONE/", "/reports/2023-08/P-1/", "/reports/2023-13/P-1/", "/reports/2023-9/P-1/"],
    )
    def test_nothing_under_another_address(self, cast: Cast, row: Project, address: str) -> None:
        assert signed_in(cast.office).get(address).status_code == 404

    def test_strangers_find_nothing(self, cast: Cast, row: Project) -> None:
        approved(row, by=cast.reporter)
        client = signed_in(cast.stranger)
        assert client.get(PAGE).status_code == 404
        assert {take(client, step).status_code for step in STEPS} == {404}

    def test_what_is_new_and_what_is_gone_since_last_month(self, cast: Cast, row: Project) -> None:
        opened(AUGUST)
        approved(row, AUGUST, image="主体施工至二层", next_steps="三层施工", invested_this_month=80 * WAN)
        submitted(row, by=cast.reporter)
        page = signed_in(cast.office).get(PAGE).content.decode()
        assert "主体施工至<del>二</del><ins>三</ins>层" in page
        assert "+20" in page

    def test_the_same_words_are_said_to_be_the_same(self, cast: Cast, row: Project) -> None:
        opened(AUGUST)
        approved(row, AUGUST)
        submitted(row, by=cast.reporter, image_unchanged=True, next_steps_unchanged=True)
        page = signed_in(cast.office).get(PAGE).content.decode()
        assert page.count("文字未变") == 2
        assert "<ins>" not in page

    def test_the_thread_costs_no_queries(self, cast: Cast, row: Project) -> None:
        report = submitted(row, by=cast.reporter)
        client = signed_in(cast.office)
        reviewing.reply(report, "一", by=cast.reporter, at=at())
        at_one = queries(client, PAGE)
        for text in ("二", "三"):
            reviewing.reply(report, text, by=cast.office, at=at())
        assert queries(client, PAGE) == at_one


@pytest.mark.parametrize(("who", "is_told"), [("reporter", True), ("leader", True), ("other_reporter", False)])
def test_outsiders_see_neither_the_thread_nor_the_month_before(
    cast: Cast, row: Project, who: str, is_told: bool
) -> None:
    opened(AUGUST)
    submitted(row, AUGUST, image="八月文字", next_steps="八月安排")
    report = approved(row, by=cast.reporter)
    reviewing.reply(report, "内部意见", by=cast.office, at=at())
    page = signed_in(cast.person(who)).get(PAGE).content.decode()
    assert "主体施工至三层" in page
    assert ("八月文字" in page, "内部意见" in page) == (is_told, is_told)


class TestSteps:
    @pytest.mark.parametrize("today", [LOCK, LOCK + datetime.timedelta(days=1)], ids=["open", "locked"])
    @pytest.mark.parametrize("state", State)
    @pytest.mark.parametrize("who", ["office", "reporter"])
    def test_the_page_offers_what_can_be_done(
        self, cast: Cast, row: Project, who: str, state: State, today: datetime.date, settings: Settings
    ) -> None:
        settings.TODAY = today
        in_state(state.value, row, cast)
        client = signed_in(cast.person(who))
        offers = client.get(PAGE).context["offers"]
        for step in STEPS:
            with transaction.atomic():
                done = take(client, step).status_code == 302
                transaction.set_rollback(True)
            enabled = step in offers and not offers[step].because
            # The office may take back what a unit has submitted, but returns it and says why.
            assert enabled == done or (who, step) == ("office", "withdraw"), step

    @pytest.mark.parametrize("step", STEPS)
    @pytest.mark.parametrize("who", ["leader", "auditor"])
    def test_readers_are_told_why_not(self, cast: Cast, row: Project, who: str, step: str) -> None:
        submitted(row, by=cast.reporter)
        client = signed_in(cast.person(who))
        response = take(client, step)
        assert response.status_code == 403
        assert "您的角色" in response.content.decode()
        assert not client.get(PAGE).context["offers"]
        assert asked(row).state == "submitted"

    @pytest.mark.parametrize(
        ("step", "state", "reason"),
        [
            ("approve", "draft", "月报还是草稿"),
            ("send_back", "approved", "月报已审核通过"),
            ("reopen", "submitted", "月报已报送"),
            ("withdraw", "returned", "月报已退回"),
            ("allow_late", "due", "月份尚未锁定"),
            ("refuse_leave", "due", "没有待答复的补报申请"),
            ("reply", "due", "还没有月报"),
        ],
    )
    def test_in_the_wrong_state(self, cast: Cast, row: Project, step: str, state: str, reason: str) -> None:
        in_state(state, row, cast)
        response = take(signed_in(cast.office), step)
        assert response.status_code == 422
        assert asked(row).state == state

    def test_approving_goes_on_to_the_next(self, cast: Cast, row: Project) -> None:
        second = project(cast, "P-2")
        opened()
        submitted(row, by=cast.reporter)
        submitted(second, by=cast.reporter)
        client = signed_in(cast.office)
        page = client.get(f"{PAGE}?month=2023-09")
        assert (page.context["previous"], page.context["following"]) == ("", "/reports/2023-09/P-2/?month=2023-09")
        assert 'name="next" value="/reports/2023-09/P-2/?month=2023-09"' in page.content.decode()
        response = take(client, "approve", next=page.context["following"])
        assert response.headers["Location"] == page.context["following"]
        assert client.get("/reports/2023-09/P-2/").context["previous"] == ""
        assert asked(row).state == "approved"

    def test_the_second_of_two_is_told_who_was_first(self, cast: Cast, row: Project) -> None:
        report = submitted(row, by=cast.reporter)
        seen = report.version
        take(signed_in(cast.admin), "approve")
        response = take(signed_in(cast.office), "send_back", version=seen, comment="统计口径不对")
        page = response.content.decode()
        assert response.status_code == 409
        assert "admin" in page
        assert "统计口径不对" in page
        assert asked(row).state == "approved"

    def test_who_was_overtaken_may_try_again_from_the_answer(self, cast: Cast, row: Project) -> None:
        report = submitted(row, by=cast.reporter)
        response = take(signed_in(cast.office), "send_back", version=report.version - 1)
        assert response.status_code == 409
        assert f'name="version" value="{report.version}"' in response.content.decode()

    def test_returning_without_a_word_keeps_the_form_open(self, cast: Cast, row: Project) -> None:
        submitted(row, by=cast.reporter)
        response = take(signed_in(cast.office), "send_back", comment="")
        page = response.content.decode()
        assert response.status_code == 422
        assert '<details class="disclosure" open>' in page

    def test_returning_says_it_field_by_field(self, cast: Cast, row: Project) -> None:
        submitted(row, by=cast.reporter)
        take(signed_in(cast.office), "send_back", of_image="请写明层数", of_invested_this_month="与台账不符")
        assert set(ReportComment.objects.values_list("field", "text")) == {
            ("", "请核实"), ("image", "请写明层数"), ("invested_this_month", "与台账不符"),
        }  # fmt: skip
        page = signed_in(cast.reporter).get(PAGE).content.decode()
        assert page.count("请写明层数") == 2  # beside the text, and in the thread
        assert "退回 · 形象进度" in page

    def test_reopening_without_a_reason_and_saying_nothing_are_refused(self, cast: Cast, row: Project) -> None:
        approved(row, by=cast.reporter)
        client = signed_in(cast.office)
        assert take(client, "reopen", reason="").status_code == 422
        assert take(client, "reply", text="").status_code == 422
        assert (asked(row).state, ReportComment.objects.count()) == ("approved", 0)

    @pytest.mark.parametrize("until", ["2023-10-15", "soon", ""])
    def test_leave_ends_on_a_day_to_come(self, cast: Cast, row: Project, until: str, settings: Settings) -> None:
        settings.TODAY = LOCK + datetime.timedelta(days=1)
        response = take(signed_in(cast.office), "allow_late", until=until, reason="系统故障")
        assert response.status_code == 422
        assert "系统故障" in response.content.decode()
        assert asked(row).late_until is None

    @pytest.mark.parametrize("step", STEPS)
    def test_an_address_of_a_step_shows_the_report(self, cast: Cast, row: Project, step: str) -> None:
        response = signed_in(cast.office).get(f"{PAGE}{STEPS[step][0]}")
        assert (response.status_code, response.headers["Location"]) == (302, PAGE)

    def test_a_draft_shows_what_it_lacks(self, cast: Cast, row: Project) -> None:
        written(row, by=cast.reporter, next_steps="")
        assert "还缺" in signed_in(cast.reporter).get(PAGE).content.decode()

    def test_what_was_never_submitted_has_no_neighbours(self, cast: Cast, row: Project) -> None:
        context = signed_in(cast.office).get(PAGE).context
        assert (context["previous"], context["following"]) == ("", "")
