"""The units that ask for leave to report after the lock, and with what reason."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from projects.accounts.models import User
from projects.progress.models import MonthlyReport, ReportComment


@dataclass(frozen=True)
class Asking:
    """A report for which leave is asked, and what the unit says."""

    report: MonthlyReport
    reason: str


def asking(user: User) -> QuerySet[MonthlyReport]:
    """The reports within reach of `user` for which leave is asked, who asked first on top."""
    found: QuerySet[MonthlyReport] = MonthlyReport.objects.editable_by(user).filter(leave_asked_at__isnull=False)
    return found.order_by("leave_asked_at", "id")


def with_reasons(reports: QuerySet[MonthlyReport]) -> list[Asking]:
    """Each with its reason; two queries."""
    rows = list(reports.select_related("project__unit", "leave_asked_by"))
    reasons = {comment.report_id: comment.text for comment in _said(rows)} if rows else {}
    return [Asking(report, reasons.get(report.pk, "")) for report in rows]


def question_of(report: MonthlyReport) -> ReportComment | None:
    """What the unit said when it asked, as long as nobody has answered."""
    return _said([report]).select_related("by__unit").last() if report.leave_asked_at else None


def _said(reports: Iterable[MonthlyReport]) -> QuerySet[ReportComment]:
    return ReportComment.objects.filter(report__in=list(reports), kind="ask_leave").order_by("id")
