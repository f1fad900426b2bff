"""What the office does with reports: return, approve, reopen, let come in late; and what is said of them."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.accounts.models import User
from projects.accounts.roles import Verb
from projects.core.refusals import Refused
from projects.core.versions import write
from projects.journal.actions import record
from projects.progress.actions.reporting import WRITTEN, held, next_state
from projects.progress.actions.telling import tell_approved, tell_unit
from projects.progress.models import MonthlyReport, ReportComment
from projects.progress.queries.reports import period_of
from projects.progress.workflow import State, Step
from projects.register.actions.touching import check_reach, lock, touch
from projects.register.queries import facts_of


@transaction.atomic
def send_back(
    report: MonthlyReport, comments: Mapping[str, str], *, by: User | None, at: datetime.datetime, seen: int | None
) -> MonthlyReport:
    """Return a submitted report with what is to be corrected: a comment for a field, or under "" for the whole."""
    project, stored = held(report, Verb.REVIEW_REPORTS, by=by, seen=seen)
    state = next_state(stored, Step.SEND_BACK)
    said = {field: text for field, text in comments.items() if text}
    if not said:
        raise Refused(_("Say what is to be corrected, so that the unit need not ask."), field="comment")
    unknown = sorted(set(said) - {"", *WRITTEN})
    if unknown:
        raise Refused(_("A report has no field “%(field)s”.") % {"field": unknown[0]})
    write(stored, seen=seen, state=state.value, returned_at=at, returned_by=by)
    for field, text in said.items():
        say(stored, "return", text, field=field, by=by, at=at)
    record(
        by=by, at=at, verb="return_report", subject=stored, project_id=project.pk,
        after={"month": stored.month}, note="\n".join(said.values()),
    )  # fmt: skip
    tell_unit("report_returned", stored, next(iter(said.values())), by=by, at=at)
    return stored


def check_other_person(report: MonthlyReport, *, by: User | None) -> None:
    """`Refused` for one's own report."""
    if by is not None and by.pk in {report.written_by_id, report.submitted_by_id}:
        raise Refused(_("You wrote or submitted this report yourself; another person of the office approves it."))


@transaction.atomic
def approve(report: MonthlyReport, *, by: User | None, at: datetime.datetime, seen: int | None) -> MonthlyReport:
    """Take a submitted report as right: from now on its figures count.

    `Refused` for one's own report: who wrote or submitted it does not approve it.
    """
    approved = _approve(report, by=by, at=at, seen=seen)
    tell_approved([approved], by=by, at=at)
    return approved


def _approve(report: MonthlyReport, *, by: User | None, at: datetime.datetime, seen: int | None) -> MonthlyReport:
    project, stored = held(report, Verb.REVIEW_REPORTS, by=by, seen=seen)
    state = next_state(stored, Step.APPROVE)
    check_other_person(stored, by=by)
    write(stored, seen=seen, state=state.value, approved_at=at, approved_by=by)
    record(
        by=by, at=at, verb="approve_report", subject=stored, project_id=project.pk,
        after={"month": stored.month, "invested_this_month": stored.invested_this_month},
    )  # fmt: skip
    touch(project, since=stored.month, at=at)
    return stored


@transaction.atomic
def approve_several(reports: Iterable[tuple[MonthlyReport, int]], *, by: User, at: datetime.datetime) -> int:
    """Approve several, each read at the version beside it: all of them or, when one is refused, none."""
    approved = []
    for report, seen in sorted(reports, key=lambda pair: pair[0].project_id):
        try:
            approved.append(_approve(report, by=by, at=at, seen=seen))
        except Refused as refusal:
            raise type(refusal)(f"{report}: {refusal.sentence}") from refusal
    tell_approved(approved, by=by, at=at)
    return len(approved)


@transaction.atomic
def reopen(
    report: MonthlyReport, *, reason: str, by: User | None, at: datetime.datetime, seen: int | None
) -> MonthlyReport:
    """Open an approved report again, so that the unit corrects it; its figures do not count meanwhile."""
    project, stored = held(report, Verb.REVIEW_REPORTS, by=by, seen=seen)
    state = next_state(stored, Step.REOPEN)
    if not reason:
        raise Refused(_("Say why an approved report is opened again."), field="reason")
    values: dict[str, Any] = {"state": state.value, "approved_at": None, "approved_by": None}
    if stored.first_submitted_at is None:  # entered by the office at once, before reports came in
        values["first_submitted_at"] = stored.approved_at
    write(stored, seen=seen, **values, returned_at=at, returned_by=by)
    say(stored, "reopen", reason, by=by, at=at)
    record(
        by=by, at=at, verb="reopen_report", subject=stored, project_id=project.pk,
        before=facts_of(stored, WRITTEN), note=reason,
    )  # fmt: skip
    touch(project, since=stored.month, at=at)
    tell_unit("report_reopened", stored, reason, by=by, at=at)
    return stored


def check_missed_lock(report: MonthlyReport, *, at: datetime.datetime) -> None:
    """`Refused` for a report that needs no leave: before the lock, and when it was handed in."""
    period = period_of(report.month)
    if period is None or not period.is_locked_on(timezone.localtime(at).date()):
        raise Refused(_("The month is not locked; the unit may still report without leave."))
    if report.first_submitted_at is not None:
        raise Refused(_("This report was handed in already."))


@transaction.atomic
def allow_late(
    report: MonthlyReport,
    *,
    until: datetime.date,
    reason: str,
    by: User | None,
    at: datetime.datetime,
    seen: int | None = None,
) -> MonthlyReport:
    """Let a report that missed the lock still come in up to the end of `until`; it stays marked as late.

    Whether or not the unit has asked for it; when it has, this is the answer.
    """
    project, stored = held(report, Verb.REVIEW_REPORTS, by=by, seen=seen)
    check_missed_lock(stored, at=at)
    if until < timezone.localtime(at).date():
        raise Refused(_("The day has passed. Enter today or a later day."), field="until")
    if not reason:
        raise Refused(_("Say why it may come in late."), field="reason")
    if stored._state.adding:
        stored.save(force_insert=True)
    before, asker = {"late_until": stored.late_until}, stored.leave_asked_by
    write(stored, seen=None, late_until=until, leave_asked_at=None, leave_asked_by=None)
    say(stored, "leave", reason, by=by, at=at)
    record(
        by=by, at=at, verb="allow_late", subject=stored, project_id=project.pk,
        before=before, after={"late_until": until}, note=reason,
    )  # fmt: skip
    tell_unit("late_allowed", stored, reason, asker=asker, by=by, at=at)
    return stored


def check_written(report: MonthlyReport) -> None:
    """`Refused` as long as there is nothing to say anything of."""
    if report._state.adding or report.state == State.DUE.value:
        raise Refused(_("There is no report yet to say anything of."))


@transaction.atomic
def reply(report: MonthlyReport, text: str, *, by: User | None, at: datetime.datetime) -> ReportComment:
    """Add to what is said of a report; the unit concerned and the office may."""
    project = lock(report.project_id)
    check_reach(by, Verb.REPORT, project)
    check_written(report)
    if not text:
        raise Refused(_("Write what you want to say first."), field="text")
    comment = say(report, "reply", text, by=by, at=at)
    record(by=by, at=at, verb="comment_report", subject=report, project_id=project.pk, note=text)
    return comment


def say(
    report: MonthlyReport, kind: str, text: str, *, field: str = "", by: User | None, at: datetime.datetime
) -> ReportComment:
    """Add to what is said of a report; `kind` is one of `COMMENT_NAMES`."""
    return ReportComment.objects.create(report=report, kind=kind, field=field, text=text, by=by, at=at)
