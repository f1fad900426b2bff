"""A district whose towns are ranked: one project each, with so many percent of its plan invested."""

from collections.abc import Sequence

from projects.accounts.actions import found_unit
from projects.accounts.models import Unit
from projects.bulletins.actions import rate_month
from projects.core.month import Month
from projects.progress.actions.entering import Figures, enter_figures
from projects.progress.models import MonthlyReport
from projects.register.models import Project
from tests.cast import AT, SEPTEMBER, WAN, Cast, plan, project

AUGUST = Month(2023, 8)
NAMES = "甲乙丙丁戊己庚"


def town(cast: Cast, name: str, kind: str = "town") -> Unit:
    return found_unit(Unit(name=name, short_name=name, kind=kind, parent=cast.district), by=None, at=AT)


def towns(cast: Cast, percents: Sequence[int | None], *, only: Sequence[int] = range(9)) -> list[Project]:
    """A town for each figure of August (万元 of a plan of 100), without a plan for None; of these `only` some."""
    rows = []
    for place, (name, percent) in enumerate(zip(NAMES, percents, strict=False)):
        if place not in only:
            continue
        row = project(cast, f"T-{NAMES.index(name)}", unit=town(cast, f"{name}镇"), total_investment=1000 * WAN)
        if percent is not None:
            plan(row, 100 * WAN)
            invested(row, AUGUST, percent)
        rows.append(row)
    rated()
    return rows


def invested(row: Project, month: Month, amount: int) -> None:
    """The figure of a month (万元), first or corrected; below zero it takes back what was entered before."""
    report = MonthlyReport.objects.filter(project=row, month=month).first()
    seen, reason = (report.version, "更正") if report else (None, "冲减" if amount < 0 else "")
    given = Figures(amount * WAN, reason=reason)
    enter_figures(row, month, given, by=None, at=AT, open_month=SEPTEMBER, seen=seen)


def department(cast: Cast) -> Project:
    """One with a project of its own."""
    return project(cast, "D-1", unit=town(cast, "区交通局", "department"), total_investment=70 * WAN)


def rated() -> None:
    """The lines of August and September, written anew."""
    for month in (AUGUST, SEPTEMBER):
        rate_month(month, current=month == SEPTEMBER)
    Project.objects.update(rerate_from=None)
