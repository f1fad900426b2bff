"""What people are told of slips, from within the actions."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from projects.accounts.models import Unit, User
from projects.accounts.queries import heads_of, offices_of, reporters_of
from projects.bulletins.models import Bulletin
from projects.followups.models import Slip
from projects.followups.queries import projects_of
from projects.notices.actions import notify
from projects.notices.wording import names
from projects.register.actions.telling import others


def page_of(slip: Slip) -> str:
    return reverse("slip", args=[slip.pk])


def tell_opened(bulletin: Bulletin, count: int, *, by: User | None, at: datetime.datetime) -> None:
    """Tell the office that slips wait to be issued: one notice, however many there are."""
    people = offices_of([bulletin.district])[bulletin.district_id]
    params = {"month": str(bulletin.month), "count": count}
    notify(people, "slips_opened", params, url=reverse("slips"), key=f"slips_opened:{bulletin.pk}", at=at)


def tell_issued(slips: Iterable[Slip], *, by: User | None, at: datetime.datetime) -> None:
    """Tell reporters and heads of each unit what was issued to it, in one notice, and leaders of their copies."""
    issued = list(slips)
    by_unit: dict[Unit, list[Slip]] = defaultdict(list)
    for slip in issued:
        by_unit[slip.unit].append(slip)
    reporters, heads = reporters_of(by_unit), heads_of(by_unit)
    for unit, of in by_unit.items():
        people = others({each.pk: each for each in [*reporters[unit.pk], *heads[unit.pk]]}.values(), by)
        days = [slip.due_on for slip in of if slip.due_on]
        params = {
            "unit": str(unit), "count": len(of), "projects": names(projects_of(of)), "day": str(min(days, default="")),
        }  # fmt: skip
        url = page_of(of[0]) if len(of) == 1 else reverse("slips")
        notify(people, "slips_issued", params, url=url, key=f"slips_issued:{of[0].pk}", at=at)
    for slip in issued:
        if slip.step.copies_leader and slip.leader:
            _tell_leader(slip, by=by, at=at)


def _tell_leader(slip: Slip, *, by: User | None, at: datetime.datetime) -> None:
    """Who has no account is told through the office, which passes the copy on."""
    leader = slip.leader
    account = leader.account if leader else None
    params = {**params_of(slip), "leaders": names([slip.leader_name])}
    if account is not None and account.is_active:
        people, kind = [account], "slip_copied"
    else:
        people, kind = offices_of([slip.unit])[slip.unit_id], "slip_copy_by_hand"
    notify(people, kind, params, url=page_of(slip), key=f"{kind}:{slip.pk}", at=at)


def tell_office(kind: str, slip: Slip, *, reason: str = "", by: User | None, at: datetime.datetime) -> None:
    """Tell the office that a unit did something, or a colleague who is a second person."""
    _tell(kind, slip, offices_of([slip.unit])[slip.unit_id], reason=reason, by=by, at=at)


def tell_unit(kind: str, slip: Slip, *, reason: str = "", by: User | None, at: datetime.datetime) -> None:
    """Tell reporters and heads of the unit, and who answered."""
    unit = slip.unit
    authors = [slip.answered_by] if slip.answered_by else []
    people = {each.pk: each for each in [*authors, *reporters_of([unit])[unit.pk], *heads_of([unit])[unit.pk]]}
    _tell(kind, slip, people.values(), reason=reason, by=by, at=at)


def _tell(
    kind: str, slip: Slip, people: Iterable[User], *, reason: str, by: User | None, at: datetime.datetime
) -> None:
    params = {**params_of(slip), "reason": reason}
    key = f"{kind}:{slip.pk}:{slip.version}"  # each time it happens anew
    notify(others(people, by), kind, params, url=page_of(slip), key=key, at=at)


def params_of(slip: Slip) -> dict[str, Any]:
    return {
        "slip": slip.number,
        "project": slip.project.short_name,
        "unit": str(slip.unit),
        "day": str(slip.due_on or slip.finish_due or ""),
    }
