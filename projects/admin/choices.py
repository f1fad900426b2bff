"""Which units, leaders and projects a person may choose in which field; form and search box ask the same."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model, Q, QuerySet

from projects.accounts.models import Unit, User
from projects.accounts.queries import district_of
from projects.progress.models import MonthlyReport
from projects.register.models import Leader, Project


def own_units(user: User) -> QuerySet[Unit]:
    """The unit of the role and what stands below it."""
    units: QuerySet[Unit] = Unit.objects.below(user.unit).filter(is_active=True)
    return units


def towns(user: User) -> QuerySet[Unit]:
    """Where a project may lie: the towns and zones of the district, also for a department beside them."""
    units: QuerySet[Unit] = Unit.objects.below(district_of(user.unit))
    return units.filter(kind__in=("town", "zone"), is_active=True)


def leaders(user: User) -> QuerySet[Leader]:
    """Leaders of the district, of its units and of the units above it."""
    district = district_of(user.unit)
    around = Q(unit__in=Unit.objects.below(district)) | Q(unit__in=Unit.objects.above(district).values("pk"))
    return Leader.objects.filter(around, is_active=True).select_related("unit")


def accounts(user: User) -> QuerySet[User]:
    """The accounts of the district, for a leader of it; a closed one stays with the leader who has it."""
    open_or_held = Q(is_active=True) | Q(leads__isnull=False)
    return User.objects.filter(open_or_held, unit__in=Unit.objects.below(district_of(user.unit)))


def own_projects(user: User) -> QuerySet[Project]:
    projects: QuerySet[Project] = Project.objects.editable_by(user)
    return projects


CHOICES: dict[tuple[type[Model], str], Callable[[User], QuerySet[Any]]] = {
    (Leader, "account"): accounts,
    (Leader, "unit"): own_units,
    (MonthlyReport, "project"): own_projects,
    (Project, "leader"): leaders,
    (Project, "town"): towns,
    (Project, "unit"): own_units,
    (Unit, "parent"): own_units,
    (User, "unit"): own_units,
}


def choices_of(model: type[Model], name: str, user: User) -> QuerySet[Any] | None:
    """The rows for the field `name` of `model`; None where it offers a whole list to everybody."""
    found = CHOICES.get((model, name))
    return found(user) if found else None
