"""Setting the investment planned for a year, and revising it: a new version, never an overwritten one."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from projects.accounts.models import User
from projects.accounts.roles import Verb
from projects.core.month import Month
from projects.core.refusals import Refused, Stale
from projects.journal.actions import record
from projects.register.actions.touching import check_reach, lock, touch
from projects.register.models import AnnualPlan, Project


@transaction.atomic
def set_plan(
    project: Project,
    year: int,
    *,
    amount: int,
    effective_from: Month,
    month_plan: list[int] | None = None,
    goal: str = "",
    reason: str = "",
    by: User | None,
    at: datetime.datetime,
    open_month: Month,
    seen: int | None = None,
) -> AnnualPlan:
    """Add the plan of `year` (yuan), or a revision of it that is in force from `effective_from` on.

    The first plan is the original and holds from January. `seen` is the number of versions at
    which the form was opened. `Refused` when a revision has no reason or would reach back before
    `open_month`, or twelve month plans do not add up to the year's; `Stale` when another version
    came first.
    """
    stored = lock(project.pk)
    check_reach(by, Verb.SET_PLAN, stored)
    versions = list(AnnualPlan.objects.filter(project=stored, year=year).order_by("number"))
    if seen is not None and seen != len(versions):
        raise Stale(
            _("Meanwhile %(who)s set the plan to another amount. Check it and save again if yours still applies.")
            % {"who": (versions[-1].by or _("The system")) if versions else _("somebody")},
            stored=versions[-1] if versions else None,
            version=len(versions),
        )
    effective_from = effective_from if versions else Month(year, 1)
    _check_plan(year, amount, effective_from, month_plan, reason, versions, open_month)
    plan = AnnualPlan.objects.create(
        project=stored,
        year=year,
        number=len(versions) + 1,
        effective_from=effective_from,
        amount=amount,
        month_plan=month_plan,
        goal=goal,
        reason=reason if versions else "",
        by=by,
        at=at,
    )
    before = _facts(versions[-1]) if versions else {}
    record(
        by=by, at=at, verb="revise_plan" if versions else "set_plan", subject=plan, project_id=project.pk,
        before=before, after=_facts(plan), note=reason,
    )  # fmt: skip
    touch(stored, since=effective_from, at=at)
    return plan


def _facts(plan: AnnualPlan) -> dict[str, object]:
    return {
        "year_plan": plan.amount,
        "month_plan": plan.month_plan,
        "effective_from": plan.effective_from,
        "goal": plan.goal,
    }


def _check_plan(
    year: int,
    amount: int,
    effective_from: Month,
    month_plan: list[int] | None,
    reason: str,
    versions: list[AnnualPlan],
    open_month: Month,
) -> None:
    if effective_from.year != year:
        raise Refused(
            _("A plan for %(year)s is in force from a month of that year.") % {"year": year}, field="effective_from"
        )
    if month_plan is not None and sum(month_plan) != amount:
        raise Refused(
            _("The twelve months add up to %(sum)s yuan, the year's plan is %(amount)s yuan. Make them equal.")
            % {"sum": f"{sum(month_plan):,}", "amount": f"{amount:,}"},
            field="month_plan",
        )
    if versions and not reason:
        raise Refused(_("A revision of the plan needs a reason."), field="reason")
    earliest = max(open_month, versions[-1].effective_from) if versions else effective_from
    if versions and effective_from < earliest:
        raise Refused(
            _("A revision holds from %(month)s at the earliest: earlier months keep the plan they were rated by.")
            % {"month": earliest},
            field="effective_from",
        )
