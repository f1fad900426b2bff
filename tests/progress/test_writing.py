"""The page on which a month is written: opened, saved by hand and by itself, checked, submitted, refused."""

import datetime
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from projects.core.month import Month
from projects.journal.models import Entry
from projects.progress.actions.reporting import submit
from projects.progress.models import MonthlyReport
from projects.register.models import Milestone, Phase, Project
from projects.register.stages import Stage
from tests import cast as people
from tests.cast import SEPTEMBER, TODAY, WAN, Cast, moved, phase, plan, project, signed_in
from tests.progress.month import LOCK, approved, asked, in_state, opened, returned, written

ADDRESS = "/reports/2023-09/P-1/write/"
FILLED = {"invested_this_month": "100", "image": "主体施工至三层", "next_steps": "四层施工", "version": "0"}


@pytest.fixture(autouse=True)
def _on_the_day(settings: Settings) -> None:
    settings.TODAY = TODAY


@pytest.fixture
def row(cast: Cast) -> Project:
    found = project(cast)
    opened()
    return found


def post(who: Any, address: str = ADDRESS, **typed: str) -> HttpResponse:
    answer: Any = signed_in(who).post(address, {**FILLED, **typed})
    return answer


def page(who: Any, address: str = ADDRESS) -> str:
    answer = signed_in(who).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def told(answer: Any) -> str:
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


class TestOpening:
    @pytest.mark.parametrize("who", ["reporter", "office", "admin"])
    def test_shows_the_boxes_with_last_month_beside_them(self, cast: Cast, who: str) -> None:
        row = project(cast)
        plan(row, 1200 * WAN, months=[100 * WAN] * 12)
        opened(Month(2023, 8))
        approved(row, Month(2023, 8), invested_this_month=73 * WAN, image="八月的进度", next_steps="九月的计划")
        opened()
        text = page(cast.person(who))
        assert "八月的进度" in text
        assert "九月的计划" in text
        assert "<dd>73</dd>" in text
        assert 'data-to-date="730000" data-planned="1000000" data-limit="30"' in text
        assert "请填写本月完成投资" in text

    def test_is_not_found_for_who_may_not_see_the_project(self, cast: Cast, row: Project) -> None:
        assert signed_in(cast.stranger).get(ADDRESS).status_code == 404

    @pytest.mark.parametrize("who", ["leader", "auditor", "other_reporter"])
    def test_is_refused_to_readers_with_the_reason(self, cast: Cast, row: Project, who: str) -> None:
        for answer in (signed_in(cast.person(who)).get(ADDRESS), post(cast.person(who))):
            assert answer.status_code == 403
            assert "无权" in answer.content.decode() or "只有该单位" in answer.content.decode()
        assert asked(row).state == "due"

    @pytest.mark.parametrize("month", ["2023-13", "september", "2000-01", "2100-12"])
    def test_is_not_found_for_what_is_no_month(self, cast: Cast, row: Project, month: str) -> None:
        assert signed_in(cast.office).get(f"/reports/{month}/P-1/write/").status_code == 404

    def test_is_not_found_for_an_unknown_code(self, cast: Cast, row: Project) -> None:
        assert signed_in(cast.office).get("/reports/2023-09/P-9/write/").status_code == 404

    @pytest.mark.parametrize(("state", "says"), [("submitted", "正在审核"), ("approved", "重新打开")])
    def test_says_why_it_cannot_be_written(self, cast: Cast, row: Project, state: str, says: str) -> None:
        in_state(state, row, cast)
        text = page(cast.reporter)
        assert "现在不能填写" in text
        assert 'name="invested_this_month"' not in text
        assert says in text

    def test_says_that_the_month_is_not_open(self, cast: Cast, row: Project) -> None:
        assert "尚未开启填报" in page(cast.reporter, "/reports/2023-08/P-1/write/")

    def test_says_that_the_month_is_locked(self, cast: Cast, row: Project, settings: Settings) -> None:
        settings.TODAY = LOCK
        assert 'name="invested_this_month"' in page(cast.reporter)
        settings.TODAY = LOCK + datetime.timedelta(days=1)
        assert "锁定" in page(cast.reporter)
        assert 'name="invested_this_month"' not in page(cast.reporter)

    def test_shows_why_it_was_returned(self, cast: Cast, row: Project) -> None:
        returned(row, by=cast.reporter)
        assert "请补充形象进度" in page(cast.reporter)

    def test_costs_the_same_with_one_part_and_with_three(self, cast: Cast, row: Project) -> None:
        def queries() -> int:
            client = signed_in(cast.reporter)
            client.get(ADDRESS)
            with CaptureQueriesContext(connection) as counted:
                client.get(ADDRESS)
            return len(counted)

        def grow(number: int) -> None:
            people.component(phase(row, number), 1, Stage.BUILDING)
            phase(row, number + 1)
            Milestone.objects.create(project=row, name=f"节点{number}", planned_on=TODAY)

        grow(1)
        at_one = queries()
        grow(3)
        assert queries() == at_one


