"""Moving a part through the life cycle: what is refused, what is written, and what follows for the whole."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from projects.core.month import Month
from projects.core.refusals import NotAllowed, Refused, Stale
from projects.journal.models import Entry
from projects.register.actions.halting import Halt, halt_project
from projects.register.actions.moving import Move, move_parts
from projects.register.actions.registering import set_capacity
from projects.register.models import Capacity, Phase, Project, StageChange
from projects.register.stages import Position, Stage, Step
from tests.cast import AT, TODAY, Cast, component, phase, project
from tests.register.actions.moves import APRIL_3, go, last_entry, passed

TOMORROW = TODAY + datetime.timedelta(days=1)


class TestWhoMoves:
    @pytest.mark.parametrize("who", ["admin", "office", "reporter"])
    def test_the_office_and_the_unit_itself(self, cast: Cast, who: str) -> None:
        part = phase(project(cast), stage=Stage.SIGNED)
        go(part, Stage.LANDED, by=cast.person(who))
        assert Phase.objects.get().stage == "landed"
        assert StageChange.objects.latest("id").by == cast.person(who)

    @pytest.mark.parametrize(
        ("who", "says"),
        [
            ("leader", "Your role “Leader” may not update phases"),
            ("auditor", "Your role “Auditor” may not update phases"),
            ("other_reporter", "“项目P-1” belongs to 税郭镇"),
            ("stranger", "“项目P-1” belongs to 税郭镇"),
        ],
    )
    def test_nobody_else(self, cast: Cast, who: str, says: str) -> None:
        part = phase(project(cast), stage=Stage.SIGNED)
        entries = Entry.objects.count()
        with translation.override("en"), pytest.raises(NotAllowed) as refusal:
            go(part, Stage.LANDED, by=cast.person(who))
        assert says in str(refusal.value)
        assert Phase.objects.get().stage == "signed"
        assert Entry.objects.count() == entries

    def test_a_closed_account_moves_nothing(self, cast: Cast) -> None:
        part = phase(project(cast), stage=Stage.SIGNED)
        cast.office.is_active = False
        with pytest.raises(NotAllowed):
            go(part, Stage.LANDED, by=cast.office)


class TestAMoveForward:
    def test_keeps_from_where_to_where_when_by_whom_and_why(self, cast: Cast) -> None:
        part = phase(project(cast), stage=Stage.PREPARING, since=APRIL_3)
        go(part, Stage.STARTED, note="第一根桩", by=cast.reporter, gate_reason="先行开工，手续月底补齐")
        change = StageChange.objects.latest("id")
        assert (change.from_stage, change.stage, change.happened_on, change.is_back) == (
            "preparing",
            "started",
            TODAY,
            False,
        )
        assert (change.note, change.by, change.at) == ("第一根桩", cast.reporter, AT)
        stored = Phase.objects.get()
        assert (stored.stage, stored.reached_on, stored.version) == ("started", TODAY, 1)

    def test_may_skip_stages(self, cast: Cast) -> None:
        part = phase(project(cast), stage=Stage.CONCEIVED)
        go(part, Stage.OPERATING)
        assert Phase.objects.get().stage == "operating"

    def test_may_go_to_a_step_of_building(self, cast: Cast) -> None:
        part = phase(project(cast), stage=Stage.BUILDING)
        go(part, Stage.BUILDING, step=Step.STRUCTURE)
        assert (Phase.objects.get().stage, Phase.objects.get().step) == ("building", "structure")
        go(part, Stage.INSTALLING)
        assert (Phase.objects.get().stage, Phase.objects.get().step) == ("installing", "")

    def test_places_a_part_that_nobody_had_placed(self, cast: Cast) -> None:
        go(phase(project(cast)), Stage.SIGNED)
        assert Phase.objects.get().stage == "signed"

    def test_on_the_day_of_the_last_move_is_possible(self, cast: Cast) -> None:
        part = phase(project(cast), stage=Stage.PREPARING, since=TODAY)
        go(part, Stage.STARTED, TODAY)
        assert Phase.objects.get().stage == "started"

    def test_writes_one_entry_with_the_values_before_and_after(self, cast: Cast) -> None:
        part = phase(project(cast, planned_finish=TODAY), stage=Stage.PREPARING, since=APRIL_3)
        passed(part.project, "construction_permit")
        entries = Entry.objects.count()
        go(part, Stage.BUILDING, step=Step.FOUNDATION, note="开始", by=cast.office)
        assert Entry.objects.count() == entries + 1
        entry = last_entry()
        assert (entry.verb, entry.actor, entry.at, entry.note) == ("move_stage", cast.office, AT, "开始")
        assert (entry.subject_type, entry.subject_id, entry.project_id) == ("phase", part.pk, part.project_id)
        assert entry.before == {"stage": "preparing", "since": "2023-04-03"}
        assert entry.after == {"stage": "building.foundation", "since": "2023-10-10"}

    def test_marks_the_lines_of_the_project_as_due(self, cast: Cast) -> None:
        part = phase(project(cast), stage=Stage.PREPARING)
        Project.objects.update(rerate_from=None)
        go(part, Stage.STARTED, datetime.date(2023, 8, 9))
        assert Project.objects.get().rerate_from == Month(2023, 8)
        assert Project.objects.get().changed_at == AT


class TestWhatIsRefused:
    @pytest.fixture
    def part(self, cast: Cast) -> Phase:
        return phase(project(cast), stage=Stage.STARTED, since=APRIL_3)

    @pytest.mark.parametrize(
        ("stage", "day", "more", "field", "says"),
        [
            (Stage.STARTED, TODAY, {}, "target", "already stands at “Started”"),
            (Stage.BUILDING, TOMORROW, {}, "happened_on", "lies in the future"),
            (Stage.BUILDING, APRIL_3 - datetime.timedelta(1), {}, "happened_on", "was reached on 2023-04-03"),
            (Stage.SIGNED, TODAY, {}, "reason", "needs a reason"),
            (Stage.SIGNED, TOMORROW, {"reason": "误报"}, "happened_on", "lies in the future"),
            (None, TODAY, {}, "target", "Choose the stage"),
        ],
    )
    def test_and_nothing_is_written(
        self, part: Phase, stage: Any, day: datetime.date, more: Any, field: str, says: str
    ) -> None:
        before = (StageChange.objects.count(), Entry.objects.count())
        with translation.override("en"), pytest.raises(Refused) as refusal:
            go(part, stage, day, **more)
        assert says in str(refusal.value)
        assert refusal.value.field == field
        assert (StageChange.objects.count(), Entry.objects.count()) == before
        assert (Phase.objects.get().stage, Phase.objects.get().version) == ("started", 0)

    def test_a_phase_with_components_is_not_moved_itself(self, part: Phase) -> None:
        component(part, stage=Stage.BUILDING)
        with translation.override("en"), pytest.raises(Refused, match="follows its components"):
            go(part, Stage.INSTALLING)

    def test_a_terminated_project_moves_no_more_but_a_suspended_one_does(self, cast: Cast, part: Phase) -> None:
        def halted(kind: str, seen: int) -> None:
            halt_project(part.project, Halt(kind, TODAY, "market"), by=None, at=AT, today=TODAY, seen=seen)

        halted("suspended", 0)
        go(part, Stage.BUILDING)
        halted("terminated", 1)
        with translation.override("en"), pytest.raises(Refused, match="was terminated"):
            go(part, Stage.INSTALLING)


class TestTwoPeople:
    def test_the_second_is_told_who_moved_it_from_where_to_where_and_when(self, cast: Cast) -> None:
        part = phase(project(cast), stage=Stage.STARTED)
        second = Phase.objects.get()
        go(part, Stage.BUILDING, by=cast.reporter, seen=0)
        with translation.override("zh-hans"), pytest.raises(Stale) as refusal:
            go(second, Stage.INSTALLING, by=cast.office, seen=0)
        sentence = str(refusal.value)
        assert all(word in sentence for word in ("reporter", "开工", "在建", "09:30")), sentence
        assert Phase.objects.get().stage == "building"

    def test_of_a_component_too(self, cast: Cast) -> None:
        line = component(phase(project(cast)), stage=Stage.BUILDING)
        go(line, Stage.INSTALLING, by=cast.reporter, seen=0)
        with (
            translation.override("en"),
            pytest.raises(Stale, match="reporter already moved it from “Building”"),
        ):
            go(line, Stage.OPERATING, by=cast.office, seen=0)

    def test_the_second_goes_on_from_what_is_stored_now(self, cast: Cast) -> None:
        part = phase(project(cast), stage=Stage.STARTED)
        go(part, Stage.BUILDING, seen=0)
        go(part, Stage.INSTALLING, seen=1)
        assert (Phase.objects.get().stage, Phase.objects.get().version) == ("installing", 2)


class TestAMoveBack:
    def test_keeps_its_reason(self, cast: Cast) -> None:
        part = phase(project(cast), stage=Stage.STARTED, since=APRIL_3)
        go(part, Stage.PREPARING, APRIL_3, reason="误报开工")
        change = StageChange.objects.latest("id")
        assert (change.is_back, change.reason, change.stage) == (True, "误报开工", "preparing")
        assert last_entry().note == "误报开工"

    def test_may_lie_before_the_last_move(self, cast: Cast) -> None:
        part = phase(project(cast), stage=Stage.STARTED, since=TODAY)
        go(part, Stage.PREPARING, APRIL_3, reason="误报开工")
        assert Phase.objects.get().reached_on == APRIL_3


class TestCapacity:
    @pytest.fixture
    def line(self, cast: Cast) -> Any:
        line = component(phase(project(cast)), stage=Stage.INSTALLING)
        for product, unit in (("组件", "GW"), ("电池", "GW")):
            capacity = Capacity(component=line, product=product, planned=Decimal("3.5"), unit=unit)
            set_capacity(capacity, by=None, at=AT)
        return line

    def commissioned(self) -> list[Decimal]:
        return list(Capacity.objects.order_by("id").values_list("commissioned", flat=True))

    def test_comes_on_stream_with_production(self, line: Any) -> None:
        go(line, Stage.COMPLETED)
        assert self.commissioned() == [0, 0]
        go(line, Stage.OPERATING)
        assert self.commissioned() == [Decimal("3.5"), Decimal("3.5")]

    def test_is_taken_back_with_a_way_back(self, line: Any) -> None:
        go(line, Stage.OPERATING)
        go(line, Stage.COMPLETED, reason="设备故障")
        assert self.commissioned() == [0, 0]

    def test_keeps_what_was_measured_when_it_only_reaches_full_capacity(self, line: Any) -> None:
        go(line, Stage.OPERATING)
        Capacity.objects.filter(product="组件").update(commissioned=2)
        go(line, Stage.FULL_CAPACITY)
        assert self.commissioned() == [2, Decimal("3.5")]

    def test_of_other_parts_is_left_alone(self, line: Any) -> None:
        other = component(line.phase, 2, Stage.INSTALLING)
        go(other, Stage.OPERATING)
        assert self.commissioned() == [0, 0]


class TestWhatFollowsForTheWhole:
    def test_the_phase_follows_its_components_and_the_project_its_phases(self, cast: Cast) -> None:
        first = phase(project(cast), 1)
        one, two = component(first, 1, Stage.BUILDING), component(first, 2, Stage.BUILDING)
        phase(first.project, 2, Stage.PREPARING)
        go(one, Stage.OPERATING)
        stored, whole = Phase.objects.get(number=1), Project.objects.get()
        assert (stored.stage, stored.partly_operating, stored.reached_on) == ("building", True, TODAY)
        assert (whole.stage, whole.partly_operating) == ("building", True)
        go(two, Stage.OPERATING)
        stored, whole = Phase.objects.get(number=1), Project.objects.get()
        assert (stored.stage, stored.partly_operating) == ("operating", False)
        assert (whole.stage, whole.partly_operating) == ("building", True)

    def test_the_project_starts_with_its_first_part_and_keeps_that_day(self, cast: Cast) -> None:
        one = phase(project(cast), 1, Stage.PREPARING)
        two = phase(one.project, 2, Stage.PREPARING)
        go(one, Stage.STARTED, APRIL_3)
        go(two, Stage.STARTED, TODAY)
        assert Project.objects.get().actual_start == APRIL_3

    def test_the_project_is_finished_with_its_last_part(self, cast: Cast) -> None:
        one = phase(project(cast), 1, Stage.BUILDING)
        two = phase(one.project, 2, Stage.BUILDING)
        go(one, Stage.COMPLETED, APRIL_3)
        assert Project.objects.get().actual_finish is None
        go(two, Stage.OPERATING, TODAY)
        assert Project.objects.get().actual_finish == TODAY

    def test_a_way_back_takes_the_days_away(self, cast: Cast) -> None:
        part = phase(project(cast), stage=Stage.PREPARING)
        go(part, Stage.STARTED, APRIL_3)
        go(part, Stage.COMPLETED, TODAY)
        go(part, Stage.BUILDING, TODAY, reason="验收未通过")
        assert (Project.objects.get().actual_start, Project.objects.get().actual_finish) == (APRIL_3, None)
        go(part, Stage.PREPARING, TODAY, reason="误报开工")
        assert Project.objects.get().actual_start is None

    def test_days_that_somebody_typed_are_kept(self, cast: Cast) -> None:
        typed: dict[str, Any] = {"actual_start": datetime.date(2022, 3, 1), "actual_finish": datetime.date(2023, 2, 1)}
        part = phase(project(cast, **typed), stage=Stage.BUILDING)
        go(part, Stage.COMPLETED, TODAY)
        stored = Project.objects.get()
        assert (stored.actual_start, stored.actual_finish) == tuple(typed.values())

    def test_a_typed_finish_before_the_day_of_the_start_does_not_stop_the_move(self, cast: Cast) -> None:
        part = phase(project(cast, actual_finish=datetime.date(2023, 2, 1)), stage=Stage.PREPARING)
        go(part, Stage.COMPLETED, TODAY)
        stored = Project.objects.get()
        assert stored.stage == "completed"
        assert stored.actual_start is None or stored.actual_start <= datetime.date(2023, 2, 1)


class TestSeveralAtOnce:
    def test_all_are_moved(self, cast: Cast) -> None:
        parts = [phase(project(cast, f"P-{n}"), stage=Stage.SIGNED) for n in (1, 2, 3)]
        move_parts(
            [(part, 0) for part in parts],
            Move(Position(Stage.LANDED), TODAY, "选址完成"),
            by=cast.reporter,
            at=AT,
            today=TODAY,
        )
        assert set(Phase.objects.values_list("stage", "version")) == {("landed", 1)}
        assert Entry.objects.filter(verb="move_stage").count() == 3

    @pytest.mark.parametrize(
        ("last", "seen", "kind"),
        [
            ({"unit": "other_town"}, 0, NotAllowed),
            ({}, 7, Stale),
            ({"stage": Stage.LANDED}, 0, Refused),
            ({"since": TODAY}, 0, Refused),
        ],
        ids=["another unit's", "overtaken", "there already", "earlier than its last move"],
    )
    def test_or_none(self, cast: Cast, last: dict[str, Any], seen: int, kind: type[Refused]) -> None:
        day = TODAY - datetime.timedelta(days=1)
        parts = [phase(project(cast, f"P-{n}"), stage=Stage.SIGNED) for n in (1, 2)]
        other = project(cast, "P-3", unit=getattr(cast, last.get("unit", "town")))
        parts.append(phase(other, stage=last.get("stage", Stage.SIGNED), since=last.get("since")))
        before = (
            Entry.objects.count(),
            StageChange.objects.count(),
            list(Phase.objects.values_list("stage", "version")),
        )
        with pytest.raises(kind) as refusal:
            move_parts(
                [(parts[0], 0), (parts[1], 0), (parts[2], seen)],
                Move(Position(Stage.LANDED), day),
                by=cast.reporter,
                at=AT,
                today=TODAY,
            )
        assert type(refusal.value) is kind
        assert str(refusal.value).startswith(str(parts[2]))
        assert before == (
            Entry.objects.count(),
            StageChange.objects.count(),
            list(Phase.objects.values_list("stage", "version")),
        )
