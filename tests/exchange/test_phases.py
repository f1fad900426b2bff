"""Phases and their stages in sheets: added, edited and moved as on the pages, with the day, and taken back."""

import datetime
from typing import Any

import pytest
from django.utils import translation

from projects.core.refusals import Refused
from projects.exchange.actions.dry_run import try_out
from projects.exchange.actions.importing import import_batch
from projects.exchange.actions.undoing import ChangedSince, undo_batch
from projects.exchange.models import ImportBatch
from projects.exchange.verdicts import Cell, Outcome, SheetRow, Verdict
from projects.register.actions.registering import set_capacity
from projects.register.models import Capacity, Phase, Project, StageChange
from projects.register.stages import Stage
from tests.cast import AT, TODAY, Cast, component, phase, project
from tests.exchange.batch import checked, undoing
from tests.exchange.sheets import asked, row

MARCH, JUNE, AUGUST = (datetime.date(2023, month, 1) for month in (3, 6, 8))
WHY = {"move_reason": "手续补办中"}
NEW = {"code": "N-1", "name": "向阳小学新建工程", "unit": "税郭镇", "category": "产业"}


@pytest.fixture
def plant(cast: Cast) -> Project:
    """A plant whose first phase is being built since March and whose second one is prepared."""
    one = project(cast, name="异质结电池项目")
    phase(one, 1, Stage.BUILDING, MARCH)
    phase(one, 2, Stage.PREPARING, MARCH)
    return one


@pytest.fixture
def road(cast: Cast) -> Project:
    """A road of one phase."""
    one = project(cast, "R-1", name="解放路改造工程")
    phase(one, 1, Stage.BUILDING, MARCH)
    return one


def tried(cast: Cast, kind: str, *rows: SheetRow, who: str = "office") -> list[Verdict]:
    return try_out(rows, asked(cast.person(who), kind))


def imported(cast: Cast, kind: str, *rows: SheetRow, who: str = "office") -> ImportBatch:
    order = asked(cast.person(who), kind)
    return import_batch(checked(order, *rows), order)


def standing(of: Project) -> list[tuple[Any, ...]]:
    """All that a project and its phases say of their stages."""
    of.refresh_from_db()
    rows = of.phases.order_by("number").values_list("number", "name", "content", "stage", "step", "reached_on")
    return [(of.stage, of.step, of.actual_start, of.actual_finish), *rows]


