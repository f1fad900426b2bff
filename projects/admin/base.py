"""What all lists of the administration share: rows in reach, saving by actions, refusals shown, our journal."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.paginator import Paginator
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.text import capfirst

from projects.accounts.models import User
from projects.admin.refusing import RefusedRow, beside, differences, form_at, refused_rows, status_of
from projects.admin.rights import Rights
from projects.admin.saving import SAVED_BY
from projects.core.refusals import Stale
from projects.journal.models import Entry
from projects.journal.queries import history_of
from projects.portfolio.history import events
from projects.register.views.answers import person

LONGEST_SEARCH = 100  # signs; each word becomes a condition, and databases count conditions
EVENTS_A_PAGE = 50


class Base(Rights, admin.ModelAdmin):  # type: ignore[type-arg]
    """A list and the pages of its rows."""

    actions = None
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    view_on_site = False
    has_history = True  # whether what was done to its rows is written under them
    change_form_template = "admin/projects/change_form.html"

    # ── which rows ──────────────────────────────────────────────────────────────────────────────

    def reached(self, rows: QuerySet[Any], user: User) -> QuerySet[Any]:
        """Those of `rows` that this person keeps; any other answers like one that never was."""
        return rows

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return self.reached(super().get_queryset(request), person(request))

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> Any:
        return super().get_search_results(request, queryset, search_term[:LONGEST_SEARCH])

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only what the filters beside the list ask; other columns could be read by asking often enough."""
        asked = {f"{self.date_hierarchy}__{part}" for part in ("year", "month", "day") if self.date_hierarchy}
        for entry in self.list_filter:
            name: Any = entry[0] if isinstance(entry, tuple | list) else entry
            if isinstance(name, str):
                asked |= {f"{name}__exact", f"{name}__id__exact", f"{name}__isnull"}
            else:
                asked.add(name.parameter_name)
        return lookup in asked

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        title = {"title": capfirst(str(self.opts.verbose_name_plural))}
        try:
            return super().changelist_view(request, {**title, **(extra_context or {})})
        except OverflowError:  # asked for the last days of the year 9999
            return HttpResponseRedirect(f"{request.path}?e=1")

    # ── one row ─────────────────────────────────────────────────────────────────────────────────

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        fields = kwargs.pop("fields", None)
        return super().get_form(request, obj, change, **self.form_for(request, kwargs, fields))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> Any:
        """What an action refuses takes everything back, and the page is shown again with the reason."""
        try:
            response = super().changeform_view(request, object_id, form_url, extra_context)
        except RefusedRow as refused:
            request.refusals = {refused.prefix: refused.refusal}  # type: ignore[attr-defined]
            response = super().changeform_view(request, object_id, form_url, extra_context)
            return _with_reason(response, refused)
        if request.method == "POST" and _shows_form(response):
            response.status_code = 422
        return response

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change and not form.changed_data:
            return
        with beside(form):
            SAVED_BY[self.model](obj, form, person(request))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The rows below; what hangs on the row itself was saved with it by its action."""
        for formset in formsets:
            self.save_formset(request, form, formset, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for number, row_form in enumerate(formset.forms):
            gone = number < formset.initial_form_count() and row_form.instance.pk is None
            if row_form.has_changed() and not gone:
                row = row_form.save(commit=False)
                with beside(row_form):
                    SAVED_BY[type(row)](row, row_form, person(request))

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        obj = kwargs.get("obj")
        context["tools"] = self.tools(request, obj) if obj is not None else []
        context["has_history"] = self.has_history
        context["refused_rows"] = refused_rows(context["inline_admin_formsets"])
        return super().render_change_form(request, context, *args, **kwargs)

    def tools(self, request: HttpRequest, obj: Any) -> list[tuple[str, str]]:
        """Links beside the heading of a row: what they are called, and where they lead."""
        return []

    # ── the journal is ours ─────────────────────────────────────────────────────────────────────

    def construct_change_message(self, request: Any, form: Any, formsets: Any, add: bool = False) -> Any:
        return []

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Nothing: the action has written its own entry."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Nothing, for the same reason."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """Nothing, for the same reason."""

    def history(self, row: models.Model) -> QuerySet[Entry]:
        return history_of(row)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        """Django's page about a row's past, filled from the journal that all actions write."""
        row = self.get_object(request, unquote(object_id))
        entries = Entry.objects.none() if row is None else self.history(row)
        page = Paginator(entries, EVENTS_A_PAGE).get_page(request.GET.get("page"))
        context = {"events": events(page.object_list), "page": page, **(extra_context or {})}
        return super().history_view(request, object_id, context)


def _shows_form(response: HttpResponse) -> bool:
    """Whether this is the page of a form, and not one that comes after it was saved."""
    return isinstance(response, TemplateResponse) and "adminform" in (response.context_data or {})


def _with_reason(response: Any, refused: RefusedRow) -> Any:
    """The page shown again with its status; who came second sees what is stored beside what was entered."""
    if not _shows_form(response):
        return response
    form = form_at(refused.prefix, response.context_data)
    if form is not None and isinstance(refused.refusal, Stale):
        response.context_data["differences"] = differences(form)
    response.status_code = status_of(refused.refusal)
    return response
