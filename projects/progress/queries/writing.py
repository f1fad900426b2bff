"""What the page of a month shows besides the report: parts that move, nodes to meet, why it came back, what is next."""

import datetime

from django.db.models import Q, QuerySet

from projects.accounts.models import User
from projects.progress.models import MonthlyReport, Period, ReportComment
from projects.progress.queries.reports import reports_to_write
from projects.register.models import Component, Milestone, Phase, Problem, Project
from projects.register.models.problems import OPEN

MONTH_AHEAD = datetime.timedelta(days=60)  # how far ahead nodes are shown


def movable_parts(project: Project) -> list[Phase | Component]:
    """Every phase without components and every component, in order: what is moved itself; two queries."""
    found: list[Phase | Component] = []
    for phase in project.phases.prefetch_related("components"):
        components = list(phase.components.all())
        found.extend(components or [phase])
    return found


def nodes_to_meet(project: Project, day: datetime.date) -> QuerySet[Milestone]:
    """Planned nodes that are overdue on `day` or come due soon after it, and were not met yet."""
    return project.milestones.filter(done_on=None, not_applicable=False, planned_on__lte=day + MONTH_AHEAD)


def open_problems(project: Project) -> QuerySet[Problem]:
    """Problems that are not solved yet, of whatever month, those due first on top; not yet those to be verified."""
    return project.problems.filter(state=OPEN).select_related("asked_of").order_by("due_on", "id")


def return_comments(report: MonthlyReport) -> list[ReportComment]:
    """Why the report was returned or reopened the last time; nothing once it was submitted again."""
    if report.returned_at is None:
        return []
    return list(report.comments.filter(at=report.returned_at, kind__in=("return", "reopen")).select_related("by"))


def waiting(user: User, report: MonthlyReport) -> QuerySet[MonthlyReport]:
    """The other reports of the same month that the person's unit still has to write."""
    return reports_to_write(user).filter(month=report.month).exclude(project=report.project_id)


def next_to_write(user: User, report: MonthlyReport) -> MonthlyReport | None:
    """The one that follows `report` in the order of the projects, after the last one the first again."""
    key, pk = report.project.name_key, report.project_id
    others = waiting(user, report)
    behind = others.filter(Q(project__name_key__gt=key) | Q(project__name_key=key, project_id__gt=pk))
    return behind.first() or others.first()


def reports_to_fill(user: User, period: Period, day: datetime.date, *, reviews: bool) -> QuerySet[MonthlyReport]:
    """Reports of a period that `user` may still write on `day`; who `reviews` may also after the lock."""
    reports = reports_to_write(user).filter(month=period.month)
    if not period.is_locked_on(day) or reviews:
        return reports
    return reports.filter(Q(first_submitted_at__isnull=False) | Q(late_until__gte=day))
