"""The page on which a unit writes a month of a project: saved by hand or by itself, checked while typing, submitted."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.accounts.queries import may
from projects.accounts.roles import Verb
from projects.core.clock import now, today
from projects.core.display import moment, month_label
from projects.core.refusals import Refused, Stale
from projects.progress.actions.month import write_month
from projects.progress.actions.reporting import save_draft, written_in
from projects.progress.forms.writing import MonthForms
from projects.progress.queries.background import background_of
from projects.progress.queries.reports import period_of, report_of
from projects.progress.queries.turns import locks_told
from projects.progress.queries.writing import (
    movable_parts,
    next_to_write,
    nodes_to_meet,
    open_problems,
    return_comments,
    waiting,
)
from projects.progress.views.attaching import photos_and_documents, take_in
from projects.progress.views.case import Case, Remarks, Sums, compared, month_in
from projects.register.views.answers import done, form_page, person, project_to_change, status_of

SUBMIT, AUTOSAVE, CHECK = "submit", "autosave", "check"  # what a press or a pause asks for; else a draft is saved


@form_page
def write_report(request: HttpRequest, month: str, code: str) -> HttpResponseBase:
    of_month = month_in(month)
    project = project_to_change(request, code, Verb.REPORT)
    report = report_of(project, of_month)
    report.project = project
    posted = request.POST if request.method == "POST" else None
    beside = movable_parts(project), list(nodes_to_meet(project, today())), list(open_problems(project))
    forms = MonthForms(posted, report, *beside, files=None if posted is None else request.FILES)
    case = Case(project, report, background_of(project, of_month), forms, person(request), now())
    if posted is None:
        return _page(request, case)
    asked = posted.get("do", "")
    if asked == CHECK:
        return render(request, "progress/remarks.html", {"remarks": Remarks.of(case), "live": True})
    if asked == AUTOSAVE:
        return _autosave(request, case)
    take_in(request, case)
    if not forms.is_valid():
        return _page(request, case, status=422)
    try:
        return _save(request, case, submitting=asked == SUBMIT)
    except Refused as refusal:
        forms.refuse(refusal)
        return _page(request, case, refusal=refusal, status=status_of(refusal))


def _save(request: HttpRequest, case: Case, *, submitting: bool) -> HttpResponseBase:
    form, project = case.forms.report, case.project
    saved = write_month(
        case.report, form.written(case.background), stages=case.forms.stages(), nodes=case.forms.nodes_met(),
        problems=case.forms.problems_told(), submitting=submitting, by=case.by, at=case.at, today=today(),
        seen=form.seen(),
    )  # fmt: skip
    told = {"time": moment(case.at), "version": saved.version}
    if not submitting:
        return done(request, _("Draft saved at %(time)s, version %(version)s.") % told, request.path)
    receipt = _("%(project)s, %(month)s: submitted at %(time)s, version %(version)s.") % {
        "project": project.short_name, "month": month_label(saved.month), **told,
    }  # fmt: skip
    following = next_to_write(case.by, case.report) if request.POST.get("then") == "next" else None
    if following is None:
        return done(request, receipt, reverse("report", args=[saved.month, project.code]))
    return done(request, receipt, reverse("write_report", args=[following.month, following.project.code]))


def _autosave(request: HttpRequest, case: Case) -> HttpResponse:
    """Keep what was typed, without moving a stage; the page hears in one line whether that worked."""
    form, version, refused, status = case.forms.report, None, "", 200
    everything = case.forms.is_valid()
    if not form.is_valid():
        refused, status = _("something that was typed cannot be read yet"), 422
    else:
        try:
            written = form.written(case.background)
            saved = save_draft(case.report, written, by=case.by, at=case.at, seen=form.seen(), unasked=True)
            version = saved.version
        except Refused as refusal:
            refused, status = str(refusal), status_of(refusal)
    context = {"time": timezone.localtime(case.at), "version": version, "refused": refused}
    response = render(request, "progress/autosaved.html", context, status=status)
    if version is not None and everything and not case.forms.move_something():
        response["HX-Trigger"] = "draft-saved"
    return response


def _page(request: HttpRequest, case: Case, *, refusal: Refused | None = None, status: int = 200) -> HttpResponse:
    report, form, month = case.report, case.forms.report, case.report.month
    context = {
        "project": case.project,
        "month": month,
        "last_month": month + -1,
        "next_month": month + 1,
        "report": report,
        "period": period_of(month),
        "background": case.background,
        "form": form,
        "parts": case.forms.parts,
        "nodes": case.forms.nodes,
        "problems": case.forms.problems,
        "files": case.forms.files,
        **photos_and_documents(report, case.by),
        "today": today(),
        "remarks": Remarks.of(case),
        "sums": Sums.of(case),
        "stands_in_the_way": "" if form.is_bound else case.stands_in_the_way(),
        "asks_leave": not form.is_bound and case.may_ask_leave(),
        "comments": return_comments(report),
        "locks": [lock for lock in locks_told(case.by, today()) if lock.month == month],
        "others": waiting(case.by, report).count(),
        "goes_on": "next" in request.POST.getlist("then") if form.is_bound else not may(case.by, Verb.REVIEW_REPORTS),
        "status": status,
        "compared": [],
        "report_url": reverse("report", args=[month, case.project.code]),
    }
    if isinstance(refusal, Stale) and not refusal.field:
        stored = report_of(case.project, month)
        names = {name: str(form[name].label) for name in form.fields}
        context["compared"] = compared(names, written_in(stored), form.written(case.background))
        form.renew(stored.version)
    return render(request, "progress/write.html", context, status=status)
