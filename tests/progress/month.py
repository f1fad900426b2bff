"""A month of the cast: opened with its usual days, and a report in any state."""

import datetime
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from projects.accounts.models import User
from projects.core.month import Month
from projects.progress.actions import periods, reporting, reviewing
from projects.progress.checking import Written
from projects.progress.models import MonthlyReport, Period
from projects.register.models import Project
from tests.cast import SEPTEMBER, TODAY, WAN, Cast

SHANGHAI = ZoneInfo("Asia/Shanghai")
LOCK = datetime.date(2023, 10, 15)
FULL = Written(invested_this_month=100 * WAN, image="主体施工至三层", next_steps="四层施工")


def at(day: datetime.date = TODAY, hour: int = 9, minute: int = 30, second: int = 0) -> datetime.datetime:
    """A moment of a local day."""
    return datetime.datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=SHANGHAI)


def opened(month: Month = SEPTEMBER, day: datetime.date = TODAY) -> Period:
    """The month, open for reports."""
    return periods.open_period(month, by=None, at=at(day), today=day)


def asked(project: Project, month: Month = SEPTEMBER) -> MonthlyReport:
    """The report that is asked of a project."""
    report: MonthlyReport = MonthlyReport.objects.select_related("project__unit").get(project=project, month=month)
    return report


def written(project: Project, month: Month = SEPTEMBER, *, by: User | None = None, **said: Any) -> MonthlyReport:
    """A complete draft."""
    words = Written(**{**{name: getattr(FULL, name) for name in FULL.__dataclass_fields__}, **said})
    return reporting.save_draft(asked(project, month), words, by=by, at=at(), seen=None)


def submitted(project: Project, month: Month = SEPTEMBER, *, by: User | None = None, **said: Any) -> MonthlyReport:
    report = written(project, month, by=by, **said)
    return reporting.submit(report, by=by, at=at(), seen=report.version)


def approved(project: Project, month: Month = SEPTEMBER, *, by: User | None = None, **said: Any) -> MonthlyReport:
    report = submitted(project, month, by=by, **said)
    return reviewing.approve(report, by=None, at=at(), seen=report.version)


def returned(project: Project, month: Month = SEPTEMBER, *, by: User | None = None) -> MonthlyReport:
    report = submitted(project, month, by=by)
    return reviewing.send_back(report, {"": "请补充形象进度"}, by=None, at=at(), seen=report.version)


def in_state(state: str, project: Project, cast: Cast, month: Month = SEPTEMBER) -> MonthlyReport:
    """A report of the town's reporter in any state."""
    if state == "due":
        return asked(project, month)
    make: dict[str, Callable[..., MonthlyReport]] = {
        "draft": written, "submitted": submitted, "returned": returned, "approved": approved,
    }  # fmt: skip
    return make[state](project, month, by=cast.reporter)
