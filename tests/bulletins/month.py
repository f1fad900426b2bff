"""A month of the cast with a bulletin in any stage."""

import datetime
from typing import Any

from projects.accounts.models import User
from projects.bulletins.actions import publishing, rate_month
from projects.bulletins.models import Bulletin
from projects.core.month import Month
from projects.register.models import Project
from projects.register.stages import Stage
from tests.cast import AT, SEPTEMBER, TODAY, WAN, Cast, component, figures, phase, plan, project

OBJECTIONS_UNTIL = TODAY + datetime.timedelta(days=2)
LATER = AT + datetime.timedelta(days=3)  # the day after objections end


def district_of_three(cast: Cast) -> list[Project]:
    """A blue, a yellow and a red project in September, each with a phase, a component and figures."""
    rows = []
    for number, percent in ((1, 80), (2, 60), (3, 40)):
        row = project(cast, f"P-{number}", leader=cast.boss, total_investment=1000 * WAN)
        component(phase(row, 1, Stage.BUILDING, TODAY.replace(month=1)), 1, Stage.BUILDING)
        plan(row, 100 * WAN)
        figures(row, Month(2023, 8), percent * WAN)
        figures(row, SEPTEMBER, 0)
        rows.append(row)
    Project.objects.update(entered_statistics_on=datetime.date(2023, 2, 1), actual_start=datetime.date(2023, 1, 9))
    for month in (Month(2023, 8), SEPTEMBER):
        rate_month(month, current=month == SEPTEMBER)
    Project.objects.update(rerate_from=None)
    return rows


def begun(cast: Cast, month: Month = SEPTEMBER) -> Bulletin:
    return publishing.begin_bulletin(cast.district, month, by=cast.office, at=AT)


def circulated(cast: Cast, month: Month = SEPTEMBER) -> Bulletin:
    draft = begun(cast, month)
    return publishing.circulate(draft, objections_until=OBJECTIONS_UNTIL, by=cast.office, at=AT, seen=draft.version)


def published(cast: Cast, month: Month = SEPTEMBER, *, by: User | None = None, **more: Any) -> Bulletin:
    draft = circulated(cast, month)
    given: dict[str, Any] = {"at": LATER, "through": SEPTEMBER, "seen": draft.version, **more}
    return publishing.publish(draft, by=by or cast.office, **given)
