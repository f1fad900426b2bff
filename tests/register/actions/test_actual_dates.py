"""The actual dates say what is known: no start or finish is made up from the day of something else."""

import datetime

import pytest

from projects.journal.models import Entry
from projects.register.actions.registering import add_phase
from projects.register.models import Phase, Project
from projects.register.stages import Position, Stage
from tests.cast import AT, TODAY, Cast, component, moved, phase, project

EARLIER = datetime.date(2023, 3, 1)


def dates() -> tuple[datetime.date | None, datetime.date | None]:
    stored = Project.objects.get()
    return stored.actual_start, stored.actual_finish


def test_a_phase_entered_as_started_says_when_the_project_started(cast: Cast) -> None:
    phase(project(cast), stage=Stage.STARTED, since=EARLIER)
    assert dates() == (EARLIER, None)


@pytest.mark.parametrize("stage", [Stage.BUILDING, Stage.INSTALLING, Stage.COMPLETED, Stage.OPERATING])
def test_a_phase_entered_beyond_the_start_does_not(cast: Cast, stage: Stage) -> None:
    phase(project(cast), stage=stage, since=EARLIER)
    assert dates()[0] is None


def test_a_phase_entered_as_completed_says_when_it_was(cast: Cast) -> None:
    phase(project(cast), stage=Stage.COMPLETED, since=EARLIER)
    assert dates() == (None, EARLIER)


def test_a_phase_entered_as_operating_does_not(cast: Cast) -> None:
    phase(project(cast), stage=Stage.OPERATING, since=EARLIER)
    assert dates() == (None, None)


def test_a_part_nobody_had_placed_did_not_start_with_its_first_product(cast: Cast) -> None:
    moved(component(phase(project(cast))), Stage.OPERATING, EARLIER)
    assert dates() == (None, None)


def test_a_start_that_was_skipped_is_the_day_of_the_move(cast: Cast) -> None:
    moved(phase(project(cast), stage=Stage.PREPARING), Stage.BUILDING, EARLIER)
    assert dates() == (EARLIER, None)


def test_a_later_phase_does_not_start_a_project_that_was_under_way(cast: Cast) -> None:
    row = project(cast)
    phase(row, 1, Stage.BUILDING)
    moved(phase(row, 2, Stage.PREPARING), Stage.STARTED, TODAY)
    assert dates() == (None, None)


def test_a_typed_start_stays_when_a_phase_is_added_that_has_not_started(cast: Cast) -> None:
    row = project(cast, actual_start=EARLIER)
    add_phase(Phase(project=row, number=1, name="一期"), position=Position(Stage.PREPARING), by=None, at=AT)
    assert dates() == (EARLIER, None)


def test_a_way_back_takes_the_start_away(cast: Cast) -> None:
    part = phase(project(cast), stage=Stage.STARTED, since=EARLIER)
    moved(part, Stage.PREPARING, TODAY, reason="登记有误")
    assert dates() == (None, None)


def test_a_phase_keeps_its_day_while_its_components_leave_it_where_it_is(cast: Cast) -> None:
    part = phase(project(cast))
    first, second = component(part, 1, Stage.PREPARING), component(part, 2, Stage.PREPARING)
    moved(first, Stage.BUILDING, EARLIER)
    moved(second, Stage.STARTED, TODAY)
    part.refresh_from_db()
    assert (part.stage, part.reached_on) == ("building", EARLIER)


def test_the_journal_keeps_since_when_it_stood_where_it_was(cast: Cast) -> None:
    moved(phase(project(cast), stage=Stage.STARTED, since=EARLIER), Stage.BUILDING, TODAY)
    entry = Entry.objects.get(verb="move_stage")
    assert entry.before == {"stage": "started", "since": str(EARLIER)}
    assert entry.after == {"stage": "building", "since": str(TODAY)}