class TestSaving:
    def test_a_draft_is_saved_and_the_version_told(self, cast: Cast, row: Project) -> None:
        answer = post(cast.reporter, invested_this_month="1，200.5", do="draft")
        assert (answer.status_code, answer["Location"]) == (302, ADDRESS)
        report = asked(row)
        assert (report.state, report.invested_this_month, report.version) == ("draft", 12_005_000, 1)
        assert "草稿已保存" in told(answer)
        assert "第1版" in told(answer)

    def test_submitting_tells_when_and_which_version(self, cast: Cast, row: Project) -> None:
        answer = post(cast.reporter, do="submit")
        assert (answer.status_code, answer["Location"]) == (302, "/projects/P-1/?month=2023-09")
        assert asked(row).state == "submitted"
        assert "2023年9月月报已报送：2023-10-10" in told(answer)
        assert f"第{asked(row).version}版" in told(answer)

    def test_submitting_leads_to_the_next_one(self, cast: Cast, row: Project) -> None:
        second, third = project(cast, "P-2"), project(cast, "P-3")
        opened()
        answer = post(cast.reporter, do="submit", then="next")
        assert answer["Location"] == f"/reports/2023-09/{second.code}/write/"
        answer = post(cast.reporter, f"/reports/2023-09/{third.code}/write/", do="submit", then="next")
        assert answer["Location"] == f"/reports/2023-09/{second.code}/write/"
        answer = post(cast.reporter, f"/reports/2023-09/{second.code}/write/", do="submit", then="next")
        assert answer["Location"] == f"/projects/{second.code}/?month=2023-09"

    def test_submitting_with_something_missing_says_what_beside_each_box(self, cast: Cast, row: Project) -> None:
        answer = post(cast.reporter, invested_this_month="", next_steps="", do="submit")
        text = answer.content.decode()
        assert answer.status_code == 422
        assert 'id="id_invested_this_month_error"' in text
        assert 'id="id_next_steps_error"' in text
        assert 'id="id_image_error"' not in text
        assert FILLED["image"] in text
        assert asked(row).state == "due"

    @pytest.mark.parametrize(
        ("box", "typed"),
        [("invested_this_month", "12a"), ("next_month_amount", "-5"), ("invested_statistics", "0.00001")],
    )
    def test_what_is_no_amount_is_refused_and_stays_typed(self, cast: Cast, row: Project, box: str, typed: str) -> None:
        answer = post(cast.reporter, **{box: typed}, do="draft")
        text = answer.content.decode()
        assert answer.status_code == 422
        assert f'value="{typed}"' in text
        assert f'id="id_{box}_error"' in text
        assert asked(row).state == "due"

    def test_a_text_too_long_is_refused(self, cast: Cast, row: Project) -> None:
        assert post(cast.reporter, image="长" * 500, do="draft").status_code == 302
        assert post(cast.reporter, image="长" * 501, version="1", do="draft").status_code == 422

    def test_a_tick_alone_takes_over_last_months_words(self, cast: Cast) -> None:
        row = project(cast)
        opened(Month(2023, 8))
        approved(row, Month(2023, 8), image="主体封顶", next_steps="安装设备")
        opened()
        answer = post(
            cast.reporter, image="", image_unchanged="on", next_steps="", next_steps_unchanged="on", do="submit"
        )
        assert answer.status_code == 302
        report = asked(row)
        assert (report.image, report.image_unchanged, report.next_steps) == ("主体封顶", True, "安装设备")

    def test_line_ends_of_a_browser_do_not_make_a_text_another(self, cast: Cast, row: Project) -> None:
        post(cast.reporter, image="一\r\n二", do="draft")
        assert asked(row).image == "一\n二"

    def test_somebody_else_was_faster(self, cast: Cast, row: Project) -> None:
        written(row, by=cast.office, image="别人写的进度", invested_this_month=55 * WAN)
        answer = post(cast.reporter, image="我写的进度", version="0", do="draft")
        text = answer.content.decode()
        assert answer.status_code == 409
        assert "office" in text
        assert "<td>55</td><td>100</td>" in text
        assert "<td>别人写的进度</td><td>我写的进度</td>" in text
        assert "我写的进度</textarea>" in text
        assert 'name="version" value="1"' in text
        assert asked(row).image == "别人写的进度"

    def test_without_a_version_nothing_is_overwritten(self, cast: Cast, row: Project) -> None:
        assert post(cast.reporter, version="", do="draft").status_code == 409
        assert asked(row).state == "due"

    def test_locked_while_it_was_open_keeps_what_was_typed(self, cast: Cast, row: Project, settings: Settings) -> None:
        settings.TODAY = LOCK + datetime.timedelta(days=1)
        answer = post(cast.reporter, image="最后一刻写的", do="submit")
        assert answer.status_code == 422
        assert "最后一刻写的</textarea>" in answer.content.decode()
        assert "锁定" in answer.content.decode()

    @pytest.mark.parametrize("state", ["submitted", "approved"])
    def test_handed_in_meanwhile(self, cast: Cast, row: Project, state: str) -> None:
        report = in_state(state, row, cast)
        answer = post(cast.reporter, image="太晚了", version=str(report.version), do="draft")
        assert answer.status_code == 422
        assert asked(row).image != "太晚了"


