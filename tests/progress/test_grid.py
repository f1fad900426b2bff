"""The table in which the reports of a unit are filled: opened, saved all or none, submitted."""

import datetime
import re
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from projects.core.month import Month
from projects.progress.models import MonthlyReport
from projects.register.models import Project
from tests.cast import TODAY, WAN, Cast, plan, project, signed_in
from tests.progress.month import LOCK, approved, asked, opened, returned, submitted, written

ADDRESS = "/reports/2023-09/grid/"
SUBMIT = "/reports/2023-09/submit/"


@pytest.fixture(autouse=True)
def _on_the_day(settings: Settings) -> None:
    settings.TODAY = TODAY


@pytest.fixture
def rows(cast: Cast) -> list[Project]:
    found = [project(cast, f"P-{number}") for number in range(1, 4)]
    project(cast, "Q-1", unit=cast.other_town)
    opened()
    return found


def boxes(client: Client, address: str = ADDRESS) -> dict[str, Any]:
    """What a browser would send of the table as it is shown: every box with its value."""
    answer = client.get(address)
    assert answer.status_code == 200
    text = answer.content.decode()
    found: dict[str, Any] = {"row": re.findall(r'name="row" value="(\d+)"', text)}
    for tag in re.findall(r"<input[^>]*>", text):
        name, value = re.search(r'name="(row-\d+-\w+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            found[name[1]] = "on" if "checkbox" in tag else value[1] if value else ""
    for name_of, words in re.findall(r'<textarea name="(row-\d+-\w+)"[^>]*>\n?([^<]*)</textarea>', text):
        found[name_of] = words
    return found


def cell(row: Project, name: str) -> str:
    return f"row-{asked(row).pk}-{name}"


def told(answer: Any) -> str:
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


class TestOpening:
    def test_shows_the_units_own_reports_that_can_be_written(self, cast: Cast, rows: list[Project]) -> None:
        submitted(rows[0], by=cast.reporter)
        returned(rows[1], by=cast.reporter)
        sent = boxes(signed_in(cast.reporter))
        assert sent["row"] == [str(asked(rows[1]).pk), str(asked(rows[2]).pk)]

    def test_shows_the_plan_and_the_sum(self, cast: Cast) -> None:
        row = project(cast)
        plan(row, 1200 * WAN, months=[111 * WAN] + [99 * WAN] * 11)
        opened(Month(2023, 8))
        approved(row, Month(2023, 8), invested_this_month=73 * WAN)
        opened()
        text = signed_in(cast.reporter).get(ADDRESS).content.decode()
        assert '<td class="number">99</td><td class="number">73</td>' in text

    def test_the_office_chooses_a_unit_first(self, cast: Cast, rows: list[Project]) -> None:
        client = signed_in(cast.office)
        assert boxes(client)["row"] == []
        assert "请先选择单位" in client.get(ADDRESS).content.decode()
        assert boxes(client, f"{ADDRESS}?unit={cast.other_town.pk}")["row"] == [
            str(asked(Project.objects.get(code="Q-1")).pk)
        ]

    @pytest.mark.parametrize("who", ["leader", "auditor"])
    def test_is_refused_to_readers_with_the_reason(self, cast: Cast, rows: list[Project], who: str) -> None:
        for answer in (signed_in(cast.person(who)).get(ADDRESS), signed_in(cast.person(who)).post(SUBMIT)):
            assert answer.status_code == 403
            assert "无权" in answer.content.decode()

    def test_a_stranger_finds_nothing_of_this_district(self, cast: Cast, rows: list[Project]) -> None:
        client = signed_in(cast.stranger)
        assert boxes(client)["row"] == []
        assert client.get(f"{ADDRESS}?unit={cast.town.pk}").status_code == 404

    @pytest.mark.parametrize(
        "address", ["/reports/2023-13/grid/", f"{ADDRESS}?unit=x", f"{ADDRESS}?unit=99999999999999999999"]
    )
    def test_is_not_found_for_what_is_none(self, cast: Cast, rows: list[Project], address: str) -> None:
        assert signed_in(cast.reporter).get(address).status_code == 404

    def test_says_that_the_month_is_not_open(self, cast: Cast, rows: list[Project]) -> None:
        assert "尚未开启填报" in signed_in(cast.reporter).get("/reports/2023-08/grid/").content.decode()

    def test_after_the_lock_only_who_handed_in_before_may_go_on(
        self, cast: Cast, rows: list[Project], settings: Settings
    ) -> None:
        returned(rows[0], by=cast.reporter)
        settings.TODAY = LOCK + datetime.timedelta(days=1)
        assert boxes(signed_in(cast.reporter))["row"] == [str(asked(rows[0]).pk)]
        assert len(boxes(signed_in(cast.office), f"{ADDRESS}?unit={cast.town.pk}")["row"]) == 3

    def test_says_when_nothing_is_left(self, cast: Cast, rows: list[Project]) -> None:
        for row in rows:
            submitted(row, by=cast.reporter)
        assert "没有待填的月报" in signed_in(cast.reporter).get(ADDRESS).content.decode()

    def test_costs_the_same_with_one_row_and_with_three(self, cast: Cast, rows: list[Project]) -> None:
        def queries() -> int:
            client = signed_in(cast.reporter)
            client.get(ADDRESS)
            with CaptureQueriesContext(connection) as counted:
                client.get(ADDRESS)
            return len(counted)

        at_three = queries()
        for row in rows[1:]:
            submitted(row, by=cast.reporter)
        assert len(boxes(signed_in(cast.reporter))["row"]) == 1
        assert queries() == at_three


class TestSaving:
    def test_saves_what_was_touched_and_leaves_the_rest(self, cast: Cast, rows: list[Project]) -> None:
        client = signed_in(cast.reporter)
        sent = boxes(client)
        sent |= {cell(rows[0], "invested_this_month"): "1，200.5", cell(rows[2], "image"): "打桩\r\n完成"}
        answer = client.post(ADDRESS, sent)
        assert (answer.status_code, answer["Location"]) == (302, ADDRESS)
        assert "已保存2份草稿" in told(answer)
        assert [asked(row).state for row in rows] == ["draft", "due", "draft"]
        assert asked(rows[0]).invested_this_month == 12_005_000
        assert asked(rows[2]).image == "打桩\n完成"
        again = client.post(ADDRESS, boxes(client))
        assert "没有改动" in told(again)
        assert [asked(row).version for row in rows] == [1, 0, 1]

    def test_keeps_what_has_no_cell(self, cast: Cast, rows: list[Project]) -> None:
        written(rows[0], by=cast.reporter, reason="冲减八月", image_unchanged=True)
        client = signed_in(cast.reporter)
        client.post(ADDRESS, boxes(client) | {cell(rows[0], "next_month_amount"): "50"})
        report = asked(rows[0])
        assert (report.next_month_amount, report.reason, report.image_unchanged) == (50 * WAN, "冲减八月", True)

    def test_one_wrong_cell_saves_nothing_and_is_named(self, cast: Cast, rows: list[Project]) -> None:
        client = signed_in(cast.reporter)
        sent = boxes(client) | {cell(rows[0], "invested_this_month"): "88", cell(rows[1], "next_month_amount"): "12a"}
        answer = client.post(ADDRESS, sent)
        text = answer.content.decode()
        assert answer.status_code == 422
        assert "第2行 项目P-2 · 下月计划投资" in text
        assert f'href="#id_{cell(rows[1], "next_month_amount")}"' in text
        assert re.search(rf'name="{cell(rows[1], "next_month_amount")}" value="12a"[^>]*aria-invalid="true"', text)
        assert re.search(rf'name="{cell(rows[0], "invested_this_month")}" value="88"', text)
        assert not MonthlyReport.objects.exclude(state="due").exists()

    def test_a_row_that_somebody_else_wrote_is_marked_and_nothing_lost(self, cast: Cast, rows: list[Project]) -> None:
        client = signed_in(cast.reporter)
        sent = boxes(client) | {cell(rows[0], "image"): "我写的", cell(rows[1], "image"): "也是我写的"}
        written(rows[0], by=cast.office, image="别人写的")
        answer = client.post(ADDRESS, sent)
        text = answer.content.decode()
        assert answer.status_code == 409
        assert "第1行 项目P-1" in text
        assert "office" in text
        assert "别人写的" in text
        assert "我写的</textarea>" in text
        assert "也是我写的</textarea>" in text
        assert f'name="{cell(rows[0], "version")}" value="1"' in text
        assert (asked(rows[0]).image, asked(rows[1]).state) == ("别人写的", "due")

    def test_an_untouched_row_that_somebody_else_wrote_stands_in_nobodys_way(
        self, cast: Cast, rows: list[Project]
    ) -> None:
        client = signed_in(cast.reporter)
        sent = boxes(client) | {cell(rows[1], "image"): "我写的"}
        written(rows[0], by=cast.office, image="别人写的")
        assert client.post(ADDRESS, sent).status_code == 302
        assert (asked(rows[0]).image, asked(rows[1]).image) == ("别人写的", "我写的")

    def test_a_row_handed_in_meanwhile_is_told(self, cast: Cast, rows: list[Project]) -> None:
        client = signed_in(cast.reporter)
        sent = boxes(client) | {cell(rows[0], "image"): "太晚了"}
        submitted(rows[0], by=cast.office)
        assert client.post(ADDRESS, sent).status_code == 409
        assert asked(rows[0]).image != "太晚了"

    @pytest.mark.parametrize("who", ["other_reporter", "stranger"])
    def test_rows_of_another_unit_are_not_found(self, cast: Cast, rows: list[Project], who: str) -> None:
        sent = boxes(signed_in(cast.reporter)) | {cell(rows[0], "image"): "外人写的"}
        assert signed_in(cast.person(who)).post(ADDRESS, sent).status_code == 404
        assert asked(rows[0]).state == "due"

    def test_a_long_explanation_is_refused_beside_its_cell(self, cast: Cast, rows: list[Project]) -> None:
        client, own = signed_in(cast.reporter), cell(rows[0], "explanation")
        answer = client.post(ADDRESS, boxes(client) | {own: "长" * 501})
        text = answer.content.decode()
        assert answer.status_code == 422
        assert "第1行 项目P-1 · 偏差说明" in text
        assert re.search(rf'<textarea name="{own}"[^>]*aria-invalid="true"', text)
        assert "长" * 501 in text
        assert client.post(ADDRESS, boxes(client) | {own: "长" * 500}).status_code == 302

    def test_a_tick_takes_over_last_months_words(self, cast: Cast) -> None:
        row = project(cast)
        opened(Month(2023, 8))
        approved(row, Month(2023, 8), image="主体封顶")
        opened()
        client = signed_in(cast.reporter)
        client.post(ADDRESS, boxes(client) | {cell(row, "image_unchanged"): "on"})
        assert (asked(row).image, asked(row).image_unchanged) == ("主体封顶", True)


class TestSubmitting:
    def test_hands_in_what_is_complete_and_tells_how_many_are_not(self, cast: Cast, rows: list[Project]) -> None:
        written(rows[0], by=cast.reporter)
        client = signed_in(cast.reporter)
        answer = client.post(SUBMIT, boxes(client) | {cell(rows[1], "image"): "打桩"})
        assert (answer.status_code, answer["Location"]) == (302, ADDRESS)
        assert "已报送1份月报" in told(answer)
        assert "还有2份内容不全" in told(answer)
        assert [asked(row).state for row in rows] == ["submitted", "draft", "due"]
        text = client.get(ADDRESS).content.decode()
        assert f"/reports/2023-09/{rows[1].code}/write/" in text
        assert f"/reports/2023-09/{rows[0].code}/write/" not in text

    def test_from_another_page_without_a_table(self, cast: Cast, rows: list[Project]) -> None:
        written(rows[0], by=cast.reporter)
        assert "已报送1份月报" in told(signed_in(cast.reporter).post(SUBMIT))

    def test_a_wrong_cell_keeps_all(self, cast: Cast, rows: list[Project]) -> None:
        written(rows[0], by=cast.reporter)
        client = signed_in(cast.reporter)
        answer = client.post(SUBMIT, boxes(client) | {cell(rows[1], "next_month_amount"): "12a"})
        assert answer.status_code == 422
        assert asked(rows[0]).state == "draft"

    def test_the_office_submits_for_the_unit_it_chose_only(self, cast: Cast, rows: list[Project]) -> None:
        written(rows[0], by=cast.reporter)
        client = signed_in(cast.office)
        client.post(SUBMIT)
        client.post(SUBMIT, {"unit": cast.other_town.pk})
        assert asked(rows[0]).state == "draft"
        answer = client.post(SUBMIT, {"unit": cast.town.pk})
        assert answer["Location"] == f"{ADDRESS}?unit={cast.town.pk}"
        assert asked(rows[0]).state == "submitted"

    def test_a_month_far_from_its_plan_is_explained_in_its_row(self, cast: Cast, rows: list[Project]) -> None:
        plan(rows[0], 1200 * WAN, months=[100 * WAN] * 12)
        plan(rows[1], 1200 * WAN, months=[100 * WAN] * 12)
        written(rows[0], by=cast.reporter, invested_this_month=131 * WAN)
        written(rows[1], by=cast.reporter, invested_this_month=130 * WAN)
        client = signed_in(cast.reporter)
        client.post(SUBMIT, boxes(client))
        assert [asked(row).state for row in rows] == ["draft", "submitted", "due"]
        text, own = client.get(ADDRESS).content.decode(), cell(rows[0], "explanation")
        assert re.search(rf'<p class="cell-asks" id="id_{own}-asks">[^<]*31.0[^<]*</p>', text)
        assert text.count("cell-asks") == 1
        assert f'<a href="#id_{own}"' in text
        client.post(SUBMIT, boxes(client) | {own: "设备提前到货"})
        assert (asked(rows[0]).state, asked(rows[0]).explanation) == ("submitted", "设备提前到货")

    def test_a_correction_below_zero_is_sent_to_the_reports_own_page(self, cast: Cast, rows: list[Project]) -> None:
        written(rows[0], by=cast.reporter, invested_this_month=-WAN)
        text = signed_in(cast.reporter).get(ADDRESS).content.decode()
        assert f'<a href="/reports/2023-09/{rows[0].code}/write/" title="' in text.split("missing-cell")[1]

    def test_is_no_page_to_look_at(self, cast: Cast, rows: list[Project]) -> None:
        assert signed_in(cast.reporter).get(SUBMIT).status_code == 405
