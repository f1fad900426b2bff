"""The photos and documents that were sent in with a report."""

from django.db.models import QuerySet

from projects.accounts.models import User
from projects.progress.models import MonthlyReport
from projects.register.models import Attachment


def files_of(report: MonthlyReport, user: User) -> QuerySet[Attachment]:
    """Those that `user` may open, in the order in which they came, without the pictures; one query."""
    of_report = {"report_file__report__project": report.project_id, "report_file__report__month": report.month}
    found: QuerySet[Attachment] = Attachment.objects.kept().visible_to(user).filter(**of_report)
    return found.select_related("by").defer("preview").order_by("at", "id")
