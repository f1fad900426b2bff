"""The months that are reported: their days and how far they are; opening one, and what holds for those to come."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from projects.accounts.actions import check_may
from projects.accounts.models import User
from projects.accounts.roles import Verb
from projects.core import display
from projects.core.clock import now, today, working_month
from projects.core.month import Month
from projects.core.refusals import Refused
from projects.core.versions import Versioned
from projects.progress.actions.periods import keep_period, keep_rules, open_period
from projects.progress.forms import reviewing as forms
from projects.progress.models import MonthlyReport, Period, ReportingRules
from projects.progress.wording import STATE_NAMES
from projects.register.views.answers import answer_form, done, form_page, person, refuse
from projects.register.wording import CLASS_NAMES

PAGE = 24


def _keeper(request: HttpRequest) -> User:
    user = person(request)
    check_may(user, Verb.KEEP_PERIODS)
    return user


@require_safe
def periods(request: HttpRequest) -> HttpResponseBase:
    return _list(request, _keeper(request))


@form_page
def open_month(request: HttpRequest) -> HttpResponseBase:
    """Open a month; opening it again asks for the reports that came to be due since."""
    user = _keeper(request)
    if request.method != "POST":
        return redirect("periods")
    form = forms.OpenMonthForm(request.POST)
    status = 422
    if form.is_valid():
        month = form.cleaned_data["month"]
        before = MonthlyReport.objects.filter(month=month).count()
        try:
            period = open_period(month, by=user, at=now(), today=today())
        except Refused as refusal:
            status = refuse(form, refusal)
        else:
            added = MonthlyReport.objects.filter(month=month).count() - before
            said = _("%(month)s is open until %(day)s; %(count)s reports were asked for.")
            values = {"month": display.month_label(month), "day": display.day(period.locks_on), "count": added}
            return done(request, said % values, reverse("periods"))
    return _list(request, user, form=form, status=status)


def _list(request: HttpRequest, user: User, *, form: Any = None, status: int = 200) -> HttpResponseBase:
    page = Paginator(Period.objects.select_related("opened_by").order_by("-month"), PAGE).get_page(
        request.GET.get("page")
    )
    shown = list(page.object_list)
    reach = MonthlyReport.objects.visible_to(user).filter(month__in=[period.month for period in shown])
    counts: dict[Month, dict[str, int]] = {period.month: {} for period in shown}
    for month, state, count in reach.order_by().values_list("month", "state").annotate(Count("id")):
        counts[month][state] = count
    rules = ReportingRules.current()
    working = working_month(today())
    begins = rules.days_of(working + 1)["opens_on"]
    context = {
        "month_switch": None,  # the list shows all months
        "rows": [(period, period.is_open_on(today()), _by_name(counts[period.month])) for period in shown],
        "states": list(STATE_NAMES.values()),
        "page": page,
        "form": form or forms.OpenMonthForm(initial={"month": working + 1 if begins <= today() else working}),
        "rules": rules,
        "classes": [CLASS_NAMES[name] for name in rules.reporting_classes],
    }
    return render(request, "progress/periods.html", context, status=status)


def _by_name(counts: dict[str, int]) -> list[tuple[str | Promise, int]]:
    return [(name, counts.get(state, 0)) for state, name in STATE_NAMES.items()]


@form_page
def edit_period(request: HttpRequest, month: Month) -> HttpResponseBase:
    user = _keeper(request)
    period = get_object_or_404(Period, month=month)
    form = forms.PeriodForm(request.POST or None, instance=period, initial={"version": period.version})

    def save() -> str:
        keep_period(
            form.save(commit=False), by=user, at=now(), today=today(), seen=form.cleaned_data["version"]
        )  # fmt: skip
        return _("The days of %(month)s were saved.") % {"month": display.month_label(month)}

    title = _("Days of %(month)s") % {"month": display.month_label(month)}
    return answer_form(request, form, save, url=reverse("periods"), context=_titled(title, period))


@form_page
def reporting_rules(request: HttpRequest) -> HttpResponseBase:
    user, rules = _keeper(request), ReportingRules.current()
    initial = {"version": rules.version, "classes": rules.reporting_classes}
    form = forms.RulesForm(request.POST or None, instance=rules, initial=initial)

    def save() -> str:
        keep_rules(form.save(commit=False), by=user, at=now(), seen=form.cleaned_data["version"])
        return _("The rules of reporting were saved; they hold for months that are opened from now on.")

    context = _titled(_("Rules of reporting"), rules)
    return answer_form(request, form, save, url=reverse("periods"), context=context)


def _titled(title: str, row: Versioned) -> dict[str, Any]:
    """The page of a form; it carries the version now stored, so that who was overtaken may compare and save again."""
    return {"title": title, "version": row.version, "month_switch": None, "template": "progress/days.html"}
