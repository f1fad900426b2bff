"""A unit's own reports of a month: where each stands, whose turn it is, and the one thing to do with it."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, Count, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from projects.accounts.models import User
from projects.core import display
from projects.core.chosen_month import chosen_month
from projects.core.clock import today, working_month
from projects.core.month import Month
from projects.progress.models import MonthlyReport, Period
from projects.progress.queries.comparison import Compared, compared
from projects.progress.queries.reports import TO_WRITE, chased, with_excuse
from projects.progress.queries.turns import Task, locks_told
from projects.progress.workflow import TURNS, State, Turn

PAGE = 50
# In the order in which a unit takes them up.
PLACES = {state: place for place, state in enumerate(["returned", "due", "draft", "submitted", "approved"])}
SHORT_TURNS = {
    Turn.UNIT: gettext_lazy("your unit"),
    Turn.OFFICE: gettext_lazy("the key-project office"),
    Turn.NOBODY: gettext_lazy("done"),
}


@dataclass(frozen=True)
class Row:
    """A report of the unit, and whether nobody asks after it."""

    compared: Compared
    task: Task
    is_excused: bool

    @property
    def report(self) -> MonthlyReport:
        return self.compared.report

    @property
    def turn(self) -> str:
        return str(SHORT_TURNS[TURNS[State(self.report.state)]])


def own_reports(request: HttpRequest, user: User) -> HttpResponseBase:
    day = today()
    mine = MonthlyReport.objects.editable_by(user)
    periods = {period.month: period for period in Period.objects.all()}
    month = _month(request, periods, day)
    states = dict(mine.filter(month=month).order_by().values_list("state").annotate(Count("id")))
    to_write = chased(mine.filter(state__in=TO_WRITE)).order_by()
    left = dict(to_write.values_list("month").annotate(Count("id")))
    page = Paginator(range(sum(states.values())), PAGE).get_page(request.GET.get("page"))
    context = {
        "month_switch": None,  # the tabs of months take its place
        "month": month,
        "month_text": str(month),
        "period": periods.get(month),
        "months": _tabs(month, periods, left, day),
        "rows": _rows(mine.filter(month=month), max(page.start_index() - 1, 0), page.end_index(), periods, day),
        "page": page,
        "states": [(state, states[state]) for state in PLACES if state in states],
        "left": left.get(month, 0),
        "locks": locks_told(user, day),
    }
    return render(request, "progress/own.html", context)


def _month(request: HttpRequest, periods: dict[Month, Period], day: datetime.date) -> Month:
    """The month asked for, else the one looked at last, else the first that is still open, else the working month."""
    working = working_month(day)
    still_open = [month for month, period in periods.items() if period.is_open_on(day)]
    return chosen_month(request, latest=max([working, *periods]), usual=min(still_open, default=working))


def _tabs(
    month: Month, periods: dict[Month, Period], left: dict[Month, int], day: datetime.date
) -> list[dict[str, Any]]:
    """The month looked at, those that are open, and those in which something is left to write; the latest first."""
    shown = {month, *left, *(each for each, period in periods.items() if period.is_open_on(day))}
    return [
        {
            "label": display.month_label(each),
            "count": left.get(each, ""),
            "current": each == month,
            "url": f"{reverse('reports')}?month={each}",
        }
        for each in sorted(shown, reverse=True)
    ]


def _rows(
    reports: QuerySet[MonthlyReport], start: int, stop: int, periods: dict[Month, Period], day: datetime.date
) -> list[Row]:
    places = (When(state=state, then=Value(number)) for state, number in PLACES.items())
    ordered = with_excuse(reports).order_by(Case(*places, output_field=IntegerField()), "project__name_key", "id")
    found = compared(ordered.select_related("project__unit")[start:stop])
    return [Row(each, Task(each.report, periods.get(each.report.month), day), each.report.excused) for each in found]  # type: ignore[attr-defined]
