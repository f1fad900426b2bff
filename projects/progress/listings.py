"""The board as the address narrows it, and the reports behind it as a file, for an answer and for long work alike."""

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from projects.accounts.models import User
from projects.core.month import Month
from projects.core.sheets import Listing
from projects.progress import exports
from projects.progress.filters import BoardForm
from projects.progress.models import MonthlyReport
from projects.progress.queries.board import Board, UnitRow, board_of, listed, years_with_periods


@dataclass(frozen=True)
class BoardAsked:
    """The board as asked for, with the form that asks, and the rows that are left."""

    form: BoardForm
    year: int
    board: Board
    rows: list[UnitRow]


def board_asked(asked: QueryDict, user: User, *, working: Month, today: datetime.date) -> BoardAsked:
    """The board by year, group and lateness; a unit's people see their own row alone."""
    years = sorted({*years_with_periods(), working.year}, reverse=True)
    form = BoardForm(asked, years=years)
    form.is_valid()
    found = getattr(form, "cleaned_data", {})
    year = found.get("year") or working.year
    board = board_of(_reports(user), year)
    late = late_months(board, today)
    rows = [row for row in board.rows if found.get("group", "") in {"", row.unit.kind}]
    if found.get("late"):
        rows = [row for row in rows if row.total.late or _is_behind(row, board, late)]
    return BoardAsked(form, year, board, rows)


def late_months(board: Board, today: datetime.date) -> set[Month]:
    """The months whose due day has passed."""
    return {month for month, period in board.periods.items() if period.due_on < today}


def _is_behind(row: UnitRow, board: Board, late: set[Month]) -> bool:
    return any(counts.missing for month, counts in zip(board.months, row.cells, strict=True) if month in late)


def _reports(user: User) -> QuerySet[MonthlyReport]:
    rows: QuerySet[MonthlyReport] = (
        MonthlyReport.objects.editable_by(user) if user.role == "reporter" else MonthlyReport.objects.visible_to(user)
    )
    return rows


def board_listing(found: BoardAsked, user: User) -> Listing:
    """Every report that the board counts."""
    title = _("Reports %(year)s") % {"year": found.year}
    reports = listed(_reports(user), found.year, [row.unit.pk for row in found.rows])
    return Listing(
        name=title,
        title=title,
        heading=exports.heading(),
        rows=exports.rows(reports, found.board.periods),
        count=sum(row.total.asked + row.total.excused for row in found.rows),
        widths=exports.WIDTHS,
    )
