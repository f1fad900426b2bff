"""The named projects say exactly what the report says: every field of facts.json, and nothing beside."""

import datetime
from decimal import Decimal
from typing import Any

import pytest

from projects.bulletins.models import Line
from projects.demonstration.facts import published
from projects.demonstration.named import last_day
from projects.register.models import Capacity, Phase, Project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration_once")]

STAGES = {
    None: "",
    "洽谈": "in_talks",
    "签约": "signed",
    "前期": "preparing",
    "开工": "started",
    "在建": "building",
    "设备安装调试": "installing",
    "竣工": "completed",
    "投产": "operating",
    "投用": "operating",
}
CLASSES = {None: "", "洽谈": "lead", "签约": "lead", "前期": "preparation"}
SAID: list[dict[str, Any]] = published()["projects"]
QUANWEI = SAID[0]
KNOWN_KEYS = {
    "key", "name", "short_name", "owner", "level", "category", "sector", "planned_phases",
    "total_investment_yuan", "phases", "check", "capacity", "stage", "nature", "over_100m_yuan",
    "components", "note", "expected", "location",
}  # fmt: skip


def project_of(said: dict[str, Any]) -> Project:
    project: Project = Project.objects.get(name=said["name"], is_example=False)
    return project


def capacities(rows: Any) -> list[tuple[str, Decimal, str]]:
    return [(row.product, row.planned, row.unit) for row in rows]


def said_capacities(said: list[dict[str, Any]]) -> list[tuple[str, Decimal, str]]:
    return [(each["product"], Decimal(each["quantity"]), each["unit"]) for each in said]


def test_all_of_them_in_the_order_of_the_report() -> None:
    named = Project.objects.filter(is_example=False).order_by("code")
    assert [row.name for row in named] == [said["name"] for said in SAID]
    assert [row.code for row in named][:2] == ["SZ-001", "SZ-002"]


def test_this_test_knows_every_field_of_the_report() -> None:
    assert {key for said in SAID for key in said} == KNOWN_KEYS


@pytest.mark.parametrize("said", SAID, ids=lambda said: said["key"])
def test_fields(said: dict[str, Any]) -> None:
    project = project_of(said)
    assert project.short_name == said.get("short_name", said["name"])
    assert project.owner == said.get("owner", "")
    assert project.category.name == said["category"]
    assert (project.sector.name if project.sector else None) == said.get("sector")
    assert [label.name for label in project.labels.all()] == ([said["level"]] if "level" in said else [])
    assert project.nature == {"新建": "new", "技改": "renovation", None: ""}[said.get("nature")]
    assert project.total_investment == said.get("total_investment_yuan")
    assert project.total_at_least == (100_000_000 if said.get("over_100m_yuan") else None)
    assert (project.town.name if project.town else None) == said.get("location")
    assert str(said.get("components", "")) in project.content
    if "phases" not in said:
        assert said.get("note", "") in project.content
        assert bool(project.content) == ("components" in said)


@pytest.mark.parametrize("said", [said for said in SAID if "phases" not in said], ids=lambda said: said["key"])
def test_stage_class_and_capacity_of_those_without_phases(said: dict[str, Any]) -> None:
    project, phase = project_of(said), Phase.objects.get(project__name=said["name"])
    assert phase.stage == project.stage == STAGES[said.get("stage")]
    assert project.project_class == CLASSES.get(said.get("stage"), "implementation")
    assert phase.reached_on is None
    assert not phase.components.exists()
    assert capacities(phase.capacities.all()) == said_capacities(said.get("capacity", []))


@pytest.mark.parametrize("said", SAID, ids=lambda said: said["key"])
def test_nothing_is_added(said: dict[str, Any]) -> None:
    project = project_of(said)
    assert project.unit.name == published()["district"]["name"]
    assert (project.leader, project.contact_name, project.contact_phone) == (None, "", "")
    dates = (project.planned_start, project.planned_finish, project.actual_start, project.actual_finish)
    assert dates == (None, None, None, None)
    assert project.entered_statistics_on is None
    assert not project.plans.exists()
    assert not project.reports.exists()
    assert not project.incidents.exists()


@pytest.mark.parametrize("said", SAID, ids=lambda said: said["key"])
def test_expected_times_are_key_nodes(said: dict[str, Any]) -> None:
    nodes = {node.name: node for node in project_of(said).milestones.all()}
    expected = dict(said.get("expected", {}))
    for phase in said.get("phases", ()):
        for component in phase.get("components", ()):
            if "expected_production" in component:
                expected[component["name"] + "投产"] = component["expected_production"]
    assert {name: node.planned_on for name, node in nodes.items()} == {
        name: last_day(text) for name, text in expected.items()
    }
    assert all(node.is_key and node.done_on is None for node in nodes.values())


def test_expected_times_are_read_as_last_days() -> None:
    assert last_day("2023-11") == datetime.date(2023, 11, 30)
    assert last_day("2024 first half") == datetime.date(2024, 6, 30)


def test_they_are_not_rated() -> None:
    lines = Line.objects.filter(is_example=False)
    assert lines.count() == len(SAID) * 9
    assert set(lines.values_list("standing", "level")) == {("not_rated", None)}


def test_quanwei_has_its_phases_lines_and_capacities() -> None:
    project = project_of(QUANWEI)
    assert (project.project_class, project.stage, project.partly_operating) == (
        "implementation",
        "installing",
        True,
    )
    phases = list(project.phases.all())
    assert len(phases) == QUANWEI["planned_phases"]
    for phase, said in zip(phases, QUANWEI["phases"], strict=True):
        assert (phase.number, phase.name) == (said["number"], said["name"])
        lines = list(phase.components.all())
        for line, of_line in zip(lines, said.get("components", ()), strict=True):
            assert (line.name, line.stage) == (of_line["name"], STAGES[of_line["stage"]])
            assert line.note == of_line.get("note", "")
            assert capacities(line.capacities.all()) == said_capacities([of_line["capacity"]])
        if not lines:
            assert phase.stage == STAGES[said["stage"]]
            implied = said.get("capacity_not_stated_but_implied", [])
            assert capacities(phase.capacities.all()) == said_capacities(said.get("capacity", []) + implied)
            assert bool(implied) == ("总规模" in phase.content)


def test_quanwei_produces_half_of_its_first_phase_since_february() -> None:
    phase = Phase.objects.get(project__name=QUANWEI["name"], number=1)
    first, second = phase.components.all()
    assert (phase.stage, phase.partly_operating) == ("installing", True)
    assert first.reached_on == phase.reached_on == datetime.date(2023, 2, 28)
    assert second.reached_on is None
    rows = Capacity.objects.filter(component__phase=phase).order_by("component__number")
    three, none = Decimal(3), Decimal(0)
    assert [(row.planned, row.commissioned) for row in rows] == [(three, three), (three, none)]
    note = first.changes.get(component=first, stage="operating").note
    assert "2023-02" in note
    assert "最后一天" in note


def test_quanwei_adds_up_to_its_name() -> None:
    found: dict[str, Decimal] = {}
    for row in Capacity.objects.all():
        part = row.component.phase if row.component else row.phase
        if part and part.project.name == QUANWEI["name"]:
            found[row.product] = found.get(row.product, Decimal(0)) + row.planned
    assert found == {"HJT组件": 15, "HJT电池": 15, "储能产品": 5}
