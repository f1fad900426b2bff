"""Entering projects and their parts in the register, and correcting what is said of them."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation

from projects.core.month import Month
from projects.core.refusals import NotAllowed, Refused, Stale
from projects.journal.models import Entry
from projects.register.actions.registering import (
    add_component,
    add_phase,
    edit_part,
    edit_project,
    register_project,
    set_capacity,
)
from projects.register.models import Capacity, Component, LevelLabel, Phase, Project, StageChange
from projects.register.stages import Position, Stage
from tests.cast import AT, SEPTEMBER, TODAY, WAN, Cast, component, phase, project

LATER = AT + datetime.timedelta(hours=1)


def last_entry() -> Entry:
    return Entry.objects.order_by("-seq")[0]


def edit(row: Project, *, seen: int, labels: Any = (), by: Any = None, since: Month = SEPTEMBER) -> Project:
    return edit_project(row, labels=labels, by=by, at=LATER, seen=seen, since=since)


class TestRegistering:
    def test_makes_the_keys_for_finding_and_sorting(self, cast: Cast) -> None:
        row = project(cast, name="年产6GW高效电池项目", short_name="泉为", owner="泉为新能源公司")
        assert set(row.initials.split()) == {"qw", "qwxnygs", "nc6gwgxdcxm"}
        assert row.name_key == "quan wei"

    def test_finds_the_short_name_first_however_long_the_others_are(self, cast: Cast) -> None:
        row = project(cast, name="阿" * 200, short_name="泉为", owner="安" * 200)
        assert row.initials.startswith("qw")

    def test_marks_all_months_from_the_first_as_due(self, cast: Cast) -> None:
        row = project(cast, listed_from=Month(2023, 4))
        assert (row.rerate_from, row.created_at, row.changed_at) == (Month(2023, 4), AT, AT)

    def test_is_written_down_with_all_that_is_known(self, cast: Cast) -> None:
        label = LevelLabel.objects.create(name="省重点")
        row = project(cast, labels=[label], total_investment=5 * WAN, leader=cast.boss)
        entry = last_entry()
        assert (entry.verb, entry.subject_id, entry.project_id, entry.before) == (
            "register",
            row.pk,
            row.pk,
            {},
        )
        assert entry.after["labels"] == ["省重点"]
        assert entry.after["total_investment"] == 5 * WAN
        assert (entry.after["unit"], entry.after["leader"]) == ("税郭镇", "王区长")
        assert entry.after["listed_from"] == "2023-01"
        assert "owner" in entry.after

    @pytest.mark.parametrize("who", ["reporter", "leader", "auditor", "stranger"])
    def test_is_the_offices_in_its_own_district(self, cast: Cast, who: str) -> None:
        row = Project(
            code="P-9",
            name="新",
            short_name="新",
            unit=cast.town,
            category=cast.industry,
            listed_from=SEPTEMBER,
        )
        with pytest.raises(NotAllowed):
            register_project(row, by=cast.person(who), at=AT)
        assert not Project.objects.exists()


class TestEditing:
    def test_journals_only_the_values_that_differ(self, cast: Cast) -> None:
        row = project(cast, total_investment=5 * WAN, owner="甲公司")
        row.total_investment, row.planned_start = 7 * WAN, datetime.date(2023, 3, 1)
        edit(row, seen=0, by=cast.office)
        entry = last_entry()
        assert (entry.verb, entry.actor, entry.at) == ("edit", cast.office, LATER)
        assert entry.before == {"total_investment": 5 * WAN, "planned_start": None}
        assert entry.after == {"total_investment": 7 * WAN, "planned_start": "2023-03-01"}

    def test_keeps_labels_in_the_journal_too(self, cast: Cast) -> None:
        city, district = LevelLabel.objects.create(name="市重点"), LevelLabel.objects.create(name="区重点")
        row = project(cast, labels=[city])
        edit(row, seen=0, labels=[city, district])
        assert (last_entry().before, last_entry().after) == (
            {"labels": ["市重点"]},
            {"labels": ["市重点", "区重点"]},
        )
        assert set(row.labels.all()) == {city, district}

    def test_finds_the_project_by_its_new_name(self, cast: Cast) -> None:
        row = project(cast, short_name="泉为")
        row.short_name = "中泰"
        edit(row, seen=0)
        stored = Project.objects.get()
        assert "zt" in stored.initials.split()
        assert stored.name_key == "zhong tai"

    def test_the_second_of_two_is_told_who_was_first(self, cast: Cast) -> None:
        project(cast)
        first, second = Project.objects.get(), Project.objects.get()
        first.owner, second.owner = "甲公司", "乙公司"
        edit(first, seen=0, by=cast.office)
        with translation.override("en"), pytest.raises(Stale, match="office saved this meanwhile"):
            edit(second, seen=0, by=cast.admin)
        assert Project.objects.get().owner == "甲公司"
        assert last_entry().actor == cast.office

    def test_marks_the_open_month_as_due_and_not_the_past(self, cast: Cast) -> None:
        row = project(cast)
        Project.objects.update(rerate_from=None)
        edit(row, seen=0)
        assert Project.objects.get().rerate_from == SEPTEMBER

    @pytest.mark.parametrize("month", [Month(2023, 4), Month(2022, 11)])
    def test_another_first_month_makes_all_months_between_due(self, cast: Cast, month: Month) -> None:
        row = project(cast)
        Project.objects.update(rerate_from=None)
        row.listed_from = month
        edit(row, seen=0)
        assert Project.objects.get().rerate_from == min(month, Month(2023, 1))

    @pytest.mark.parametrize("who", ["reporter", "leader", "auditor", "stranger"])
    def test_is_the_offices(self, cast: Cast, who: str) -> None:
        row = project(cast)
        row.owner = "丙公司"
        with pytest.raises(NotAllowed):
            edit(row, seen=0, by=cast.person(who))
        assert Project.objects.get().owner == ""

    def test_cannot_give_a_project_out_of_the_own_reach(self, cast: Cast) -> None:
        row = project(cast)
        row.unit = cast.elsewhere
        with transaction.atomic(), pytest.raises(NotAllowed):
            edit(row, seen=0, by=cast.office)
        assert Project.objects.get().unit == cast.town


class TestPhases:
    def test_enter_where_they_stand_since_when(self, cast: Cast) -> None:
        row = phase(project(cast), stage=Stage.BUILDING, since=datetime.date(2022, 5, 1))
        change = StageChange.objects.get()
        assert (change.phase, change.from_stage, change.stage) == (row, "", "building")
        assert change.happened_on == datetime.date(2022, 5, 1)
        assert last_entry().after == {"number": 1, "name": "一期", "content": "", "stage": "building"}
        assert Project.objects.get().stage == "building"

    def test_that_nobody_has_placed_have_no_history(self, cast: Cast) -> None:
        phase(project(cast))
        assert not StageChange.objects.exists()
        assert Project.objects.get().stage == ""

    def test_leave_the_days_alone_that_somebody_typed(self, cast: Cast) -> None:
        started = datetime.date(2023, 3, 1)
        phase(project(cast, actual_start=started))
        assert Project.objects.get().actual_start == started

    def test_of_a_number_twice_are_refused_in_words(self, cast: Cast) -> None:
        row = phase(project(cast))
        with pytest.raises(Refused) as refusal, transaction.atomic():
            phase(row.project)
        assert refusal.value.field == "number"

    def test_keep_their_stage_until_a_component_is_placed(self, cast: Cast) -> None:
        row = phase(project(cast), stage=Stage.BUILDING, since=datetime.date(2023, 5, 1))
        component(row)
        assert Phase.objects.get().stage == "building"
        assert Project.objects.get().stage == "building"
        component(row, 2, Stage.INSTALLING)
        assert Phase.objects.get().stage == "installing"


class TestComponents:
    def test_of_a_number_twice_are_refused_in_words(self, cast: Cast) -> None:
        row = phase(project(cast))
        component(row)
        with pytest.raises(Refused) as refusal, transaction.atomic():
            component(row)
        assert refusal.value.field == "number"

    def test_make_the_phase_follow_them(self, cast: Cast) -> None:
        row = phase(project(cast), stage=Stage.STARTED)
        component(row, 1, Stage.OPERATING)
        component(row, 2, Stage.BUILDING)
        assert (Phase.objects.get().stage, Phase.objects.get().partly_operating) == ("building", True)
        assert last_entry().after["stage"] == "building"

    @pytest.mark.parametrize("who", ["reporter", "leader", "stranger"])
    def test_and_phases_are_added_by_the_office(self, cast: Cast, who: str) -> None:
        row = phase(project(cast))
        with pytest.raises(NotAllowed):
            add_component(Component(phase=row, number=1, name="1号线"), by=cast.person(who), at=AT)
        with pytest.raises(NotAllowed):
            add_phase(Phase(project=row.project, number=2, name="二期"), by=cast.person(who), at=AT)
        assert (Phase.objects.count(), Component.objects.count()) == (1, 0)


class TestEditingAPart:
    def test_keeps_the_stage_and_journals_what_differs(self, cast: Cast) -> None:
        row = phase(project(cast), stage=Stage.SIGNED)
        row.name = "首期"
        edit_part(row, by=cast.office, at=AT, seen=0)
        stored = Phase.objects.get()
        assert (stored.name, stored.stage, stored.version) == ("首期", "signed", 1)
        assert (last_entry().before, last_entry().after) == ({"name": "一期"}, {"name": "首期"})

    def test_the_second_of_two_is_refused(self, cast: Cast) -> None:
        row = component(phase(project(cast)))
        edit_part(row, by=cast.office, at=AT, seen=0)
        with translation.override("en"), pytest.raises(Stale, match="office saved this meanwhile"):
            edit_part(row, by=cast.admin, at=AT, seen=0)

    def test_to_a_number_that_is_taken_is_refused_in_words(self, cast: Cast) -> None:
        row = phase(project(cast))
        other = phase(row.project, 2)
        other.number = 1
        with pytest.raises(Refused) as refusal, transaction.atomic():
            edit_part(other, by=None, at=AT, seen=0)
        assert refusal.value.field == "number"


class TestCapacity:
    def capacity(self, part: Any, **more: Any) -> Capacity:
        kind = "component" if isinstance(part, Component) else "phase"
        return Capacity(**{kind: part, "product": "组件", "planned": Decimal(6), "unit": "GW", **more})

    def test_is_journalled_on_its_part(self, cast: Cast) -> None:
        part = phase(project(cast))
        set_capacity(self.capacity(part), by=cast.office, at=AT)
        entry = last_entry()
        assert (entry.subject_type, entry.subject_id, entry.verb) == ("phase", part.pk, "set_capacity")
        assert (entry.before, entry.after["planned"]) == ({}, "6")

    def test_may_be_corrected_beyond_the_plan(self, cast: Cast) -> None:
        row = set_capacity(self.capacity(phase(project(cast))), by=None, at=AT)
        row.commissioned = Decimal("6.5")
        set_capacity(row, by=None, at=AT)
        assert Capacity.objects.get().commissioned == Decimal("6.5")
        assert set(last_entry().after) == {"commissioned"}

    def test_of_the_same_product_and_unit_is_kept_once(self, cast: Cast) -> None:
        part = component(phase(project(cast)))
        set_capacity(self.capacity(part), by=None, at=AT)
        with pytest.raises(Refused) as refusal, transaction.atomic():
            set_capacity(self.capacity(part), by=None, at=AT)
        assert refusal.value.field == "product"
        set_capacity(self.capacity(part, unit="万片"), by=None, at=AT)
        assert Capacity.objects.count() == 2

    @pytest.mark.parametrize("who", ["reporter", "leader", "stranger"])
    def test_is_set_by_the_office(self, cast: Cast, who: str) -> None:
        part = phase(project(cast))
        with pytest.raises(NotAllowed):
            set_capacity(self.capacity(part), by=cast.person(who), at=AT)
        assert not Capacity.objects.exists()


def test_a_part_that_enters_the_register_at_a_stage_marks_all_months_as_due(cast: Cast) -> None:
    row = project(cast)
    Project.objects.update(rerate_from=None)
    add_phase(Phase(project=row, number=1, name="一期"), position=Position(Stage.SIGNED), by=None, at=AT)
    assert Project.objects.get().rerate_from == Month(2023, 1)
    assert TODAY.year == 2023
