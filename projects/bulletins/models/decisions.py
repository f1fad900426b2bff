"""What people decide about a colour before it is published: overrides, and objections of the units."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from projects.accounts.models import User
from projects.accounts.queries import within_reach, within_reading
from projects.bulletins.wording import DECISIONS
from projects.core.fields import MonthField, month_range
from projects.register.models import Attachment, Project


class OfProjects(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """Those of the projects that `user` may change, and for who reads everything, of all of the district."""
        projects = Project.objects.filter(within_reach(user) if user.role == "reporter" else within_reading(user))
        return self.filter(project__in=projects)

    def waiting(self) -> Self:
        return self.filter(decision="")


def _decided(prefix: str) -> list[models.BaseConstraint]:
    """A decision and its time stand or fall together."""
    return [
        models.CheckConstraint(condition=Q(decision__in=["", *DECISIONS]), name=f"{prefix}_decision_known"),
        models.CheckConstraint(
            condition=Q(decision="", decided_at__isnull=True) | (~Q(decision="") & Q(decided_at__isnull=False)),
            name=f"{prefix}_decision_has_time",
        ),
    ]


class Override(models.Model):
    """Somebody asks that a project's colour of one month be better by one level than the rules say.

    Counts for that month only, once another person has approved it. Rows are only added, and decided once.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="overrides", verbose_name=_("project"))
    month = MonthField(_("month"))
    computed_level = models.PositiveSmallIntegerField(_("level by the rules"))
    level = models.PositiveSmallIntegerField(_("level asked for"))
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("proposed by"))
    at = models.DateTimeField(_("proposed"))
    decision = models.CharField(_("decision"), max_length=10, blank=True, choices=DECISIONS)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided"), null=True)
    note = models.CharField(_("note on the decision"), max_length=500, blank=True)

    objects: ClassVar[Any] = OfProjects.as_manager()

    class Meta:
        verbose_name = _("override")
        verbose_name_plural = _("overrides")
        ordering = ("-month", "-id")
        constraints = [
            *_decided("override"),
            models.CheckConstraint(condition=month_range("month"), name="override_month_is_month"),
            models.CheckConstraint(condition=~Q(reason=""), name="override_has_reason"),
            models.CheckConstraint(
                condition=Q(computed_level__gte=1, computed_level__lte=4, level=F("computed_level") - 1),
                name="override_one_level_better",
            ),
            models.UniqueConstraint(
                fields=["project", "month"],
                condition=Q(decision__in=["", "approved"]),
                name="override_once_a_month",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.month}"


class Objection(models.Model):
    """A unit objects to the colour of a project while the draft of the month is circulated; the office answers."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="objections", verbose_name=_("project"))
    month = MonthField(_("month"))
    text = models.CharField(_("objection"), max_length=1000)
    attachment = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="objections", verbose_name=_("file")
    )
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"))
    decision = models.CharField(_("decision"), max_length=10, blank=True, choices=DECISIONS)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    decided_at = models.DateTimeField(_("decided"), null=True)
    note = models.CharField(_("answer"), max_length=500, blank=True)

    objects: ClassVar[Any] = OfProjects.as_manager()

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ("-month", "-id")
        constraints = [
            *_decided("objection"),
            models.CheckConstraint(condition=month_range("month"), name="objection_month_is_month"),
            models.CheckConstraint(condition=~Q(text=""), name="objection_says_something"),
            models.CheckConstraint(condition=Q(decision="") | ~Q(note=""), name="objection_is_answered_in_words"),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.month}"