class TestTheSheetOfPhases:
    def test_moves_a_phase_with_its_day(self, cast: Cast, plant: Project) -> None:
        sheet = row(code="P-1", phase_number=1, stage="在建 · 主体", reached_on=JUNE)
        [verdict] = tried(cast, "phases", sheet)
        assert verdict.cells == [Cell("stage", "在建", "在建 · 主体"), Cell("reached_on", "2023-03-01", "2023-06-01")]
        assert standing(plant)[1][3:] == ("building", "", MARCH)
        imported(cast, "phases", sheet)
        assert standing(plant)[1][3:] == ("building", "structure", JUNE)
        assert StageChange.objects.order_by("-id")[0].by == cast.office
        assert tried(cast, "phases", sheet)[0].outcome == Outcome.UNCHANGED

    def test_edits_and_moves_in_one_row(self, cast: Cast, plant: Project) -> None:
        told = {"phase_name": "二期工程", "phase_content": "6GW", "stage": "开工", "reached_on": JUNE, **WHY}
        imported(cast, "phases", row(code="P-1", phase_number=2, **told))
        assert standing(plant)[2] == (2, "二期工程", "6GW", "started", "", JUNE)

    def test_adds_a_phase_where_it_stands(self, cast: Cast, plant: Project) -> None:
        sheet = row(code="P-1", phase_number=3, phase_name="三期", stage="谋划", reached_on=JUNE)
        [verdict] = tried(cast, "phases", sheet)
        assert verdict.outcome == Outcome.NEW
        assert Cell("phase_name", None, "三期") in verdict.cells
        imported(cast, "phases", sheet)
        assert standing(plant)[3] == (3, "三期", "", "conceived", "", JUNE)

    def test_finds_a_phase_by_its_name_and_counts_on(self, cast: Cast, plant: Project) -> None:
        known = row(3, code="P-1", phase_name=" 一 期 ", stage="在建")
        new = row(4, code="P-1", phase_name="扩建")
        assert [each.outcome for each in tried(cast, "phases", known, new)] == [Outcome.UNCHANGED, Outcome.NEW]
        imported(cast, "phases", known, new)
        assert standing(plant)[3][:2] == (3, "扩建")

    def test_tells_what_it_leaves(self, cast: Cast, plant: Project) -> None:
        part = component(plant.phases.get(number=1), 1, Stage.BUILDING)
        told = f"{part.name} 在建"
        common = {"code": "P-1", "phase_number": 1}
        assert tried(cast, "phases", row(**common, parts=told, capacity="", stage="在建"))[0].remarks == []
        [other] = tried(cast, "phases", row(**common, parts=f"{part.name} 竣工", capacity="6GW", reached_on=AUGUST))
        assert other.outcome == Outcome.UNCHANGED
        assert "子项、产能" in other.remarks[1]

    @pytest.mark.parametrize(
        ("told", "column", "words"),
        [
            ({"stage": "竣工"}, "D", "进入阶段时间"),
            ({"stage": "竣工", "reached_on": MARCH}, "E", "进入阶段时间"),  # left from the stage before
            ({"stage": "竣工", "reached_on": datetime.date(2023, 1, 1)}, "E", "2023-03-01"),
            ({"stage": "竣工", "reached_on": TODAY + datetime.timedelta(days=1)}, "E", "晚于今天"),
            ({"stage": "前期", "reached_on": JUNE, "move_reason": ""}, "F", "原因"),
            ({"stage": "快完工", "reached_on": JUNE}, "D", "设备安装调试"),
            ({"stage": "部分投产", "reached_on": JUNE}, "D", "设备安装调试"),
            ({"phase_name": "一" * 61}, "D", "60"),
        ],
    )
    def test_is_refused_where_it_stands(
        self, cast: Cast, plant: Project, told: dict[str, Any], column: str, words: str
    ) -> None:
        sheet = row(code="P-1", name=plant.name, phase_number=1, **told)
        [verdict] = tried(cast, "phases", sheet)
        assert verdict.outcome == Outcome.REFUSED
        assert [each.column for each in verdict.objections] == [column], verdict.objections
        assert words in verdict.objections[0].why

    def test_asks_why_it_goes_on_without_what_is_missing(self, cast: Cast, plant: Project) -> None:
        common = {"code": "P-1", "phase_number": 2, "stage": "开工", "reached_on": JUNE}
        [bare] = tried(cast, "phases", row(**common))
        assert bare.outcome == Outcome.REFUSED
        assert "阶段变更原因" in bare.objections[0].why
        imported(cast, "phases", row(**common, **WHY))
        assert StageChange.objects.order_by("-id")[0].skip_reason == WHY["move_reason"]

    def test_with_components_follows_them(self, cast: Cast, plant: Project) -> None:
        component(plant.phases.get(number=1), 1, Stage.BUILDING)
        [verdict] = tried(cast, "phases", row(code="P-1", phase_number=1, stage="竣工", reached_on=JUNE, **WHY))
        assert "子项" in verdict.objections[0].why

    def test_which_phase_is_meant_must_be_said_once(self, cast: Cast, plant: Project) -> None:
        rows = [row(3, code="P-1"), *(row(number, code="P-1", phase_number=1, phase_content="甲") for number in (4, 5))]
        unnamed, first, second = tried(cast, "phases", *rows, row(6, code="P-1", phase_number=9))[:3]
        assert [each.outcome for each in (unnamed, first, second)] == [Outcome.REFUSED, "changed", Outcome.REFUSED]
        [unknown] = tried(cast, "phases", row(code="P-1", phase_number=9))
        assert (unknown.outcome, unknown.objections[0].column) == (Outcome.REFUSED, "B")


class TestAUnit:
    def test_moves_its_own_and_leaves_what_the_office_keeps(self, cast: Cast, plant: Project) -> None:
        told = {"phase_name": "一期工程", "stage": "在建 · 封顶", "reached_on": JUNE}
        sheet = row(code="P-1", phase_number=1, **told)
        [verdict] = tried(cast, "phases", sheet, who="reporter")
        assert [cell.field for cell in verdict.cells] == ["stage", "reached_on"]
        assert len(verdict.remarks) == 1
        imported(cast, "phases", sheet, who="reporter")
        assert standing(plant)[1][1:5] == ("一期", "", "building", "topped_out")

    def test_adds_no_phase_and_reaches_no_other_units_project(self, cast: Cast, plant: Project) -> None:
        new = row(3, code="P-1", phase_number=3, phase_name="三期")
        assert tried(cast, "phases", new, who="reporter")[0].outcome == Outcome.REFUSED
        moved = row(code="P-1", phase_number=1, stage="竣工", reached_on=JUNE, **WHY)
        assert tried(cast, "phases", moved, who="other_reporter")[0].outcome == Outcome.REFUSED
        assert len(standing(plant)) == 3


