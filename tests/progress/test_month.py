"""A month in one go: draft, stages, nodes and submission together, all or nothing."""

import datetime
from typing import Any

import pytest

from projects.core.refusals import Refused, Stale
from projects.journal.models import Entry
from projects.progress.actions.month import NodeReached, ProblemTold, StageReached, write_month
from projects.progress.actions.reporting import Incomplete
from projects.progress.checking import Written
from projects.progress.models import MonthlyReport
from projects.register.actions.moving import Move
from projects.register.models import Milestone, Phase, Problem, ProblemNote, Project
from projects.register.stages import Position, Stage
from tests.cast import TODAY, Cast, moved, phase, project
from tests.progress.month import FULL, asked, at, opened, written

SEPTEMBER_12 = datetime.date(2023, 9, 12)


@pytest.fixture
def row(cast: Cast) -> Project:
    found = project(cast)
    phase(found, 1, Stage.BUILDING, datetime.date(2023, 3, 1))
    Milestone.objects.create(project=found, name="主体封顶", planned_on=SEPTEMBER_12)
    opened()
    return found


def stage(target: Stage = Stage.COMPLETED, day: datetime.date = SEPTEMBER_12, seen: int | None = None) -> StageReached:
    part, move = Phase.objects.get(), Move(Position(target), day, gate_reason="验收材料随后补齐")
    return StageReached("phase-1", part, move, part.version if seen is None else seen)


def node(day: datetime.date = SEPTEMBER_12, seen: int = 0) -> NodeReached:
    return NodeReached("node-1", Milestone.objects.get(), day, seen)


def write(row: Project, by: Any, said: Written = FULL, **more: Any) -> MonthlyReport:
    report = asked(row)
    return write_month(report, said, by=by, at=at(), today=TODAY, **{"seen": report.version, **more})


def stands(row: Project) -> tuple[str, str, datetime.date | None]:
    """The state of the report, the stage of the phase, and the day of the node."""
    return asked(row).state, Phase.objects.get().stage, Milestone.objects.get().done_on


def test_a_draft_a_stage_and_a_node_are_saved_together(cast: Cast, row: Project) -> None:
    write(row, cast.reporter, stages=[stage()], nodes=[node()])
    assert stands(row) == ("draft", "completed", SEPTEMBER_12)
    verbs = list(Entry.objects.order_by("-seq").values_list("verb", flat=True)[:3])
    assert verbs == ["update_milestone", "move_stage", "write_report"]


def test_submitting_in_the_same_go(cast: Cast, row: Project) -> None:
    report = write(row, cast.reporter, stages=[stage()], submitting=True)
    assert stands(row) == ("submitted", "completed", None)
    assert report.version == asked(row).version == 2


def test_what_is_missing_keeps_the_stage_too(cast: Cast, row: Project) -> None:
    with pytest.raises(Incomplete):
        write(row, cast.reporter, Written(image="打桩"), stages=[stage()], nodes=[node()], submitting=True)
    assert stands(row) == ("due", "building", None)


def test_a_refused_stage_keeps_the_draft_and_names_its_box(cast: Cast, row: Project) -> None:
    tomorrow = TODAY + datetime.timedelta(days=1)
    with pytest.raises(Refused) as refusal:
        write(row, cast.reporter, stages=[stage(day=tomorrow)])
    assert refusal.value.field == "phase-1-happened_on"
    assert stands(row) == ("due", "building", None)


def test_a_refused_node_keeps_the_stage_and_names_its_box(cast: Cast, row: Project) -> None:
    with pytest.raises(Refused) as refusal:
        write(row, cast.reporter, stages=[stage()], nodes=[node(TODAY + datetime.timedelta(days=1))])
    assert refusal.value.field == "node-1-done_on"
    assert stands(row) == ("due", "building", None)


def test_a_part_that_somebody_moved_meanwhile(cast: Cast, row: Project) -> None:
    seen = Phase.objects.get().version
    moved(Phase.objects.get(), Stage.INSTALLING, SEPTEMBER_12)
    with pytest.raises(Stale) as refusal:
        write(row, cast.reporter, stages=[stage(seen=seen)])
    assert refusal.value.field == "phase-1-"
    assert stands(row) == ("due", "installing", None)


def test_a_report_that_somebody_wrote_meanwhile(cast: Cast, row: Project) -> None:
    written(row, by=cast.office, image="别人写的")
    with pytest.raises(Stale):
        write(row, cast.reporter, stages=[stage()], seen=0)
    assert (stands(row), asked(row).image) == (("draft", "building", None), "别人写的")


class TestProblems:
    def told(self, row: Project, text: str = "已协调") -> ProblemTold:
        problem = Problem.objects.create(
            project=row, kind="land", description="用地", raised_on=SEPTEMBER_12, due_on=TODAY
        )
        return ProblemTold("problem-1", problem, text)

    def test_what_was_done_is_noted_with_the_report(self, cast: Cast, row: Project) -> None:
        write(row, cast.reporter, problems=[self.told(row)])
        assert list(ProblemNote.objects.values_list("text", "by")) == [("已协调", cast.reporter.pk)]

    def test_a_problem_solved_meanwhile_keeps_all_back(self, cast: Cast, row: Project) -> None:
        told = self.told(row)
        Problem.objects.update(state="closed", solved_on=TODAY, proof="…", closed_at=at())
        with pytest.raises(Refused) as refusal:
            write(row, cast.reporter, problems=[told])
        assert refusal.value.field.startswith("problem-1-")
        assert stands(row)[0] == "due"
        assert not ProblemNote.objects.exists()
