"""The coloured line of each project in each month: all that the list shows, filters and sorts by."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.lookups import IsNull
from django.utils.translation import gettext_lazy as _

from projects.accounts.models import Unit, User
from projects.accounts.queries import within_reach, within_reading
from projects.core.fields import MonthField, YuanField
from projects.core.month import Month
from projects.register.models import Category, Leader, Project, Sector

STANDINGS = ("exempt", "not_rated", "not_reported")


class LineQuerySet(models.QuerySet["Line"]):
    def visible_to(self, user: User) -> Self:
        """The lines of the projects that `user` may read."""
        return self.filter(within_reading(user))

    def reachable_by(self, user: User) -> Self:
        """The lines of the projects that `user` may change."""
        return self.filter(within_reach(user))

    def of(self, month: Month) -> Self:
        return self.filter(month=month)


class Line(models.Model):
    """A project in a month, with values, names and words as they were when it was last rated.

    `level` 0 is best; it is better by one than `computed_level`, what the rules found, where an override
    was approved. Instead of a level there may be a standing outside the scale. `severity` orders both:
    the level, or below zero. Rates and leads are tenths of a percent and of a point, rounded half up
    once. Written by `actions.rerate` only; it stays as it is once the month is published.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="lines")
    month = MonthField(_("month"))
    level = models.PositiveSmallIntegerField(null=True)
    computed_level = models.PositiveSmallIntegerField(null=True)
    standing = models.CharField(max_length=20, blank=True)
    severity = models.SmallIntegerField()
    hits = models.JSONField(default=list)
    checks = models.JSONField(default=list)
    worst_rule = models.CharField(max_length=3, blank=True)
    exempt_reason = models.CharField(max_length=20, blank=True)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    name_key = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit_name = models.CharField(max_length=30)
    leader = models.ForeignKey(Leader, models.PROTECT, null=True, related_name="+")
    leader_name = models.CharField(max_length=50, blank=True)
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    sector = models.ForeignKey(Sector, models.PROTECT, null=True, related_name="+")
    project_class = models.CharField(max_length=20, blank=True)
    stage = models.CharField(max_length=20, blank=True)
    stage_order = models.PositiveSmallIntegerField(default=0)
    partly_operating = models.BooleanField(default=False)
    halted = models.CharField(max_length=20, blank=True)
    phases = models.JSONField(default=list)
    total_investment = YuanField(null=True)
    year_plan = YuanField(null=True)
    invested_to_date = YuanField(null=True)
    schedule_tenths = models.IntegerField(null=True)
    completion_tenths = models.IntegerField(null=True)
    lead_tenths = models.IntegerField(null=True)
    reported_month = MonthField(null=True)
    is_example = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    objects: ClassVar[Any] = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line")
        verbose_name_plural = _("lines")
        constraints = [
            models.UniqueConstraint(fields=["project", "month"], name="line_once_a_month"),
            models.CheckConstraint(
                condition=Q(level__isnull=False, level__lte=4, standing="")
                | Q(level__isnull=True, standing__in=STANDINGS),
                name="line_level_or_standing",
            ),
        ]
        indexes = [
            # the list, in each order that its headings offer, for the units that a person reads
            models.Index(
                "month",
                F("severity").desc(),
                IsNull(F("lead_tenths"), True),
                "lead_tenths",
                "id",
                "unit",
                name="line_by_colour",
            ),
            models.Index(fields=["month", "name_key", "id", "unit"], name="line_by_name"),
            models.Index(fields=["month", "unit_name", "id", "unit"], name="line_by_unit"),
            models.Index(fields=["month", "leader_name", "id", "unit"], name="line_by_leader"),
            models.Index(fields=["month", "stage_order", "id", "unit"], name="line_by_stage"),
            models.Index(fields=["month", "total_investment", "id", "unit"], name="line_by_total"),
            models.Index(fields=["month", "year_plan", "id", "unit"], name="line_by_plan"),
            models.Index(fields=["month", "invested_to_date", "id", "unit"], name="line_by_invested"),
            models.Index(fields=["month", "completion_tenths", "id", "unit"], name="line_by_rate"),
            models.Index(fields=["month", "lead_tenths", "id", "unit"], name="line_by_lead"),
            models.Index(fields=["month", "worst_rule", "id", "unit"], name="line_by_rule"),
            models.Index(fields=["month", "changed_at", "id", "unit"], name="line_by_change"),
            # the sums above the list and the overview, which read all lines of the month
            models.Index(
                fields=[
                    "month",
                    "project_class",
                    "level",
                    "standing",
                    "unit",
                    "unit_name",
                    "stage_order",
                    "year_plan",
                    "total_investment",
                    "invested_to_date",
                ],
                name="line_sums",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.short_name} {self.month}"


class SearchKey(models.Model):
    """What a project is found by in every month: all it is or was called, a line each, and the pairs of signs in that.

    Written by `actions.rerate` only; `search.found` looks into it.
    """

    project = models.OneToOneField(Project, models.CASCADE, primary_key=True, related_name="search_key")
    text = models.TextField()
    pairs = models.TextField()

    class Meta:
        verbose_name = _("search key")
        verbose_name_plural = _("search keys")

    def __str__(self) -> str:
        return self.text


class LineStamp(models.Model):
    """How often the lines of a month were written: what was summed under one number still holds."""

    month = MonthField(primary_key=True)
    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("line stamp")
        verbose_name_plural = _("line stamps")

    def __str__(self) -> str:
        return f"{self.month} {self.number}"
