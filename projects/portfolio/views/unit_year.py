"""A unit's year on one page: its own colours and ranks, and the colours of each of its projects, month by month."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from projects.accounts.models import Unit
from projects.accounts.queries import district_of, reading_root
from projects.background.downloads import download
from projects.bulletins.content import UnitCopy
from projects.core import display
from projects.core.month import Month
from projects.core.sheets import Cell, Listing
from projects.portfolio.queries.colours import ProjectYear, UnitYear
from projects.portfolio.queries.colours import unit_year as year_of_unit
from projects.portfolio.views.listing import fresh_month, note_export
from projects.portfolio.wording import ColourName, colour_name, colour_names, unit_because
from projects.register.views.answers import person


@dataclass(frozen=True)
class UnitMonth:
    """How the unit stood in a month."""

    colour: ColourName | None
    rank: str
    because: str


def _asked(request: HttpRequest, pk: int) -> tuple[Unit, Month, UnitYear, str]:
    """The unit, the month, the year up to it, and the colour of that month by which it is narrowed; 404 for a unit
    that this person does not read."""
    user = person(request)
    unit: Unit = get_object_or_404(Unit.objects.below(reading_root(user)), pk=pk)
    month, _stamp = fresh_month(request)
    return unit, month, year_of_unit(district_of(user.unit), unit, month), request.GET.get("colour", "")


def _narrowed(year: UnitYear, colour: str) -> list[ProjectYear]:
    return [row for row in year.projects if not colour or (row.last and row.last.hue == colour)]


@require_safe
def unit_year(request: HttpRequest, pk: int) -> HttpResponseBase:
    unit, month, year, colour = _asked(request, pk)
    tells = year.tells[month]
    names = colour_names(tells.palette)
    if colour not in {name.code for name in names}:
        colour = ""
    rows = _narrowed(year, colour)
    listed = f"{reverse('project_list')}?{urlencode({'unit': unit.pk, 'month': ''})}"
    context = {
        "unit": unit,
        "month": month,
        "months": [(each, told.is_published, f"{listed}{each}") for each, told in year.tells.items()],
        "unit_months": [_unit_month(copy, each, year) for each, copy in zip(year.months, year.unit, strict=True)],
        "rows": rows,
        "counts": _counts(year, names, month, colour),
        "legend": names,
        "query": urlencode({"month": str(month), **({"colour": colour} if colour else {})}),
    }
    return render(request, "portfolio/unit_year.html", context)


def _unit_month(copy: UnitCopy | None, month: Month, year: UnitYear) -> UnitMonth | None:
    if copy is None:
        return None
    tells = year.tells[month]
    name = None if copy.level is None else colour_name(copy.level, "", tells.palette)
    is_ranked = copy.rank is not None and copy.of >= tells.unit_policy.smallest_group
    return UnitMonth(name, f"{copy.rank}/{copy.of}" if is_ranked else "", unit_because(copy, month, tells.palette))


def _counts(year: UnitYear, names: list[ColourName], month: Month, colour: str) -> list[dict[str, Any]]:
    """How many projects have each colour in the month looked at, each the way to them alone."""
    found = Counter(row.last.hue for row in year.projects if row.last)
    everything = {
        "hue": "", "shape": "", "word": _("All"), "count": len(year.projects), "url": f"?month={month}",
        "current": not colour,
    }  # fmt: skip
    return [everything] + [
        {
            "hue": name.hue, "shape": name.shape, "word": name.word, "count": found[name.hue],
            "url": f"?{urlencode({'month': str(month), 'colour': name.code})}", "current": name.code == colour,
        }
        for name in names if found[name.hue]
    ]  # fmt: skip


@require_safe
def export_unit_year(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """The same as `csv` or `xlsx`; noted in the journal."""
    if kind not in {"csv", "xlsx"}:
        raise Http404
    unit, month, year, colour = _asked(request, pk)
    rows = _narrowed(year, colour)
    what = {"list": "unit_year", "unit": unit.short_name, "month": month, "rows": len(rows)}
    note_export(person(request), kind, what)
    months = [display.month_short(each) for each in year.months]
    notes = [
        _("Month: %(month)s") % {"month": display.month_label(month)},
        _("* decided otherwise than by the rules. Months with a plus sign are not published yet."),
    ]
    marked = [name if told.is_published else f"{name}+" for name, told in zip(months, year.tells.values(), strict=True)]
    listing = Listing(
        name=f"{unit.short_name}-{month.year}", title=unit.short_name,
        heading=[_("Code"), _("Project"), *marked], rows=_cells(unit, year, rows), count=len(rows) + 1,
        widths=(12, 34, *(9 for _month in months)), notes=notes,
    )  # fmt: skip
    return download(listing, kind)


def _cells(unit: Unit, year: UnitYear, rows: list[ProjectYear]) -> Iterator[list[Cell]]:
    own = [_unit_month(copy, each, year) for each, copy in zip(year.months, year.unit, strict=True)]
    yield [
        "",
        unit.short_name,
        *(f"{each.colour.word if each.colour else ''} {each.rank}".strip() if each else None for each in own),
    ]
    for row in rows:
        yield [row.code, row.name, *(each.starred if each else None for each in row.months)]
