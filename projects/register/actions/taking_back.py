"""Taking back a project, plan, milestone or problem that was entered by mistake, while nothing stands on it."""

import datetime

from django.db import transaction
from django.db.models import Model, ProtectedError
from django.utils.translation import gettext as _

from projects.accounts.models import User
from projects.accounts.roles import Verb
from projects.core.refusals import Refused, Stale
from projects.journal.actions import record
from projects.register.actions.registering import who_saved
from projects.register.actions.scheduling import MILESTONE_FACTS, set_milestone
from projects.register.actions.solving import PROBLEM_FACTS
from projects.register.actions.touching import check_reach, lock, touch
from projects.register.models import AnnualPlan, Milestone, Problem, Project
from projects.register.models.schedule import APPROVED
from projects.register.queries import facts_of, project_facts


@transaction.atomic
def unregister_project(project: Project, *, by: User | None, at: datetime.datetime, seen: int) -> None:
    """Take a project out of the register again. `Refused` once something was entered of it: reports, plans, nodes,
    problems, files, stages of its phases; `Stale` when it was edited since version `seen`."""
    stored = lock(project.pk)
    check_reach(by, Verb.EDIT_PROJECT, stored)
    if stored.version != seen:
        raise Stale(who_saved(stored), stored=stored, version=stored.version)
    record(
        by=by, at=at, verb="unregister", subject=stored, project_id=stored.pk, before=project_facts(stored),
    )  # fmt: skip
    try:
        stored.phases.all().delete()
        stored.delete()
    except ProtectedError as error:
        raise Refused(
            _("“%(project)s” stays in the register: it already has %(what)s.")
            % {"project": stored.short_name, "what": _kinds_of(error.protected_objects)}
        ) from error


def _kinds_of(rows: set[Model]) -> str:
    """What rows are, each kind once."""
    return "、".join(sorted({str(row._meta.verbose_name_plural) for row in rows}))


@transaction.atomic
def take_back_plan(plan: AnnualPlan, *, by: User | None, at: datetime.datetime) -> None:
    """Take back a revision that waits, or the original of a year. `Refused` for an approved revision and once
    another version came after it."""
    stored = lock(plan.project_id)
    check_reach(by, Verb.PROPOSE_PLAN if plan.number > 1 else Verb.SET_PLAN, stored)
    held = AnnualPlan.objects.filter(project=stored, year=plan.year).order_by("number").last()
    if held is None or held.pk != plan.pk:
        raise Refused(
            _("The plan of “%(project)s” was revised since; it cannot be taken back.") % {"project": stored.short_name}
        )
    if held.number > 1 and held.decision == APPROVED:
        raise Refused(
            _("The revision of the plan of “%(project)s” was approved since; propose another one instead.")
            % {"project": stored.short_name}
        )
    before = {"year_plan": held.amount, "month_plan": held.month_plan, "goal": held.goal}
    record(by=by, at=at, verb="take_back_plan", subject=held, project_id=stored.pk, before=before)
    since = held.effective_from
    held.delete()
    touch(stored, since=since, at=at)


@transaction.atomic
def take_back_milestone(
    milestone: Milestone, *, by: User | None, at: datetime.datetime, today: datetime.date, seen: int
) -> None:
    """Take a node or an approval off the list of the project; `Stale` when it was changed since version `seen`."""
    stored = lock(milestone.project_id)
    check_reach(by, Verb.EDIT_PROJECT, stored)
    held = Milestone.objects.get(pk=milestone.pk)
    if held.version != seen:
        raise Stale(who_saved(held), stored=held, version=held.version)
    if held.done_on:  # the project may know of the day as well
        held.done_on = None
        set_milestone(held, by=by, at=at, today=today, seen=seen)
    before = facts_of(held, MILESTONE_FACTS)
    record(by=by, at=at, verb="take_back_milestone", subject=held, project_id=stored.pk, before=before)
    held.delete()
    touch(stored, since=None, at=at)


@transaction.atomic
def take_back_problem(problem: Problem, *, by: User | None, at: datetime.datetime, seen: int) -> None:
    """Take back that a problem was raised. `Refused` once work on it was noted, `Stale` when it changed since."""
    stored = lock(problem.project_id)
    check_reach(by, Verb.WORK_ON_PROBLEMS, stored)
    held = Problem.objects.get(pk=problem.pk)
    if held.version != seen:
        raise Stale(who_saved(held), stored=held, version=held.version)
    if held.notes.exists():
        raise Refused(_("Work on this problem was noted already; close it instead of taking it back."))
    before = facts_of(held, PROBLEM_FACTS)
    record(by=by, at=at, verb="take_back_problem", subject=held, project_id=stored.pk, before=before)
    held.delete()
