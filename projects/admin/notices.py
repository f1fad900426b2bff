"""The notices in the administration: what was told to whom, and what became of the mail; to read only."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.accounts.models import Unit, User
from projects.accounts.roles import Verb
from projects.admin import columns
from projects.admin.base import Base
from projects.notices.models import Notice
from projects.notices.wording import KINDS

MAILED = Q(mailed_at__isnull=False)
WAITING = Q(mail_after__isnull=False)
MAIL: dict[str, tuple[Any, Q]] = {
    "sent": (pgettext_lazy("mail", "Sent"), MAILED),
    "waiting": (pgettext_lazy("mail", "To be sent"), WAITING & Q(mail_tries=0)),
    "again": (pgettext_lazy("mail", "Failed, to be tried again"), WAITING & Q(mail_tries__gt=0)),
    "given_up": (pgettext_lazy("mail", "Failed"), ~MAILED & ~WAITING & ~Q(mail_failure="")),
    "none": (pgettext_lazy("mail", "No mail"), ~MAILED & ~WAITING & Q(mail_failure="")),
}


class ByMail(admin.SimpleListFilter):
    """What became of the mail."""

    title = _("mail")
    parameter_name = "mail"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[Any, Any]]:
        return [(code, name) for code, (name, _condition) in MAIL.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(MAIL[self.value()][1]) if self.value() in MAIL else queryset  # type: ignore[index]


class ByKind(admin.SimpleListFilter):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[Any, Any]]:
        return [(code, kind.name) for code, kind in KINDS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(Notice)
class NoticeAdmin(Base):
    """What the people of the own unit and below were told."""

    verb = Verb.KEEP_ACCOUNTS
    adds = changes = False
    fields = (
        "told_at",
        "recipient",
        "kind_told",
        "told",
        "url",
        "read",
        "mail",
        "mailed",
        "mail_tries",
        "mail_failure",
    )
    list_display = ("told_at", "recipient", "unit", "kind_told", "told", "read", "mail")
    list_filter = (ByMail, ByKind)
    list_select_related = ("recipient__unit",)
    search_fields = ("recipient__username", "recipient__name", "recipient__unit__name")
    date_hierarchy = "at"
    told_at = columns.moment(Notice, "at")
    read = columns.moment(Notice, "read_at")
    mailed = columns.moment(Notice, "mailed_at")

    def reached(self, rows: QuerySet[Any], user: User) -> QuerySet[Any]:
        return rows.filter(recipient__unit__in=Unit.objects.below(user.unit))

    @admin.display(description=_("unit"), ordering="recipient__unit__path")
    def unit(self, notice: Notice) -> str:
        return str(notice.recipient.unit)

    @admin.display(description=_("kind"), ordering="kind")
    def kind_told(self, notice: Notice) -> str:
        return notice.kind_name

    @admin.display(description=_("notice"))
    def told(self, notice: Notice) -> str:
        return notice.sentence

    @admin.display(description=_("mail"))
    def mail(self, notice: Notice) -> str:
        """In the words of the filter."""
        if notice.mailed_at:
            code = "sent"
        elif notice.mail_after:
            code = "again" if notice.mail_tries else "waiting"
        else:
            code = "given_up" if notice.mail_failure else "none"
        return str(MAIL[code][0])
