"""Asking the office for leave to report after the lock, and its no; its yes is `reviewing.allow_late`."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.accounts.models import User
from projects.accounts.queries import may
from projects.accounts.roles import Verb
from projects.core.refusals import Refused
from projects.core.versions import write
from projects.journal.actions import record
from projects.progress.actions.reporting import held
from projects.progress.actions.reviewing import check_missed_lock, say
from projects.progress.actions.telling import tell_leave_asked, tell_unit
from projects.progress.models import MonthlyReport
from projects.progress.wording import STANDS_IN_THE_WAY
from projects.progress.workflow import MISSING, State
from projects.register.queries import facts_of


def check_asks(report: MonthlyReport, *, by: User | None, at: datetime.datetime) -> None:
    """`Refused` when there is no leave to ask for: not locked, handed in, with leave already, or not answered yet."""
    if State(report.state) not in MISSING:
        raise Refused(STANDS_IN_THE_WAY[report.state])
    check_missed_lock(report, at=at)
    if by is not None and may(by, Verb.REVIEW_REPORTS):
        raise Refused(_("The key-project office asks nobody: let the report come in late, or write it."))
    if report.late_until is not None and timezone.localtime(at).date() <= report.late_until:
        raise Refused(
            _("The report has leave until the end of %(day)s: write and submit it.")
            % {"day": report.late_until.isoformat()}
        )
    if report.leave_asked_at is not None:
        raise Refused(_("Leave was asked for already. The key-project office answers in a notice."))


@transaction.atomic
def ask_leave(
    report: MonthlyReport, *, reason: str, by: User | None, at: datetime.datetime, seen: int | None
) -> MonthlyReport:
    """Ask that a report which missed the lock may still come in; the office is told."""
    project, stored = held(report, Verb.REPORT, by=by, seen=seen)
    check_asks(stored, by=by, at=at)
    if not reason:
        raise Refused(_("Say why the report comes late."), field="reason")
    if stored._state.adding:
        stored.save(force_insert=True)
    write(stored, seen=None, leave_asked_at=at, leave_asked_by=by)
    say(stored, "ask_leave", reason, by=by, at=at)
    record(
        by=by, at=at, verb="ask_leave", subject=stored, project_id=project.pk,
        after={"month": stored.month, "leave_asked_at": at}, note=reason,
    )  # fmt: skip
    tell_leave_asked(stored, reason, by=by, at=at)
    return stored


def check_asked(report: MonthlyReport) -> None:
    """`Refused` when nobody waits for an answer."""
    if report.leave_asked_at is None:
        raise Refused(_("Nobody asks for leave for this report, or it was answered already."))


@transaction.atomic
def refuse_leave(
    report: MonthlyReport, *, answer: str, by: User | None, at: datetime.datetime, seen: int | None
) -> MonthlyReport:
    """Say that a report may not come in after the lock, and why; the unit is told."""
    project, stored = held(report, Verb.REVIEW_REPORTS, by=by, seen=seen)
    check_asked(stored)
    if not answer:
        raise Refused(_("Say why it may not come in late, so that the unit need not ask."), field="answer")
    before, asker = facts_of(stored, ("leave_asked_at",)), stored.leave_asked_by
    write(stored, seen=None, leave_asked_at=None, leave_asked_by=None)
    say(stored, "no_leave", answer, by=by, at=at)
    record(
        by=by, at=at, verb="refuse_leave", subject=stored, project_id=project.pk,
        before=before, after={"month": stored.month, "leave_asked_at": None}, note=answer,
    )  # fmt: skip
    tell_unit("leave_refused", stored, answer, asker=asker, by=by, at=at)
    return stored
