"""The first page, what is mine to do; and the district's month in figures."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from projects.accounts.models import User
from projects.accounts.queries import district_of, may
from projects.accounts.roles import Verb
from projects.bulletins.models import Line
from projects.bulletins.queries.decisions import decisions_waiting, hearings_for
from projects.bulletins.queries.editions import edition_for
from projects.core.clock import today
from projects.core.month import Month
from projects.followups.queries import work_with_slips
from projects.followups.wording import days_left
from projects.portfolio.queries import (
    Sums,
    added_up,
    kept,
    overview_of,
    sums_by_colour,
    without_figures,
    worst_ids,
)
from projects.portfolio.queries.beginning import first_steps
from projects.portfolio.queries.months import told_to
from projects.portfolio.rows import rows
from projects.portfolio.tables import ProjectTable
from projects.portfolio.views.listing import fresh_month
from projects.portfolio.wording import ColourName, colour_name, colour_names, told_sentence
from projects.progress.queries.reports import period_of
from projects.progress.queries.turns import work_of_office, work_of_unit
from projects.rating.facts import IMPLEMENTATION
from projects.rating.schedule import district_schedule
from projects.register.stages import Stage
from projects.register.views.answers import person
from projects.register.wording import CLASS_NAMES

MOST = 12  # rows of a section of the first page; the rest is one click away
FEW = 6  # rows of what lags, where reports stand before it


@require_safe
def my_work(request: HttpRequest) -> HttpResponseBase:
    """For a unit: its reports, by what is to be done; for the office: what waits for it and what is missing. For all:
    what lags, for who only reads in all the district."""
    user = person(request)
    month, stamp = fresh_month(request)
    palette = told_to(user, month, stamp).palette
    lines = Line.objects.visible_to(user).of(month)
    works = may(user, Verb.MOVE_STAGE)
    mine = lines.reachable_by(user) if works else lines
    names = colour_names(palette)
    table = ProjectTable(mine, request=request)
    by_colour = sums_by_colour(mine, palette)
    count = added_up(by_colour.values()).count
    context = {
        "month": month,
        "month_text": str(month),
        "works": works,
        "first_steps": [] if count else first_steps(user),
        **_turns(user),
        **_slips(user),
        **_bulletins(user),
        **_without_figures(user, mine, month),
        "rows": rows(worst_ids(mine, most=FEW if works else MOST), month, palette, at=reverse("project_list")),
        "headings": table.headings(),
        "lagging": sum(by_colour.get(shade.hue, Sums()).count for shade in palette.shades[1:]),
        "colours": coloured_counts(names, by_colour, month, **_as_reached(user)),
        "legend": names,
        "mine": count,
    }
    return render(request, "portfolio/my_work.html", context)


def _turns(user: User) -> dict[str, Any]:
    """What of the monthly reports is this person's turn."""
    if may(user, Verb.REVIEW_REPORTS):
        return {"office": work_of_office(user, today(), most=MOST)}
    return {"unit": work_of_unit(user, today(), most=MOST)} if may(user, Verb.REPORT) else {}


def _slips(user: User) -> dict[str, Any]:
    """The slips that are this person's turn, each with how its day stands."""
    if not may(user, Verb.ANSWER_SLIPS):
        return {}
    work = work_with_slips(user, most=FEW)
    return {
        "slip_work": {"count": work.count, "rows": [(slip, days_left(slip.due_on, today())) for slip in work.slips]}
    }


def _bulletins(user: User) -> dict[str, Any]:
    """For the office: what waits for its decision; for a unit: the drafts that it may still object to."""
    hearings = []
    for hearing in hearings_for(user, today()):
        palette = edition_for(hearing.bulletin.month).palette
        looks = [(colour_name(level, "", palette), count) for level, count in hearing.levels]
        hearings.append((hearing, looks))
    return {"decisions": decisions_waiting(user), "hearings": hearings}


def _without_figures(user: User, lines: QuerySet[Line], month: Month) -> dict[str, Any]:
    """For the office, in a month from before reports came in: the projects whose figures it has not entered."""
    if not may(user, Verb.ENTER_FIGURES) or period_of(month):
        return {}
    missing, first_missing = without_figures(lines, month, most=MOST)
    return {"enters": True, "missing": missing, "first_missing": first_missing}


def _as_reached(user: User) -> dict[str, str]:
    """What narrows the list to the projects that `user` changes, where they read more than that."""
    works_in_all = not may(user, Verb.MOVE_STAGE) or user.unit == district_of(user.unit)
    return {} if works_in_all else {"unit": str(user.unit_id)}


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
    user = person(request)
    month, stamp = fresh_month(request)
    tells = told_to(user, month, stamp)
    palette = tells.palette
    lines = Line.objects.visible_to(user).of(month)
    found = kept(user, f"{month}:{stamp}:{tells.key}", "overview", lambda: overview_of(lines, palette))
    names = colour_names(palette)
    context = {
        "month": month,
        "month_text": str(month),
        "published": told_sentence(tells) if tells.is_published else "",
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
        "tiles": _tiles(month),
    }
    return render(request, "portfolio/overview.html", context)


def _tiles(month: Month) -> dict[str, str]:
    """Where the projects of each figure above are listed."""
    listed = f"{reverse('project_list')}?month={month}"
    implementation = f"{listed}&project_class={IMPLEMENTATION}"
    return {
        "signed": f"{listed}&project_class=lead&sort=-total",
        "in_talks": f"{listed}&project_class=lead&stage={Stage.IN_TALKS}",
        "implementation": f"{implementation}&sort=-stage",
        "invested": f"{implementation}&sort=-invested",
        "rate": f"{implementation}&sort=-rate",
        "lead": f"{implementation}&sort=lead",
    }
