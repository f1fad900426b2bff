"""Setting the investment planned for a year, and revising it: a new version, never an overwritten one."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from projects.accounts.models import User
from projects.accounts.roles import Verb
from projects.core.month import Month
from projects.core.refusals import Refused, Stale
from projects.journal.actions import record
from projects.register.actions.telling import tell_decided, tell_proposed
from projects.register.actions.touching import check_reach, lock, touch
from projects.register.models import AnnualPlan, Project
from projects.register.models.schedule import APPROVED
from projects.register.wording import PLAN_DECISIONS


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
    """Set the plan of `year` (yuan), or propose a revision of it that is to hold from `effective_from` on.

    The first plan is the original and holds from January at once. A revision waits until another
    person of the office has decided it; the system's own holds at once. `seen` is the number of
    versions at which the form was opened. `Refused` when a revision has no reason, would reach back
    before `open_month` or meets another that waits, or twelve month plans do not add up to the
    year's; `Stale` when another version came first.
    """
    stored = lock(project.pk)
    versions = list(AnnualPlan.objects.filter(project=stored, year=year).order_by("number"))
    check_reach(by, Verb.PROPOSE_PLAN if versions else Verb.SET_PLAN, stored)
    if seen is not None and seen != len(versions):
        raise Stale(
            _("Meanwhile %(who)s set the plan to another amount. Check it and save again if yours still applies.")
            % {"who": versions[-1].by if versions else _("somebody")}
        )
    valid = [plan for plan in versions if plan.decision == APPROVED]
    effective_from = effective_from if versions else Month(year, 1)
    _check_plan(year, amount, effective_from, month_plan, reason, versions, open_month)
    holds = not versions or by is None
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
        decision=APPROVED if holds else "",
        decided_by=by if holds else None,
        decided_at=at if holds else None,
    )
    verb = "set_plan" if not versions else "revise_plan" if holds else "propose_plan"
    record(
        by=by, at=at, verb=verb, subject=plan, project_id=project.pk,
        before=_facts(valid[-1]) if valid else {}, after=_facts(plan), note=reason,
    )  # fmt: skip
    if holds:
        touch(stored, since=effective_from, at=at)
    else:
        tell_proposed(plan, by=by, at=at)
    return plan


@transaction.atomic
def decide_plan(
    plan: AnnualPlan, decision: str, *, note: str = "", by: User | None, at: datetime.datetime, open_month: Month
) -> AnnualPlan:
    """Approve a proposed revision, which then holds from `open_month` at the earliest, or decline it with a note.

    `Refused` for one's own proposal, for one that is decided already, and for declining without a word.
    """
    stored = lock(plan.project_id)
    check_reach(by, Verb.SET_PLAN, stored)
    waiting = AnnualPlan.objects.filter(pk=plan.pk).select_related("decided_by").get()
    if waiting.decision:
        raise Stale(
            _("%(who)s has already decided this revision: %(decision)s.")
            % {"who": waiting.decided_by or _("Somebody"), "decision": waiting.get_decision_display()}
        )
    if by is not None and waiting.by_id == by.pk:
        raise Refused(_("You proposed this revision yourself; another person of the office decides it."))
    if decision not in PLAN_DECISIONS:
        raise Refused(_("Approve the revision or decline it."), field="decision")
    if decision != APPROVED and not note:
        raise Refused(_("Say why the revision is declined."), field="note")
    valid = AnnualPlan.objects.decided().filter(project=stored, year=waiting.year).order_by("number").last()
    for name, value in {
        "decision": decision,
        "decided_by": by,
        "decided_at": at,
        "decision_note": note,
        "effective_from": _holds_from(waiting, open_month),
    }.items():
        setattr(waiting, name, value)
    waiting.save(update_fields=["decision", "decided_by", "decided_at", "decision_note", "effective_from"])
    record(
        by=by, at=at, verb="revise_plan" if decision == APPROVED else "decline_plan", subject=waiting,
        project_id=stored.pk, before=_facts(valid) if valid else {}, after=_facts(waiting), note=note or waiting.reason,
    )  # fmt: skip
    if decision == APPROVED:
        touch(stored, since=waiting.effective_from, at=at)
    waiting.project = stored
    tell_decided(waiting, by=by, at=at)
    return waiting


def _holds_from(plan: AnnualPlan, open_month: Month) -> Month:
    """Not before the open month, which earlier months were rated without it; within the plan's year."""
    return min(max(plan.effective_from, open_month), Month(plan.year, 12))


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
    valid = [plan for plan in versions if plan.decision == APPROVED]
    if versions and not versions[-1].decision:
        raise Refused(_("Another revision of this plan still waits for its decision."))
    if versions and not reason:
        raise Refused(_("A revision of the plan needs a reason."), field="reason")
    earliest = max([open_month, *(plan.effective_from for plan in valid)]) if versions else effective_from
    if versions and effective_from < earliest:
        raise Refused(
            _("A revision holds from %(month)s at the earliest: earlier months keep the plan they were rated by.")
            % {"month": earliest},
            field="effective_from",
        )
