"""A stage asks for approvals: a person says why it goes on without, the system leaves a note."""

from dataclasses import replace

import pytest
from django.utils import translation

from projects.core.refusals import Refused
from projects.journal.models import Entry
from projects.register.actions.moving import Move, move_parts
from projects.register.models import Phase, Project, StageChange
from projects.register.stages import Position, Stage, Step
from tests.cast import AT, TODAY, Cast, component, phase, project
from tests.register.actions.moves import APRIL_3, go, last_entry, passed


class TestGates:
    """What a stage asks for, and going on without it."""

    @pytest.fixture
    def part(self, cast: Cast) -> Phase:
        return phase(project(cast), stage=Stage.PREPARING, since=APRIL_3)

    def test_a_person_says_why_it_goes_on_without(self, cast: Cast, part: Phase) -> None:
        before = (StageChange.objects.count(), Entry.objects.count())
        with translation.override("en"), pytest.raises(Refused) as refusal:
            go(part, Stage.STARTED, by=cast.office)
        assert "For “Started” this is still missing: planned finish、Construction permit" in str(refusal.value)
        assert refusal.value.field == "gate_reason"
        assert (StageChange.objects.count(), Entry.objects.count()) == before
        go(part, Stage.STARTED, by=cast.office, gate_reason="先行开工")
        change = StageChange.objects.latest("id")
        assert change.skipped == ["fact:planned_finish", "approval:construction_permit"]
        assert change.skip_reason == "先行开工"
        assert last_entry().after["skipped"] == change.skipped
        assert last_entry().after["skip_reason"] == "先行开工"

    def test_nothing_missing_asks_nothing(self, cast: Cast, part: Phase) -> None:
        Project.objects.update(planned_finish=TODAY)
        passed(part.project, "construction_permit")
        go(part, Stage.STARTED, by=cast.reporter, gate_reason="多余的话")
        change = StageChange.objects.latest("id")
        assert (change.skipped, change.skip_reason) == ([], "")
        assert "skipped" not in last_entry().after

    def test_not_applicable_is_as_good_as_done(self, cast: Cast, part: Phase) -> None:
        Project.objects.update(planned_finish=TODAY)
        passed(
            part.project, "construction_permit", done_on=None, not_applicable=True, not_applicable_reason="设备技改"
        )  # fmt: skip
        go(part, Stage.STARTED, by=cast.reporter)

    def test_done_without_its_document_is_asked_for_it(self, cast: Cast, part: Phase) -> None:
        Project.objects.update(planned_finish=TODAY)
        passed(part.project, "construction_permit", document_number="")
        go(part, Stage.STARTED, by=cast.reporter, gate_reason="证照扫描中")
        assert StageChange.objects.latest("id").skipped == ["document:construction_permit"]

    def test_skipped_stages_ask_too_and_those_entered_before_no_more(self, cast: Cast, part: Phase) -> None:
        go(part, Stage.INSTALLING, by=cast.office, gate_reason="…")
        assert len(StageChange.objects.latest("id").skipped) == 2
        go(part, Stage.OPERATING, by=cast.office, gate_reason="…")
        assert StageChange.objects.latest("id").skipped == [
            "approval:acceptance",
            "approval:emission_permit",
            "approval:environment_acceptance",
        ]

    def test_a_way_back_and_a_step_ask_nothing(self, cast: Cast, part: Phase) -> None:
        go(part, Stage.BUILDING)
        go(part, Stage.BUILDING, step=Step.STRUCTURE, by=cast.office)
        go(part, Stage.PREPARING, reason="误报", by=cast.office)
        assert StageChange.objects.latest("id").skipped == []

    def test_the_system_is_not_asked_and_leaves_a_note(self, cast: Cast, part: Phase) -> None:
        with translation.override("en"):
            go(part, Stage.STARTED, by=None)
        change = StageChange.objects.latest("id")
        assert len(change.skipped) == 2
        assert change.skip_reason == "Moved by the system, which is not asked."

    def test_a_phase_goes_by_its_own_approval_where_it_has_one(self, cast: Cast, part: Phase) -> None:
        Project.objects.update(planned_finish=TODAY)
        second = phase(part.project, 2, Stage.PREPARING)
        passed(part.project, "construction_permit")
        passed(part.project, "construction_permit", phase=second, done_on=None, document_number="")
        go(part, Stage.STARTED, by=cast.office)
        with pytest.raises(Refused):
            go(second, Stage.STARTED, by=cast.office)
        line = component(second, stage=Stage.PREPARING)
        with pytest.raises(Refused):
            go(line, Stage.STARTED, by=cast.office)

    def test_a_lower_bound_of_the_total_will_do(self, cast: Cast) -> None:
        part = phase(project(cast), stage=Stage.IN_TALKS)
        with translation.override("en"), pytest.raises(Refused, match="total investment"):
            go(part, Stage.SIGNED, by=cast.office)
        Project.objects.update(total_at_least=1)
        go(part, Stage.SIGNED, by=cast.office)

    def test_of_several_the_part_is_named_and_none_is_moved(self, cast: Cast, part: Phase) -> None:
        ready = phase(project(cast, "P-2", planned_finish=TODAY), stage=Stage.PREPARING)
        passed(ready.project, "construction_permit")
        move = Move(Position(Stage.STARTED), TODAY)
        selection = [(ready, 0), (part, 0)]
        with pytest.raises(Refused) as refusal:
            move_parts(selection, move, by=cast.reporter, at=AT, today=TODAY)
        assert refusal.value.field == "gate_reason"
        assert str(refusal.value).startswith(str(part))
        assert set(Phase.objects.values_list("stage", flat=True)) == {"preparing"}
        move_parts(selection, replace(move, gate_reason="…"), by=cast.reporter, at=AT, today=TODAY)
        skipped = dict(StageChange.objects.filter(stage="started").values_list("phase", "skip_reason"))
        assert skipped == {ready.pk: "", part.pk: "…"}
