"""The reports of all months as the office goes through them; several are approved at once."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from projects.accounts.actions import check_may
from projects.accounts.models import User
from projects.accounts.queries import may
from projects.accounts.roles import Verb
from projects.core.clock import now, today, working_month
from projects.core.narrowing import active_chips, address_with
from projects.core.refusals import Refused
from projects.progress.actions.reviewing import approve_several
from projects.progress.filters import QueueFilter
from projects.progress.models import MonthlyReport, Period
from projects.progress.queries import queue
from projects.progress.queries.comparison import Compared, compared
from projects.progress.queries.reports import latest_month
from projects.progress.views.own import own_reports
from projects.register.views.answers import back_to, done, form_page, person, status_of

PAGE_SIZES = (20, 50, 100, 200)
KIND_NAMES = {
    "submitted": gettext_lazy("To check"),
    "returned": gettext_lazy("Sent back"),
    "missing": gettext_lazy("Not handed in"),
    "approved": gettext_lazy("Approved reports"),
}


@dataclass(frozen=True)
class Row:
    """A report in the queue; `pick` says whether this person may approve it from here."""

    compared: Compared
    period: Period | None
    url: str
    pick: bool
    ticked: bool

    @property
    def report(self) -> MonthlyReport:
        return self.compared.report

    @property
    def days_over(self) -> int:
        """Days since the due day of its month."""
        return max((today() - self.period.due_on).days, 0) if self.period else 0


@require_safe
def reports(request: HttpRequest) -> HttpResponseBase:
    """For who writes reports: those of the own unit. For who checks or only reads: the queue of all units."""
    user = person(request)
    if may(user, Verb.REPORT) and not may(user, Verb.REVIEW_REPORTS):
        return own_reports(request, user)
    return _queue(request, user)


@form_page
def approve_reports(request: HttpRequest) -> HttpResponseBase:
    """Approve the reports that were ticked: all of them, or none and why."""
    user = person(request)
    if request.method != "POST":
        return redirect("reports")
    ticked = {int(text) for text in request.POST.getlist("chosen")[:200] if text.isdecimal() and len(text) < 18}
    found = MonthlyReport.objects.visible_to(user).filter(pk__in=ticked).select_related("project")
    try:
        check_may(user, Verb.REVIEW_REPORTS)
        if not found:
            raise Refused(_("Tick at least one report."))
        count = approve_several([(each, _seen(request, each)) for each in found], by=user, at=now())
    except Refused as refusal:
        return _queue(request, user, ticked=ticked, refusal=refusal)
    sentence = _("%(count)s reports were approved; their figures count now.") % {"count": count}
    return done(request, sentence, back_to(request, reverse("reports")))


def _seen(request: HttpRequest, report: MonthlyReport) -> int:
    text = request.POST.get(f"seen-{report.pk}", "")
    return int(text) if text.isdecimal() and len(text) < 10 else -1


def _queue(
    request: HttpRequest, user: User, *, ticked: Collection[int] = (), refusal: Refused | None = None
) -> HttpResponseBase:
    latest = latest_month(working_month(today()))
    filterset = QueueFilter(request.GET, MonthlyReport.objects.visible_to(user), latest=latest, user=user)
    kind = request.GET.get("kind", "")
    kind = kind if kind in queue.KINDS else "submitted"
    counts = queue.counts(filterset.reports)
    size = int(request.GET.get("per_page", "")) if request.GET.get("per_page", "") in map(str, PAGE_SIZES) else 50
    page = Paginator(range(counts[kind]), size).get_page(request.GET.get("page"))
    found = queue.page(filterset.reports, kind, max(page.start_index() - 1, 0), page.end_index())
    picks = may(user, Verb.REVIEW_REPORTS) and kind == "submitted"
    status = status_of(refusal) if refusal else 200
    context = {
        "month_switch": None,  # the filter of months takes its place
        "filter": filterset,
        "refused_filters": list(filterset.form.errors.items()),
        "active": active_chips(request, reverse("reports"), filterset.form, filterset.chosen),
        "clear_url": f"?kind={kind}",
        "counts": counts,
        "kind": kind,
        "kinds": [
            {
                "label": name,
                "count": counts[code],
                "current": code == kind,
                "url": address_with(request, reverse("reports"), kind=code),
            }
            for code, name in KIND_NAMES.items()
        ],
        "rows": _rows(user, found, filterset.carried, picks=picks, ticked=ticked),
        "page": page,
        "picks": picks,
        "reviews": may(user, Verb.REVIEW_REPORTS),
        "keeps_periods": may(user, Verb.KEEP_PERIODS),
        "query": request.GET.urlencode(),
        "refusal": refusal,
        "status": status,
    }
    return render(request, "progress/queue.html", context, status=status)


def _rows(user: User, found: list[MonthlyReport], carried: str, *, picks: bool, ticked: Collection[int]) -> list[Row]:
    pks = [report.pk for report in found]
    mine = MonthlyReport.objects.editable_by(user).filter(pk__in=pks) if picks else MonthlyReport.objects.none()
    reached = set(mine.values_list("pk", flat=True))
    periods = {each.month: each for each in Period.objects.filter(month__in={report.month for report in found})}
    return [
        Row(
            each,
            periods.get(each.report.month),
            reverse("report", args=[each.report.month, each.report.project.code]) + carried,
            each.report.pk in reached and user.pk not in {each.report.written_by_id, each.report.submitted_by_id},
            each.report.pk in ticked,
        )
        for each in compared(found)
    ]
