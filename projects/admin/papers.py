"""The files of projects in the administration: who added what, and what was removed; read here only."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.accounts.models import User
from projects.accounts.roles import Verb
from projects.admin import columns
from projects.admin.base import Base
from projects.admin.filters import OwnUnits
from projects.register.models import Attachment


@admin.register(Attachment)
class AttachmentAdmin(Base):
    """Added and removed on the page of the project; what was removed is still told here."""

    verb = Verb.SEE_FILES
    adds = changes = False
    fields = (
        "project", "title", "kind", "original_name", "size_shown", "sha256", "added", "added_by", "removed",
        "removed_by",
    )  # fmt: skip
    list_display = ("title", "project", "kind", "size_shown", "added", "added_by", "removed")
    list_filter = (("project__unit", OwnUnits), "kind")
    list_select_related = ("project", "by")
    search_fields = ("title", "original_name", "project__name", "project__short_name", "project__initials")
    added = columns.moment(Attachment, "at")
    removed = columns.moment(Attachment, "removed_at")

    def reached(self, rows: QuerySet[Any], user: User) -> QuerySet[Any]:
        return rows.visible_to(user).select_related("project", "by").defer("preview")  # type: ignore[attr-defined]

    def tools(self, request: HttpRequest, obj: Any) -> list[tuple[str, str]]:
        return [(_("Project page"), reverse("project", args=[obj.project.code]))]

    @admin.display(description=gettext_lazy("size"), ordering="size")
    def size_shown(self, attachment: Attachment) -> str:
        return filesizeformat(attachment.size)

    @admin.display(description=gettext_lazy("who"))
    def added_by(self, attachment: Attachment) -> str:
        return str(attachment.by or _("The system"))
