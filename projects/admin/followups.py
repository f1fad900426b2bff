"""The slips in the administration: what each asked, when each step was taken and by whom; worked on at their pages."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from projects.accounts.models import User
from projects.accounts.roles import Verb
from projects.admin import columns
from projects.admin.base import Base
from projects.admin.filters import ByMonth, OwnUnits
from projects.core import display
from projects.followups.models import Slip

STEPS = ("opened", "issued", "received", "replied", "answered", "returned", "verified", "closed", "withdrawn", "merged")


def _step(name: str, label: Any = "") -> Any:
    """When a step was taken and by whom; of a step of the system only when."""
    field: Any = Slip._meta.get_field(f"{name}_at")

    @admin.display(description=label or field.verbose_name, ordering=field.name)
    def taken(self: Any, slip: Slip) -> str:
        at = getattr(slip, f"{name}_at")
        by = getattr(slip, f"{name}_by", None)
        return " · ".join(str(part) for part in (display.moment(at), by) if part) if at else ""

    return taken


@admin.register(Slip)
class SlipAdmin(Base):
    """The slips that this person sees; what was done with each stands in its history."""

    verb = Verb.ISSUE_SLIPS
    adds = changes = False
    fields = (
        "numbered", "project", "unit", "kind", "month", "rung", "periods", "state", "request", "issue_due",
        "reply_due", "finish_due", "raised_to", "copied", "raised", *STEPS, "plan", "answer", "reference",
        "evidence", "return_reason", "finding", "decided", "withdrawal", "extension", "extension_until",
        "extension_reason", "continues",
    )  # fmt: skip
    list_display = ("numbered", "project", "unit", "kind", "month", "state", "keeps")
    list_filter = (ByMonth, ("unit", OwnUnits), "kind", "state")
    list_select_related = ("project", "unit")
    search_fields = ("project__name", "project__short_name", "project__code", "project__initials")
    ordering = ("-id",)
    copied = columns.yes_or_no(Slip, "copies_leader")
    opened, issued, received, replied = _step("opened"), _step("issued"), _step("received"), _step("replied")
    answered, returned, verified = _step("answered"), _step("returned"), _step("verified")
    closed, withdrawn, merged, raised = (
        _step("closed"),
        _step("withdrawn"),
        _step("merged"),
        _step("raised", gettext_lazy("Raised because overdue")),
    )

    def reached(self, rows: QuerySet[Any], user: User) -> QuerySet[Any]:
        return rows.visible_to(user)  # type: ignore[attr-defined]

    def tools(self, request: HttpRequest, obj: Any) -> list[tuple[str, str]]:
        return [(_("Page of the slip"), reverse("slip", args=[obj.pk]))]

    @admin.display(description=gettext_lazy("Day to keep"), ordering="due_on")
    def keeps(self, slip: Slip) -> str:
        return display.day(slip.due_on) if slip.is_open else ""

    @admin.display(description=pgettext_lazy("slip", "Decision"))
    def decided(self, slip: Slip) -> str:
        return str(slip.get_outcome_display())

    @admin.display(description=pgettext_lazy("slip", "Number"), ordering="serial")
    def numbered(self, slip: Slip) -> str:
        return slip.number
