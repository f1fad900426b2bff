"""Nodes and approvals of the examples show every state, fit the works, and change no colour."""

from collections import Counter

import pytest

from projects.bulletins.models import Line
from projects.demonstration.actions import TODAY
from projects.demonstration.facts import LAST_MONTH
from projects.register.approvals import Approval
from projects.register.due import Due, due_on
from projects.register.models import Milestone, Project, StageChange

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration_once")]


def listed() -> list[Project]:
    """The projects that have a checklist."""
    return list(Project.objects.filter(milestones__kind="approval").distinct().order_by("code"))


def test_only_examples_have_one_and_not_all() -> None:
    assert 15 <= len(listed()) <= 30
    assert all(project.is_example for project in listed())


def test_every_state_and_every_approval_can_be_seen() -> None:
    rows = list(Milestone.objects.filter(project__in=listed()))
    states = Counter(
        due_on(TODAY, planned=row.planned_on, done=row.done_on, not_applicable=row.not_applicable) for row in rows
    )
    assert set(states) == set(Due)
    assert states[Due.OVERDUE] >= 3
    assert {row.code for row in rows} == {"", *(approval.value for approval in Approval)}
    assert any(not row.is_confirmed for row in rows)
    assert any(row.forecast_on for row in rows)


def test_nothing_is_done_before_it_is_entered_or_after_the_works() -> None:
    permits = Milestone.objects.filter(code="construction_permit", done_on__isnull=False)
    assert permits.count() >= 10
    for permit in permits:
        starts = StageChange.objects.filter(phase__project=permit.project, stage="started", happened_on__isnull=False)
        days = starts.order_by("happened_on").values_list("happened_on", flat=True)
        assert all(permit.done_on <= day for day in days[:1])  # type: ignore[operator]
    assert not Milestone.objects.filter(done_on__gt=TODAY).exists()


def test_entry_in_statistics_is_one_day_at_both_places() -> None:
    rows = Milestone.objects.filter(code="statistics").select_related("project")
    assert rows
    assert all(row.done_on == row.project.entered_statistics_on for row in rows)


def test_no_colour_comes_of_them() -> None:
    names = set(Milestone.objects.filter(project__in=listed(), kind="approval").values_list("name", flat=True))
    named = {
        hit["figures"].get("name")
        for hits in Line.objects.filter(month=LAST_MONTH, project__in=listed()).values_list("hits", flat=True)
        for hit in hits
    }
    assert not names & named
