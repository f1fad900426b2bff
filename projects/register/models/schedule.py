"""What is planned for a project and what stands beside it: year plans, incidents, exemptions."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from projects.accounts.models import User
from projects.core.fields import MonthField, YuanField, amount_range, month_range
from projects.core.versions import Versioned
from projects.rating.wording import EXEMPTION_REASONS, INCIDENT_NAMES
from projects.register import wording
from projects.register.models.projects import Project

APPROVED = "approved"


class AnnualPlanQuerySet(models.QuerySet["AnnualPlan"]):
    def decided(self) -> Self:
        """Those that hold: originals, and revisions that were approved."""
        return self.filter(decision=APPROVED)

    def waiting(self) -> Self:
        """Revisions that nobody has decided yet."""
        return self.filter(decision="")


class AnnualPlan(models.Model):
    """The investment planned for a year: the original (number 1), and each revision with its reason.

    A revision holds once another person of the office has approved it (`decision`). In a month the
    highest approved number with `effective_from` not later than that month is in force.
    `month_plan` holds twelve amounts (yuan) that add up to `amount`, or nothing. Rows are only added,
    and decided once.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="plans", verbose_name=_("project"))
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("version"))
    effective_from = MonthField(_("in force from"))
    amount = YuanField(_("year plan"))
    month_plan = models.JSONField(_("month plan"), null=True, blank=True)
    goal = models.CharField(_("goal of the year"), max_length=500, blank=True)
    reason = models.TextField(_("reason"), blank=True, max_length=1000)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"))
    decision = models.CharField(
        _("decision"), max_length=10, blank=True, choices=wording.PLAN_DECISIONS, default=APPROVED
    )
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided"), null=True)
    decision_note = models.CharField(_("note on the decision"), max_length=500, blank=True)

    objects: ClassVar[Any] = AnnualPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("annual plan")
        verbose_name_plural = _("annual plans")
        ordering = ("year", "number")
        constraints = [
            models.UniqueConstraint(fields=["project", "year", "number"], name="plan_number_once_a_year"),
            models.CheckConstraint(
                condition=amount_range("amount"),
                name="plan_amount_not_negative",
                violation_error_message=_("The plan must not be below zero."),
            ),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2100), name="plan_year_2000_to_2100"),
            models.CheckConstraint(
                condition=Q(number=1) | (Q(number__gt=1) & ~Q(reason="")), name="plan_revision_has_reason"
            ),
            models.CheckConstraint(condition=month_range("effective_from"), name="plan_effective_from_is_month"),
            models.CheckConstraint(condition=Q(decision__in=["", *wording.PLAN_DECISIONS]), name="plan_decision_known"),
            models.CheckConstraint(condition=~Q(number=1) | Q(decision=APPROVED), name="plan_original_holds"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True) | ~Q(decision="") & Q(decided_at__isnull=False),
                name="plan_decision_has_time",
            ),
            models.UniqueConstraint(
                fields=["project", "year"], condition=Q(decision=""), name="plan_one_revision_waits"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.year} ({self.number})"


class Incident(Versioned):
    """Something that turns a project red at once (一票否决), until it is cleared."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="incidents", verbose_name=_("project"))
    kind = models.CharField(_("kind"), max_length=20, choices=INCIDENT_NAMES)
    happened_on = models.DateField(_("happened"))
    cleared_on = models.DateField(_("cleared"), null=True, blank=True)
    note = models.TextField(_("note"), max_length=1000)

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        ordering = ("-happened_on", "-id")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(INCIDENT_NAMES)), name="incident_kind_known"),
            models.UniqueConstraint(
                fields=["project", "kind", "happened_on"],
                name="incident_once_a_day",
                violation_error_message=_("This was already noted for that day."),
            ),
            models.CheckConstraint(
                condition=Q(cleared_on__isnull=True) | Q(cleared_on__gte=F("happened_on")),
                name="incident_cleared_after_it_happened",
                violation_error_message=_("It cannot be cleared before it happened."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.get_kind_display()}"


class ExemptionQuerySet(models.QuerySet["Exemption"]):
    def granted(self) -> Self:
        """Those that count: another person has approved them."""
        return self.filter(decision=APPROVED)

    def waiting(self) -> Self:
        return self.filter(decision="")


class Exemption(Versioned):
    """A project is not rated from one month to another, for a reason; at most three periods at a time.

    It counts once another person of the office has approved it (`decision`).
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="exemptions", verbose_name=_("project"))
    reason = models.CharField(_("reason"), max_length=20, choices=EXEMPTION_REASONS)
    first_month = MonthField(_("from"))
    last_month = MonthField(_("until"))
    note = models.TextField(_("note"), max_length=1000)
    by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("proposed by")
    )
    decision = models.CharField(
        _("decision"), max_length=10, blank=True, choices=wording.PLAN_DECISIONS, editable=False
    )
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    decision_note = models.CharField(_("note on the decision"), max_length=500, blank=True, editable=False)

    objects: ClassVar[Any] = ExemptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("exemption")
        verbose_name_plural = _("exemptions")
        ordering = ("-first_month", "-id")
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=list(EXEMPTION_REASONS)), name="exemption_reason_known"),
            models.CheckConstraint(
                condition=Q(last_month__gte=F("first_month")) & month_range("first_month") & month_range("last_month"),
                name="exemption_ends_after_it_begins",
                violation_error_message=_("The last month lies before the first."),
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["", *wording.PLAN_DECISIONS]), name="exemption_decision_known"
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True) | ~Q(decision="") & Q(decided_at__isnull=False),
                name="exemption_decision_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.first_month}–{self.last_month}"
