"""The admin behind the same door as everything else: signed in and in a role that keeps lists."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.exceptions import NotRegistered
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.accounts.models import User
from projects.journal.models import Entry
from projects.portfolio.history import events

REGISTER = ("Project", "Phase", "Component", "MonthlyReport", "Slip", "StageChange", "Attachment")
LISTS = ("Category", "MilestoneTemplate", "Sector", "LevelLabel", "Leader", "ReminderStep")
PEOPLE = ("Unit", "User")
GROUPS: list[tuple[str | Promise, tuple[str, ...]]] = [
    (_("Register"), REGISTER),
    (_("Reference lists"), LISTS),
    (_("Units and accounts"), PEOPLE),
    (pgettext_lazy("inbox", "Notices"), ("Notice",)),
    (_("Journal"), ("Entry",)),
]
LATEST = 10  # of what the person did last, on the first page


class OfferedChoices(AutocompleteJsonView):
    """What a search box offers: asked of the list that owns the field, so that box and form agree."""

    @property
    def owner(self) -> Any:
        try:
            return self.admin_site.get_model_admin(self.source_field.model)  # type: ignore[union-attr]
        except NotRegistered as error:
            raise PermissionDenied from error

    def has_perm(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(self.owner.has_add_permission(request) or self.owner.has_change_permission(request))

    def get_queryset(self) -> QuerySet[Any]:
        choices = self.owner.choices_for(self.source_field.name, self.request)
        if choices is None:
            raise PermissionDenied
        found, doubled = self.model_admin.get_search_results(self.request, choices, self.term)
        return found.distinct() if doubled else found


class ProjectsAdminSite(AdminSite):
    """Django's admin with our names; its sign-in page is the product's own."""

    site_header = _("Administration")
    site_title = _("Administration")
    index_title = _("Registers and lists")
    enable_nav_sidebar = True
    empty_value_display = "—"

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the door is open; who is signed in and has no key is told so."""
        if super().has_permission(request):
            return True
        if request.user.is_authenticated:
            raise PermissionDenied(_("Administration is open to administrators and the key-project office."))
        return False

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """One group a subject instead of one an app: there is only one app."""
        apps = super().get_app_list(request, app_label)
        found = {model["object_name"]: (app, model) for app in apps for model in app["models"]}
        groups = []
        for label, names in GROUPS:
            models = [found[name] for name in names if name in found]
            if models:
                groups.append({**models[0][0], "name": label, "models": [model for _app, model in models]})
        return groups

    def index(self, request: HttpRequest, extra_context: Any = None) -> Any:
        mine = Entry.objects.filter(actor=request.user if isinstance(request.user, User) else None)
        context = {"latest": events(mine.order_by("-seq")[:LATEST]), **(extra_context or {})}
        return super().index(request, context)

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return OfferedChoices.as_view(admin_site=self)(request)

    def login(self, request: HttpRequest, extra_context: object = None) -> HttpResponseBase:  # type: ignore[override]
        if self.has_permission(request):
            return redirect("admin:index")
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def logout(self, request: HttpRequest, extra_context: object = None) -> HttpResponseBase:  # type: ignore[override]
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: object = None) -> HttpResponseBase:  # type: ignore[override]
        return redirect("account_change_password")
