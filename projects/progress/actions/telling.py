"""What people are told of their reports, from within the actions: who submitted, what was returned or approved."""

import datetime
from collections import defaultdict
from collections.abc import Iterable

from django.utils import timezone

from projects.accounts.models import User
from projects.accounts.queries import offices_of, reporters_of
from projects.core.month import Month
from projects.notices.actions import notify
from projects.notices.wording import names
from projects.progress.models import MonthlyReport
from projects.register.actions.telling import others


def reports_page(month: Month) -> str:
    """The page with the reports of a month."""
    return f"/reports/?month={month}"


def tell_office(report: MonthlyReport, *, by: User | None, at: datetime.datetime) -> None:
    """Tell the office that a unit hands its reports in: once a unit, month and day, however many there are."""
    unit = report.project.unit
    people = others(offices_of([unit])[unit.pk], by)
    params = {"unit": str(unit), "month": str(report.month)}
    key = f"waiting:{report.month}:{unit.pk}:{timezone.localtime(at).date()}"
    notify(people, "report_waiting", params, url=reports_page(report.month), key=key, at=at)


def tell_leave_asked(report: MonthlyReport, reason: str, *, by: User | None, at: datetime.datetime) -> None:
    """Tell the office that a unit asks for leave to report after the lock."""
    unit = report.project.unit
    params = {"unit": str(unit), "project": str(report.project), "month": str(report.month), "reason": reason}
    people = others(offices_of([unit])[unit.pk], by)
    notify(people, "leave_asked", params, url=_page_of(report), key=_key("leave_asked", report), at=at)


def tell_unit(
    kind: str, report: MonthlyReport, reason: str, *, asker: User | None = None, by: User | None, at: datetime.datetime
) -> None:
    """Tell who wrote, submitted and asked, and the unit's reporters, what the office did with a report and why."""
    authors = User.objects.filter(pk__in=[pk for pk in (report.written_by_id, report.submitted_by_id) if pk])
    unit = report.project.unit
    asked = [asker] if asker else []
    people = others(dict.fromkeys([*asked, *authors, *reporters_of([unit])[unit.pk]]), by)
    params = {"project": str(report.project), "month": str(report.month), "reason": reason}
    if report.late_until:
        params["day"] = str(report.late_until)
    notify(people, kind, params, url=_page_of(report), key=_key(kind, report), at=at)


def tell_approved(reports: Iterable[MonthlyReport], *, by: User | None, at: datetime.datetime) -> None:
    """Tell each person which of the reports that they submitted were approved: in one notice a month."""
    approved: dict[tuple[int, Month], list[MonthlyReport]] = defaultdict(list)
    for report in reports:
        if report.submitted_by_id:
            approved[report.submitted_by_id, report.month].append(report)
    people = User.objects.in_bulk({pk for pk, _month in approved})
    for (pk, month), of in approved.items():
        first, told = of[0], others([people[pk]], by)
        params = {"month": str(month), "count": len(of), "projects": names(str(each.project) for each in of)}
        if len(of) == 1:
            kind, url = "report_approved", _page_of(first)
            params["project"] = str(first.project)
        else:
            kind, url = "reports_approved", reports_page(month)
        notify(told, kind, params, url=url, key=_key(kind, first), at=at)


def _page_of(report: MonthlyReport) -> str:
    return f"/reports/{report.month}/{report.project.code}/"


def _key(kind: str, report: MonthlyReport) -> str:
    """Each time it happens anew: the version counts what was done with the report."""
    return f"{kind}:{report.pk}:{report.version}"
