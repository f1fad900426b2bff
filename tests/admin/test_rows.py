"""The rows below a project, a phase and a component: added and changed by their actions, refused beside their field."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db.models import Model

from projects.core.month import Month
from projects.journal.models import Entry
from projects.register.actions.halting import exempt_project, record_incident
from projects.register.actions.scheduling import set_milestone
from projects.register.models import (
    AnnualPlan,
    Capacity,
    Component,
    Exemption,
    Incident,
    Milestone,
    Phase,
    Project,
)
from projects.register.stages import Stage
from projects.web import middleware
from tests import cast as actors
from tests.admin.conftest import Enter
from tests.admin.pages import fields, grown, opened, page, row_errors, with_row
from tests.cast import AT, SEPTEMBER, TODAY, WAN, Cast

Values = dict[str, Any]
TOMORROW = TODAY + datetime.timedelta(days=1)
JANUARY = Month(2023, 1)


def itself(project: Project) -> Project:
    return project


@dataclass(frozen=True)
class Kind:
    """A kind of rows: on whose page they stand, a row that is taken, and one that is refused beside `field`."""

    model: type[Model]
    prefix: str
    good: Values
    stored: Values
    verb: str
    refused: Values
    field: str
    sentence: str
    below: Callable[[Project], Model] = itself


def first_phase(project: Project) -> Phase:
    return Phase.objects.filter(project=project).first() or actors.phase(project)


def first_component(project: Project) -> Component:
    return actors.component(first_phase(project))


KINDS = [
    Kind(
        Phase, "phases", {"number": "1", "name": "一期", "content": "土建"}, {"number": 1, "stage": ""}, "add_phase",
        {"name": ""}, "name", "必填",
    ),
    Kind(
        Component, "components", {"number": "1", "name": "1号线"}, {"name": "1号线", "stage": ""}, "add_component",
        {"name": ""}, "name", "必填", first_phase,
    ),
    Kind(
        Capacity, "capacities", {"product": "组件", "planned": "6", "commissioned": "0", "unit": "GW"},
        {"product": "组件", "unit": "GW"}, "set_capacity", {"planned": "0"}, "__all__", "大于零", first_phase,
    ),
    Kind(
        Capacity, "capacities", {"product": "组件", "planned": "6", "commissioned": "7", "unit": "GW"},
        {"product": "组件", "unit": "GW"}, "set_capacity", {"planned": "-6"}, "__all__", "大于零", first_component,
    ),
    Kind(
        AnnualPlan, "plans-2", {"year": "2023", "amount": "1,200", "month_plan": " ".join(["100"] * 12)},
        {"number": 1, "amount": 1200 * WAN, "month_plan": [100 * WAN] * 12, "effective_from": JANUARY}, "set_plan",
        {"month_plan": "100 200"}, "month_plan", "共有 2 个数",
    ),
    Kind(
        Milestone, "milestones", {"name": "封顶", "planned_on": "2023-11-30", "is_key": "on"},
        {"is_key": True, "planned_on": datetime.date(2023, 11, 30)}, "set_milestone",
        {"done_on": TOMORROW.isoformat()}, "done_on", "日期",
    ),
    Kind(
        Incident, "incidents", {"kind": "false_data", "happened_on": "2023-10-10", "note": "核查发现"},
        {"happened_on": TODAY, "cleared_on": None}, "record_incident",
        {"happened_on": TOMORROW.isoformat()}, "happened_on", "日期",
    ),
    Kind(
        Exemption, "exemptions", {"reason": "other", "first_month": "2023-09", "last_month": "2023-11", "note": "汛期"},
        {"first_month": SEPTEMBER, "last_month": Month(2023, 11)}, "exempt",
        {"last_month": "2023-12"}, "last_month", "三期",
    ),
]  # fmt: skip


@pytest.fixture(autouse=True)
def lines_stay_due(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "rerate_changed_projects", lambda through: None)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.prefix}-{kind.below.__name__}")
class TestEveryKind:
    def test_a_row_is_added_by_its_action(self, enter: Enter, cast: Cast, kind: Kind) -> None:
        client, project = enter("office"), actors.project(cast)
        url = page(kind.below(project))
        Project.objects.update(rerate_from=None)
        before = Entry.objects.count()
        response = client.post(url, with_row(client, url, kind.prefix, kind.good))
        assert response.status_code == 302, row_errors(response)
        row = kind.model._default_manager.get()
        assert {name: getattr(row, name) for name in kind.stored} == kind.stored
        entry = Entry.objects.latest("seq")
        assert Entry.objects.count() == before + 1
        assert (entry.verb, entry.actor, entry.project_id) == (kind.verb, cast.office, project.pk)
        waits = kind.verb == "exempt"  # for a second person, and changes no colour before
        assert (Project.objects.get().rerate_from is None) == waits

    def test_a_refusal_stands_beside_its_field_and_takes_all_back(self, enter: Enter, cast: Cast, kind: Kind) -> None:
        client, project = enter("office"), actors.project(cast)
        owner = kind.below(project)
        other = "note" if isinstance(owner, Component) else "content"
        before = Entry.objects.count()
        typed = {**with_row(client, page(owner), kind.prefix, {**kind.good, **kind.refused}), other: "改"}
        response = client.post(page(owner), typed)
        assert response.status_code == 422
        found = row_errors(response)
        assert [list(each) for each in found] == [[kind.field]]
        assert kind.sentence in found[0][kind.field][0]
        (told,) = response.context["refused_rows"]  # at the head of the page, for the row stands far below
        assert (told.prefix, told.sentences) == (kind.prefix, found[0][kind.field])
        assert response.content.decode().count(told.sentences[0]) == 2
        checked = f"{kind.prefix}-0-is_key"
        assert {**fields(response), checked: ""} == {**typed, checked: ""}
        assert (kind.model._default_manager.count(), Entry.objects.count()) == (0, before)
        owner.refresh_from_db()
        assert getattr(owner, other) == ""


def test_new_rows_left_empty_are_nothing(enter: Enter, cast: Cast) -> None:
    client, url = enter("office"), page(actors.project(cast))
    begun, before = client.get(url), Entry.objects.count()
    typed = fields(begun)
    for prefix in ("phases", "plans-2", "milestones", "incidents", "exemptions"):
        typed |= {name: value for name, value in grown(begun, prefix, {}).items() if name.startswith(prefix)}
    assert client.post(url, typed).status_code == 302
    assert Entry.objects.count() == before


# ── rows that are there ─────────────────────────────────────────────────────────────────────────


def a_milestone(project: Project) -> Milestone:
    row = Milestone(project=project, name="封顶", planned_on=TODAY)
    return set_milestone(row, by=None, at=AT, today=TODAY)


def an_incident(project: Project) -> Incident:
    row = Incident(project=project, kind="false_data", happened_on=TODAY, note="…")
    return record_incident(row, by=None, at=AT, today=TODAY)


def an_exemption(project: Project) -> Exemption:
    row = Exemption(project=project, reason="other", first_month=SEPTEMBER, last_month=SEPTEMBER, note="…")
    return exempt_project(row, by=None, at=AT, open_month=SEPTEMBER)


def a_plan(project: Project) -> AnnualPlan:
    actors.plan(project, 1000 * WAN)
    return AnnualPlan.objects.get(project=project)


def a_capacity(project: Project) -> Capacity:
    return Capacity.objects.create(phase=first_phase(project), product="组件", planned=6, unit="GW")


CHANGES: list[tuple[Callable[[Project], Any], str, str, Any]] = [
    (first_phase, "phases-0-content", "土建", "土建"),
    (first_component, "components-0-note", "东侧", "东侧"),
    (a_capacity, "capacities-0-commissioned", "3", 3),
    (a_milestone, "milestones-0-done_on", "2023-10-09", datetime.date(2023, 10, 9)),
    (an_incident, "incidents-0-cleared_on", "2023-10-10", TODAY),
]


@pytest.mark.parametrize(("make", "name", "typed", "stored"), CHANGES, ids=lambda part: getattr(part, "__name__", ""))
def test_a_row_is_changed_by_its_action(
    enter: Enter, cast: Cast, make: Callable[[Project], Any], name: str, typed: str, stored: object
) -> None:
    project = actors.project(cast)
    row, client = make(project), enter("office")
    url = page(project.phases.get() if isinstance(row, Capacity | Component) else project)
    Project.objects.update(rerate_from=None)
    assert client.post(url, {**opened(client, url), name: typed}).status_code == 302
    row.refresh_from_db()
    assert getattr(row, name.rpartition("-")[2]) == stored
    assert Entry.objects.latest("seq").actor == cast.office
    assert Project.objects.get().rerate_from == JANUARY or isinstance(row, Incident)


@pytest.mark.parametrize("make", [an_exemption, a_plan])
def test_what_is_decided_once_is_never_changed(enter: Enter, cast: Cast, make: Callable[[Project], Any]) -> None:
    project = actors.project(cast)
    row, client = make(project), enter("office")
    prefix = "plans" if isinstance(row, AnnualPlan) else "exemptions"
    before, entries = type(row).objects.values().get(), Entry.objects.count()
    forged = {f"{prefix}-0-{name}": value for name, value in before.items() if name not in ("id", "project_id")}
    forged |= {f"{prefix}-0-id": row.pk, f"{prefix}-0-reason": "x", f"{prefix}-0-last_month": "2024-12"}
    forged = {name: "" if value is None else value for name, value in forged.items()}
    forged |= {f"{prefix}-0-amount": "1", f"{prefix}-0-month_plan": "", f"{prefix}-0-at": "2023-01-01"}
    client.post(page(project), {**opened(client, page(project)), **forged})
    assert (type(row).objects.values().get(), Entry.objects.count()) == (before, entries)


def test_rows_are_never_taken_away(enter: Enter, cast: Cast) -> None:
    project = actors.project(cast)
    for make in (first_phase, a_plan, a_milestone, an_incident, an_exemption):
        make(project)
    client = enter("admin")
    asked = opened(client, page(project))
    deletions = {f"{prefix}-0-DELETE": "on" for prefix in ("phases", "plans", "milestones", "incidents", "exemptions")}
    assert client.post(page(project), {**asked, **deletions}).status_code == 302
    assert [model.objects.count() for model in (Phase, AnnualPlan, Milestone, Incident, Exemption)] == [1] * 5


# ── rows of others ──────────────────────────────────────────────────────────────────────────────

FOREIGN: list[tuple[Callable[[Project], Any], str, Values]] = [
    (first_phase, "phases", {"number": "9", "name": "夺来"}),
    (a_milestone, "milestones", {"name": "夺来", "planned_on": "2023-10-01"}),
    (an_incident, "incidents", {"kind": "serious_accident", "happened_on": "2023-10-01", "note": "夺来"}),
    (
        an_exemption,
        "exemptions",
        {"reason": "other", "first_month": "2024-01", "last_month": "2024-01", "note": "夺来"},
    ),
    (a_plan, "plans", {"year": "2023", "amount": "1", "effective_from": "2023-09", "reason": "夺来"}),
    (a_plan, "plans-2", {"year": "2023", "amount": "1", "effective_from": "2023-09", "reason": "夺来"}),
]


@pytest.mark.parametrize(("make", "prefix", "typed"), FOREIGN, ids=lambda part: part if isinstance(part, str) else "")
def test_a_row_of_another_project_is_not_changed(
    enter: Enter, cast: Cast, make: Callable[[Project], Any], prefix: str, typed: Values
) -> None:
    """Whether the other project lies in the same district or in another one."""
    other = actors.project(cast, "P-2", unit=cast.elsewhere if "plans" in prefix else cast.other_town)
    row, own, client = make(other), actors.project(cast), enter("office")
    before, entries = type(row).objects.values().get(), Entry.objects.count()
    forged = {f"{prefix}-0-{name}": value for name, value in {**typed, "id": row.pk, "version": "0"}.items()}
    sent = {**opened(client, page(own)), **forged, f"{prefix}-TOTAL_FORMS": "1"}
    client.post(page(own), {**sent, f"{prefix}-INITIAL_FORMS": "1"})
    assert (list(type(row).objects.values()), Entry.objects.count()) == ([before], entries)
    client.post(page(own), {**sent, f"{prefix}-INITIAL_FORMS": "0"})  # the number is nothing to a new row
    assert type(row).objects.values().get(pk=row.pk) == before
    assert set(type(row).objects.exclude(pk=row.pk).values_list("project", flat=True)) <= {own.pk}


@pytest.mark.parametrize("claimed", ["0", "1"])
def test_a_row_is_not_hung_below_another_project(enter: Enter, cast: Cast, claimed: str) -> None:
    own, other = actors.project(cast), actors.project(cast, "P-2", unit=cast.elsewhere)
    row, client = a_milestone(own), enter("office")
    begun = opened(client, page(own))
    forged = {"milestones-0-project": str(other.pk), "milestones-0-name": "改"}
    numbers = {"milestones-INITIAL_FORMS": claimed}
    assert client.post(page(own), {**begun, **forged, **numbers}).status_code == 422
    assert Milestone.objects.get().project == own
    assert row.name == Milestone.objects.get().name


def test_a_milestone_belongs_to_a_phase_of_its_project(enter: Enter, cast: Cast) -> None:
    own, foreign = actors.project(cast), actors.phase(actors.project(cast, "P-2"))
    client = enter("office")
    row = {"name": "封顶", "planned_on": "2023-11-30", "phase": str(foreign.pk)}
    response = client.post(page(own), with_row(client, page(own), "milestones", row))
    assert response.status_code == 422
    assert list(row_errors(response)[0]) == ["phase"]
    assert str(foreign) not in client.get(page(own)).content.decode()


# ── the rules that pages keep ───────────────────────────────────────────────────────────────────

PLAN = {"year": "2023", "amount": "1", "effective_from": "2023-09", "reason": "年中"}
EXEMPTION = {"reason": "other", "first_month": "2023-11", "last_month": "2023-11", "note": "…"}
INCIDENT = {"kind": "serious_accident", "happened_on": "2023-10-09", "note": "…"}
RULES: list[tuple[str, Values, str, str]] = [
    ("plans-2", {**PLAN, "effective_from": "2023-08"}, "effective_from", "2023-09"),
    ("plans-2", {**PLAN, "effective_from": "2024-01"}, "effective_from", "2023"),
    ("plans-2", {**PLAN, "reason": ""}, "reason", "原因"),
    ("plans-2", {**PLAN, "amount": "-1"}, "amount", "-1"),
    ("plans-2", {**PLAN, "year": "1999"}, "year", "2000"),
    ("plans-2", {**PLAN, "year": "2101"}, "year", "2100"),
    ("plans-2", {**PLAN, "amount": "2", "month_plan": "1 " * 12}, "month_plan", "20,000"),
    ("exemptions", {**EXEMPTION, "first_month": "2023-08", "last_month": "2023-08"}, "first_month", "2023-09"),
    ("exemptions", {**EXEMPTION, "first_month": "2023-10"}, "first_month", "豁免"),
    ("exemptions", {**EXEMPTION, "last_month": "2023-10"}, "__all__", "月"),
    ("exemptions", {**EXEMPTION, "last_month": "2024-02"}, "last_month", "三期"),
    ("incidents", {**INCIDENT, "kind": "false_data", "happened_on": "2023-10-10"}, "happened_on", "已登记"),
    ("incidents", {**INCIDENT, "cleared_on": "2023-10-08"}, "__all__", "解除"),
    ("incidents", {**INCIDENT, "cleared_on": "2023-10-11"}, "cleared_on", "晚于今天"),
    ("milestones", {"name": "封顶", "planned_on": "2023-10-10"}, "name", "节点"),
    ("phases", {"number": "1", "name": "又一期"}, "number", "序号"),
    ("phases", {"number": "0", "name": "零期"}, "number", "1"),
    ("phases", {"number": "100", "name": "百期"}, "number", "99"),
]


def test_no_row_goes_past_a_rule(enter: Enter, cast: Cast, subtests: pytest.Subtests) -> None:
    """Beside a phase, a plan, an exemption in October, an incident and a milestone today."""
    project = actors.project(cast)
    for make in (first_phase, a_plan, a_milestone, an_incident):
        make(project)
    exempt = Exemption(project=project, reason="other", first_month=SEPTEMBER + 1, last_month=SEPTEMBER + 1, note="…")
    exempt_project(exempt, by=None, at=AT, open_month=SEPTEMBER)
    client, entries = enter("office"), Entry.objects.count()
    begun = client.get(page(project))
    for prefix, typed, name, said in RULES:
        with subtests.test(f"{prefix} {typed}"):
            response = client.post(page(project), grown(begun, prefix, typed))
            assert response.status_code == 422
            (found,) = row_errors(response)
            assert list(found) == [name]
            assert said in "".join(found[name])
            assert "约束" not in "".join(found[name]), "a name of the database and no sentence"
            assert Entry.objects.count() == entries


def test_a_new_component_stands_nowhere_yet(enter: Enter, cast: Cast) -> None:
    part = actors.phase(actors.project(cast), 1, Stage.SIGNED)
    client = enter("office")
    row = {"number": "1", "name": "1号线", "stage": "building"}
    assert client.post(page(part), with_row(client, page(part), "components", row)).status_code == 302
    assert Component.objects.get().stage == ""


def test_two_plans_of_one_year_are_set_one_after_the_other(enter: Enter, cast: Cast) -> None:
    client, url = enter("office"), page(actors.project(cast))
    first, second = ({"year": "2023", "amount": amount, "reason": "年中"} for amount in ("500", "700"))
    response = client.post(url, with_row(client, url, "plans-2", first, second))
    assert response.status_code == 422
    assert "2023" in row_errors(response)[0]["year"][0]
    assert AnnualPlan.objects.count() == 0


def test_plans_of_two_years_are_set_at_once(enter: Enter, cast: Cast) -> None:
    client, url = enter("office"), page(actors.project(cast))
    rows = ({"year": year, "amount": "500", "effective_from": f"{year}-01"} for year in ("2023", "2024"))
    assert client.post(url, with_row(client, url, "plans-2", *rows)).status_code == 302
    assert set(AnnualPlan.objects.values_list("year", "number")) == {(2023, 1), (2024, 1)}
