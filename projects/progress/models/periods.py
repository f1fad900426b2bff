"""The months that are reported: from when, until when, and what the office asks of every month."""

import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from projects.accounts.models import User
from projects.core.fields import MonthField, month_range
from projects.core.month import Month
from projects.core.versions import Versioned

USUAL_CLASSES = ("implementation", "preparation")  # report every month unless the office decides otherwise
DAY_OF_MONTH = [MinValueValidator(1), MaxValueValidator(28)]


class ReportingRules(Versioned):
    """What holds for every month until the office changes it; one row.

    Days are those of the month: a month is opened on `opens_on_day` of itself, due on `due_on_day`
    and locked after `locks_on_day` of the month that follows (1 to 28). `variance_percent` is how far
    a month may stray from its plan before an explanation is asked (1 to 1000 %).
    """

    opens_on_day = models.PositiveSmallIntegerField(_("opened on day"), default=25, validators=DAY_OF_MONTH)
    due_on_day = models.PositiveSmallIntegerField(_("due on day"), default=8, validators=DAY_OF_MONTH)
    locks_on_day = models.PositiveSmallIntegerField(_("locked after day"), default=15, validators=DAY_OF_MONTH)
    variance_percent = models.PositiveSmallIntegerField(
        _("explanation asked from"), default=30, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    classes = models.JSONField(_("classes that report"), default=list, blank=True)

    class Meta:
        verbose_name = _("rules of reporting")
        verbose_name_plural = _("rules of reporting")
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="reporting_rules_once"),
            models.CheckConstraint(
                condition=Q(opens_on_day__range=(1, 28), due_on_day__range=(1, 28), locks_on_day__range=(1, 28)),
                name="reporting_days_1_to_28",
            ),
            models.CheckConstraint(
                condition=Q(due_on_day__lte=F("locks_on_day")),
                name="reporting_due_before_lock",
                violation_error_message=_("The lock cannot lie before the due day."),
            ),
            models.CheckConstraint(condition=Q(variance_percent__range=(1, 1000)), name="reporting_variance_1_to_1000"),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def current(cls) -> "ReportingRules":
        """The rules as they stand; the defaults until somebody saves others."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    def days_of(self, month: Month) -> dict[str, datetime.date]:
        """When `month` is opened, due and locked."""
        following = month + 1
        return {
            "opens_on": month.first_day.replace(day=self.opens_on_day),
            "due_on": following.first_day.replace(day=self.due_on_day),
            "locks_on": following.first_day.replace(day=self.locks_on_day),
        }

    def month_opened_by(self, day: datetime.date) -> Month:
        """The last month whose opening day has come on `day`."""
        return Month.of(day) if day.day >= self.opens_on_day else Month.of(day) + -1

    @property
    def reporting_classes(self) -> list[str]:
        """The classes of project that report: those chosen, or the usual ones as long as none is."""
        return list(self.classes or USUAL_CLASSES)


class Period(Versioned):
    """A month that is reported. Days count to their end, in local time.

    `due_on` is when reports are expected, `locks_on` the last day on which one may still be handed in
    without the office's leave. `lock_noted`: the lines of those who missed the lock were marked.
    """

    month = MonthField(_("month"), unique=True)
    opens_on = models.DateField(_("opened"))
    due_on = models.DateField(_("due"))
    locks_on = models.DateField(_("locked after"))
    lock_noted = models.BooleanField(default=False, editable=False)
    opened_at = models.DateTimeField(_("opened at"), editable=False)
    opened_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("opened by")
    )

    class Meta:
        verbose_name = _("period")
        verbose_name_plural = _("periods")
        ordering = ("-month",)
        constraints = [
            models.CheckConstraint(condition=month_range("month"), name="period_month_is_month"),
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("due_on"), due_on__lte=F("locks_on")),
                name="period_days_in_order",
                violation_error_message=_("The days must follow each other: opened, due, locked."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.month)

    def is_open_on(self, day: datetime.date) -> bool:
        """Whether reports may be handed in on `day` without leave."""
        return self.opens_on <= day <= self.locks_on

    def is_locked_on(self, day: datetime.date) -> bool:
        return day > self.locks_on
