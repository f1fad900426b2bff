"""The planned nodes of a project."""

import datetime
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation

from projects.core.month import Month
from projects.core.refusals import NotAllowed, Refused, Stale
from projects.journal.models import Entry
from projects.register.actions.scheduling import reach_milestone, set_milestone
from projects.register.models import Milestone, Project
from tests.cast import AT, TODAY, Cast, phase, project

JUNE_30 = datetime.date(2023, 6, 30)


def node(row: Project, **more: Any) -> Milestone:
    return Milestone(**{"project": row, "name": "主体封顶", "is_key": True, "planned_on": JUNE_30, **more})


def put(milestone: Milestone, by: Any = None, seen: int | None = None) -> Milestone:
    return set_milestone(milestone, by=by, at=AT, today=TODAY, seen=seen)


def test_a_node_is_added_and_every_month_is_due(cast: Cast) -> None:
    row = project(cast)
    Project.objects.update(rerate_from=None)
    put(node(row), cast.office)
    entry = Entry.objects.latest("seq")
    assert (entry.verb, entry.actor, entry.after["planned_on"]) == (
        "set_milestone",
        cast.office,
        "2023-06-30",
    )
    assert Project.objects.get().rerate_from == Month(2023, 1)


def test_a_node_is_done(cast: Cast) -> None:
    row = put(node(project(cast)))
    row.done_on = TODAY
    put(row, seen=0)
    assert (Milestone.objects.get().done_on, Milestone.objects.get().version) == (TODAY, 1)
    assert (Entry.objects.latest("seq").before, Entry.objects.latest("seq").after) == (
        {"done_on": None},
        {"done_on": "2023-10-10"},
    )


def test_done_in_the_future_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        put(node(project(cast), done_on=TODAY + datetime.timedelta(days=1)))
    assert refusal.value.field == "done_on"


def test_a_phase_of_another_project_is_refused(cast: Cast) -> None:
    other = phase(project(cast, "P-2"))
    with pytest.raises(Refused) as refusal:
        put(node(project(cast), phase=other))
    assert refusal.value.field == "phase"


def test_a_node_of_the_same_name_and_day_is_refused_in_words(cast: Cast) -> None:
    row = project(cast)
    put(node(row))
    with pytest.raises(Refused) as refusal, transaction.atomic():
        put(node(row))
    assert refusal.value.field == "name"
    other = put(node(row, planned_on=TODAY))
    other.planned_on = JUNE_30
    with pytest.raises(Refused), transaction.atomic():
        put(other, seen=0)


def test_the_second_of_two_is_refused(cast: Cast) -> None:
    row = put(node(project(cast)))
    put(row, cast.office, seen=0)
    with translation.override("en"), pytest.raises(Stale, match="office saved this meanwhile"):
        put(Milestone.objects.get(), cast.admin, seen=0)


@pytest.mark.parametrize("who", ["reporter", "leader", "auditor", "stranger"])
def test_nodes_are_the_offices(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        put(node(project(cast)), cast.person(who))
    assert not Milestone.objects.exists()


class TestReaching:
    """What the unit says itself: that a planned node was met."""

    def reach(self, milestone: Milestone, by: Any, day: datetime.date = TODAY, seen: int | None = None) -> Milestone:
        return reach_milestone(milestone, done_on=day, by=by, at=AT, today=TODAY, seen=seen)

    def test_is_for_the_unit_to_say_and_counts_from_that_month(self, cast: Cast) -> None:
        milestone = put(node(project(cast)))
        Project.objects.update(rerate_from=None)
        self.reach(milestone, cast.reporter, datetime.date(2023, 9, 30), seen=0)
        stored = Milestone.objects.get()
        assert (stored.done_on, stored.version) == (datetime.date(2023, 9, 30), 1)
        entry = Entry.objects.latest("seq")
        assert (entry.verb, entry.actor, entry.after) == ("set_milestone", cast.reporter, {"done_on": "2023-09-30"})
        assert Project.objects.get().rerate_from == Month(2023, 9)

    @pytest.mark.parametrize("who", ["leader", "auditor", "other_reporter"])
    def test_is_not_for_others(self, cast: Cast, who: str) -> None:
        milestone = put(node(project(cast)))
        with pytest.raises(NotAllowed):
            self.reach(milestone, cast.person(who))

    def test_not_tomorrow(self, cast: Cast) -> None:
        milestone = put(node(project(cast)))
        with pytest.raises(Refused) as refusal:
            self.reach(milestone, cast.reporter, TODAY + datetime.timedelta(days=1))
        assert refusal.value.field == "done_on"
        assert Milestone.objects.get().done_on is None

    def test_not_over_what_somebody_else_said(self, cast: Cast) -> None:
        milestone = put(node(project(cast)))
        self.reach(milestone, cast.office, seen=0)
        with translation.override("en"), pytest.raises(Stale, match="office saved this meanwhile"):
            self.reach(milestone, cast.reporter, JUNE_30, seen=0)
        assert Milestone.objects.get().done_on == TODAY
