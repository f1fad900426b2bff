"""Which reports are asked for, which are due from whom, and whether a period takes any."""

import datetime
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from projects.accounts.models import User
from projects.core.month import Month
from projects.progress.models import MonthlyReport, Period, ReportingRules
from projects.progress.workflow import State
from projects.register.models import Exemption, Project

TO_WRITE = [State.DUE.value, State.DRAFT.value, State.RETURNED.value]


def projects_to_report(month: Month) -> QuerySet[Project]:
    """The projects from which a report is asked for `month`: of a reporting class, in the register by then,
    and neither halted nor exempt."""
    rows: QuerySet[Project] = Project.objects.filter(
        listed_from__lte=month, project_class__in=ReportingRules.current().reporting_classes
    )
    exempt = Exemption.objects.granted().filter(project=OuterRef("pk"), first_month__lte=month, last_month__gte=month)
    return rows.exclude(~Q(halted=""), halted_on__lte=month.last_day).exclude(Exists(exempt))


def _exempt() -> Exists:
    covering = {"first_month__lte": OuterRef("month"), "last_month__gte": OuterRef("month")}
    return Exists(Exemption.objects.granted().filter(project=OuterRef("project"), **covering))


def is_excused() -> Any:
    """Holds for reports of halted projects and of months in which the project is exempt: nobody asks after them."""
    return ~Q(project__halted="") | _exempt()


def chased(reports: QuerySet[MonthlyReport]) -> QuerySet[MonthlyReport]:
    """Without those that are excused."""
    return reports.filter(project__halted="").exclude(_exempt())


def with_excuse(reports: QuerySet[MonthlyReport]) -> QuerySet[MonthlyReport]:
    """Each with `excused`: whether nobody asks after it."""
    return reports.annotate(excused=ExpressionWrapper(is_excused(), output_field=BooleanField()))


def report_of(project: Project, month: Month) -> MonthlyReport:
    """The report of a project in a month; a new one, not yet stored, when none was asked for so far."""
    stored = MonthlyReport.objects.filter(project=project, month=month).first()
    return stored or MonthlyReport(project=project, month=month)


def period_of(month: Month) -> Period | None:
    return Period.objects.filter(month=month).first()


def open_periods(day: datetime.date) -> QuerySet[Period]:
    """Periods that take reports on `day`, the latest first."""
    return Period.objects.filter(opens_on__lte=day, locks_on__gte=day)


def latest_month(working: Month) -> Month:
    """The last month that may be reported: one that was opened already, else the working month."""
    opened = Period.objects.order_by("-month").values_list("month", flat=True).first()
    return max(opened, working) if opened else working


def reports_to_write(user: User) -> QuerySet[MonthlyReport]:
    """What the person's unit still has to write or correct, of all months, the oldest first."""
    mine = MonthlyReport.objects.editable_by(user).filter(state__in=TO_WRITE)
    return chased(mine).select_related("project__unit").order_by("month", "project__name_key", "project_id")


def reports_to_review(user: User) -> QuerySet[MonthlyReport]:
    """What waits for the office, the oldest submission first."""
    waiting = MonthlyReport.objects.editable_by(user).filter(state=State.SUBMITTED.value)
    return waiting.select_related("project__unit", "submitted_by").order_by("month", "submitted_at", "id")