class TestStagesAndNodes:
    @pytest.fixture
    def part(self, row: Project) -> Phase:
        return phase(row, 1, Stage.BUILDING, datetime.date(2023, 3, 1))

    def test_a_stage_moves_with_the_draft(self, cast: Cast, row: Project, part: Phase) -> None:
        key = f"phase-{part.pk}"
        typed = {f"{key}-target": "completed", f"{key}-happened_on": "2023-09-20", f"{key}-note": "验收",
                 f"{key}-version": str(Phase.objects.get().version)}  # fmt: skip
        assert post(cast.reporter, **typed, do="draft").status_code == 302
        assert Phase.objects.get().stage == "completed"
        assert asked(row).state == "draft"

    def test_a_component_is_moved_and_not_its_phase(self, cast: Cast, row: Project, part: Phase) -> None:
        line = people.component(part, 1, Stage.BUILDING)
        text = page(cast.reporter)
        assert f'name="component-{line.pk}-target"' in text
        assert f'name="phase-{part.pk}-target"' not in text

    @pytest.mark.parametrize("day", ["", "2023-02-30", "2023-10-11", "2023-02-28"])
    def test_a_day_that_cannot_be_is_refused_beside_the_part(
        self, cast: Cast, row: Project, part: Phase, day: str
    ) -> None:
        key = f"phase-{part.pk}"
        typed = {f"{key}-target": "completed", f"{key}-happened_on": day,
                 f"{key}-version": str(Phase.objects.get().version)}  # fmt: skip
        answer = post(cast.reporter, **typed, do="submit")
        text = answer.content.decode()
        assert answer.status_code == 422
        assert f'id="id_{key}-happened_on_error"' in text
        assert '<option value="completed" selected>' in text
        assert (asked(row).state, Phase.objects.get().stage) == ("due", "building")

    def test_a_part_moved_meanwhile(self, cast: Cast, row: Project, part: Phase) -> None:
        key, seen = f"phase-{part.pk}", Phase.objects.get().version
        moved(part, Stage.INSTALLING)
        typed = {f"{key}-target": "completed", f"{key}-happened_on": "2023-10-10", f"{key}-version": str(seen)}
        answer = post(cast.reporter, **typed, do="draft")
        text = answer.content.decode()
        assert answer.status_code == 409
        assert "由“在建”改为“设备安装调试”" in text
        assert f'name="{key}-version" value="{Phase.objects.get().version}"' in text
        assert asked(row).state == "due"
        typed[f"{key}-version"] = str(Phase.objects.get().version)
        answer = post(cast.reporter, **typed, do="draft")
        assert answer.status_code == 422
        assert "进入“竣工”还缺：联合验收" in answer.content.decode()
        typed[f"{key}-note"] = "验收材料随后补齐"
        assert post(cast.reporter, **typed, do="draft").status_code == 302

    @pytest.mark.parametrize(("days", "is_shown"), [(-300, True), (60, True), (61, False)])
    def test_nodes_that_are_due_soon_are_shown(self, cast: Cast, row: Project, days: int, is_shown: bool) -> None:
        Milestone.objects.create(project=row, name="主体封顶", planned_on=TODAY + datetime.timedelta(days=days))
        Milestone.objects.create(project=row, name="已完成", planned_on=TODAY, done_on=TODAY)
        text = page(cast.reporter)
        assert ("主体封顶" in text) is is_shown
        assert "已完成" not in text

    def test_the_reporter_notes_a_node(self, cast: Cast, row: Project) -> None:
        node = Milestone.objects.create(project=row, name="主体封顶", planned_on=TODAY)
        typed = {f"node-{node.pk}-done_on": "2023-09-20", f"node-{node.pk}-version": "0"}
        assert post(cast.reporter, **typed, do="draft").status_code == 302
        assert Milestone.objects.get().done_on == datetime.date(2023, 9, 20)

    def test_a_node_changed_meanwhile(self, cast: Cast, row: Project) -> None:
        node = Milestone.objects.create(project=row, name="主体封顶", planned_on=TODAY, version=3)
        typed = {f"node-{node.pk}-done_on": "2023-09-20", f"node-{node.pk}-version": "2"}
        answer = post(cast.reporter, **typed, do="draft")
        assert answer.status_code == 409
        assert f'name="node-{node.pk}-version" value="3"' in answer.content.decode()
        assert Milestone.objects.get().done_on is None


