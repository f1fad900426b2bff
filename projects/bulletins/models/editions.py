"""Editions of the rules: what held from which month on."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.accounts.models import User
from projects.core.fields import MonthField, month_range
from projects.core.month import Month
from projects.rating.editions import palette_from_json, policy_from_json, unit_policy_from_json
from projects.rating.palettes import Palette
from projects.rating.policy import Policy
from projects.rating.units import UnitPolicy


class EditionQuerySet(models.QuerySet["PolicyEdition"]):
    def holding_in(self, month: Month) -> Self:
        """Editions that hold in `month` or held before, the one that counts first."""
        return self.filter(holds_from__lte=month).order_by("-holds_from", "-number")


class PolicyEdition(models.Model):
    """The thresholds, the palette and the rules for units that hold from a month on. Rows are only added.

    In a month the edition with the latest `holds_from` counts; of two with the same, the later one.
    """

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    name = models.CharField(_("name"), max_length=60)
    holds_from = MonthField(_("holds from"))
    policy = models.JSONField(_("rules"))
    palette = models.JSONField(_("palette"))
    unit_policy = models.JSONField(_("rules for units"))
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"))

    objects: ClassVar[Any] = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition of the rules")
        verbose_name_plural = _("editions of the rules")
        ordering = ("-number",)
        constraints = [
            models.CheckConstraint(condition=month_range("holds_from"), name="edition_holds_from_is_month"),
            models.CheckConstraint(condition=~Q(reason=""), name="edition_has_reason"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def rules(self) -> Policy:
        return policy_from_json(self.policy)

    @property
    def shades(self) -> Palette:
        return palette_from_json(self.palette)

    @property
    def unit_rules(self) -> UnitPolicy:
        return unit_policy_from_json(self.unit_policy)
