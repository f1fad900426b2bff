"""How the columns of a sheet look: how wide they are, which may be filled in, which stand together."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from projects.core.month import Month
from projects.exchange.columns import Column, Kind, column, usual_columns

NARROW, USUAL, WIDE, WORDS = 9, 12, 20, 30  # signs

WIDTHS = {
    "number": 5, "code": 13, "name": 28, "short_name": USUAL + 4, "owner": WIDE, "location": WIDE, "labels": USUAL,
    "category": NARROW, "nature": NARROW, "content": WORDS, "build_span": USUAL, "goal": WIDE + 4,
    "completion_rate": NARROW, "entered_statistics_on": USUAL, "image": WORDS, "approvals": WIDE + 4,
    "next_month_plan": WORDS, "problem": WIDE + 4, "request": WIDE + 4, "contact": USUAL + 2, "note": WIDE,
    "explanation": WIDE, "reason": WIDE, "stage": WIDE, "sector": USUAL, "milestone": WIDE + 4,
    "not_applicable_reason": WIDE, "document_number": WIDE, "phase_content": WORDS,
}  # fmt: skip

# What the unit fills in on its month sheet; all else is known, and locked.
FILLED_IN = (
    "invested_this_month", "invested_statistics", "image", "next_month_plan", "next_month_amount", "explanation",
    "reason",
)  # fmt: skip

BESIDES = ("next_month_amount", "explanation", "reason")  # behind the columns of the usual month sheet

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
