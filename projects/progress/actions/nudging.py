"""Asking a unit for its missing reports at once, by a person of the office."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.accounts.actions import check_may
from projects.accounts.models import Unit, User
from projects.accounts.queries import heads_of, reporters_of
from projects.accounts.roles import Verb
from projects.core.display import month_label
from projects.core.month import Month
from projects.core.refusals import NotAllowed, Refused
from projects.journal.actions import record
from projects.notices.actions import notify
from projects.notices.models import Notice
from projects.notices.wording import names
from projects.progress.actions.telling import reports_page
from projects.progress.queries.reminders import to_write


@transaction.atomic
def nudge(unit: Unit, month: Month, *, by: User, at: datetime.datetime) -> list[Notice]:
    """Ask the reporters of `unit`, and its head, for the reports of `month` that are missing; once a day.

    `NotAllowed` outside the own units; `Refused` when nothing is missing, when they were asked today
    already, and when the unit has nobody to ask.
    """
    check_may(by, Verb.REVIEW_REPORTS)
    if not unit.path.startswith(by.unit.path):
        raise NotAllowed(_("You remind your own unit and the units below it."))
    said = {"unit": unit.name, "month": month_label(month)}
    rows = to_write(month).filter(project__unit=unit).order_by("project__name_key", "project_id")
    projects = list(rows.values_list("project__short_name", flat=True))
    if not projects:
        raise Refused(_("%(unit)s owes no report for %(month)s.") % said)
    people = [*reporters_of([unit])[unit.pk], *heads_of([unit])[unit.pk]]
    if not people:
        raise Refused(_("%(unit)s has no reporter here. Ask the administrator to open an account first.") % said)
    params = {
        "person": str(by), "unit": str(unit), "month": str(month), "count": len(projects), "projects": names(projects),
    }  # fmt: skip
    key = f"nudge:{month}:{unit.pk}:{timezone.localtime(at).date()}"
    told = notify(people, "nudge", params, url=reports_page(month), key=key, at=at)
    if not told:
        raise Refused(_("%(unit)s was reminded of %(month)s today already.") % said)
    record(by=by, at=at, verb="nudge", subject=unit, after={"month": month, "reports": len(projects)})
    return told
