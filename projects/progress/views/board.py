"""The board: units by months of a year, how many reports stand where; and the list behind it as a file."""

from dataclasses import dataclass

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from projects.accounts.actions import check_may
from projects.accounts.models import User
from projects.accounts.queries import may
from projects.accounts.roles import Verb
from projects.background.downloads import begin, download, is_large
from projects.core.clock import now, today, working_month
from projects.core.month import Month
from projects.journal.actions import record
from projects.progress.listings import board_asked, board_listing, late_months
from projects.progress.queries.board import Board, Counts, UnitRow
from projects.register.views.answers import person


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
    found = board_asked(request.GET, user, working=working_month(today()), today=today())
    late = late_months(found.board, today())
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


@require_safe
def export_board(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Every report that the board counts, as `csv` or `xlsx`; noted in the journal."""
    if kind not in {"csv", "xlsx"}:
        raise Http404
    user = person(request)
    check_may(user, Verb.EXPORT)
    query, day = request.GET.urlencode(), today()
    found = board_asked(request.GET, user, working=working_month(day), today=day)
    listing = board_listing(found, user)
    _note_export(user, found.year, kind, query, listing.count)
    if is_large(kind, listing.count):
        params = {"query": query, "day": str(day)}
        back = f"{reverse('report_board')}?{query[:200]}"
        return begin("projects.progress.tasks.write_board", listing.title, params, by=user, at=now(), url=back)
    return download(listing, kind)


@transaction.atomic
def _note_export(user: User, year: int, kind: str, query: str, count: int) -> None:
    after = {"year": year, "kind": kind, "query": query[:500], "rows": count}
    record(by=user, at=now(), verb="export_reports", subject=user, after=after)
