"""How the columns of a sheet look: how wide they are, which may be filled in, which stand together."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from projects.core.month import Month
from projects.exchange.columns import Column, Kind, column, usual_columns

USUAL = 10  # signs; a Chinese one counts as two

WIDTHS = {
    "number": 5, "code": 10, "name": 24, "short_name": 16, "owner": 16, "location": 14, "labels": 9, "category": 8,
    "nature": 6, "content": 26, "build_span": 9, "goal": 18, "completion_rate": 8, "planned_start": 11,
    "actual_start": 11, "entered_statistics_on": 11, "planned_finish": 11, "actual_finish": 11, "image": 28,
    "approvals": 20, "next_month_plan": 26, "problem": 20, "request": 20, "leader": 9, "responsible": 8, "contact": 13,
    "contact_phone": 14, "note": 16, "state": 10, "explanation": 18, "reason": 14, "stage": 18, "sector": 12,
    "town": 12, "milestone": 26, "planned_on": 11, "forecast_on": 11, "done_on": 11, "reached_on": 11,
    "not_applicable_reason": 20, "document_number": 20, "phase_content": 26, "move_reason": 20, "parts": 26,
    "capacity": 22,
}  # fmt: skip

# What the unit fills in on its month sheet; all else is known, and locked but for what KEPT names.
FILLED_IN = (
    "invested_this_month", "invested_statistics", "image", "next_month_plan", "problem", "request",
    "next_month_amount", "explanation", "reason",
)  # fmt: skip

BESIDES = ("state", "next_month_amount", "explanation", "reason")  # behind the columns of the usual month sheet

# The upper row of headings of the month sheet, with the last column that each covers.
GROUPS = (
    (_("What the project is"), "build_span"),
    (_("Investment (10,000 yuan)"), "invested_statistics"),
    (_("Time and statistics"), "planned_finish"),
    (_("How far it has come"), "request"),
    (_("Who answers for it"), "contact"),
    (_("Remarks and explanations"), "reason"),
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a sheet that is written: its code, what stands above it, and what its cells hold."""

    code: str
    words: str
    reads: str

    @property
    def width(self) -> int:
        return WIDTHS.get(self.code, USUAL)


def headings(columns: Iterable[Column], month: Month) -> list[Heading]:
    """The columns as a sheet of this month has them."""
    return [Heading(each.code, each.written(year=month.year, month=month.number), each.reads.value) for each in columns]


def month_headings(month: Month) -> list[Heading]:
    """The columns of the month sheet as it circulates, and behind them those that a report needs besides."""
    added = [column(Kind.MONTH, code) for code in BESIDES]
    return headings([*usual_columns(Kind.MONTH), *added], month)
