"""Nodes and approvals on the page of a project: what is due, for whom it is a link, and all of it in time."""

import datetime
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from projects.accounts.models import User
from projects.portfolio.views.milestones import checklist_of
from projects.register.models import Attachment, Milestone, Project
from projects.register.stages import Stage
from tests.cast import AT, TODAY, Cast, component, moved, phase, project, signed_in


@pytest.fixture(autouse=True)
def _standing_clock(settings: Settings) -> None:
    settings.TODAY = TODAY


def in_days(days: int) -> datetime.date:
    return TODAY + datetime.timedelta(days=days)


def node(row: Project, name: str = "主体封顶", **more: Any) -> Milestone:
    return Milestone.objects.create(project=row, name=name, **{"planned_on": TODAY, **more})


def approval(row: Project, code: str, **more: Any) -> Milestone:
    return Milestone.objects.create(project=row, kind="approval", code=code, name=code, **more)


def shown(user: User) -> str:
    """The panel as it stands on the page."""
    response = signed_in(user).get("/projects/P-1/")
    assert response.status_code == 200
    text: str = response.content.decode()
    return text.partition('id="milestones"')[2].partition("<section")[0]


def lines(text: str) -> list[tuple[str, str]]:
    """How each line stands, and what it says of it."""
    found = re.findall(r'class="due due-(\w+)".*?class="due-when"[^>]*>(.*?)</span>\n', text, re.DOTALL)
    return [(due, re.sub("<[^>]+>", "", said)) for due, said in found]


def test_each_state_in_words(cast: Cast) -> None:
    row = project(cast)
    approval(row, "site", done_on=in_days(-40))
    approval(row, "land_grant", done_on=in_days(-40), is_confirmed=False)
    approval(row, "soil", not_applicable=True, not_applicable_reason="已并入区域评估")
    approval(row, "tender")
    approval(row, "construction_permit", planned_on=in_days(-1), forecast_on=in_days(3))
    node(row, "今天", planned_on=TODAY)
    node(row, "快了", planned_on=in_days(30))
    node(row, "以后", planned_on=in_days(31))
    text = shown(cast.office)
    assert lines(text) == [
        ("done", "完成 2023-08-31"),
        ("done", "完成 2023-08-31（预估）"),
        ("not_applicable", "不涉及"),
        ("undated", "未定日期"),
        ("overdue", "逾期 1 天 · 预计 2023-10-13"),
        ("soon", "今天到期"),
        ("soon", "30 天后到期"),
        ("later", "计划 2023-11-10"),
    ]
    assert "2/4" in text  # approvals that concern the project
    assert "0/3" in text
    assert "逾期 1 项" in text
    assert "已并入区域评估" in text


def test_approvals_stand_in_their_usual_order(cast: Cast) -> None:
    row = project(cast)
    for code in ("acceptance", "initiation", "construction_permit"):
        approval(row, code)
    text = shown(cast.office)
    places = [text.index(name) for name in ("立项", "建筑工程施工许可证", "联合验收")]
    assert places == sorted(places)


def test_that_of_a_phase_names_it(cast: Cast) -> None:
    part = phase(project(cast))
    approval(part.project, "acceptance", phase=part)
    assert "一期 联合验收" in shown(cast.office)


@pytest.mark.parametrize(
    ("who", "links"), [("office", True), ("reporter", True), ("other_reporter", False), ("leader", False)]
)
def test_a_line_is_a_link_for_whoever_reports_on_it(cast: Cast, who: str, links: bool) -> None:
    row = node(project(cast))
    text = shown(cast.person(who))
    assert "主体封顶" in text
    assert (f"/projects/P-1/milestones/{row.pk}/" in text) == links
    assert ("checklist/" in text) == (who == "office")


