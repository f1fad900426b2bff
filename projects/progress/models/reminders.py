"""The ladder of reminders as the office keeps it: who is reminded of a month's reports, and when."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.core.versions import Versioned
from projects.progress.ladder import Anchor, Audience, Rung
from projects.progress.wording import ANCHOR_NAMES, AUDIENCE_NAMES, step_name

FURTHEST = 60  # days


class ReminderStep(Versioned):
    """One step of the ladder, for every month; out of use rather than deleted.

    `days` counts from the anchor's day, before it when negative (−60 to 60); never before the opening.
    """

    anchor = models.CharField(_("counted from"), max_length=10, choices=ANCHOR_NAMES)
    days = models.SmallIntegerField(
        _("days after it"),
        default=0,
        validators=[MinValueValidator(-FURTHEST), MaxValueValidator(FURTHEST)],
        help_text=_("Below zero for days before it."),
    )
    audience = models.CharField(_("who is told"), max_length=10, choices=AUDIENCE_NAMES)
    position = models.PositiveSmallIntegerField(_("position in lists"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("step of reminding")
        verbose_name_plural = _("ladder of reminders")
        ordering = ("position", "id")
        constraints = [
            models.CheckConstraint(condition=Q(anchor__in=list(ANCHOR_NAMES)), name="reminder_anchor_known"),
            models.CheckConstraint(condition=Q(audience__in=list(AUDIENCE_NAMES)), name="reminder_audience_known"),
            models.CheckConstraint(condition=Q(days__range=(-FURTHEST, FURTHEST)), name="reminder_days_in_range"),
            models.CheckConstraint(
                condition=~Q(anchor="opened") | Q(days__gte=0),
                name="reminder_not_before_opening",
                violation_error_message=_("Before a month is opened nobody can be reminded of it."),
            ),
            models.UniqueConstraint(
                fields=["anchor", "days", "audience"],
                name="reminder_step_once",
                violation_error_message=_("The ladder has this step already."),
            ),
        ]

    def __str__(self) -> str:
        return step_name(self.rung)

    @property
    def rung(self) -> Rung:
        """What the step says, without its row."""
        return Rung(Anchor(self.anchor), self.days, Audience(self.audience))
