"""Two months side by side: colours, sums, units, and every project that stands otherwise."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from projects.background.downloads import download
from projects.bulletins.changes import Changes, changes_between
from projects.bulletins.content import Content
from projects.bulletins.queries.told import Told
from projects.core.chosen_month import chosen_month, month_named
from projects.core.clock import today, working_month
from projects.core.display import month_label
from projects.core.month import Month, months_between
from projects.core.sheets import Listing
from projects.portfolio.comparing import SHOWS, Pair, pairs, unit_pairs
from projects.portfolio.comparison import AMOUNTS, SHOW_NAMES, WIDTHS, cells, counts, heading, sums, unit_row
from projects.portfolio.filters import TwoMonths
from projects.portfolio.queries.comparison import content_for
from projects.portfolio.views.listing import fresh, note_export
from projects.portfolio.wording import colour_names, told_sentence
from projects.register.views.answers import person

PAGE = 50
YEARS_BACK = 2
MOST_NAMED = 200  # projects that came, went or were revised, on the page; the file has all


@dataclass(frozen=True)
class Compared:
    """What the page and the file are made from."""

    told_before: Told
    told_now: Told
    before: Content
    now: Content
    pairs: list[Pair]
    changes: Changes

    @property
    def same_year(self) -> bool:
        return self.before.month.year == self.now.month.year


def _months(request: HttpRequest) -> tuple[Month, Month]:
    """The two months asked for: unless said the month looked at, and the one before it."""
    latest = working_month(today())
    b_text, a_text = (request.GET.get(name, "").strip() for name in ("b", "a"))
    b = month_named(b_text, latest=latest) if b_text else chosen_month(request)
    return (month_named(a_text, latest=latest) if a_text else b.earlier(1)), b


def _compared(request: HttpRequest, a: Month, b: Month) -> Compared:
    user = person(request)
    for month in sorted({a, b}):
        fresh(month)
    (told_a, before), (told_b, now) = content_for(user, a), content_for(user, b)
    return Compared(told_a, told_b, before, now, pairs(before, now), changes_between(now, before))


def _show(request: HttpRequest) -> str:
    show = request.GET.get("show", "")
    return show if show in SHOWS else next(iter(SHOWS))


@require_safe
def compare(request: HttpRequest) -> HttpResponseBase:
    a, b = _months(request)
    found, show, latest = _compared(request, a, b), _show(request), working_month(today())
    months = [*months_between(latest.earlier(12 * YEARS_BACK - 1), latest)][::-1]
    shown = Paginator([pair for pair in found.pairs if SHOWS[show](pair)], PAGE).get_page(request.GET.get("page"))
    old, new = found.before.whole, found.now.whole
    context = {
        "a": a,
        "b": b,
        "told_a": told_sentence(found.told_before),
        "told_b": told_sentence(found.told_now),
        "form": TwoMonths({"a": str(a), "b": str(b)}, months=sorted({*months, a, b}, reverse=True)),
        "swap_url": f"{reverse('compare')}?{urlencode({'a': str(b), 'b': str(a), 'show': show})}",
        "counts": list(counts(found.told_before, found.told_now, old, new)),
        "sums": list(sums(found.before, found.now)),
        "units": [
            unit_row(pair, found.told_before, found.told_now)
            for pair in unit_pairs(found.before.units, found.now.units)
        ],
        "tabs": _tabs(found, a, b, show),
        "page": shown,
        "same_year": found.same_year,
        "added": (found.changes.added or ())[:MOST_NAMED],
        "removed": (found.changes.removed or ())[:MOST_NAMED],
        "revised": [(each, AMOUNTS[each.name]) for each in (found.changes.revised or ())[:MOST_NAMED]],
        "legend": colour_names(found.told_now.palette),
        "query": urlencode({"a": str(a), "b": str(b), "show": show}),
    }
    return render(request, "portfolio/compare.html", context)


def _tabs(found: Compared, a: Month, b: Month, show: str) -> list[dict[str, Any]]:
    return [
        {
            "label": SHOW_NAMES[name],
            "count": sum(holds(pair) for pair in found.pairs),
            "url": f"?{urlencode({'a': str(a), 'b': str(b), 'show': name})}#projects",
            "current": name == show,
        }
        for name, holds in SHOWS.items()
    ]


@require_safe
def export_comparison(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The projects as shown, with those that came and went, as `csv` or `xlsx`; noted in the journal."""
    if kind not in {"csv", "xlsx"}:
        raise Http404
    a, b = _months(request)
    found, show = _compared(request, a, b), _show(request)
    rows = list(cells([pair for pair in found.pairs if SHOWS[show](pair)], found.changes, same_year=found.same_year))
    note_export(person(request), kind, {"list": "comparison", "a": a, "b": b, "rows": len(rows)})
    listing = Listing(
        name=f"{_('comparison')}-{a}-{b}", title=_("Comparison"), heading=heading(a, b), rows=rows, count=len(rows),
        widths=WIDTHS,
        notes=[f"{month_label(month)}: {told_sentence(told)}"
               for month, told in ((a, found.told_before), (b, found.told_now))],
    )  # fmt: skip
    return download(listing, kind)
