"""The project: what is said of it, and what follows from its phases."""

from typing import Any, ClassVar, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from projects.accounts.models import Unit, User
from projects.accounts.queries import within_papers, within_reach, within_reading
from projects.core.fields import MonthField, YuanField, amount_range, month_range
from projects.core.versions import Versioned
from projects.register import wording
from projects.register.models.lists import Category, Leader, LevelLabel, Sector
from projects.register.models.stage_columns import stage_fields


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, user: User) -> Self:
        """What `user` may read: all of the own district, or the own unit where `READING` narrows it."""
        return self.filter(within_reading(user))

    def editable_by(self, user: User) -> Self:
        """What `user` may change at all: the projects of the unit of the role and below; none for readers."""
        return self.filter(within_reach(user))

    def papers_open_to(self, user: User) -> Self:
        """Of these, those whose files `user` may open; not district-wide, as the register itself is."""
        return self.filter(within_papers(user))


class Project(Versioned):
    """A major project, followed from the first talk to full production.

    `stage` and `partly_operating` are derived from the phases by `actions`. `rerate_from` is the
    earliest month whose coloured line no longer holds; `bulletins` clears it.
    """

    code = models.CharField(
        _("code"),
        max_length=40,
        unique=True,
        validators=[
            RegexValidator(r"^(?!(?:new|move)\Z)[A-Za-z0-9][A-Za-z0-9_-]*\Z", _("Letters, digits, - and _ only."))
        ],
    )
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60)
    owner = models.CharField(_("owner"), max_length=200, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="projects", verbose_name=_("responsible unit"))
    leader = models.ForeignKey(
        Leader,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="projects",
        verbose_name=_("accountable leader"),
    )
    responsible = models.CharField(_("responsible person"), max_length=50, blank=True)
    contact_name = models.CharField(_("contact"), max_length=50, blank=True)
    contact_phone = models.CharField(
        _("telephone"),
        max_length=30,
        blank=True,
        validators=[RegexValidator(r"^[0-9+() -]{5,30}\Z", _("Digits, blanks, + - and brackets only."))],
    )
    labels = models.ManyToManyField(LevelLabel, blank=True, related_name="projects", verbose_name=_("levels"))
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("category"))
    sector = models.ForeignKey(
        Sector, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sector")
    )
    nature = models.CharField(_("nature"), max_length=20, blank=True, choices=wording.NATURE_NAMES)
    project_class = models.CharField(_("class"), max_length=20, blank=True, choices=wording.CLASS_NAMES)
    town = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("town"))
    location = models.CharField(_("place"), max_length=200, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    content = models.TextField(_("scale and content"), blank=True, max_length=4000)
    note = models.TextField(_("remarks"), blank=True, max_length=500)
    total_investment = YuanField(_("total investment"), null=True, blank=True)
    total_at_least = YuanField(_("total known to be at least"), null=True, blank=True)
    planned_start = models.DateField(_("planned start"), null=True, blank=True)
    planned_finish = models.DateField(_("planned finish"), null=True, blank=True)
    actual_start = models.DateField(_("actual start"), null=True, blank=True)
    actual_finish = models.DateField(_("actual finish"), null=True, blank=True)
    entered_statistics_on = models.DateField(_("entered in statistics"), null=True, blank=True)
    stage = models.CharField(_("stage"), max_length=20, blank=True, editable=False)
    step = models.CharField(_("step"), max_length=20, blank=True, editable=False)
    partly_operating = models.BooleanField(_("partly operating"), default=False, editable=False)
    halted = models.CharField(_("halted"), max_length=20, blank=True, choices=wording.HALT_NAMES, editable=False)
    halted_on = models.DateField(_("halted since"), null=True, editable=False)
    halt_reason = models.CharField(
        _("reason of the halt"), max_length=20, blank=True, choices=wording.HALT_REASONS, editable=False
    )
    halted_until = models.DateField(_("expected to go on"), null=True, editable=False)
    halt_note = models.TextField(_("note on the halt"), blank=True, editable=False, max_length=1000)
    is_example = models.BooleanField(_("example"), default=False, editable=False)
    listed_from = MonthField(_("in the register from"))
    rerate_from = MonthField(null=True, editable=False)
    initials = models.CharField(max_length=120, blank=True, editable=False)
    name_key = models.CharField(max_length=200, blank=True, editable=False)
    created_at = models.DateTimeField(_("entered in the register"))
    changed_at = models.DateTimeField(_("last changed"))

    objects: ClassVar[Any] = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ("name_key", "id")
        constraints = [
            *stage_fields("project"),
            models.CheckConstraint(
                condition=amount_range("total_investment", at_least=1),
                name="project_total_above_zero",
                violation_error_message=_("The total investment must be more than zero."),
            ),
            models.CheckConstraint(
                condition=amount_range("total_at_least", at_least=1), name="project_total_floor_above_zero"
            ),
            models.CheckConstraint(
                condition=Q(total_investment__isnull=True)
                | Q(total_at_least__isnull=True)
                | Q(total_investment__gte=F("total_at_least")),
                name="project_total_not_below_its_floor",
                violation_error_message=_("The total investment is less than what it is known to be at least."),
            ),
            models.CheckConstraint(
                condition=Q(planned_finish__isnull=True)
                | Q(planned_start__isnull=True)
                | Q(planned_finish__gte=F("planned_start")),
                name="project_planned_finish_after_start",
                violation_error_message=_("The planned finish lies before the planned start."),
            ),
            models.CheckConstraint(
                condition=Q(actual_finish__isnull=True)
                | Q(actual_start__isnull=True)
                | Q(actual_finish__gte=F("actual_start")),
                name="project_actual_finish_after_start",
                violation_error_message=_("The actual finish lies before the actual start."),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="project_coordinates_both_or_none",
                violation_error_message=_("Give both latitude (−90 to 90) and longitude (−180 to 180), or neither."),
            ),
            models.CheckConstraint(
                condition=Q(halted="", halted_on__isnull=True, halted_until__isnull=True, halt_reason="")
                | Q(
                    halted__in=list(wording.HALT_NAMES),
                    halted_on__isnull=False,
                    halt_reason__in=list(wording.HALT_REASONS),
                ),
                name="project_halt_has_day_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(halted_until__isnull=True) | Q(halted="suspended", halted_until__gte=F("halted_on")),
                name="project_halt_ends_after_it_began",
                violation_error_message=_(
                    "A suspension cannot end before it began; a terminated project does not go on."
                ),
            ),
            models.CheckConstraint(
                condition=Q(project_class__in=["", *wording.CLASS_NAMES]), name="project_class_known"
            ),
            models.CheckConstraint(condition=Q(nature__in=["", *wording.NATURE_NAMES]), name="project_nature_known"),
            models.CheckConstraint(condition=month_range("listed_from"), name="project_listed_from_is_month"),
        ]
        indexes = [
            # the few projects whose lines are due, asked for after every change and before the list
            models.Index(fields=["rerate_from"], name="project_rerate", condition=Q(rerate_from__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.short_name