class TestSavingByItself:
    def test_keeps_what_was_typed_and_gives_the_new_version(self, cast: Cast, row: Project) -> None:
        answer = post(cast.reporter, invested_this_month="", do="autosave")
        text = answer.content.decode()
        assert answer.status_code == 200
        assert "已自动保存" in text
        assert 'name="version" value="1" id="id_version" hx-swap-oob="true"' in text
        assert answer["HX-Trigger"] == "draft-saved"
        assert asked(row).image == FILLED["image"]
        assert post(cast.reporter, image="接着写", version="1", do="autosave").status_code == 200
        assert Entry.objects.filter(verb="write_report").count() == 1

    def test_never_moves_a_stage_and_leaves_the_page_guarded(self, cast: Cast, row: Project) -> None:
        part = phase(row, 1, Stage.BUILDING)
        key = f"phase-{part.pk}"
        typed = {f"{key}-target": "completed", f"{key}-happened_on": "2023-09-20",
                 f"{key}-version": str(Phase.objects.get().version)}  # fmt: skip
        answer = post(cast.reporter, **typed, do="autosave")
        assert answer.status_code == 200
        assert "HX-Trigger" not in answer
        assert (Phase.objects.get().stage, asked(row).state) == ("building", "draft")

    @pytest.mark.parametrize("typed", [{"invested_this_month": "12a"}, {"image": "长" * 501}])
    def test_says_in_one_line_that_something_cannot_be_read(
        self, cast: Cast, row: Project, typed: dict[str, str]
    ) -> None:
        answer = post(cast.reporter, **typed, do="autosave")
        assert answer.status_code == 422
        assert answer.content.decode().strip().startswith("未保存：")
        assert asked(row).state == "due"

    def test_does_not_overwrite_somebody_else(self, cast: Cast, row: Project) -> None:
        written(row, by=cast.office, image="别人写的")
        answer = post(cast.reporter, do="autosave")
        assert answer.status_code == 409
        assert "office" in answer.content.decode()
        assert "id_version" not in answer.content.decode()
        assert asked(row).image == "别人写的"

    def test_not_once_it_is_handed_in(self, cast: Cast, row: Project) -> None:
        report = written(row, by=cast.reporter)
        report = submit(report, by=cast.reporter, at=people.AT, seen=report.version)
        answer = post(cast.reporter, version=str(report.version), do="autosave")
        assert answer.status_code == 422
        assert asked(row).version == report.version


class TestChecking:
    def test_lists_what_is_missing_and_what_is_odd_without_writing(self, cast: Cast) -> None:
        row = project(cast, total_investment=50 * WAN)
        opened()
        text = post(cast.reporter, next_steps="", do="check").content.decode()
        assert "请填写下月计划" in text
        assert 'href="#id_next_steps"' in text
        assert "请填写形象进度" not in text
        assert '<div class="remark" id="remark-invested_this_month" hx-swap-oob="true"><p>' in text
        assert asked(row).state == "due"

    def test_names_what_cannot_be_read_instead_of_calling_it_missing(self, cast: Cast, row: Project) -> None:
        text = post(cast.reporter, invested_this_month="12a", do="check").content.decode()
        assert "12a" in text
        assert "请填写本月完成投资" not in text

    def test_says_when_nothing_is_missing(self, cast: Cast, row: Project) -> None:
        assert "内容已齐" in post(cast.reporter, do="check").content.decode()


def test_the_sums_are_there_without_a_script(cast: Cast) -> None:
    row = project(cast)
    plan(row, 1200 * WAN, months=[100 * WAN] * 12)
    for number in (7, 8):
        opened(Month(2023, number))
        month = Month(2023, number)
        approved(row, month, invested_this_month=150 * WAN, explanation="赶工", image=f"{month}", next_steps=f"{month}")
    opened()
    written(row, SEPTEMBER, by=cast.reporter, invested_this_month=131 * WAN)
    text = page(cast.reporter)
    assert "data-sum>431</output>" in text
    assert "data-gap>+31 · +31.0 %</output>" in text
    assert "data-explains open" in text
    MonthlyReport.objects.filter(month=SEPTEMBER).update(invested_this_month=130 * WAN)
    assert "data-explains open" not in page(cast.reporter)
    MonthlyReport.objects.filter(month=SEPTEMBER).update(invested_this_month=70 * WAN)
    text = page(cast.reporter)
    assert "data-gap>−30 · −30.0 %</output>" in text
    assert "data-explains open" not in text
