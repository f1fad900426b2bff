"""Entering approved figures at once, for months from before reports came in; and correcting them."""

import datetime
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from projects.accounts.models import User
from projects.accounts.roles import Verb
from projects.core.month import Month
from projects.core.refusals import Refused, Stale
from projects.core.versions import write
from projects.journal.actions import record
from projects.progress.models import MonthlyReport, Period
from projects.progress.workflow import State
from projects.register.actions.registering import who_saved
from projects.register.actions.touching import check_reach, lock, touch
from projects.register.models import Project


@dataclass(frozen=True)
class Figures:
    """What is said of a month: amounts in yuan, the progress of the works, and a reason where one is asked."""

    invested_this_month: int
    invested_statistics: int | None = None
    image: str = ""
    reason: str = ""


@transaction.atomic
def enter_figures(
    project: Project,
    month: Month,
    figures: Figures,
    *,
    by: User | None,
    at: datetime.datetime,
    open_month: Month,
    seen: int | None = None,
) -> MonthlyReport:
    """Enter the approved figures of a month, or correct them.

    `seen` is the version of the report at which the form was opened, None for a month without
    one. `Refused` for people once the month has a period (it is reported then), for everybody while a
    report is asked for or under way, for a month after `open_month` or before the project was listed,
    for a correction or a negative month without a reason; `Stale` when somebody else was faster.
    """
    stored = lock(project.pk)
    check_reach(by, Verb.ENTER_FIGURES, stored)
    report = MonthlyReport.objects.filter(project=stored, month=month).first()
    if (report.version if report else None) != seen:
        raise Stale(who_saved(report or stored), stored=report, version=report.version if report else None)
    _check_figures(stored, month, figures, open_month, report, by)
    before = _facts(report) if report else {}
    if report:
        write(report, seen=seen, **asdict(figures))
    else:
        report = MonthlyReport.objects.create(
            project=stored,
            month=month,
            state=State.APPROVED,
            approved_at=at,
            approved_by=by,
            **asdict(figures),
        )
    record(
        by=by, at=at, verb="correct_figures" if before else "enter_figures", subject=report,
        project_id=project.pk, before=before, after=_facts(report), note=figures.reason,
    )  # fmt: skip
    touch(stored, since=month, at=at)
    return report


def _facts(report: MonthlyReport) -> dict[str, object]:
    names = ("invested_this_month", "invested_statistics", "image")
    return {"month": report.month, **{name: getattr(report, name) for name in names}}


def _check_figures(
    project: Project,
    month: Month,
    figures: Figures,
    open_month: Month,
    report: MonthlyReport | None,
    by: User | None,
) -> None:
    if month > open_month:
        raise Refused(
            _("%(month)s has not ended yet; figures are entered up to %(latest)s.")
            % {"month": month, "latest": open_month}
        )
    is_under_way = report is not None and report.state != State.APPROVED.value
    if is_under_way or (by is not None and Period.objects.filter(month=month).exists()):
        raise Refused(
            _("%(month)s is reported: write the report of the project, or reopen it to correct a figure.")
            % {"month": month}
        )
    if month < project.listed_from:
        raise Refused(
            _("The project is in the register from %(month)s on; earlier months have no figures.")
            % {"month": project.listed_from}
        )
    if figures.invested_this_month < 0 and not figures.reason:
        raise Refused(_("A month below zero is a correction of earlier months: say why."), field="reason")
    if report and not figures.reason:
        raise Refused(_("You are correcting an approved figure: say why."), field="reason")
