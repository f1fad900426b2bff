"""The problems of all projects: who is asked for what until when, and who holds up how many projects."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from projects.core.clock import today
from projects.core.sheets import csv_lines, workbook
from projects.portfolio import exports
from projects.portfolio.filters import ProblemFilter
from projects.portfolio.queries import who_holds_up
from projects.portfolio.tables import ProblemTable
from projects.portfolio.views.listing import note_export
from projects.register.models import Problem
from projects.register.views.answers import person

PAGE = 50


def _narrowed(request: HttpRequest) -> ProblemFilter:
    """The problems that this person reads, as the address narrows them; those not closed unless it says else."""
    asked = request.GET.copy()
    asked.setdefault("state", "unsolved")
    user = person(request)
    rows = Problem.objects.visible_to(user) | Problem.objects.workable_by(user)
    return ProblemFilter(asked, rows.order_by("due_on", "id"), today=today())


@require_safe
def problem_list(request: HttpRequest) -> HttpResponseBase:
    found = _narrowed(request)
    shown = found.qs.select_related("project", "asked_of")
    table = ProblemTable(shown, today=today())
    RequestConfig(request, paginate={"per_page": PAGE, "silent": True}).configure(table)
    context = {
        "table": table,
        "filter": found,
        "count": table.paginator.count,
        "holders": who_holds_up(found.qs, today()),
        "query": request.GET.urlencode(),
        "refused": list(found.form.errors.items()),
    }
    return render(request, "portfolio/problems.html", context)


@require_safe
def export_problems(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The list as narrowed, as `csv` or `xlsx`; noted in the journal."""
    if kind not in {"csv", "xlsx"}:
        raise Http404
    found = _narrowed(request).qs
    note_export(
        person(request), kind, {"list": "problems", "query": request.GET.urlencode()[:500], "rows": found.count()}
    )
    rows = exports.problem_cells(found)
    filename = f"{_('problems')}-{today()}.{kind}"
    if kind == "csv":
        answer: Any = StreamingHttpResponse(
            csv_lines(exports.problem_heading(), rows), content_type="text/csv; charset=utf-8"
        )
    else:
        book = workbook(_("Problems"), exports.problem_heading(), rows, widths=exports.PROBLEM_WIDTHS, notes=[])
        answer = FileResponse(book, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    answer.headers["Content-Disposition"] = content_disposition_header(True, filename)
    return answer
