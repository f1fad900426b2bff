"""The journal as a page: who did what, when, to which row, with the values before and after."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from projects.accounts.actions import check_may
from projects.accounts.roles import Verb
from projects.portfolio.filters import EntryFilter
from projects.portfolio.history import events
from projects.portfolio.queries import entries_visible_to
from projects.portfolio.tables import PAGE_SIZES, EntryTable
from projects.register.views.answers import person

PAGE = 50
SIZES = {str(size): size for size in PAGE_SIZES}


@require_safe
def journal(request: HttpRequest) -> HttpResponseBase:
    """For administrators and auditors: the entries of their district."""
    user = person(request)
    check_may(user, Verb.READ_JOURNAL)
    filterset = EntryFilter(request.GET, entries_visible_to(user))
    table = EntryTable(filterset.qs)
    RequestConfig(request, paginate=False).configure(table)
    table.paginate(per_page=SIZES.get(request.GET.get("per_page", ""), PAGE))
    table.page = table.paginator.get_page(request.GET.get("page"))  # the nearest there is
    entries = [row.record for row in table.page.object_list]
    table.told = {entry.pk: event for entry, event in zip(entries, events(entries), strict=True)}
    context = {"table": table, "filter": filterset, "refused": list(filterset.form.errors.items())}
    return render(request, "portfolio/journal.html", context)
