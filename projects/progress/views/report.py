"""One report: its figures and words beside last month's, what was said of it, and what this person may do with it."""

import datetime
from dataclasses import dataclass, replace
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from projects.accounts.models import User
from projects.accounts.queries import may
from projects.accounts.roles import Verb
from projects.core.clock import now, today, working_month
from projects.core.month import Month
from projects.core.refusals import Refused
from projects.progress.actions.offers import ALLOW_LATE, ASK_LEAVE, REFUSE_LEAVE, REPLY, Offer, offers
from projects.progress.comparing import Kind, Piece, pieces
from projects.progress.filters import QueueFilter
from projects.progress.forms import reviewing as forms
from projects.progress.models import MonthlyReport, ReportComment
from projects.progress.queries.comparison import Compared, compared
from projects.progress.queries.leave import question_of
from projects.progress.queries.queue import comments_for, neighbours
from projects.progress.queries.reports import latest_month, period_of
from projects.progress.queries.turns import locks_told
from projects.progress.views.attaching import photos_and_documents
from projects.progress.wording import COMMENT_NAMES, TURN_NAMES, remark_sentence
from projects.progress.workflow import TURNS, State, Step
from projects.register.models import Project
from projects.register.views.answers import person

PEOPLE = ("written_by__unit", "submitted_by__unit", "returned_by__unit", "approved_by__unit")
# What the page offers in each state, refused or not; of what is not named here nothing is said.
SHOWN: dict[str, tuple[str, ...]] = {
    State.DUE.value: (Step.WRITE, Step.APPROVE, ALLOW_LATE, ASK_LEAVE, REFUSE_LEAVE),
    State.DRAFT.value: (Step.WRITE, Step.APPROVE, ALLOW_LATE, ASK_LEAVE, REFUSE_LEAVE, REPLY),
    State.SUBMITTED.value: (Step.APPROVE, Step.SEND_BACK, Step.WITHDRAW, REPLY),
    State.RETURNED.value: (Step.WRITE, Step.APPROVE, REPLY),
    State.APPROVED.value: (Step.WRITE, Step.REOPEN, REPLY),
}
FORMS: dict[str, type[Form]] = {
    Step.SEND_BACK.value: forms.ReturnForm,
    Step.REOPEN.value: forms.ReopenForm,
    ALLOW_LATE: forms.LateForm,
    ASK_LEAVE: forms.AskLeaveForm,
    REFUSE_LEAVE: forms.RefuseLeaveForm,
    REPLY: forms.ReplyForm,
}
WRITE_NAMES: dict[str, Promise] = {
    State.DUE.value: gettext_lazy("Begin the report"),
    State.DRAFT.value: gettext_lazy("Go on writing"),
    State.RETURNED.value: gettext_lazy("Correct the report"),
    State.APPROVED.value: gettext_lazy("Correct the report"),
}
USUAL_LEAVE = datetime.timedelta(days=3)  # proposed to the office when it answers a unit
TEXTS = ("image", "next_steps", "explanation", "reason")


@dataclass(frozen=True)
class Words:
    """A text of the report: what is new in it and what is gone since last month, where the two can be compared."""

    label: str
    text: str
    before: str
    pieces: list[Piece]
    is_same: bool
    comments: list[ReportComment]


@require_safe
def report(request: HttpRequest, month: Month, code: str) -> HttpResponseBase:
    return report_page(request, found_report(request, month, code))


def found_report(request: HttpRequest, month: Month, code: str) -> MonthlyReport:
    """The report if this person may see it; 404 else."""
    rows = MonthlyReport.objects.visible_to(person(request)).select_related("project__unit", *PEOPLE)
    found: MonthlyReport = get_object_or_404(rows, project__code=code, month=month)
    return found


