"""Reminding people of slips: the working day before, on the day, and once it has passed, raising them by the ladder."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from projects.accounts.models import User
from projects.accounts.queries import heads_of, offices_of, reporters_of
from projects.core.workdays import is_workday, workdays_after
from projects.followups.actions.telling import page_of
from projects.followups.ladder import Rank
from projects.followups.models import Slip
from projects.followups.queries import projects_of
from projects.followups.wording import RANK_NAMES
from projects.followups.workflow import Turn
from projects.journal.actions import record
from projects.notices.actions import notify
from projects.notices.models import Notice
from projects.notices.wording import names


@dataclass(frozen=True)
class Told:
    """The slips of which one person is reminded, and how; `person` is None where there is nobody to tell."""

    kind: str
    person: User | None
    slips: list[Slip]
    key: str

    @property
    def params(self) -> dict[str, Any]:
        return {
            "count": len(self.slips),
            "unit": names(str(slip.unit) for slip in self.slips),
            "projects": names(projects_of(self.slips)),
            "leaders": names(slip.leader_name for slip in self.slips if slip.leader_name),
        }

    @property
    def url(self) -> str:
        return page_of(self.slips[0]) if len(self.slips) == 1 else reverse("slips")


def remind_of_slips(*, today: datetime.date, at: datetime.datetime, dry_run: bool = False) -> list[Told]:
    """Tell everybody of the slips whose day comes or has passed; each once, however often it runs.

    With `dry_run` only says who would be told. A slip that is overdue is told to its unit and raised to whom the
    ladder names; it is raised once for each day that it misses.
    """
    if dry_run:
        return _not_heard(_all(today))
    with transaction.atomic():
        told = _not_heard(_all(today, hold=True))
        for each in told:
            people = [each.person] if each.person else []
            notify(people, each.kind, each.params, url=each.url, key=each.key, at=at)
        _note_raised(today, at=at)
    return told


def _all(today: datetime.date, *, hold: bool = False) -> list[Told]:
    overdue = _late(today)
    if hold:
        overdue = overdue.select_for_update(of=("self",))  # a second process waits, and finds them raised
    late = list(overdue)
    around = Slip.objects.open().select_related("project", "unit").order_by("due_on", "id")
    soon, on_the_day = [], list(around.filter(due_on=today))
    if is_workday(today):
        soon = list(around.filter(due_on__gt=today, due_on__lte=workdays_after(today, 1)))
    people = _People([*late, *soon, *on_the_day])
    found = [
        *_by_person("slips_due_soon", soon, people, today),
        *_by_person("slips_due_today", on_the_day, people, today),
        *_by_person("slips_overdue", late, people, today),
    ]
    return found + list(_raised(late, people, today))


def _late(today: datetime.date) -> QuerySet[Slip]:
    rows: QuerySet[Slip] = Slip.objects.overdue(today).filter(raised_at__isnull=True)
    return rows.select_related("project", "unit", "leader__account").order_by("due_on", "id")


class _People:
    """Who is told of a slip; a fixed number of queries."""

    def __init__(self, slips: Iterable[Slip]) -> None:
        units = list({slip.unit_id: slip.unit for slip in slips}.values())
        self.reporters, self.heads, self.offices = reporters_of(units), heads_of(units), offices_of(units)

    def in_turn(self, slip: Slip) -> list[User]:
        return self.offices[slip.unit_id] if slip.turn is Turn.OFFICE else self.reporters[slip.unit_id]

    def raised_to(self, slip: Slip) -> tuple[str, list[User]]:
        """The kind of notice and the people; the office, which passes it on, for whom nobody here has an account."""
        rank = slip.step.raised_to
        heads = self.heads[slip.unit_id]
        account = slip.leader.account if slip.leader else None
        if rank is Rank.HEAD and heads:
            return "slips_overdue_head", heads
        if rank is Rank.LEADER and account is not None and account.is_active:
            return "slips_overdue_leader", [account]
        return f"slips_to_raise_{rank.value}", self.offices[slip.unit_id]


def _by_person(kind: str, slips: Iterable[Slip], people: _People, today: datetime.date) -> Iterator[Told]:
    of: dict[User | None, list[Slip]] = defaultdict(list)
    for slip in slips:
        for person in people.in_turn(slip) or (None,):
            of[person].append(slip)
    yield from (Told(kind, person, found, f"{kind}:{today}") for person, found in of.items())


def _raised(slips: Iterable[Slip], people: _People, today: datetime.date) -> Iterator[Told]:
    """Only what the unit has left undone is raised; what the office has, it was told of already."""
    of: dict[tuple[str, User | None], list[Slip]] = defaultdict(list)
    for slip in slips:
        if slip.turn is Turn.UNIT:
            kind, told = people.raised_to(slip)
            for person in told or (None,):
                of[kind, person].append(slip)
    yield from (Told(kind, person, found, f"{kind}:{today}") for (kind, person), found in of.items())


def _not_heard(told: list[Told]) -> list[Told]:
    people = {each.person.pk for each in told if each.person}
    rows = Notice.objects.filter(recipient__in=people, key__in={each.key for each in told})
    heard = set(rows.values_list("recipient", "key"))
    return [each for each in told if each.person is None or (each.person.pk, each.key) not in heard]


def _note_raised(today: datetime.date, *, at: datetime.datetime) -> None:
    """Keep with each slip that its day was missed, and where it was raised in the journal to whom."""
    for slip in list(_late(today)):
        Slip.objects.filter(pk=slip.pk).update(raised_at=at)
        if slip.turn is Turn.UNIT:
            record(
                by=None, at=at, verb="raise_slip", subject=slip, project_id=slip.project_id,
                after={"due_on": slip.due_on}, note=str(RANK_NAMES[slip.step.raised_to.value]),
            )  # fmt: skip
