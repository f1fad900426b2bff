"""A row says what its line says, for whoever looks, and is written anew when any of it changes."""

from typing import Any

import pytest
from django.utils import translation
from django.utils.html import escape

from projects.bulletins.actions import open_month, rerate_changed
from projects.bulletins.models import Line
from projects.bulletins.queries import palette_in_force
from projects.portfolio.rows import rows
from projects.register.models import Project
from projects.register.stages import Stage
from tests.cast import SEPTEMBER, TODAY, WAN, Cast, figures, phase, plan, project

HOSTILE = """<script>alert("1")</script>'&"""


@pytest.fixture
def row(cast: Cast) -> Project:
    """A project in red with two phases."""
    found = project(cast, "P-1", leader=cast.boss, total_investment=48_000 * WAN)
    phase(found, 1, Stage.BUILDING, TODAY)
    phase(found, 2)
    plan(found, 8_000 * WAN)
    figures(found, SEPTEMBER, 3_040 * WAN)
    open_month(SEPTEMBER, through=SEPTEMBER)
    return found


def drawn(**look: Any) -> str:
    ids = list(Line.objects.order_by("id").values_list("id", flat=True))
    return "".join(rows(ids, SEPTEMBER, palette_in_force(SEPTEMBER), **look))


def test_all_is_there(cast: Cast, row: Project) -> None:
    shown = drawn()
    for text in (
        "项目P-1",
        "税郭镇",
        "王区长",
        "48,000",
        "8,000",
        "3,040",
        "38.0",
        "−37.0",
        "一期 在建",
        "2023-<wbr>10-10",
    ):
        assert text in shown, text
    assert shown.startswith('<tr class="edge-red">')
    assert "■" in shown


def test_what_is_behind_is_bold_and_what_is_ahead_is_not(cast: Cast, row: Project) -> None:
    assert "<b>−37.0</b>" in drawn()
    Line.objects.update(lead_tenths=130)
    assert "<br>+13.0" in drawn()
    assert "<b>" not in drawn()


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"short_name": "新名"}, "新名"),
        ({"unit_name": "孟庄镇"}, "孟庄镇"),
        ({"year_plan": 9_000 * WAN}, "9,000"),
        ({"completion_tenths": 555}, "55.5"),
        ({"phases": [[1, "东区", "operating", "", False]]}, "投产"),
        ({"halted": "suspended"}, "停建"),
        ({"level": 0, "severity": 0}, "edge-blue"),
    ],
)
def test_a_change_shows_at_once(cast: Cast, row: Project, change: dict[str, Any], text: str) -> None:
    assert text not in drawn()
    Line.objects.update(**change)
    assert text in drawn()


def test_each_language_has_its_own(cast: Cast, row: Project) -> None:
    with translation.override("en"):
        english = drawn()
    assert "Building" in english
    assert "Building" not in drawn()


def test_only_who_reaches_a_project_gets_the_way_to_its_moves(cast: Cast, row: Project) -> None:
    link, box = 'href="P-1/phases/1/move/"', 'value="P-1"'
    assert link in drawn(picks=True, reach=cast.town.path)
    assert box in drawn(picks=True, reach=cast.district.path)
    for shown in (drawn(), drawn(picks=True), drawn(picks=True, reach=cast.other_town.path)):
        assert link not in shown
        assert box not in shown
    assert drawn(picks=True).count("<td>") == drawn().count("<td>") + 1


def test_addresses_lead_on_from_where_the_list_is(cast: Cast, row: Project) -> None:
    assert 'href="P-1/?month=2023-09"' in drawn()
    assert 'href="/projects/P-1/?month=2023-09"' in drawn(at="/projects/")


def test_texts_are_escaped(cast: Cast, row: Project) -> None:
    Line.objects.update(
        name=HOSTILE,
        short_name=HOSTILE,
        unit_name=HOSTILE[:30],
        leader_name=HOSTILE,
        phases=[[1, HOSTILE, "", "", False], [2, "b", "", "", False]],
    )
    shown = drawn(picks=True, reach=cast.town.path)
    assert "<script" not in shown
    assert shown.count(escape(HOSTILE)) >= 5


def test_the_order_asked_for_is_kept_and_what_is_gone_left_out(cast: Cast, row: Project) -> None:
    project(cast, "P-2")
    rerate_changed(through=SEPTEMBER)
    first, second = Line.objects.order_by("id").values_list("id", flat=True)
    found = rows([second, 10**9, first], SEPTEMBER, palette_in_force(SEPTEMBER))
    assert ["项目P-2" in found[0], "项目P-1" in found[1], len(found)] == [True, True, 2]
