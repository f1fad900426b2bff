"""The board of slips: whose turn, open, overdue and done; issuing several at once; and the same as a file."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from projects.accounts.actions import check_may
from projects.accounts.models import User
from projects.accounts.queries import may, reaches
from projects.accounts.roles import Verb
from projects.background.downloads import download
from projects.core.clock import now, today
from projects.core.narrowing import active_chips, address_with
from projects.core.refusals import Refused
from projects.core.sheets import Listing
from projects.followups import exports
from projects.followups.actions.issuing import issue_several
from projects.followups.filters import SlipFilter
from projects.followups.models import DRAFTED, Slip
from projects.followups.queries import TABS, counts, on_tab, who_is_late
from projects.followups.wording import RUNS_NAMES, days_left
from projects.journal.actions import record
from projects.register.views.answers import back_to, done, form_page, person, status_of

PAGE_SIZES = (20, 50, 100, 200)
MOST = 200  # slips issued at once: a page of the board
TAB_NAMES = {
    "turn": gettext_lazy("My turn"),
    "open": gettext_lazy("Not closed yet"),
    "overdue": gettext_lazy("Overdue slips"),
    "done": gettext_lazy("Done"),
}


@dataclass(frozen=True)
class Row:
    """A slip on the board; `pick` says whether this person may issue it from here."""

    slip: Slip
    running: str | Promise
    left: str
    overdue: bool
    pick: bool
    ticked: bool


@require_safe
def slips(request: HttpRequest) -> HttpResponseBase:
    return _board(request, person(request))


def _board(
    request: HttpRequest, user: User, *, ticked: Collection[int] = (), refusal: Refused | None = None
) -> HttpResponseBase:
    day, works = today(), may(user, Verb.ANSWER_SLIPS)
    filterset = SlipFilter(request.GET, Slip.objects.visible_to(user))
    narrowed = filterset.slips
    found = counts(narrowed, user, day)
    tab = _tab(request, found, works=works)
    size = int(request.GET.get("per_page", "")) if request.GET.get("per_page", "") in map(str, PAGE_SIZES) else 50
    page = Paginator(range(found[tab]), size).get_page(request.GET.get("page"))
    around = ("project", "unit", "continues")
    shown = on_tab(narrowed, tab, user, day).select_related(*around)[max(page.start_index() - 1, 0) : page.end_index()]
    status = status_of(refusal) if refusal else 200
    rows = [_row(slip, user, ticked) for slip in shown]
    context = {
        "month_switch": None,  # the filter of months takes its place
        "filter": filterset,
        "refused_filters": list(filterset.form.errors.items()),
        "active": active_chips(request, reverse("slips"), filterset.form, filterset.chosen),
        "clear_url": f"?tab={tab}",
        "counts": found,
        "tab": tab,
        "tabs": [
            {
                "label": TAB_NAMES[name],
                "count": found[name],
                "current": name == tab,
                "url": address_with(request, reverse("slips"), tab=name),
            }
            for name in TABS
            if works or name != "turn"
        ],
        "rows": rows,
        "page": page,
        "picks": any(row.pick for row in rows),
        "late": who_is_late(narrowed, day) if tab == "overdue" and user.role != "reporter" else [],
        "query": request.GET.urlencode(),
        "refusal": refusal,
        "status": status,
    }
    return render(request, "followups/board.html", context, status=status)


def _tab(request: HttpRequest, found: dict[str, int], *, works: bool) -> str:
    """The tab asked for; without one what waits for this person, or where nothing does what is open."""
    asked = request.GET.get("tab", "")
    if asked in TABS and (works or asked != "turn"):
        return asked
    return "turn" if works and found["turn"] else "open"


def _row(slip: Slip, user: User, ticked: Collection[int]) -> Row:
    return Row(
        slip,
        RUNS_NAMES.get(slip.runs.value, ""),
        days_left(slip.due_on, today()) if slip.is_open else "",
        slip.is_overdue(today()),
        slip.state == DRAFTED and may(user, Verb.ISSUE_SLIPS) and reaches(user, slip.unit),
        slip.pk in ticked,
    )


@form_page
def issue_slips(request: HttpRequest) -> HttpResponseBase:
    """Issue the slips that were ticked: all of them, or none and why."""
    user = person(request)
    if request.method != "POST":
        return redirect("slips")
    ticked = {int(text) for text in request.POST.getlist("chosen")[:MOST] if text.isdecimal() and len(text) < 18}
    found = Slip.objects.visible_to(user).filter(pk__in=ticked).select_related("project")
    try:
        check_may(user, Verb.ISSUE_SLIPS)
        if not found:
            raise Refused(_("Tick at least one slip."))
        issued = issue_several([(slip, _seen(request, slip)) for slip in found], by=user, at=now())
    except Refused as refusal:
        return _board(request, user, ticked=ticked, refusal=refusal)
    sentence = ngettext(
        "%(count)s slip was issued; its unit was told.", "%(count)s slips were issued; their units were told.",
        len(issued),
    ) % {"count": len(issued)}  # fmt: skip
    return done(request, sentence, back_to(request, reverse("slips")))


def _seen(request: HttpRequest, slip: Slip) -> int:
    text = request.POST.get(f"seen-{slip.pk}", "")
    return int(text) if text.isdecimal() and len(text) < 10 else -1


@require_safe
def export_slips(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The tab as narrowed, as `csv` or `xlsx`; noted in the journal."""
    if kind not in {"csv", "xlsx"}:
        raise Http404
    user, day = person(request), today()
    check_may(user, Verb.EXPORT)
    filterset = SlipFilter(request.GET, Slip.objects.visible_to(user))
    tab = _tab(request, counts(filterset.slips, user, day), works=may(user, Verb.ANSWER_SLIPS))
    found = on_tab(filterset.slips, tab, user, day)
    count, title = found.count(), _("Slips")
    note_export(user, {"list": "slips", "kind": kind, "query": request.GET.urlencode()[:500], "rows": count})
    listing = Listing(
        name=f"{title}-{day}", title=title, heading=exports.heading(), rows=exports.cells(found, day), count=count,
        widths=exports.WIDTHS,
    )  # fmt: skip
    return download(listing, kind)


@transaction.atomic
def note_export(user: User, what: dict[str, Any]) -> None:
    """Keep in the journal that somebody took slips along: which."""
    record(by=user, at=now(), verb="export", subject=user, after=what)
