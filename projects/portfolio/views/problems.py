"""The problems of all projects: who is asked for what until when, and who holds up how many projects."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from projects.accounts.actions import check_may
from projects.accounts.roles import Verb
from projects.background.downloads import begin, download, is_large
from projects.core.clock import now, today
from projects.portfolio.listings import problem_listing, problems_asked
from projects.portfolio.queries import who_holds_up
from projects.portfolio.tables import ProblemTable
from projects.portfolio.views.listing import note_export
from projects.register.views.answers import person

PAGE = 50


@require_safe
def problem_list(request: HttpRequest) -> HttpResponseBase:
    found = problems_asked(request.GET, person(request), today())
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
    user, query = person(request), request.GET.urlencode()
    check_may(user, Verb.EXPORT)
    listing = problem_listing(request.GET, user, today())
    note_export(user, kind, {"list": "problems", "query": query[:500], "rows": listing.count})
    if is_large(kind, listing.count):
        params = {"query": query, "day": str(today())}
        back = f"{reverse('problem_list')}?{query[:200]}"
        return begin("projects.portfolio.tasks.write_problems", _("Problems"), params, by=user, at=now(), url=back)
    return download(listing, kind)
