"""Monthly reports: what was invested in a project in a month, how far the work has come, its files, what was said."""

import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from projects.accounts.models import User
from projects.accounts.queries import within_reach, within_reading
from projects.core.fields import MonthField, YuanField, amount_range, month_range
from projects.core.versions import Versioned
from projects.core.yuan import LARGEST
from projects.progress.models.periods import Period
from projects.progress.wording import COMMENT_NAMES, STATE_NAMES
from projects.progress.workflow import HANDED_IN, MISSING, State
from projects.register.models import Attachment, Project

APPROVED, RETURNED, SUBMITTED, DUE = (s.value for s in (State.APPROVED, State.RETURNED, State.SUBMITTED, State.DUE))


def _only_in(state: str, stamp: str) -> Q:
    """Holds when the time `stamp` is kept just while the report is in `state`."""
    return Q(state=state, **{f"{stamp}__isnull": False}) | (~Q(state=state) & Q(**{f"{stamp}__isnull": True}))


class ReportQuerySet(models.QuerySet["MonthlyReport"]):
    def visible_to(self, user: User) -> Self:
        """Reports that `user` may open: of all projects read, where drafts are the unit's and the office's own.

        What was approved is read by whoever reads the project; the rest by the unit concerned, by the
        office and by who reads everything of the district without changing it (leader, auditor).
        """
        read = within_reading(user, "project__unit")
        if user.role == "reporter":
            return self.filter(Q(read, state=APPROVED) | within_reach(user, "project__unit"))
        return self.filter(read)

    def editable_by(self, user: User) -> Self:
        """Reports of projects in the reach of `user`.

        The few projects of a unit are found first and their reports by them; of a whole district nearly every
        report is within reach, so that there the reports come first.
        """
        if user.role == "reporter":
            return self.filter(project__in=Project.objects.filter(within_reach(user)))
        return self.filter(within_reach(user, "project__unit"))

    def missing(self) -> Self:
        """Asked for and not handed in, or taken back."""
        return self.filter(state__in=[state.value for state in MISSING])

    def handed_in(self) -> Self:
        return self.filter(state__in=[state.value for state in HANDED_IN])


