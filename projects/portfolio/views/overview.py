"""The first page, what is mine to do; and the district's month in figures."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from projects.accounts.queries import may
from projects.accounts.roles import Verb
from projects.bulletins.models import Line
from projects.bulletins.queries import palette_in_force
from projects.core.month import Month
from projects.portfolio.queries import (
    Sums,
    added_up,
    kept,
    overview_of,
    sums_by_colour,
    without_figures,
    worst_ids,
)
from projects.portfolio.rows import rows
from projects.portfolio.tables import ProjectTable
from projects.portfolio.views.listing import fresh_month
from projects.portfolio.wording import ColourName, colour_names
from projects.rating.facts import IMPLEMENTATION
from projects.rating.schedule import district_schedule
from projects.register.views.answers import person
from projects.register.wording import CLASS_NAMES

MOST = 12  # rows of a section of the first page; the rest is one click away


@require_safe
def my_work(request: HttpRequest) -> HttpResponseBase:
    """For who changes projects: their own that lag or lack figures. For who only reads: the worst of all."""
    user, palette = person(request), palette_in_force()
    month, _stamp = fresh_month(request)
    lines = Line.objects.visible_to(user).of(month)
    works = may(user, Verb.MOVE_STAGE)
    mine = lines.reachable_by(user) if works else lines
    names = colour_names(palette)
    table = ProjectTable(mine, request=request)
    by_colour = sums_by_colour(mine, palette)
    missing, first_missing = without_figures(mine, month, most=MOST)
    context = {
        "month": month,
        "month_text": str(month),
        "works": works,
        "enters": may(user, Verb.ENTER_FIGURES),
        "rows": rows(worst_ids(mine, most=MOST), month, palette, at=reverse("project_list")),
        "headings": table.headings(),
        "lagging": sum(by_colour.get(shade.hue, Sums()).count for shade in palette.shades[1:]),
        "missing": missing,
        "first_missing": first_missing,
        "colours": coloured_counts(names, by_colour, month),
        "legend": names,
        "mine": added_up(by_colour.values()).count,
    }
    return render(request, "portfolio/my_work.html", context)


def coloured_counts(
    names: list[ColourName], by_colour: dict[str, Sums], month: Month, **narrowed: str
) -> list[tuple[ColourName, int, str]]:
    """Each colour with how many projects have it, and the address of the list that shows them."""
    href = reverse("project_list")
    return [
        (
            name,
            by_colour.get(name.code, Sums()).count,
            f"{href}?{urlencode({'month': str(month), 'colour': name.code, **narrowed})}",
        )
        for name in names
    ]


@require_safe
def overview(request: HttpRequest) -> HttpResponseBase:
    user, palette = person(request), palette_in_force()
    month, stamp = fresh_month(request)
    lines = Line.objects.visible_to(user).of(month)
    found = kept(user, f"{month}:{stamp}", "overview", lambda: overview_of(lines, palette))
    names = colour_names(palette)
    context = {
        "month": month,
        "found": found,
        "all": added_up(found.by_class.values()),
        "schedule": district_schedule(month),
        "lead": found.implementation.lead(month),
        "colours": coloured_counts(names, found.by_colour, month, project_class=IMPLEMENTATION),
        "classes": [
            (code, CLASS_NAMES.get(code), found.by_class[code]) for code in (*CLASS_NAMES, "") if code in found.by_class
        ],
        "units": found.units,
        "legend": names,
    }
    return render(request, "portfolio/overview.html", context)
