"""The bulletin of a month: its draft, and what was published, copied so that it never changes."""

import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.accounts.models import Unit, User
from projects.accounts.queries import district_of
from projects.bulletins.wording import STAGES_OF_BULLETIN
from projects.core.fields import MonthField, YuanField, month_range
from projects.core.versions import Versioned

DRAFT, CIRCULATED, PUBLISHED = STAGES_OF_BULLETIN


class BulletinQuerySet(models.QuerySet["Bulletin"]):
    def of_district(self, user: User) -> Self:
        """Those of the district that `user` belongs to, and of what lies below."""
        return self.filter(district__in=Unit.objects.below(district_of(user.unit)))

    def visible_to(self, user: User) -> Self:
        """Published ones for all officials of the district; drafts for the office, leaders and auditors, and
        once circulated for the units."""
        rows = self.of_district(user)
        return rows.exclude(state=DRAFT) if user.role == "reporter" else rows

    def published(self) -> Self:
        return self.filter(state=PUBLISHED)


class Bulletin(Versioned):
    """One edition of a month's bulletin; a correction is a further edition with its reason.

    `sections` hold the text with marks such as {invested} for figures, so that it cannot drift from
    the tables; `figures` the figures as they were, and what the district and who published were called.
    `policy`, `palette` and `unit_policy` are copies of the edition of the rules that was applied. `digest`
    covers everything that is published and the digest of the bulletin before it. Published rows refuse
    change in the database as well.
    """

    district = models.ForeignKey(Unit, models.PROTECT, related_name="bulletins", verbose_name=_("district"))
    month = MonthField(_("month"))
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    issue = models.PositiveSmallIntegerField(_("issue"))
    state = models.CharField(_("state"), max_length=12, choices=STAGES_OF_BULLETIN, default=DRAFT, editable=False)
    title = models.CharField(_("title"), max_length=200)
    addressees = models.CharField(_("to whom"), max_length=300, blank=True)
    sections = models.JSONField(_("text"), default=list)
    reason = models.CharField(_("reason of the correction"), max_length=500, blank=True)
    circulated_at = models.DateTimeField(_("circulated"), null=True, editable=False)
    objections_until = models.DateField(_("objections until"), null=True, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    published_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("published by")
    )
    policy_number = models.PositiveSmallIntegerField(_("edition of the rules"), default=0, editable=False)
    policy_name = models.CharField(max_length=60, blank=True, editable=False)
    policy = models.JSONField(default=dict, editable=False)
    palette = models.JSONField(default=dict, editable=False)
    unit_policy = models.JSONField(default=dict, editable=False)
    figures = models.JSONField(default=dict, editable=False)
    differences = models.JSONField(default=list, editable=False)
    parts = models.JSONField(default=dict, editable=False)  # the digest of each line by its project's code
    digest = models.CharField(max_length=64, blank=True, editable=False)
    previous_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects: ClassVar[Any] = BulletinQuerySet.as_manager()

    class Meta:
        verbose_name = _("bulletin")
        verbose_name_plural = _("bulletins")
        ordering = ("-month", "-edition")
        constraints = [
            models.UniqueConstraint(fields=["district", "month", "edition"], name="bulletin_edition_once_a_month"),
            models.UniqueConstraint(
                fields=["district", "month"], condition=~Q(state=PUBLISHED), name="bulletin_one_draft_a_month"
            ),
            models.CheckConstraint(condition=Q(state__in=list(STAGES_OF_BULLETIN)), name="bulletin_state_known"),
            models.CheckConstraint(condition=month_range("month"), name="bulletin_month_is_month"),
            models.CheckConstraint(condition=Q(edition=1) | ~Q(reason=""), name="bulletin_correction_has_reason"),
            models.CheckConstraint(
                condition=Q(state=PUBLISHED, published_at__isnull=False) & ~Q(digest="")
                | (~Q(state=PUBLISHED) & Q(published_at__isnull=True, digest="")),
                name="bulletin_published_has_time_and_digest",
            ),
            models.CheckConstraint(
                condition=Q(state=DRAFT, circulated_at__isnull=True, objections_until__isnull=True)
                | (~Q(state=DRAFT) & Q(circulated_at__isnull=False, objections_until__isnull=False)),
                name="bulletin_circulated_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def takes_objections_on(self, day: datetime.date) -> bool:
        """Whether units may object on `day`, to its end."""
        return self.state == CIRCULATED and self.objections_until is not None and day <= self.objections_until

    @property
    def district_name(self) -> str:
        """As it was called when this was published; of a draft as it is called now."""
        return str(self.figures.get("district") or self.district.name)

    @property
    def publisher_name(self) -> str:
        """Who published this, called as then; empty for a draft and for the system."""
        return str(self.figures.get("publisher") or self.published_by or "")

    @property
    def short_digest(self) -> str:
        """What is printed on every page: the first twenty signs in groups of four."""
        return " ".join(self.digest[start : start + 4] for start in range(0, 20, 4))


class BulletinLine(models.Model):
    """A project as it was published: values, names and words, independent of what changes later.

    `project` is the project's number and no foreign key: it only leads to the page of today.
    """

    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    project = models.BigIntegerField(db_index=True)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    unit = models.BigIntegerField()
    unit_name = models.CharField(max_length=100)
    leader_name = models.CharField(max_length=50, blank=True)
    category_name = models.CharField(max_length=50, blank=True)
    project_class = models.CharField(max_length=20, blank=True)
    level = models.PositiveSmallIntegerField(null=True)
    computed_level = models.PositiveSmallIntegerField(null=True)
    standing = models.CharField(max_length=20, blank=True)
    colour_word = models.CharField(max_length=30)
    colour_hue = models.CharField(max_length=20)
    colour_shape = models.CharField(max_length=20)
    total_investment = YuanField(null=True)
    year_plan = YuanField(null=True)
    invested_to_date = YuanField(null=True)
    completion_tenths = models.IntegerField(null=True)
    schedule_tenths = models.IntegerField(null=True)
    lead_tenths = models.IntegerField(null=True)
    is_example = models.BooleanField(default=False)
    more = models.JSONField()

    class Meta:
        verbose_name = _("published line")
        verbose_name_plural = _("published lines")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "number"], name="published_line_number_once"),
            models.UniqueConstraint(fields=["bulletin", "project"], name="published_line_once_a_project"),
        ]

    def __str__(self) -> str:
        return f"{self.short_name} {self.colour_word}"


class BulletinUnit(models.Model):
    """A unit, leader or category in a published bulletin: its figures, rank and colour as they were."""

    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="units")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)  # unit, leader, category
    group = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=100)
    key = models.BigIntegerField(null=True)
    rank = models.PositiveIntegerField(null=True)
    previous_rank = models.PositiveIntegerField(null=True)
    level = models.PositiveSmallIntegerField(null=True)
    more = models.JSONField()

    class Meta:
        verbose_name = _("published unit")
        verbose_name_plural = _("published units")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "number"], name="published_unit_number_once"),
        ]

    def __str__(self) -> str:
        return self.name