class MonthlyReport(Versioned):
    """One project in one month. Only approved reports count in rates, colours and bulletins.

    `invested_this_month` may be negative (a correction of earlier months), with a reason.
    `invested_statistics` is the figure of the statistics bureau, kept beside ours because the two differ.
    `next_month_amount` is what the unit means to invest in the month that follows (yuan).
    `first_submitted_at` never changes once set: it says whether the report was in by the lock. Only an import that is
    taken back takes it along.
    `late_until` is the last day on which the office lets a locked report still come in; `leave_asked_at` is kept
    as long as the unit asks for that and nobody has answered.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="reports", verbose_name=_("project"))
    month = MonthField(_("month"))
    state = models.CharField(_("state"), max_length=20, choices=STATE_NAMES, default=DUE, editable=False)
    invested_this_month = YuanField(_("invested this month"), null=True)
    invested_statistics = YuanField(_("figure of the statistics bureau"), null=True, blank=True)
    image = models.CharField(_("progress of the works"), max_length=500, blank=True)
    image_unchanged = models.BooleanField(_("no change this month"), default=False)
    next_month_amount = YuanField(_("planned for next month"), null=True, blank=True)
    next_steps = models.CharField(_("next steps"), max_length=500, blank=True)
    next_steps_unchanged = models.BooleanField(_("next steps unchanged"), default=False)
    explanation = models.CharField(_("explanation of the variance"), max_length=500, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    is_late = models.BooleanField(_("late"), default=False, editable=False)
    late_until = models.DateField(_("may be late until"), null=True, editable=False)
    leave_asked_at = models.DateTimeField(_("leave asked for"), null=True, editable=False)
    leave_asked_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("leave asked for by")
    )
    written_at = models.DateTimeField(_("written"), null=True, editable=False)
    written_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("written by")
    )
    first_submitted_at = models.DateTimeField(_("first submitted"), null=True, editable=False)
    submitted_at = models.DateTimeField(_("submitted"), null=True, editable=False)
    submitted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("submitted by")
    )
    returned_at = models.DateTimeField(_("returned"), null=True, editable=False)
    returned_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("returned by")
    )
    approved_at = models.DateTimeField(_("approved"), null=True, editable=False)
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("approved by")
    )

    objects: ClassVar[Any] = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("monthly report")
        verbose_name_plural = _("monthly reports")
        ordering = ("month", "id")
        constraints = [
            models.UniqueConstraint(fields=["project", "month"], name="report_once_a_month"),
            models.CheckConstraint(condition=Q(state__in=list(STATE_NAMES)), name="report_state_known"),
            models.CheckConstraint(condition=_only_in(APPROVED, "approved_at"), name="report_approved_has_time"),
            models.CheckConstraint(condition=_only_in(RETURNED, "returned_at"), name="report_returned_has_time"),
            models.CheckConstraint(
                condition=~Q(state=SUBMITTED) | Q(submitted_at__isnull=False, first_submitted_at__isnull=False),
                name="report_submitted_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=DUE)
                | Q(written_at__isnull=True, submitted_at__isnull=True, invested_this_month__isnull=True),
                name="report_due_is_empty",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[SUBMITTED, APPROVED]) | Q(invested_this_month__isnull=False),
                name="report_handed_in_has_figure",
            ),
            models.CheckConstraint(
                condition=amount_range("invested_this_month", at_least=-LARGEST)
                & amount_range("invested_statistics", at_least=-LARGEST)
                & amount_range("next_month_amount"),
                name="report_amounts_in_range",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[SUBMITTED, APPROVED]) | Q(invested_this_month__gte=0) | ~Q(reason=""),
                name="report_negative_has_reason",
                violation_error_message=_("A month below zero is a correction: say why."),
            ),
            models.CheckConstraint(condition=month_range("month"), name="report_month_is_month"),
            models.CheckConstraint(
                condition=Q(leave_asked_at__isnull=False) | Q(leave_asked_by__isnull=True),
                name="report_leave_asked_has_time",
            ),
            models.CheckConstraint(
                condition=Q(leave_asked_at__isnull=True) | Q(first_submitted_at__isnull=True),
                name="report_leave_asked_before_it_is_in",
            ),
        ]
        indexes = [
            # approved figures of a year for rating many projects at once
            models.Index(
                fields=["month", "project", "invested_this_month"], name="report_approved", condition=Q(state=APPROVED)
            ),
            models.Index(fields=["state", "month", "project"], name="report_in_state"),  # queues, board, my work
            models.Index(  # the office's work
                fields=["leave_asked_at"], name="report_leave_asked", condition=Q(leave_asked_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.month}"

    def is_shut(self, period: Period, day: datetime.date) -> bool:
        """Whether it missed the lock of its period and has no leave to come in late."""
        has_leave = self.late_until is not None and day <= self.late_until
        return period.is_locked_on(day) and self.first_submitted_at is None and not has_leave


class ReportFile(models.Model):
    """A file of the project that was sent in with a report. As long as the row stands, the file cannot be removed."""

    report = models.ForeignKey(MonthlyReport, models.PROTECT, related_name="files", verbose_name=_("report"))
    attachment = models.OneToOneField(Attachment, models.PROTECT, related_name="report_file", verbose_name=_("file"))

    class Meta:
        verbose_name = _("file of a report")
        verbose_name_plural = _("files of reports")
        ordering = ("id",)

    def __str__(self) -> str:
        return gettext("report of %(project)s for %(month)s") % {
            "project": self.report.project,
            "month": self.report.month,
        }


class ReportComment(models.Model):
    """What was said of a report: why it was returned, field by field, and the answers. Rows are only added."""

    report = models.ForeignKey(MonthlyReport, models.PROTECT, related_name="comments", verbose_name=_("report"))
    kind = models.CharField(_("kind"), max_length=10, choices=COMMENT_NAMES)
    field = models.CharField(_("field"), max_length=40, blank=True)
    text = models.TextField(_("comment"), max_length=1000)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("comment on a report")
        verbose_name_plural = _("comments on reports")
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(COMMENT_NAMES)), name="report_comment_kind_known"),
            models.CheckConstraint(condition=~Q(text=""), name="report_comment_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.text[:60]}"
