"""How far a person's eyes and hands reach: units, as subqueries for the rows of every slice; and who heads a unit."""

from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q

from projects.accounts.models import Unit, User
from projects.accounts.roles import Role, Verb, allows


def district_of(unit: Unit) -> Unit:
    """The district that `unit` belongs to; `unit` itself when it is one, or stands above districts."""
    if unit.kind in {"province", "city", "district"}:
        return unit
    above = Unit.objects.above(unit).filter(kind="district").last()
    return above or unit


def within_reading(user: User) -> Q:
    """Rows with a `unit` that `user` reads: all of the own district, or for reporters the own unit only
    when `READING` is "unit". Whoever stands at the root of the tree reads all without a condition."""
    root = user.unit if settings.READING == "unit" and user.role == Role.REPORTER else district_of(user.unit)
    return Q() if root.parent_id is None else Q(unit__in=Unit.objects.below(root))


def within_reach(user: User) -> Q:
    """Rows with a `unit` that `user` may change: the own unit and below; none for leaders and auditors."""
    if not allows(user.role, Verb.MOVE_STAGE):
        return Q(unit__in=Unit.objects.none())
    return Q(unit__in=Unit.objects.below(user.unit))


def reaches(user: User, unit: Unit) -> bool:
    """`within_reach`, asked of one unit at hand: no query."""
    return allows(user.role, Verb.MOVE_STAGE) and unit.path.startswith(user.unit.path)


def may(user: User, verb: Verb) -> bool:
    """Whether the role allows `verb` at all; which rows it reaches is asked separately."""
    return user.is_active and allows(user.role, verb)


def heads_of(units: Iterable[Unit]) -> dict[int, list[User]]:
    """Of each unit, by its id, the people who head it; two queries.

    A unit without a head is headed by those of the nearest unit above it, up to but without the
    district: what a town has left undone does not go straight to the head of the district.
    """
    wanted = list(units)
    paths = {unit.pk: [int(pk) for pk in reversed(unit.path.strip("/").split("/"))] for unit in wanted}
    kinds = dict(Unit.objects.filter(pk__in={pk for path in paths.values() for pk in path}).values_list("pk", "kind"))
    heads: dict[int, list[User]] = defaultdict(list)
    for user in User.objects.filter(is_head=True, is_active=True, unit__in=kinds).order_by("pk"):
        heads[user.unit_id].append(user)
    found = {}
    for unit in wanted:
        own, *above = paths[unit.pk]
        asked = [own, *(pk for pk in above if kinds[pk] not in {"province", "city", "district"})]
        found[unit.pk] = next((heads[pk] for pk in asked if heads[pk]), [])
    return found
