"""A district with a project of every kind, and one in the district beside it that nobody here may see."""

import datetime
from typing import Any

import pytest
from pytest_django import Settings

from projects.bulletins.actions import open_month, rerate_changed
from projects.bulletins.models import Line
from projects.core.month import Month
from projects.register.actions.halting import Halt, halt_project
from projects.register.models import Category, Exemption, Leader, LevelLabel, Project, Sector
from projects.register.stages import Stage
from tests import cast as actors
from tests.cast import AT, GRANTED, SEPTEMBER, TODAY, WAN, Cast

AUGUST = Month(2023, 8)
LONG_AGO, LATELY = datetime.date(2022, 3, 1), datetime.date(2023, 9, 1)  # standing still too long, and not yet
SINCE_2022 = {"planned_start": datetime.date(2022, 3, 1), "actual_start": datetime.date(2022, 3, 1)}
ENTERED: dict[str, Any] = {**SINCE_2022, "entered_statistics_on": datetime.date(2022, 3, 20)}


@pytest.fixture(autouse=True)
def _standing_clock(settings: Settings) -> None:
    settings.TODAY = TODAY


def placed(
    code: str, cast: Cast, stage: Stage | None, *, planned: int = 0, invested: int | None = None,
    since: datetime.date = LONG_AGO, **facts: Any,
) -> Project:  # fmt: skip
    """A project with one phase at `stage` `since` that day, a plan and an August figure (万元)."""
    row = actors.project(cast, code, **facts)
    actors.phase(row, 1, stage, since if stage else None)
    if planned:
        actors.plan(row, planned * WAN)
    if invested is not None:
        actors.figures(row, AUGUST, invested * WAN)
    return row


@pytest.fixture
def district(cast: Cast) -> dict[str, Project]:
    """The projects by code; `E-1` is the neighbour's."""
    welfare = Category.objects.create(name="民生", position=2)
    energy = Sector.objects.create(name="新能源")
    provincial, municipal = (LevelLabel.objects.create(name=name) for name in ("省重点", "市重点"))
    lee = Leader.objects.create(name="李书记", unit=cast.other_town)
    rows = [
        placed(
            "A-1", cast, Stage.BUILDING, planned=1200, invested=1000, name="年产6GW高效电池项目", short_name="泉为",
            owner="Quanwei 新能源有限公司", sector=energy, labels=[provincial, municipal], leader=cast.boss,
            total_investment=36_000 * WAN, **ENTERED,
        ),
        placed(
            "A-2", cast, Stage.STARTED, planned=1200, invested=780, name="锦绣花园棚户区改造", short_name="锦绣花园",
            unit=cast.other_town, category=welfare, labels=[municipal], leader=lee, total_investment=8_000 * WAN,
            **ENTERED,
        ),
        placed(
            "A-3", cast, Stage.BUILDING, planned=1200, invested=240, name="100%纯棉_纺织项目", short_name="纯棉纺织",
            leader=lee, total_investment=9_000 * WAN, **ENTERED,
        ),
        placed(
            "A-4", cast, Stage.BUILDING, planned=1200, name="100纯棉织造项目", short_name="棉织造",
            total_investment=9_000 * WAN, **ENTERED,
        ),
        placed(
            "A-5", cast, Stage.CONCEIVED, name="储备道路项目", short_name="储备道路", project_class="reserve",
            since=LATELY,
        ),
        placed(
            "A-6", cast, Stage.SIGNED, name="签约电子项目", short_name="签约电子", project_class="lead", sector=energy,
            total_investment=20_000 * WAN, since=LATELY,
        ),
        placed(
            "A-7", cast, Stage.IN_TALKS, name="洽谈化工项目", short_name="洽谈化工", project_class="lead",
            unit=cast.district, total_at_least=15_000 * WAN, since=LATELY,
        ),
        placed(
            "A-8", cast, Stage.PREPARING, name="逾期未开工项目", short_name="逾期未开工", unit=cast.other_town,
            planned_start=datetime.date(2023, 3, 1),
        ),
        placed(
            "A-9", cast, Stage.BUILDING, planned=500, invested=10, name="豁免学校项目", short_name="豁免学校",
            category=welfare, **ENTERED,
        ),
        placed(
            "A-10", cast, Stage.BUILDING, planned=800, invested=100, name="停建厂房项目", short_name="停建厂房",
            **ENTERED,
        ),
        placed("A-11", cast, None, name="部分投产项目", short_name="部分投产", project_class=""),
        placed(
            "A-12", cast, Stage.OPERATING, planned=600, invested=600, name="已投产医院", short_name="已投产医院",
            unit=cast.district, category=welfare, total_investment=600_0001, **ENTERED,
        ),
        placed(
            "E-1", cast, Stage.BUILDING, planned=1200, invested=100, name="薛城泉为分厂", short_name="薛城泉为",
            unit=cast.elsewhere, total_investment=77_777 * WAN, **ENTERED,
        ),
    ]  # fmt: skip
    found = {row.code: row for row in rows}
    granted = {**GRANTED, "reason": "force_majeure", "note": "汛期"}
    Exemption.objects.create(project=found["A-9"], first_month=AUGUST, last_month=SEPTEMBER, **granted)
    halt = Halt("suspended", datetime.date(2023, 8, 20), "land")
    found["A-10"].refresh_from_db()
    halt_project(found["A-10"], halt, by=None, at=AT, today=TODAY, seen=found["A-10"].version)
    composed = found["A-11"].phases.get()
    actors.component(composed, 1, Stage.OPERATING)
    actors.component(composed, 2, Stage.BUILDING)
    for day, code in enumerate(("A-3", "A-1", "A-6"), 1):
        Project.objects.filter(code=code).update(changed_at=AT - datetime.timedelta(days=day))
    open_month(SEPTEMBER, through=SEPTEMBER)
    rerate_changed(through=SEPTEMBER)
    return found


def lines(cast: Cast, month: Month = SEPTEMBER) -> list[Line]:
    """What the district's list should show: every line but the neighbour's."""
    return list(Line.objects.filter(month=month).exclude(code="E-1").order_by("id"))
