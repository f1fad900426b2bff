"""League tables: towns, departments, leaders and categories against the schedule and each other."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from projects.background.downloads import download
from projects.core.display import month_label
from projects.core.sheets import Listing
from projects.portfolio.league import SORTS, WIDTHS, cells, heading, rest_of, rows_of, together_of, whole_of
from projects.portfolio.queries.league import TABS, League, league_of
from projects.portfolio.views.listing import fresh_month, note_export
from projects.portfolio.wording import TAB_NAMES, colour_names, told_sentence
from projects.rating.schedule import district_schedule
from projects.register.views.answers import person

ASCENDING = {"rank", "name"}  # what the first click on their heading shows first


@dataclass(frozen=True)
class Heading:
    """A heading to sort by."""

    name: str
    label: str
    unit: str
    url: str
    sort: str  # as aria-sort has it; empty for another than the present order


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    current: bool


def _asked(request: HttpRequest) -> tuple[League, str]:
    """The table and the order that the address asks for; the towns as they are ranked where it asks for none."""
    month, stamp = fresh_month(request)
    tab, sort = request.GET.get("tab", ""), request.GET.get("sort", "")
    if tab not in TABS:
        tab = next(iter(TABS))
    return league_of(person(request), month, stamp, tab), sort if sort.removeprefix("-") in SORTS else ""


@require_safe
def league(request: HttpRequest) -> HttpResponseBase:
    found, sort = _asked(request)
    context = {
        "month": found.month,
        "league": found,
        "told": told_sentence(found.told),
        "rows": rows_of(found, sort),
        "rest": rest_of(found),
        "whole": whole_of(found),
        "together": together_of(found),
        "is_of_units": found.tab in {"towns", "departments"},
        "tab": found.tab,
        "tab_name": TAB_NAMES[found.tab],
        "tabs": [
            Tab(str(TAB_NAMES[name]), f"?{urlencode({'month': str(found.month), 'tab': name})}", name == found.tab)
            for name in TABS
        ],
        "headings": {each.name: each for each in _headings(found, sort)},
        "schedule": district_schedule(found.month),
        "smallest": found.told.unit_policy.smallest_group,
        "policy": found.told.unit_policy,
        "legend": colour_names(found.told.palette),
        "query": request.GET.urlencode(),
    }
    return render(request, "portfolio/league.html", context)


def _headings(found: League, sort: str) -> list[Heading]:
    wan, points = _("10,000 yuan"), _("points")
    labels = {
        "rank": (_("Rank"), ""),
        "name": (str(TAB_NAMES[found.tab]), ""),
        "projects": (_("Projects"), ""),
        "total": (_("Total investment"), wan),
        "plan": (pgettext("heading", "Year plan"), wan),
        "invested": (pgettext("heading", "To date"), wan),
        "rate": (_("Rate"), "%"),
        "lead": (pgettext("heading", "Ahead / behind"), points),
        "started": (_("Started"), "%"),
        "statistics": (_("In statistics"), "%"),
        "punctual": (_("In time"), "%"),
        "worst": (_("Colours"), ""),
    }
    return [_heading(found, name, label, unit, sort) for name, (label, unit) in labels.items()]


def _heading(found: League, name: str, label: str, unit: str, sort: str) -> Heading:
    is_by_this = sort.removeprefix("-") == name
    first, second = (name, f"-{name}") if name in ASCENDING else (f"-{name}", name)
    query = {"month": str(found.month), "tab": found.tab, "sort": second if is_by_this and sort == first else first}
    direction = ("descending" if sort.startswith("-") else "ascending") if is_by_this else ""
    return Heading(name, label, unit, f"{reverse('league')}?{urlencode(query)}", direction)


@require_safe
def export_league(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The table as shown, as `csv` or `xlsx`; noted in the journal."""
    if kind not in {"csv", "xlsx"}:
        raise Http404
    found, sort = _asked(request)
    what = {"list": "league", "month": found.month, "query": request.GET.urlencode()[:500], "rows": len(found.rows)}
    note_export(person(request), kind, what)
    title = str(TAB_NAMES[found.tab])
    notes = [
        _("Month: %(month)s") % {"month": month_label(found.month)},
        told_sentence(found.told),
        _("Plan, investment and rate are those of the implementation class with a year plan."),
    ]
    listing = Listing(
        name=f"{_('league')}-{title}-{found.month}", title=title, heading=heading(found), rows=cells(found, sort),
        count=len(found.rows), widths=(*WIDTHS, *(8 for _name in colour_names(found.told.palette))), notes=notes,
    )  # fmt: skip
    return download(listing, kind)
