"""How far a person's eyes and hands reach: units, as subqueries for the rows of every slice."""

from django.conf import settings
from django.db.models import Q

from projects.accounts.models import Unit, User
from projects.accounts.roles import Role, Verb, allows


def district_of(unit: Unit) -> Unit:
    """The district that `unit` belongs to; `unit` itself when it is one, or stands above districts."""
    if unit.kind in {"province", "city", "district"}:
        return unit
    if unit.parent is not None and unit.parent.kind == "district":  # as nearly always; read with the person
        return unit.parent
    above: Unit | None = Unit.objects.above(unit).filter(kind="district").last()
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


def reach_of(user: User) -> str:
    """The path at which the units begin whose rows `user` may change, as `within_reach` has it; empty for none."""
    return user.unit.path if allows(user.role, Verb.MOVE_STAGE) else ""


def may(user: User, verb: Verb) -> bool:
    """Whether the role allows `verb` at all; which rows it reaches is asked separately."""
    return user.is_active and allows(user.role, verb)
