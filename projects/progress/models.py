"""Monthly reports: what was invested in a project in a month, and how far the work has come."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.accounts.models import User
from projects.core.fields import MonthField, YuanField, amount_range, month_range
from projects.core.versions import Versioned
from projects.core.yuan import LARGEST
from projects.progress.wording import STATE_NAMES
from projects.progress.workflow import State
from projects.register.models import Project


class MonthlyReport(Versioned):
    """One project in one month. Only approved reports count in rates, colours and bulletins.

    `invested_this_month` may be negative (a correction of earlier months), with a reason.
    `invested_statistics` is the figure of the statistics bureau, kept beside ours because the two differ.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="reports", verbose_name=_("project"))
    month = MonthField(_("month"))
    state = models.CharField(_("state"), max_length=20, choices=STATE_NAMES, default=State.DRAFT.value, editable=False)
    invested_this_month = YuanField(_("invested this month"))
    invested_statistics = YuanField(_("figure of the statistics bureau"), null=True, blank=True)
    image = models.CharField(_("progress of the works"), max_length=500, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    approved_at = models.DateTimeField(_("approved"), null=True, editable=False)
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("approved by")
    )

    class Meta:
        verbose_name = _("monthly report")
        verbose_name_plural = _("monthly reports")
        ordering = ("month",)
        constraints = [
            models.UniqueConstraint(fields=["project", "month"], name="report_once_a_month"),
            models.CheckConstraint(condition=Q(state__in=list(STATE_NAMES)), name="report_state_known"),
            models.CheckConstraint(
                condition=Q(state=State.APPROVED.value, approved_at__isnull=False)
                | (~Q(state=State.APPROVED.value) & Q(approved_at__isnull=True)),
                name="report_approved_has_time",
            ),
            models.CheckConstraint(
                condition=amount_range("invested_this_month", at_least=-LARGEST)
                & amount_range("invested_statistics", at_least=-LARGEST),
                name="report_amounts_in_range",
            ),
            models.CheckConstraint(
                condition=Q(invested_this_month__gte=0) | ~Q(reason=""),
                name="report_negative_has_reason",
                violation_error_message=_("A month below zero is a correction: say why."),
            ),
            models.CheckConstraint(condition=month_range("month"), name="report_month_is_month"),
        ]
        indexes = [
            # approved figures of a year for rating many projects at once
            models.Index(
                fields=["month", "project", "invested_this_month"],
                name="report_approved",
                condition=Q(state="approved"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.month}"
