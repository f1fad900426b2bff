"""The table in which the reports of a unit are filled at once, and the submission of all that are finished."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from projects.accounts.actions import check_may
from projects.accounts.models import User
from projects.accounts.queries import may
from projects.accounts.roles import Verb
from projects.core.clock import now, today
from projects.core.month import Month
from projects.core.refusals import Stale
from projects.progress.actions.filling import RowsRefused, save_drafts
from projects.progress.actions.reporting import submit_all, written_in
from projects.progress.checking import Background, lacks
from projects.progress.forms.filling import RowForm
from projects.progress.forms.writing import ReportForm
from projects.progress.models import MonthlyReport, Period
from projects.progress.queries.background import backgrounds
from projects.progress.queries.reports import TO_WRITE, period_of
from projects.progress.queries.turns import locks_told
from projects.progress.queries.writing import reports_to_fill
from projects.progress.views.case import compared, month_in
from projects.progress.wording import remark_sentence
from projects.register.models import Project
from projects.register.views.answers import form_page, person

MOST = 200  # rows at a time: what a browser lets fill without a pause
NAMES = {name: each.label for name, each in ReportForm.base_fields.items()}


@dataclass
class Row:
    """One report in the table; `theirs` is what somebody else wrote meanwhile, where it differs."""

    number: int
    report: MonthlyReport
    background: Background
    form: RowForm
    theirs: list[tuple[str, str, str]] = field(default_factory=list)

    @cached_property
    def missing(self) -> list[tuple[str, str, str]]:
        """What the stored report lacks: the id of the cell, empty where the row has none, the name of the box and
        the sentence."""
        return [
            (self._cell(lack.field), str(NAMES[lack.field]), remark_sentence(lack))
            for lack in lacks(written_in(self.report), self.background)
        ]

    @property
    def unexplained(self) -> str:
        """How far the figure strays from the plan, where that still asks for an explanation; else empty."""
        own = self._cell("explanation")
        return next((sentence for cell, _name, sentence in self.missing if cell == own), "")

    def _cell(self, name: str) -> str:
        return str(self.form[name].id_for_label) if name in self.form.fields else ""

    def errors(self) -> list[tuple[str, str, str]]:
        """What is refused of the row: the id of the cell, the name of its column, the sentence."""
        found = [("", "", str(error)) for error in self.form.non_field_errors()]
        for name in self.form.fields:
            bound = self.form[name]
            found.extend((bound.id_for_label, str(bound.label), str(error)) for error in bound.errors)
        return found


@dataclass(frozen=True)
class Reach:
    """The unit whose reports are filled: the own one and below, or for the office one that it chose."""

    chosen: int | None
    units: list[tuple[int, str, int]]
    must_choose: bool

    def narrow(self, reports: Any) -> Any:
        if self.chosen is not None:
            return reports.filter(project__unit=self.chosen)
        return reports.none() if self.must_choose else reports


@form_page
def report_grid(request: HttpRequest, month: str) -> HttpResponseBase:
    of_month, user = month_in(month), person(request)
    check_may(user, Verb.REPORT)
    period, reach = period_of(of_month), _reach(request, user, of_month)
    if request.method == "POST":
        rows = _posted_rows(request, user, of_month)
        if (refused := _save(request, rows)) is not None:
            return _page(request, of_month, period, reach, rows, total=len(rows), status=refused)
        return redirect(_address(of_month, reach))
    reports = _to_fill(user, period, reach)
    rows = _rows(list(reports[:MOST]), of_month, None)
    return _page(request, of_month, period, reach, rows, total=reports.count() if len(rows) == MOST else len(rows))


@require_POST
def submit_reports(request: HttpRequest, month: str) -> HttpResponseBase:
    """Submit all reports that are finished, after what was typed into the table was saved."""
    of_month, user = month_in(month), person(request)
    check_may(user, Verb.REPORT)
    period, reach = period_of(of_month), _reach(request, user, of_month)
    rows = _posted_rows(request, user, of_month)
    if rows and (refused := _save(request, rows, tell=False)) is not None:
        return _page(request, of_month, period, reach, rows, total=len(rows), status=refused)
    reports = list(_to_fill(user, period, reach))
    known = backgrounds(Project.objects.filter(pk__in=[report.project_id for report in reports]), of_month)
    submitted, left = submit_all(reports, by=user, at=now(), backgrounds=known)
    sentence = ngettext("%(count)s report was submitted.", "%(count)s reports were submitted.", submitted)
    told = [sentence % {"count": submitted}]
    if left:
        lacking = ngettext(
            "%(count)s still lacks something; it stands below with what it lacks.",
            "%(count)s still lack something; they stand below with what they lack.",
            left,
        )
        told.append(lacking % {"count": left})
    (messages.success if submitted else messages.warning)(request, " ".join(told))
    return redirect(_address(of_month, reach))


def _address(month: Month, reach: Reach) -> str:
    query = f"?{urlencode({'unit': reach.chosen})}" if reach.chosen is not None else ""
    return reverse("report_grid", args=[month]) + query


def _reach(request: HttpRequest, user: User, month: Month) -> Reach:
    """The units within reach that have reports for the month, with how many are still to write; 404 for another."""
    rows = MonthlyReport.objects.editable_by(user).filter(month=month)
    counted = (
        rows.values_list("project__unit", "project__unit__name")
        .annotate(left=Count("id", filter=Q(state__in=TO_WRITE)))
        .order_by("project__unit__position", "project__unit__name", "project__unit")
    )
    units = [(pk, name, left) for pk, name, left in counted]
    asked = request.POST.get("unit") or request.GET.get("unit") or ""
    if not asked:
        return Reach(None, units, must_choose=may(user, Verb.REVIEW_REPORTS))
    chosen = next((pk for pk, _name, _left in units if str(pk) == asked), None)
    if chosen is None:
        raise Http404
    return Reach(chosen, units, must_choose=False)


def _to_fill(user: User, period: Period | None, reach: Reach) -> Any:
    if period is None or today() < period.opens_on:
        return MonthlyReport.objects.none()
    return reach.narrow(reports_to_fill(user, period, today(), reviews=may(user, Verb.REVIEW_REPORTS)))


def _posted_rows(request: HttpRequest, user: User, month: Month) -> list[Row]:
    """The rows as they were sent, in their order; 404 when one is out of reach."""
    asked = [int(text) for text in request.POST.getlist("row") if text.isascii() and text.isdecimal()][:MOST]
    reports = MonthlyReport.objects.editable_by(user).filter(month=month).select_related("project__unit")
    found = reports.in_bulk([pk for pk in asked if pk < 2**63])
    if len(found) < len(set(asked)):
        raise Http404
    return _rows([found[pk] for pk in dict.fromkeys(asked)], month, request)


def _rows(reports: list[MonthlyReport], month: Month, request: HttpRequest | None) -> list[Row]:
    known = backgrounds(Project.objects.filter(pk__in=[report.project_id for report in reports]), month)
    posted = None if request is None else request.POST
    return [
        Row(number, report, known[report.project_id], RowForm(posted, report=report))
        for number, report in enumerate(reports, start=1)
    ]


def _save(request: HttpRequest, rows: list[Row], *, tell: bool = True) -> int | None:
    """Save the rows that were touched; the status to refuse with when one of them cannot be, and nothing is saved."""
    touched = [row for row in rows if row.form.is_touched()]
    if not all(row.form.is_valid() for row in touched):
        return 422
    written = [(row.report, row.form.written(row.background), row.form.seen()) for row in touched]
    try:
        saved = save_drafts(written, by=person(request), at=now())
    except RowsRefused as refusal:
        for row in touched:
            _mark(row, refusal)
        return 409 if any(isinstance(each, Stale) for each in refusal.rows.values()) else 422
    if tell:
        sentence = ngettext("%(count)s draft was saved.", "%(count)s drafts were saved.", len(saved))
        nothing = _("Nothing was changed, so nothing was saved.")
        messages.success(request, sentence % {"count": len(saved)} if saved else nothing)
    return None


def _mark(row: Row, refused: RowsRefused) -> None:
    """Put the refusal of a row beside it; for one that somebody else wrote meanwhile with what stands there now."""
    refusal = refused.rows.get(row.report.pk)
    if refusal is None:
        return
    row.form.add_error(None, str(refusal))
    if isinstance(refusal, Stale):
        typed = row.form.written(row.background)
        row.report.refresh_from_db()
        names = {name: str(label) for name, label in NAMES.items()}
        row.theirs = compared(names, written_in(row.report), typed)
        row.form.renew(row.report.version)


def _page(
    request: HttpRequest,
    month: Month,
    period: Period | None,
    reach: Reach,
    rows: list[Row],
    *,
    total: int,
    status: int = 200,
) -> HttpResponse:
    context = {
        "month": month,
        "last_month": month + -1,
        "period": period,
        "is_open": period is not None and today() >= period.opens_on,
        "locks": [lock for lock in locks_told(person(request), today()) if lock.month == month],
        "is_locked": period is not None and period.is_locked_on(today()),
        "reach": reach,
        "rows": rows,
        "refused": [row for row in rows if row.form.is_bound and row.form.errors],
        "total": total,
        "most": MOST,
        "status": status,
    }
    return render(request, "progress/grid.html", context, status=status)
