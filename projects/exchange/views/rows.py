"""The rows of an import with what becomes of each, and the list of those that were refused as a file."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from projects.accounts.queries import may
from projects.accounts.roles import Verb
from projects.accounts.sessions import person
from projects.background.downloads import download
from projects.core.display import NONE, wan
from projects.core.refusals import Refused
from projects.core.sheets import Listing
from projects.exchange.columns import Kind, columns_of
from projects.exchange.import_wording import OUTCOME_NAMES
from projects.exchange.models import BatchState, ImportBatch, ImportRow
from projects.exchange.verdicts import Outcome
from projects.exchange.views.found import batch_of
from projects.progress.wording import STATE_NAMES

PAGE = 50
SIZES = {"20", "50", "100", "200"}


@dataclass(frozen=True)
class Tab:
    label: Any
    url: str
    current: bool
    count: int


@dataclass(frozen=True)
class ShownRow:
    """A row with its cells in words: the heading, what stands in the register, what stands in the sheet."""

    row: ImportRow
    cells: list[tuple[str, str, str]]

    @property
    def is_offered(self) -> bool:
        """Whether a project can be chosen for it."""
        return bool(self.row.alikes)


@require_safe
def rows(request: HttpRequest, pk: int) -> HttpResponseBase:
    batch = batch_of(request, pk)
    if batch.state == BatchState.UPLOADED:
        return redirect("import_columns", pk=pk)
    return rows_page(request, batch)


def rows_page(
    request: HttpRequest, batch: ImportBatch, *, refusal: Refused | None = None, status: int = 200
) -> HttpResponse:
    """The rows of one outcome: at first those that are refused, and once it is over those that were written."""
    counts = {outcome.value: batch.counts.get(outcome.value, 0) for outcome in Outcome}
    asked = request.GET.get("outcome", "")
    order = (Outcome.REFUSED.value, *counts) if batch.is_open else tuple(counts)
    first = next((outcome for outcome in order if counts[outcome]), Outcome.CHANGED.value)
    current = asked if asked in counts else first
    found = batch.rows.filter(outcome=current).select_related("project")
    size = request.GET.get("per_page", "")
    page = Paginator(found, int(size) if size in SIZES else PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    words = Words(batch.kind)
    user = person(request)
    own = batch.by_id == user.pk
    context = {
        "batch": batch,
        "counts": counts,
        "writes": batch.rows.filter(outcome__in=["new", "changed"], left_out=False).count() if batch.is_open else 0,
        "current": current,
        "tabs": [
            Tab(OUTCOME_NAMES[outcome], f"?outcome={outcome}", outcome == current, count)
            for outcome, count in counts.items()
        ],
        "page": page,
        "rows": [ShownRow(row, words.cells(row)) for row in shown],
        "has_remarks": any(row.remarks for row in shown),
        "own": own,
        "chooses": batch.is_open and own and current != Outcome.UNCHANGED.value,
        "picks": batch.is_open and own and current in {Outcome.NEW.value, Outcome.CHANGED.value},
        "takes_back": batch.state == BatchState.IMPORTED and (own or may(user, Verb.EDIT_PROJECT)),
        "refusal": refusal,
        "status": status,
    }
    return render(request, "exchange/rows.html", context, status=status)


class Words:
    """The cells of rows as people read them."""

    def __init__(self, kind: str) -> None:
        self.columns = {column.code: column for column in columns_of(Kind(kind))} if kind else {}

    def cells(self, row: ImportRow) -> list[tuple[str, str, str]]:
        return [
            (self.name(field), "" if old is None else self.value(field, old), self.value(field, new))
            for field, old, new in row.cells
        ]

    def name(self, field: str) -> str:
        special = {"state": _("State"), "next_steps": _("Next steps"), "next_month_amount": _("Planned for next month")}
        return special.get(field) or (self.columns[field].written() if field in self.columns else field)

    def value(self, field: str, value: Any) -> str:
        if value is None:
            return NONE
        if field == "state":
            return str(STATE_NAMES.get(value, value))
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        column = self.columns.get(field)
        if isinstance(value, int) and (field == "next_month_amount" or (column is not None and column.is_money)):
            return f"{wan(value)} {_('10,000 yuan')}"
        return str(value)


@require_safe
def refused_rows(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The refused rows as a file: where each stands, what stands there, and why it was refused."""
    batch = batch_of(request, pk)
    heading = [_("Sheet"), _("Row"), _("Column"), _("Project"), _("In the cell"), _("Why it was refused")]
    found = batch.rows.filter(outcome=Outcome.REFUSED.value)
    cells = (
        [batch.sheet, row.number, column, row.name or row.code, value, why]
        for row in found.iterator(chunk_size=500)
        for column, value, why in row.objections
    )
    name, widths = f"{_('refused rows')}-{batch.pk}", [16, 8, 8, 36, 24, 60]
    return download(Listing(name, _("Refused rows"), heading, cells, found.count(), widths), "xlsx")
