"""Who has handed in and who has not, as a file: every report of a year that the board counts."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from projects.core import display
from projects.core.month import Month
from projects.core.sheets import Cell
from projects.progress.models import Period
from projects.progress.queries.board import EXPORTED
from projects.progress.wording import STATE_NAMES
from projects.progress.workflow import MISSING

WIDTHS = (12, 16, 14, 40, 12, 10, 8, 18, 18, 14, 18, 12, 12)


def heading() -> list[str]:
    return [
        _("Month"), _("Unit"), _("Code"), _("Project"), _("Handed in or not"), pgettext("report", "State"),
        pgettext("report", "Late"), _("First submitted"), _("Last submitted"), _("Submitted by"),
        pgettext("report", "Approved at"), _("Due on"), _("Locked after"),
    ]  # fmt: skip


def rows(reports: Iterable[tuple[Any, ...]], periods: dict[Month, Period]) -> Iterator[list[Cell]]:
    """A line for each report, from the values of EXPORTED."""
    for values in reports:
        report = dict(zip(EXPORTED, values, strict=True))
        period = periods.get(report["month"])
        yield [
            display.month_label(report["month"]),
            report["project__unit__short_name"],
            report["project__code"],
            report["project__name"],
            _standing(report),
            str(STATE_NAMES[report["state"]]),
            _("yes") if report["is_late"] else "",
            _moment(report["first_submitted_at"]),
            _moment(report["submitted_at"]),
            report["submitted_by__name"] or "",
            _moment(report["approved_at"]),
            display.day(period.due_on) if period else "",
            display.day(period.locks_on) if period else "",
        ]


def _standing(report: dict[str, Any]) -> str:
    if report["state"] not in MISSING:
        return _("handed in")
    return pgettext("report", "excused") if report["excused"] else _("not handed in")


def _moment(value: Any) -> str:
    return display.moment(value) if value else ""