def report_page(
    request: HttpRequest,
    report: MonthlyReport,
    *,
    tried: str = "",
    form: Any = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponseBase:
    """The page of a report; again with `form` and the `refusal` when a step was `tried` and not taken."""
    user, day = person(request), today()
    row, last = _beside(user, report)
    said = list(comments_for(user, report))
    by_field = {name: [each for each in said if each.field == name] for name in {each.field for each in said}}
    carried, previous, following = _around(request, user, report)
    offered = _offered(user, report, tried)
    words = _words(report, row, by_field)
    question = question_of(report) if offered else None
    context = {
        "month_switch": None,  # the month is in the address
        "report": report,
        "project": report.project,
        "month": report.month,
        "period": period_of(report.month),
        "row": row,
        "last": last,
        "turn": TURN_NAMES[TURNS[State(report.state)]],
        "words": words,
        "shows_difference": any(each.pieces for each in words),
        "said_of": by_field,
        "thread": _thread(said),
        **photos_and_documents(report, user),
        "odd": [remark_sentence(remark) for remark in row.odd],
        "lacking": [remark_sentence(remark) for remark in row.lacking] if report.state == State.DRAFT.value else [],
        "offers": offered,
        "only_reads": not offered,
        "write_name": WRITE_NAMES.get(report.state, ""),
        "forms": _forms(offered, tried, form, _proposed(question, day)),
        "question": question,
        "opened": {tried: True, **({ALLOW_LATE: True} if question else {})},
        "refusal": refusal,
        "status": status,
        "carried": carried,
        "queue_url": reverse("reports") + carried,
        "previous": previous,
        "following": following,
        "locks": [lock for lock in locks_told(user, day) if lock.month == report.month],
        "day": day,
    }
    return render(request, "progress/report.html", context, status=status)


def _beside(user: User, report: MonthlyReport) -> tuple[Compared, MonthlyReport]:
    """The report with its background, and the one of the month before, an empty one where there is none; other units
    read what was approved alone."""
    [row] = compared([report])
    own = Project.objects.editable_by(user).filter(pk=report.project_id)
    if user.role == "reporter" and not own.exists():
        known = replace(row.background, planned=None, before=(None, None), last_image="", last_steps="")
        return replace(row, background=known), MonthlyReport()
    before = MonthlyReport.objects.handed_in().filter(project=report.project_id, month=report.month + -1)
    return row, before.first() or MonthlyReport()


def _words(report: MonthlyReport, row: Compared, comments: dict[str, list[ReportComment]]) -> list[Words]:
    before = {"image": row.background.last_image, "next_steps": row.background.last_steps}
    found = []
    for name in TEXTS:
        text, last = getattr(report, name), before.get(name, "")
        compared_pieces = pieces(last, text) if text and last and text != last else []
        if not any(piece.kind is Kind.SAME for piece in compared_pieces):
            compared_pieces = []
        is_same = bool(text) and text == last
        found.append(
            Words(forms.label_of(name), text, "" if is_same else last, compared_pieces, is_same, comments.get(name, []))
        )
    return [each for each in found if each.text or each.before or each.comments]


def _thread(said: list[ReportComment]) -> list[dict[str, Any]]:
    """What was said, for the timeline."""
    found = []
    for comment in said:
        kind = str(COMMENT_NAMES[comment.kind])
        title = f"{kind} · {forms.label_of(comment.field)}" if comment.field else kind
        unit = comment.by.unit if comment.by else ""
        found.append({"title": title, "at": comment.at, "by": comment.by, "unit": unit, "note": comment.text})
    return found


def _around(request: HttpRequest, user: User, report: MonthlyReport) -> tuple[str, str, str]:
    """What narrows the queue, as the end of an address, and the addresses of the reports before and after in it."""
    if not may(user, Verb.REVIEW_REPORTS):
        return "", "", ""
    latest = latest_month(working_month(today()))
    filterset = QueueFilter(request.GET, MonthlyReport.objects.visible_to(user), latest=latest, user=user)
    previous, following = neighbours(filterset.reports, report)
    addresses = [
        reverse("report", args=[each.month, each.project.code]) + filterset.carried if each else ""
        for each in (previous, following)
    ]
    return filterset.carried, addresses[0], addresses[1]


def _offered(user: User, report: MonthlyReport, tried: str) -> dict[str, Offer]:
    """What the page offers to this person in this state, and what was just tried, so that nothing typed is lost."""
    found = offers(report, to=user, at=now())
    shown = {str(name): found[name] for name in (*SHOWN[report.state], tried) if name in found}
    if Step.REOPEN.value in shown:  # who may open it again is not told to ask the office for it
        shown.pop(Step.WRITE.value, None)
    for name in (ASK_LEAVE, REFUSE_LEAVE):  # said of only where there is something to ask or to answer
        if name in shown and shown[name].because and name != tried:
            shown.pop(name)
    if Step.SEND_BACK.value in shown and report.submitted_by_id != user.pk:  # the office returns, the unit takes back
        shown.pop(Step.WITHDRAW.value, None)
    return shown


def _proposed(question: ReportComment | None, day: datetime.date) -> dict[str, dict[str, Any]]:
    """What the office need not type where it only says yes: by the name of the form."""
    return {ALLOW_LATE: {"until": day + USUAL_LEAVE, "reason": question.text}} if question else {}


def _forms(offered: dict[str, Offer], tried: str, form: Any, proposed: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The forms of what is offered and not refused, and the one that was tried as it was filled in."""
    shown = [name for name, offer in offered.items() if name in FORMS and (not offer.because or name == tried)]
    return {
        name: form if name == tried else FORMS[name](auto_id=f"{name}_%s", initial=proposed.get(name)) for name in shown
    }
