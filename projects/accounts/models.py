"""People and the tree of units in which their roles hold."""

from enum import StrEnum
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.accounts.roles import Role
from projects.accounts.wording import ROLE_NAMES, UNIT_KIND_NAMES


class Failure(StrEnum):
    """Why somebody was not let in: the verb of the journal."""

    WRONG = "fail_sign_in"
    LOCKED = "lock_sign_in"
    CLOSED = "refuse_sign_in"


class UnitQuerySet(models.QuerySet["Unit"]):
    def below(self, unit: "Unit") -> Self:
        """`unit` itself and everything under it."""
        return self.filter(path__startswith=unit.path)

    def above(self, unit: "Unit") -> Self:
        """`unit` itself and everything over it, the root first."""
        return self.filter(pk__in=unit.path.strip("/").split("/")).order_by("path")


class Unit(models.Model):
    """A government unit. Units form a tree: province, city, district, then towns and departments.

    `path` holds the ids from the root, such as `/1/4/17/`: all below a unit begin with its path.
    Written by `actions.found_unit` and `actions.move_unit` only.
    """

    name = models.CharField(_("name"), max_length=100)
    short_name = models.CharField(_("short name"), max_length=30)
    kind = models.CharField(_("kind"), max_length=20, choices=UNIT_KIND_NAMES)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    path = models.CharField(max_length=200, editable=False, unique=True)
    position = models.PositiveSmallIntegerField(_("position in lists"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    objects: ClassVar[Any] = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"],
                name="unit_name_once_below_parent",
                violation_error_message=_("A unit of this name already stands below the same parent."),
            ),
            models.CheckConstraint(condition=Q(kind__in=list(UNIT_KIND_NAMES)), name="unit_kind_known"),
            models.CheckConstraint(
                condition=~Q(parent=models.F("id")),
                name="unit_not_below_itself",
                violation_error_message=_("A unit cannot stand below itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.short_name


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> models.QuerySet["User"]:
        """With the unit and the one above it, which every request of a signed-in person asks for."""
        return super().get_queryset().select_related("unit__parent")

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """An official: one person, one account, one role in one unit. Accounts are closed, never deleted."""

    username = models.CharField(
        _("username"),
        max_length=50,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("This username is taken.")},
    )
    name = models.CharField(_("full name"), max_length=50)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="people", verbose_name=_("unit"))
    role = models.CharField(_("role"), max_length=20, choices=ROLE_NAMES)
    is_head = models.BooleanField(
        _("heads the unit"), default=False, help_text=_("Is told when a report of the unit is overdue.")
    )
    email = models.EmailField(_("e-mail"), blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    must_change_password = models.BooleanField(_("must set an own password"), default=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("official")
        verbose_name_plural = _("officials")
        ordering = ("username",)
        constraints = [
            models.CheckConstraint(condition=Q(role__in=list(ROLE_NAMES)), name="user_role_known"),
        ]

    def __str__(self) -> str:
        return self.name or self.username

    @property
    def is_staff(self) -> bool:
        """Whether the admin opens for this person (asked by Django's admin)."""
        return self.is_active and self.role in {Role.ADMINISTRATOR, Role.OFFICE}
