"""Reference lists that the office keeps: categories, sectors, level labels, accountable leaders."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.accounts.models import Unit, User


class ListEntry(models.Model):
    """A line of a reference list that the office keeps; out of use rather than deleted."""

    name = models.CharField(_("name"), max_length=50, unique=True)
    position = models.PositiveSmallIntegerField(_("position in lists"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        abstract = True
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name


class Category(ListEntry):
    class Meta(ListEntry.Meta):
        verbose_name = _("category")
        verbose_name_plural = _("categories")


class Sector(ListEntry):
    class Meta(ListEntry.Meta):
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")


class LevelLabel(ListEntry):
    """National, provincial, municipal or district key project; a project may hold several."""

    class Meta(ListEntry.Meta):
        verbose_name = _("level label")
        verbose_name_plural = _("level labels")


class Leader(ListEntry):
    """A leader who answers for projects (包保领导); `account` is the leader's own, where there is one."""

    name = models.CharField(_("name"), max_length=50)
    office = models.CharField(_("office held"), max_length=100, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="leaders", verbose_name=_("unit"))
    account = models.OneToOneField(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="leads",
        verbose_name=_("account"),
        help_text=_("Is told when projects of the leader are overdue; without one the key-project office is told."),
        error_messages={"unique": _("This account belongs to another leader.")},
    )
    is_example = models.BooleanField(_("example"), default=False)

    class Meta(ListEntry.Meta):
        verbose_name = _("accountable leader")
        verbose_name_plural = _("accountable leaders")
