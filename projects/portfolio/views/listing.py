"""The coloured list, and the same as a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from projects.accounts.actions import check_may
from projects.accounts.models import User
from projects.accounts.queries import may, reach_of
from projects.accounts.roles import Verb
from projects.background.downloads import begin, download, is_large
from projects.bulletins.actions.rating import freshen
from projects.bulletins.models import Line
from projects.bulletins.queries.told import Told
from projects.core import display
from projects.core.chosen_month import chosen_month
from projects.core.clock import now, today, working_month
from projects.core.month import Month
from projects.journal.actions import record
from projects.portfolio.filters import LineFilter, choices_for
from projects.portfolio.listings import project_listing
from projects.portfolio.queries import Sums, added_up, kept, reading_along_pays, sums_by_colour
from projects.portfolio.queries.beginning import is_empty
from projects.portfolio.queries.months import told_to
from projects.portfolio.rows import rows
from projects.portfolio.tables import PAGE_SIZES, ProjectTable
from projects.portfolio.wording import ColourName, colour_names, told_sentence
from projects.rating.schedule import district_schedule
from projects.register.views.answers import person


def fresh_month(request: HttpRequest) -> tuple[Month, int]:
    """The month looked at, with the lines of everything that changed written anew, and their stamp."""
    month = chosen_month(request)
    return month, fresh(month)


def fresh(month: Month) -> int:
    """The stamp of the lines of `month`, written anew where something changed."""
    return freshen(month, day=today(), through=working_month(today()))


@dataclass
class Narrowed:
    """The lines asked for, before and after the colour is chosen, and what they add up to."""

    filter: LineFilter
    lines: QuerySet[Line]
    by_colour: dict[str, Sums]
    colour: str

    def lines_up_to(self, stop: int) -> QuerySet[Line]:
        """The lines asked for, in the way that finds the first `stop` of them soonest."""
        if self.filter.chosen.get("q") and reading_along_pays(self.shown.count, stop):
            return self.filter.narrow(along=True)
        return self.lines

    @cached_property
    def shown(self) -> Sums:
        chosen = [sums for code, sums in self.by_colour.items() if self.colour in ("", code)]
        return added_up(chosen)


def narrowed(request: HttpRequest, user: User, stamp: int, told: Told) -> Narrowed:
    """Read the filters from the address; the counts per colour do not depend on the colour chosen."""
    month, palette = told.month, told.palette
    choices = choices_for(user, month, palette)
    filterset = LineFilter(request.GET, Line.objects.visible_to(user).of(month), choices=choices, palette=palette)
    colour = filterset.chosen.get("colour", "")
    others = sorted((name, value) for name, value in filterset.chosen.items() if value and name != "colour")
    uncoloured = filterset.narrow(without="colour")
    sums = kept(user, f"{month}:{stamp}:{told.key}", repr(others), lambda: sums_by_colour(uncoloured, palette))
    lines = filterset.by_colour(uncoloured, "colour", colour) if colour else uncoloured
    return Narrowed(filterset, lines, sums, colour)


@require_safe
def project_list(request: HttpRequest) -> HttpResponseBase:
    user = person(request)
    month, stamp = fresh_month(request)
    tells = told_to(user, month, stamp)
    palette = tells.palette
    found = narrowed(request, user, stamp, tells)
    names = colour_names(palette)
    number, size = _whole(request, "page", 1), _page_size(request)
    table = ProjectTable(found.lines_up_to(number * size), request=request)
    ids = table.ids_of_page(found.shown.count, number=number, size=size)
    picks = may(user, Verb.MOVE_STAGE)
    context = {
        "month": month,
        "month_text": str(month),
        "published": told_sentence(tells) if tells.is_published else "",
        "table": table,
        "filter": found.filter,
        "refused": found.filter.refused,
        "rows": rows(ids, month, palette, picks=picks, reach=reach_of(user)),
        "counts": _counts(request, names, found),
        "sums": found.shown,
        "schedule": district_schedule(month),
        "lead": found.shown.lead(month),
        "legend": names,
        "active": active_filters(request, found.filter),
        "headings": table.headings(picks=picks, address=lambda sort: _address(request, sort=sort)),
        "query": request.GET.urlencode(),
        "clear_url": f"{reverse('project_list')}?month={month}",
        "picks": picks,
        "may_edit": may(user, Verb.EDIT_PROJECT),
        "is_empty": not ids and is_empty(user),
    }
    return render(request, "portfolio/list.html", context)


def _whole(request: HttpRequest, name: str, default: int) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else default


def _page_size(request: HttpRequest) -> int:
    size = _whole(request, "per_page", 50)
    return size if size in PAGE_SIZES else 50


def _address(request: HttpRequest, **changes: str | None) -> str:
    """The present address with other values; back on the first page."""
    left = [(name, value) for name, values in request.GET.lists() for value in values if name not in {"page", *changes}]
    return f"?{urlencode([*left, *((name, value) for name, value in changes.items() if value)])}"


def _counts(request: HttpRequest, names: Iterable[ColourName], found: Narrowed) -> list[dict[str, Any]]:
    everything = {
        "hue": "", "shape": "", "word": _("All"), "count": added_up(found.by_colour.values()).count,
        "url": _address(request, colour=None), "current": not found.colour,
    }  # fmt: skip
    return [everything] + [
        {
            "hue": name.hue,
            "shape": name.shape,
            "word": name.word,
            "count": found.by_colour.get(name.code, Sums()).count,
            "url": _address(request, colour=None if name.code == found.colour else name.code),
            "current": name.code == found.colour,
        }
        for name in names
    ]


def active_filters(request: HttpRequest, filterset: LineFilter) -> list[dict[str, str]]:
    """What narrows the list, each with the address that lifts it."""
    active = []
    for name, value in filterset.chosen.items():
        if value:
            field = filterset.form.fields[name]
            words = dict(getattr(field, "choices", ())).get(value, value)
            active.append({"label": str(field.label), "value": str(words), "url": _address(request, **{name: None})})
    return active


@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The whole list as filtered and sorted, as `csv` or `xlsx`; noted in the journal."""
    if kind not in {"csv", "xlsx"}:
        raise Http404
    user = person(request)
    check_may(user, Verb.EXPORT)
    month, _stamp = fresh_month(request)
    listing, query = project_listing(request.GET, user, month), request.GET.urlencode()
    note_export(user, kind, {"month": month, "query": query[:500], "rows": listing.count})
    if is_large(kind, listing.count):
        title = _("List of projects, %(month)s") % {"month": display.month_label(month)}
        params = {"query": query, "month": str(month)}
        back = f"{reverse('project_list')}?{query[:200]}"
        return begin("projects.portfolio.tasks.write_projects", title, params, by=user, at=now(), url=back)
    return download(listing, kind)


@transaction.atomic
def note_export(user: User, kind: str, what: dict[str, Any]) -> None:
    """Keep in the journal that somebody took rows along: which, and how many."""
    record(by=user, at=now(), verb="export", subject=user, after={"kind": kind, **what})
