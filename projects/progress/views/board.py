"""The board: units by months of a year, how many reports stand where; and the list behind it as a file."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from projects.accounts.actions import check_may
from projects.accounts.models import User
from projects.accounts.queries import may
from projects.accounts.roles import Verb
from projects.core.clock import now, today, working_month
from projects.core.month import Month
from projects.core.sheets import csv_lines, workbook
from projects.journal.actions import record
from projects.progress import exports
from projects.progress.filters import BoardForm
from projects.progress.models import MonthlyReport
from projects.progress.queries.board import Board, Counts, UnitRow, board_of, listed, years_with_periods
from projects.register.views.answers import person


@dataclass(frozen=True)
class Narrowed:
    """The board as asked for, with the form that asks, and the rows that are left."""

    form: BoardForm
    year: int
    board: Board
    rows: list[UnitRow]


@dataclass(frozen=True)
class Cell:
    """A unit's month: its counts, whether it is late, where its reports are, and of which month it may be reminded."""

    counts: Counts
    is_late: bool
    url: str
    nudge: Month | None


@require_safe
def report_board(request: HttpRequest) -> HttpResponseBase:
    user = person(request)
    found = narrowed(request, user)
    late = _late_months(found.board)
    board = Board(found.board.months, found.board.periods, found.rows)
    context = {
        "month_switch": None,  # the board shows all months of a year
        "form": found.form,
        "year": found.year,
        "year_text": str(found.year),
        "months": [(month, board.periods.get(month), month in late) for month in board.months],
        "rows": [(row, _cells(row, board.months, late, user)) for row in board.rows],
        "totals": board.totals,
        "total": board.total,
        "query": request.GET.urlencode(),
    }
    return render(request, "progress/board.html", context)


def _cells(row: UnitRow, months: list[Month], late: set[Month], user: User) -> list[Cell]:
    """The cells of a unit; what is most pressing in one is where its link leads."""
    found = []
    for month, counts in zip(months, row.cells, strict=True):
        query = {"month": str(month)}
        if user.role != "reporter":
            kinds = ("missing", "returned", "submitted", "approved")
            kind = next((kind for kind in kinds if getattr(counts, kind)), "approved")
            query |= {"unit": str(row.unit.pk), "kind": kind}
        is_late = bool(counts.late or (month in late and counts.missing))
        may_nudge = bool(counts.missing) and may(user, Verb.REVIEW_REPORTS) and row.unit.path.startswith(user.unit.path)
        url = f"{reverse('reports')}?{urlencode(query)}"
        found.append(Cell(counts, is_late, url, month if may_nudge else None))
    return found


def _late_months(board: Board) -> set[Month]:
    """The months whose due day has passed."""
    return {month for month, period in board.periods.items() if period.due_on < today()}


def narrowed(request: HttpRequest, user: User) -> Narrowed:
    """The board by the year, group and lateness in the address; a unit's people see their own row alone."""
    working = working_month(today()).year
    years = sorted({*years_with_periods(), working}, reverse=True)
    form = BoardForm(request.GET, years=years)
    form.is_valid()
    asked = getattr(form, "cleaned_data", {})
    year = asked.get("year") or working
    board = board_of(_reports(user), year)
    late = _late_months(board)
    rows = [row for row in board.rows if asked.get("group", "") in {"", row.unit.kind}]
    if asked.get("late"):
        rows = [row for row in rows if row.total.late or _is_behind(row, board, late)]
    return Narrowed(form, year, board, rows)


def _is_behind(row: UnitRow, board: Board, late: set[Month]) -> bool:
    return any(counts.missing for month, counts in zip(board.months, row.cells, strict=True) if month in late)


def _reports(user: User) -> QuerySet[MonthlyReport]:
    rows: QuerySet[MonthlyReport] = (
        MonthlyReport.objects.editable_by(user) if user.role == "reporter" else MonthlyReport.objects.visible_to(user)
    )
    return rows


@require_safe
def export_board(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Every report that the board counts, as `csv` or `xlsx`; noted in the journal."""
    if kind not in {"csv", "xlsx"}:
        raise Http404
    user = person(request)
    check_may(user, Verb.EXPORT)
    found = narrowed(request, user)
    count = sum(row.total.asked + row.total.excused for row in found.rows)
    _note_export(user, found.year, kind, request.GET.urlencode(), count)
    reports = listed(_reports(user), found.year, [row.unit.pk for row in found.rows])
    rows = exports.rows(reports, found.board.periods)
    title = _("Reports %(year)s") % {"year": found.year}
    if kind == "csv":
        response: Any = StreamingHttpResponse(
            csv_lines(exports.heading(), rows), content_type="text/csv; charset=utf-8"
        )
    else:
        book = workbook(title, exports.heading(), rows, widths=exports.WIDTHS, notes=[])
        response = FileResponse(book, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{title}.{kind}")
    return response


@transaction.atomic
def _note_export(user: User, year: int, kind: str, query: str, count: int) -> None:
    after = {"year": year, "kind": kind, "query": query[:500], "rows": count}
    record(by=user, at=now(), verb="export_reports", subject=user, after=after)