@pytest.mark.parametrize(
    ("who", "opens"), [("office", True), ("auditor", True), ("leader", True), ("other_reporter", False)]
)
def test_its_document_is_a_link_for_whoever_may_open_it(cast: Cast, who: str, opens: bool) -> None:
    row = project(cast)
    file = Attachment.objects.create(
        project=row, title="批复", kind="document", stored_as="1", original_name="a.pdf", size=1, sha256="1",
        content_type="application/pdf", at=AT,
    )  # fmt: skip
    approval(row, "site", done_on=TODAY, document=file)
    assert (f"/projects/P-1/files/{file.pk}/" in shown(cast.person(who))) == opens


def test_without_any_it_says_so_and_offers_the_checklist(cast: Cast) -> None:
    project(cast)
    text = shown(cast.office)
    assert "暂无节点与手续" in text
    assert "引入“产业”类清单" in text
    assert '<svg class="chart' not in text.partition("checklist/")[0]


def lanes(row: Project) -> dict[str, Any]:
    found = checklist_of(row, today=TODAY, edits=False, opens_files=False)["lanes"]
    return {lane.name: lane for lane in found}


def test_phases_are_drawn_from_the_history_of_moves(cast: Cast) -> None:
    part = phase(project(cast), stage=Stage.PREPARING, since=datetime.date(2022, 1, 5))
    moved(part, Stage.STARTED, datetime.date(2023, 3, 1))
    moved(part, Stage.OPERATING, datetime.date(2023, 9, 1))
    bars = lanes(part.project)["一期"].bars
    assert [(bar.start, bar.end, bar.tone) for bar in bars] == [
        (datetime.date(2022, 1, 5), datetime.date(2023, 3, 1), "planned"),
        (datetime.date(2023, 3, 1), datetime.date(2023, 9, 1), "active"),
        (datetime.date(2023, 9, 1), None, "done"),
    ]


def test_a_phase_with_components_is_drawn_from_theirs(cast: Cast) -> None:
    part = phase(project(cast), stage=Stage.SIGNED)
    one, two = component(part, 1, Stage.BUILDING), component(part, 2, Stage.BUILDING)
    moved(one, Stage.OPERATING, datetime.date(2023, 3, 1))
    moved(one, Stage.FULL_CAPACITY, datetime.date(2023, 4, 1))
    moved(two, Stage.INSTALLING, datetime.date(2023, 5, 1))
    bars = lanes(part.project)["一期"].bars
    assert [(bar.start, bar.end) for bar in bars] == [
        (None, datetime.date(2023, 3, 1)),
        (datetime.date(2023, 3, 1), None),  # partly operating, whatever the other line does
    ]


def test_nodes_and_key_approvals_are_drawn_and_all_stand_in_the_table(cast: Cast) -> None:
    row = project(cast)
    node(row)
    approval(row, "site", planned_on=TODAY, document_number="8号")
    approval(row, "tender", is_key=True)
    approval(row, "acceptance", planned_on=TODAY, is_key=True)
    approval(row, "soil", is_key=True, not_applicable=True, not_applicable_reason="…", planned_on=TODAY)
    found = checklist_of(row, today=TODAY, edits=False, opens_files=False)["lanes"]
    assert sorted(lane.name for lane in found if lane.drawn) == ["主体封顶", "联合验收"]
    assert len(found) == 5
    assert "8号" in shown(cast.office)


def test_many_lines_cost_no_more_queries_than_one(cast: Cast) -> None:
    part = phase(project(cast), stage=Stage.STARTED)
    client = signed_in(cast.office)

    def queries() -> int:
        client.get("/projects/P-1/")
        with CaptureQueriesContext(connection) as counted:
            assert client.get("/projects/P-1/").status_code == 200
        return len(counted)

    node(part.project)
    approval(part.project, "site", phase=part)
    at_one = queries()
    for number, code in enumerate(("tender", "soil", "energy")):
        approval(part.project, code, phase=part, planned_on=TODAY)
        node(part.project, f"节点{number}")
        moved(part, [Stage.BUILDING, Stage.INSTALLING, Stage.COMPLETED][number])
    assert queries() == at_one
