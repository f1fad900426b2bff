"""The clock of these tests stands where the cast's does, and a project has something on each of its pages."""

import datetime
from dataclasses import dataclass

import pytest
from pytest_django import Settings

from projects.core.month import Month
from projects.register.models import Capacity, Component, Incident, Milestone, Phase, Project
from projects.register.stages import Stage
from tests import cast as actors
from tests.cast import TODAY, WAN, Cast


@pytest.fixture(autouse=True)
def _standing_clock(settings: Settings) -> None:
    settings.TODAY = TODAY


@dataclass
class Whole:
    """A project of the town's with a phase of its own and one of components, and one of everything beside."""

    project: Project
    phase: Phase
    composed: Phase
    component: Component
    capacity: Capacity
    incident: Incident
    milestone: Milestone


@pytest.fixture
def whole(cast: Cast) -> Whole:
    project = actors.project(cast, name="年产6GW高效电池项目", short_name="泉为", total_investment=36_000 * WAN)
    phase = actors.phase(project, 1, Stage.PREPARING, datetime.date(2023, 5, 1))
    composed = actors.phase(project, 2)
    component = actors.component(composed, 1, Stage.BUILDING)
    actors.plan(project, 1200 * WAN)
    actors.figures(project, Month(2023, 8), 100 * WAN)
    return Whole(
        project=project,
        phase=phase,
        composed=composed,
        component=component,
        capacity=Capacity.objects.create(phase=phase, product="组件", planned=6, unit="GW"),
        incident=Incident.objects.create(
            project=project, kind="false_data", happened_on=datetime.date(2023, 9, 1), note="…"
        ),
        milestone=Milestone.objects.create(project=project, name="封顶", planned_on=datetime.date(2023, 12, 1)),
    )
