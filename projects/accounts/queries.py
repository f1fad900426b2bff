"""How far a person's eyes and hands reach: units, as subqueries for the rows of every slice; and who speaks for one."""

from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q, QuerySet

from projects.accounts.models import Failure, Unit, User
from projects.accounts.roles import Role, Verb, allows
from projects.accounts.wording import UNIT_KIND_NAMES

BELOW_DISTRICT = {"town", "department", "zone"}


def district_of(unit: Unit) -> Unit:
    """The district that `unit` belongs to; `unit` itself when it is one, or stands above districts."""
    if unit.kind in {"province", "city", "district"}:
        return unit
    if unit.parent is not None and unit.parent.kind == "district":  # as nearly always; read with the person
        return unit.parent
    above: Unit | None = Unit.objects.above(unit).filter(kind="district").last()
    return above or unit


def within_reading(user: User, unit: str = "unit") -> Q:
    """Rows with a `unit` that `user` reads: all of the own district, or for reporters the own unit only
    when `READING` is "unit". Whoever stands at the root of the tree reads all without a condition.

    `unit` is the way from the row to its unit, such as `project__unit`.
    """
    root = reading_root(user)
    return Q() if root.parent_id is None else Q(**{f"{unit}__in": Unit.objects.below(root)})


def failed_sign_ins(people: QuerySet[User]) -> Q:
    """Entries of the journal about who was not let in: as one of `people`, or by a name that nobody has."""
    tried = Q(subject_id__isnull=True) | Q(subject_id__in=people.values("pk"))
    return Q(tried, actor__isnull=True, verb__in=[failure.value for failure in Failure])


def reading_root(user: User) -> Unit:
    """The unit below which `user` reads, as `within_reading` has it."""
    return user.unit if settings.READING == "unit" and user.role == Role.REPORTER else district_of(user.unit)


def within_reach(user: User, unit: str = "unit") -> Q:
    """Rows with a `unit` that `user` may change: the own unit and below; none for leaders and auditors."""
    if not allows(user.role, Verb.MOVE_STAGE):
        return Q(**{f"{unit}__in": Unit.objects.none()})
    return Q(**{f"{unit}__in": Unit.objects.below(user.unit)})


def reaches(user: User, unit: Unit) -> bool:
    """`within_reach`, asked of one unit at hand: no query."""
    return allows(user.role, Verb.MOVE_STAGE) and unit.path.startswith(user.unit.path)


def within_papers(user: User) -> Q:
    """Rows with a `unit` whose files `user` opens: the own unit and below; for leaders and auditors all they read."""
    if not allows(user.role, Verb.SEE_FILES):
        return Q(unit__in=Unit.objects.none())
    if user.role in {Role.LEADER, Role.AUDITOR}:
        return within_reading(user)
    return Q(unit__in=Unit.objects.below(user.unit))


def reach_of(user: User) -> str:
    """The path at which the units begin whose rows `user` may change, as `within_reach` has it; empty for none."""
    return user.unit.path if allows(user.role, Verb.MOVE_STAGE) else ""


def may(user: User, verb: Verb) -> bool:
    """Whether the role allows `verb` at all; which rows it reaches is asked separately."""
    return user.is_active and allows(user.role, verb)


def heads_of(units: Iterable[Unit]) -> dict[int, list[User]]:
    """Of each unit, by its id, the people who head it; two queries.

    A unit without a head is headed by those of the nearest unit above it, up to but without the
    district: what a town has left undone does not go straight to the head of the district.
    """
    return _nearest(units, User.objects.filter(is_head=True), within=BELOW_DISTRICT)


def reporters_of(units: Iterable[Unit]) -> dict[int, list[User]]:
    """Of each unit, by its id, the people who report for it: its own, else the nearest above, as with heads."""
    return _nearest(units, User.objects.filter(role=Role.REPORTER.value), within=BELOW_DISTRICT)


def offices_of(units: Iterable[Unit]) -> dict[int, list[User]]:
    """Of each unit, by its id, the people of the key-project office in charge: of the nearest unit that has one."""
    return _nearest(units, User.objects.filter(role=Role.OFFICE.value), within=set(UNIT_KIND_NAMES))


def _nearest(units: Iterable[Unit], people: QuerySet[User], *, within: set[str]) -> dict[int, list[User]]:
    """Of each unit those of `people` who belong to it, else to the nearest unit above of a kind `within`."""
    wanted = list(units)
    paths = {unit.pk: [int(pk) for pk in reversed(unit.path.strip("/").split("/"))] for unit in wanted}
    kinds = dict(Unit.objects.filter(pk__in={pk for path in paths.values() for pk in path}).values_list("pk", "kind"))
    found: dict[int, list[User]] = defaultdict(list)
    for user in people.filter(is_active=True, unit__in=kinds).order_by("pk"):
        found[user.unit_id].append(user)
    nearest = {}
    for unit in wanted:
        own, *above = paths[unit.pk]
        asked = [own, *(pk for pk in above if kinds[pk] in within)]
        nearest[unit.pk] = next((found[pk] for pk in asked if found[pk]), [])
    return nearest
