"""The accounts in the administration: opening, changing and closing them, and new initial passwords."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from projects.accounts.actions import reset_password
from projects.accounts.confirming import check_confirmed
from projects.accounts.models import Unit, User
from projects.accounts.roles import Verb
from projects.admin import columns
from projects.admin.base import Base
from projects.admin.filters import OwnUnits
from projects.admin.forms import RowForm
from projects.core.clock import now
from projects.register.views.answers import person

PASSWORD_LENGTH = 16
PASSWORD_SIGNS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # noqa: S105 - none that look alike


class AccountForm(RowForm):
    """Who the person is and what the account may do; its password is nobody's to type but the owner's."""

    initial_password: str

    class Meta:
        model = User
        fields = ("username", "name", "unit", "role", "is_head", "email", "is_active")

    def clean_username(self) -> str:
        """One name in one form, whatever the keyboard: people sign in by it without regard to capitals."""
        username = str(User.normalize_username(self.cleaned_data["username"]))
        if User.objects.filter(username__iexact=username).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("This username is taken."))
        return username


@admin.register(User)
class UserAdmin(Base):
    """The accounts of the own unit and the units below it. They are closed, never deleted."""

    verb = Verb.KEEP_ACCOUNTS
    form = AccountForm
    autocomplete_fields = ("unit",)
    list_display = ("username", "name", "unit", "role", "may_sign_in", "signed_in")
    list_filter = ("role", ("unit", OwnUnits), "is_head", "is_active")
    list_select_related = ("unit",)
    search_fields = ("username", "name", "email", "unit__name")
    may_sign_in = columns.yes_or_no(User, "is_active")
    signed_in = columns.moment(User, "last_login")
    opened = columns.moment(User, "created_at")
    waits_for_own_password = columns.yes_or_no(User, "must_change_password")

    def reached(self, rows: QuerySet[Any], user: User) -> QuerySet[Any]:
        return rows.filter(unit__in=Unit.objects.below(user.unit)).select_related("unit")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("waits_for_own_password", "signed_in", "opened") if obj else ()

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        asked = ("username", "name", "unit", "role", "is_head", "email")
        return (*asked, "is_active", *self.get_readonly_fields(request, obj)) if obj else asked

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change or "role" in form.changed_data:
            check_confirmed(request)
        form.initial_password = new_password()
        super().save_model(request, obj, form, change)
        if not change:
            self._tell(request, obj, form.initial_password)

    def _tell(self, request: HttpRequest, user: User, password: str) -> None:
        sentence = _(
            "The initial password of %(user)s (%(username)s) is %(password)s – shown only now. Pass it on in"
            " person; it has to be replaced at the first sign-in."
        )
        given = {"user": user.name, "username": user.username, "password": password}
        self.message_user(request, sentence % given, messages.WARNING)

    # ── a new initial password ──────────────────────────────────────────────────────────────────

    def get_urls(self) -> Any:
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.reset_view))
        return [path("<path:object_id>/password/", view, name="projects_user_password"), *super().get_urls()]

    def tools(self, request: HttpRequest, obj: Any) -> list[tuple[str, str]]:
        if obj == person(request):
            return [(_("Change password"), reverse("account_change_password"))]
        return [(_("Reset password"), reverse("admin:projects_user_password", args=[obj.pk]))]

    def reset_view(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        """Asks first; then the account has a password that only this administrator has seen, once."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        user = self.get_object(request, unquote(object_id))
        if user is None or user == person(request):
            raise Http404
        if request.method == "POST":
            password = new_password()
            with transaction.atomic():
                reset_password(user, password=password, by=person(request), at=now())
            self._tell(request, user, password)
            return HttpResponseRedirect(reverse("admin:projects_user_change", args=[user.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Reset password"),
            "subtitle": str(user),
            "original": user,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/projects/user/reset_password.html", context)


def new_password() -> str:
    """An initial password that nobody has thought of, without signs that are taken for each other."""
    return get_random_string(PASSWORD_LENGTH, PASSWORD_SIGNS)
