"""The reports by what is to be done with them: how many of each kind, a page of them, what stands before and after."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from projects.accounts.models import User
from projects.accounts.queries import may
from projects.accounts.roles import Verb
from projects.progress.models import MonthlyReport, ReportComment
from projects.progress.queries.reports import chased
from projects.progress.workflow import MISSING, State

# What the office looks through: the states of each kind, and the order in which they are taken up.
KINDS: dict[str, list[str]] = {
    "submitted": [State.SUBMITTED.value],
    "returned": [State.RETURNED.value],
    "missing": [state.value for state in MISSING],
    "approved": [State.APPROVED.value],
}
ORDERS: dict[str, tuple[str, ...]] = {
    "submitted": ("month", "submitted_at", "id"),
    "returned": ("month", "returned_at", "id"),
    "missing": ("month", "project__name_key", "id"),
    "approved": ("-month", "-approved_at", "-id"),
}


def of_kind(reports: QuerySet[MonthlyReport], kind: str) -> QuerySet[MonthlyReport]:
    """The reports of a kind, in its order; of the missing ones those that are asked after."""
    found = reports.filter(state__in=KINDS[kind])
    return (chased(found) if kind == "missing" else found).order_by(*ORDERS[kind])


def counts(reports: QuerySet[MonthlyReport]) -> dict[str, int]:
    """How many there are of each kind; two queries."""
    by_state = dict(reports.order_by().values_list("state").annotate(Count("id")))
    found = {kind: sum(by_state.get(state, 0) for state in states) for kind, states in KINDS.items()}
    found["missing"] = of_kind(reports, "missing").order_by().count()
    return found


def page(reports: QuerySet[MonthlyReport], kind: str, start: int, stop: int) -> list[MonthlyReport]:
    """The reports `start` to `stop` of a kind with their projects and people; two queries."""
    pks = list(of_kind(reports, kind).values_list("pk", flat=True)[start:stop])
    return by_id(pks)


def by_id(pks: list[int]) -> list[MonthlyReport]:
    """These reports in this order, with all that a row shows; one query."""
    rows = MonthlyReport.objects.select_related("project__unit", "submitted_by", "returned_by", "approved_by")
    found = rows.in_bulk(pks)
    return [found[pk] for pk in pks if pk in found]


def neighbours(
    reports: QuerySet[MonthlyReport], report: MonthlyReport
) -> tuple[MonthlyReport | None, MonthlyReport | None]:
    """The reports that wait for the office before and after `report`, also when it waits no more; two queries."""
    if report.submitted_at is None:
        return None, None
    waiting = reports.filter(state=State.SUBMITTED.value).exclude(pk=report.pk).select_related("project")
    earlier = Q(submitted_at__lt=report.submitted_at) | Q(submitted_at=report.submitted_at, pk__lt=report.pk)
    later = Q(submitted_at__gt=report.submitted_at) | Q(submitted_at=report.submitted_at, pk__gt=report.pk)
    before = waiting.filter(Q(month__lt=report.month) | Q(earlier, month=report.month))
    after = waiting.filter(Q(month__gt=report.month) | Q(later, month=report.month))
    return before.order_by("-month", "-submitted_at", "-id").first(), after.order_by(*ORDERS["submitted"]).first()


def comments_for(user: User, report: MonthlyReport) -> QuerySet[ReportComment]:
    """What was said of a report, the oldest first; to other units nothing, though they read what was approved."""
    said = report.comments.select_related("by__unit").order_by("id")
    own = MonthlyReport.objects.editable_by(user).filter(pk=report.pk)
    return said if user.role != "reporter" or own.exists() else said.none()


def questions(user: User) -> QuerySet[ReportComment]:
    """Replies of units that the office has not answered, the oldest first; not of reports approved since."""
    answered = ReportComment.objects.filter(report=OuterRef("report"), id__gt=OuterRef("id"))
    asked: QuerySet[ReportComment] = ReportComment.objects.filter(
        kind="reply", by__role="reporter", report__in=_reviewed_by(user)
    )
    open_ones = asked.exclude(report__state=State.APPROVED.value).exclude(Exists(answered))
    return open_ones.select_related("by__unit", "report__project").order_by("id")


def _reviewed_by(user: User) -> Any:
    rows = MonthlyReport.objects.editable_by(user)
    return rows if may(user, Verb.REVIEW_REPORTS) else rows.none()
