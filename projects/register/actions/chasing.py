"""Reminding units, once a week, of the problems that they were asked to solve and that are overdue."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse

from projects.accounts.models import User
from projects.accounts.queries import heads_of, reporters_of
from projects.notices.actions import notify
from projects.notices.models import Notice
from projects.notices.wording import names
from projects.register.models import Problem
from projects.register.models.problems import OPEN


@dataclass(frozen=True)
class Chased:
    """The overdue problems that one person is reminded of; `person` is None where a unit has nobody to tell."""

    person: User | None
    problems: list[Problem]

    @property
    def params(self) -> dict[str, Any]:
        return {
            "count": len(self.problems),
            "unit": names(str(problem.asked_of) for problem in self.problems),
            "projects": names(problem.project.short_name for problem in self.problems),
        }


def remind_of_problems(*, today: datetime.date, at: datetime.datetime, dry_run: bool = False) -> list[Chased]:
    """Tell the reporters and heads of the units asked, one notice a person and week; with `dry_run` only say who.

    The week is the calendar's, from Monday: it may run every day. Problems of halted projects rest.
    """
    year, week, _day = today.isocalendar()
    key, url = f"problems:{year}-{week:02d}", f"{reverse('problem_list')}?overdue=on"
    chased = _not_heard(_overdue(today), key)
    if not dry_run:
        with transaction.atomic():
            for each in chased:
                people = [each.person] if each.person else []
                notify(people, "problems_overdue", each.params, url=url, key=key, at=at)
    return chased


def _overdue(today: datetime.date) -> list[Chased]:
    """Whom to remind of what; five queries."""
    rows = Problem.objects.filter(state=OPEN, due_on__lt=today, asked_of__isnull=False, project__halted="")
    shown = rows.select_related("project", "asked_of").order_by("due_on", "id")
    asked = [(problem, problem.asked_of) for problem in shown if problem.asked_of]
    units = list({unit.pk: unit for _problem, unit in asked}.values())
    reporters, heads = reporters_of(units), heads_of(units)
    found: dict[User | None, list[Problem]] = defaultdict(list)
    for problem, unit in asked:
        people = {user.pk: user for user in [*reporters[unit.pk], *heads[unit.pk]]}
        for person in people.values() or (None,):
            found[person].append(problem)
    return [Chased(person, of) for person, of in found.items()]


def _not_heard(chased: list[Chased], key: str) -> list[Chased]:
    people = [each.person for each in chased if each.person]
    heard = set(Notice.objects.filter(recipient__in=people, key=key).values_list("recipient", flat=True))
    return [each for each in chased if each.person is None or each.person.pk not in heard]
