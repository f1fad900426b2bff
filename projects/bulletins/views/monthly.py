"""The bulletin of a month by the month's own address: the edition in force, or the draft while there is none."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from projects.bulletins.queries.published import bulletin_of
from projects.bulletins.views import documents, lines, reading
from projects.core.month import Month
from projects.register.views.answers import person


@require_safe
def bulletin_of_month(request: HttpRequest, month: Month) -> HttpResponseBase:
    return reading.bulletin(request, _number(request, month))


@require_safe
def lines_of_month(request: HttpRequest, month: Month) -> HttpResponseBase:
    return lines.bulletin_lines(request, _number(request, month))


@require_safe
def print_of_month(request: HttpRequest, month: Month) -> HttpResponseBase:
    return documents.print_bulletin(request, _number(request, month))


@require_safe
def document_of_month(request: HttpRequest, month: Month, kind: str) -> HttpResponseBase:
    return documents.document(request, _number(request, month), kind)


def _number(request: HttpRequest, month: Month) -> int:
    found = bulletin_of(person(request), month)
    if found is None:
        raise Http404
    return found.pk
