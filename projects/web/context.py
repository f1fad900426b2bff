"""What every page's frame shows: navigation, the month switch, the bell, whether colours stand, the demonstration."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import IntegerField, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from projects.accounts.models import User
from projects.accounts.queries import may
from projects.accounts.roles import Verb
from projects.core.chosen_month import chosen_month
from projects.core.clock import today, working_month
from projects.core.display import month_label
from projects.core.forms import options
from projects.core.month import Month, months_between
from projects.core.refusals import Refused
from projects.followups.queries import waiting_for as slips_waiting_for
from projects.progress.queries.turns import waiting_for
from projects.web.signed_in import colours_are_due, unread_notices

MOST_COUNTED = 100
ALSO = {"slips": ("/problems/",), "overview": ("/league/", "/compare/"), "bulletins": ("/rules/",)}  # lie behind them


@dataclass(frozen=True)
class NavigationEntry:
    url: str
    label: str | Promise
    icon: str
    current: bool
    count: str = ""


@dataclass(frozen=True)
class MonthSwitch:
    """The month looked at, its neighbours where there are any, and those to choose from, the latest first."""

    current: Month
    options: SafeString
    previous: Month | None
    next: Month | None


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context for `base.html`; signed-out pages get only what they need."""
    context: dict[str, Any] = {
        "csp_nonce": getattr(request, "csp_nonce", ""),
        "demonstration": settings.TODAY is not None,
        "demonstration_day": settings.TODAY,
    }
    user = getattr(request, "user", None)
    if isinstance(user, User) and user.is_authenticated:
        context["navigation"] = navigation(request, user)
        context["month_switch"] = month_switch(request)
        context["unread"] = unread_notices(user)
        context["colours_due"] = colours_are_due(user)
    return context


def navigation(request: HttpRequest, user: User) -> list[NavigationEntry]:
    """The entries in the order of an official's month; only what exists and this person may open."""
    entries = [
        ("my_work", _("My work"), "inbox"),
        ("project_list", _("Projects"), "folder-kanban"),
        ("reports", _("Monthly reports"), "clipboard-list"),
        ("bulletins", _("Bulletins"), "megaphone"),
        ("slips", _("Slips"), "stamp"),
        ("overview", _("Overview"), "chart-column"),
        ("exchange", _("Data exchange"), "arrow-left-right"),
    ]
    if may(user, Verb.READ_JOURNAL) and not user.is_staff:  # who keeps the administration finds it there
        entries.append(("journal", _("Journal"), "scroll-text"))
    if user.is_staff:
        entries.append(("admin:index", _("Administration"), "settings"))
    found, counts = [], turns(user)
    for name, label, icon in entries:
        url = reverse(name)
        current = request.path == url or (url != "/" and request.path.startswith((url, *ALSO.get(name, ()))))
        found.append(NavigationEntry(url, label, icon, current, counts.get(name, "")))
    return found


class _CountOf(Subquery):
    """How many rows a query has, within another."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def turns(user: User) -> dict[str, str]:
    """How many reports and slips wait for this person, for the badges; one query that stops counting at a hundred."""
    waiting: dict[str, QuerySet[Any] | None] = {
        "reports": waiting_for(user),
        "slips": slips_waiting_for(user) if may(user, Verb.ANSWER_SLIPS) else None,
    }
    counted = {
        f"{name}_waiting": _CountOf(rows.order_by().values("pk")[:MOST_COUNTED])
        for name, rows in waiting.items()
        if rows is not None
    }
    if not counted:
        return {}
    found = User.objects.filter(pk=user.pk).annotate(**counted).values(*counted).get()
    return {name.removesuffix("_waiting"): _counted(count) for name, count in found.items()}


def _counted(count: int) -> str:
    return f"{MOST_COUNTED - 1}+" if count == MOST_COUNTED else str(count or "")


def month_switch(request: HttpRequest) -> MonthSwitch:
    """The last two years of months to choose from."""
    latest = working_month(today())
    try:
        current = chosen_month(request)
    except Refused:
        current = latest
    drawn = options(_months(latest, current, str(get_language())), str(current))
    before = current.earlier(1)
    return MonthSwitch(current, drawn, before if before < current else None, current + 1 if current < latest else None)


@lru_cache(maxsize=64)
def _months(latest: Month, current: Month, _language: str) -> tuple[tuple[str, str], ...]:
    """The months to choose from with their names; `current` among them, however long ago."""
    months = list(months_between(latest.earlier(23), latest))[::-1]
    return tuple((str(month), month_label(month)) for month in dict.fromkeys([*months, current]))