class TestTheRegister:
    def test_moves_the_only_phase(self, cast: Cast, road: Project) -> None:
        [lacking] = tried(cast, "register", row(code="R-1", stage="在建 · 主体"))
        assert "进入阶段时间" in lacking.objections[0].why
        imported(cast, "register", row(code="R-1", location="新地方", stage="在建 · 主体", reached_on=JUNE))
        assert standing(road)[0][:2] == ("building", "structure")
        assert road.location == "新地方"

    def test_moves_those_of_several_that_stand_elsewhere(self, cast: Cast, plant: Project) -> None:
        assert tried(cast, "register", row(code="P-1", stage="一期 在建、二期 前期"))[0].outcome == Outcome.UNCHANGED
        sheet = row(code="P-1", stage="一期 在建 · 主体、二期 前期", reached_on=JUNE)
        [verdict] = tried(cast, "register", sheet)
        assert verdict.cells[0] == Cell("stage", "一期 在建", "一期 在建 · 主体")
        imported(cast, "register", sheet)
        assert [each[3:5] for each in standing(plant)[1:]] == [("building", "structure"), ("preparing", "")]
        [vague] = tried(cast, "register", row(code="P-1", stage="竣工", reached_on=JUNE))
        assert "一期 在建 · 主体、二期 前期" in vague.objections[0].why

    def test_registers_a_new_project_with_its_phase_where_it_stands(self, cast: Cast) -> None:
        batch = imported(cast, "register", row(**NEW, phase_name="首期", stage="洽谈", reached_on=JUNE))
        found = Project.objects.get()
        assert standing(found)[1:] == [(1, "首期", "", "in_talks", "", JUNE)]
        undo_batch(batch, undoing(cast, "office"))
        assert not Project.objects.exists()
        assert not StageChange.objects.exists()


class TestTakingBack:
    def test_leaves_all_as_it_was(self, cast: Cast, plant: Project) -> None:
        of = plant.phases.get(number=1)
        set_capacity(Capacity(phase=of, product="电池", planned=6, commissioned=3, unit="GW"), by=None, at=AT)
        before, moves = standing(plant), StageChange.objects.count()
        told = {"phase_name": "一期工程", "stage": "投产", "reached_on": JUNE, **WHY}
        rows = [row(3, code="P-1", phase_number=1, **told), row(4, code="P-1", phase_number=3, phase_name="三期")]
        batch = imported(cast, "phases", *rows)
        assert Capacity.objects.get().commissioned == 6
        assert len(standing(plant)) == 4
        undo_batch(batch, undoing(cast, "office"))
        assert standing(plant) == before
        assert StageChange.objects.count() == moves
        assert Capacity.objects.get().commissioned == 3

    def test_of_the_last_phase_finished_takes_the_finish_away(self, cast: Cast, road: Project) -> None:
        before = standing(road)
        batch = imported(cast, "phases", row(code="R-1", phase_number=1, stage="竣工", reached_on=JUNE, **WHY))
        assert standing(road)[0][3] == JUNE
        undo_batch(batch, undoing(cast, "office"))
        assert standing(road) == before

    def test_is_refused_once_somebody_went_on(self, cast: Cast, plant: Project) -> None:
        batch = imported(cast, "phases", row(code="P-1", phase_number=3, phase_name="三期"))
        later = imported(cast, "phases", row(code="P-1", phase_number=3, stage="谋划", reached_on=JUNE))
        with pytest.raises(ChangedSince):
            undo_batch(batch, undoing(cast, "office"))
        undo_batch(later, undoing(cast, "office"))
        of = Phase.objects.get(number=3)
        component(of, 1)
        Phase.objects.filter(pk=of.pk).update(version=0)
        with pytest.raises(Refused, match="三期"):
            undo_batch(batch, undoing(cast, "office"))


def test_a_register_in_another_language_says_the_same(cast: Cast, plant: Project) -> None:
    part = component(plant.phases.get(number=1), 1, Stage.OPERATING)
    component(part.phase, 2, Stage.BUILDING)
    with translation.override("en"):
        for told in ("一期 部分投产、二期 前期", "一期 Partly operating、二期 Preparing"):
            assert tried(cast, "register", row(code="P-1", stage=told))[0].outcome == Outcome.UNCHANGED, told
