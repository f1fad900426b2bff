"""What people are told of problems and plans, from within the actions."""

import datetime
from collections.abc import Iterable

from django.urls import reverse

from projects.accounts.models import User
from projects.accounts.queries import heads_of, offices_of, reporters_of
from projects.notices.actions import notify
from projects.register.models import AnnualPlan, Problem
from projects.register.models.schedule import APPROVED


def others(people: Iterable[User], by: User | None) -> list[User]:
    """Nobody is told what they have just done themselves."""
    return [person for person in people if by is None or person.pk != by.pk]


def tell_asked_unit(problem: Problem, *, by: User | None, at: datetime.datetime) -> None:
    """Tell the reporters and the head of the unit that is asked to solve a problem; once a problem and unit.

    Nobody when it is the project's own unit, which knows.
    """
    unit = problem.asked_of
    if unit is None or unit.pk == problem.project.unit_id:
        return
    people = others([*reporters_of([unit])[unit.pk], *heads_of([unit])[unit.pk]], by)
    params = {**_params(problem), "unit": str(unit)}
    notify(people, "problem_raised", params, url=_page_of(problem), key=f"problem:{problem.pk}:{unit.pk}", at=at)


def tell_solved(problem: Problem, *, by: User | None, at: datetime.datetime) -> None:
    """Tell the office that there is a proof to look at."""
    unit = problem.project.unit
    people = others(offices_of([unit])[unit.pk], by)
    key = f"problem_solved:{problem.pk}:{problem.version}"
    notify(people, "problem_solved", _params(problem), url=_page_of(problem), key=key, at=at)


def tell_extension(problem: Problem, reason: str, *, by: User | None, at: datetime.datetime) -> None:
    """Tell who asked for more time how it was decided; there is one extension a problem."""
    people = others([problem.extension_by] if problem.extension_by else [], by)
    kind = f"extension_{problem.extension}"
    params = {**_params(problem), "reason": reason}
    notify(people, kind, params, url=_page_of(problem), key=f"extension:{problem.pk}", at=at)


def tell_proposed(plan: AnnualPlan, *, by: User | None, at: datetime.datetime) -> None:
    """Tell the office of a revision that waits for its decision."""
    project = plan.project
    people = others(offices_of([project.unit])[project.unit_id], by)
    params = {"project": str(project), "year": str(plan.year), "person": str(by or ""), "reason": plan.reason}
    url = reverse("decide_plan", args=[project.code, plan.year, plan.number])
    notify(people, "plan_proposed", params, url=url, key=f"plan_proposed:{plan.pk}", at=at)


def tell_decided(plan: AnnualPlan, *, by: User | None, at: datetime.datetime) -> None:
    """Tell who proposed a revision how it was decided."""
    people = others([plan.by] if plan.by else [], by)
    kind = "plan_approved" if plan.decision == APPROVED else "plan_declined"
    params = {"project": str(plan.project), "year": str(plan.year), "reason": plan.decision_note}
    notify(people, kind, params, url=reverse("project", args=[plan.project.code]), key=f"{kind}:{plan.pk}", at=at)


def _params(problem: Problem) -> dict[str, str]:
    return {"project": str(problem.project), "problem": problem.description, "day": str(problem.due_on)}


def _page_of(problem: Problem) -> str:
    return reverse("problem", args=[problem.pk])
