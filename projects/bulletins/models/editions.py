"""Editions of the rules: what held from which month on, and how far the colours are worked out by a new one."""

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

TAKEN_BACK_WHOLE = Q(taken_back_at__isnull=True, taken_back_by__isnull=True, taken_back_because="") | (
    Q(taken_back_at__isnull=False) & ~Q(taken_back_because="")
)


class EditionQuerySet(models.QuerySet[Any]):
    def standing(self) -> Self:
        """Those that nobody took back."""
        return self.filter(taken_back_at__isnull=True)

    def holding_in(self, month: Month) -> Self:
        """Editions that hold in `month` or held before, the one that counts first."""
        return self.standing().filter(holds_from__lte=month).order_by("-holds_from", "-number")


class DatedEdition(models.Model):
    """Something the office sets that holds from a month on. Rows are only added; what nothing was published by may
    be taken back and stays as a row.

    In a month the edition with the latest `holds_from` counts; of two with the same, the later one.
    """

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    holds_from = MonthField(_("holds from"))
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"))
    taken_back_at = models.DateTimeField(_("taken back"), null=True, editable=False)
    taken_back_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("taken back by")
    )
    taken_back_because = models.CharField(_("why it was taken back"), max_length=500, blank=True, editable=False)

    objects: ClassVar[Any] = EditionQuerySet.as_manager()

    class Meta:
        abstract = True


class PolicyEdition(DatedEdition):
    """The thresholds, the palette and the rules for units."""

    name = models.CharField(_("name"), max_length=60)
    policy = models.JSONField(_("rules"))
    palette = models.JSONField(_("palette"))
    unit_policy = models.JSONField(_("rules for units"))

    class Meta:
        verbose_name = _("edition of the rules")
        verbose_name_plural = _("editions of the rules")
        ordering = ("-number",)
        constraints = [
            models.CheckConstraint(condition=month_range("holds_from"), name="edition_holds_from_is_month"),
            models.CheckConstraint(condition=~Q(reason=""), name="edition_has_reason"),
            models.CheckConstraint(condition=TAKEN_BACK_WHOLE, name="edition_taken_back_has_reason"),
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


class Recolouring(models.Model):
    """The one row while colours are worked out anew, because rules were set or taken back; none when they stand.

    From the month `since` on; `reached` is the last project that is done.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    since = MonthField(_("since"))
    reached = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("working out of the colours")
        verbose_name_plural = _("workings out of the colours")
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="recolouring_is_one"),
            models.CheckConstraint(condition=month_range("since"), name="recolouring_since_is_month"),
        ]

    def __str__(self) -> str:
        return f"{self.since} {self.reached}"
