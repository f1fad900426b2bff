"""The register: projects with their phases, components and capacities, and what is planned for them."""

from typing import Any, ClassVar, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from projects.accounts.models import Unit, User
from projects.accounts.queries import within_reach, within_reading
from projects.core.fields import MonthField, YuanField, amount_range, month_range
from projects.core.versions import Versioned
from projects.rating.wording import EXEMPTION_REASONS, INCIDENT_NAMES
from projects.register import wording
from projects.register.stages import Stage, Step

STAGES = [stage.value for stage in Stage]
STEPS = [step.value for step in Step]
BUILDING = Stage.BUILDING.value


class ListEntry(models.Model):
    """A line of a reference list that the office keeps; out of use rather than deleted."""

    name = models.CharField(_("name"), max_length=50, unique=True)
    position = models.PositiveSmallIntegerField(_("position in lists"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        abstract = True
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name


class Category(ListEntry):
    class Meta(ListEntry.Meta):
        verbose_name = _("category")
        verbose_name_plural = _("categories")


class Sector(ListEntry):
    class Meta(ListEntry.Meta):
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")


class LevelLabel(ListEntry):
    """National, provincial, municipal or district key project; a project may hold several."""

    class Meta(ListEntry.Meta):
        verbose_name = _("level label")
        verbose_name_plural = _("level labels")


class Leader(ListEntry):
    """A leader who answers for projects (包保领导)."""

    name = models.CharField(_("name"), max_length=50)
    office = models.CharField(_("office held"), max_length=100, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="leaders", verbose_name=_("unit"))
    is_example = models.BooleanField(_("example"), default=False)

    class Meta(ListEntry.Meta):
        verbose_name = _("accountable leader")
        verbose_name_plural = _("accountable leaders")


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, user: User) -> Self:
        """What `user` may read: all of the own district, or the own unit where `READING` narrows it."""
        return self.filter(within_reading(user))

    def editable_by(self, user: User) -> Self:
        """What `user` may change at all: the projects of the unit of the role and below; none for readers."""
        return self.filter(within_reach(user))


def stage_fields(prefix: str) -> list[models.BaseConstraint]:
    """Stage and step are known codes, and only building has steps."""
    return [
        models.CheckConstraint(condition=Q(stage__in=["", *STAGES]), name=f"{prefix}_stage_known"),
        models.CheckConstraint(
            condition=Q(step="") | Q(stage=BUILDING, step__in=STEPS), name=f"{prefix}_step_only_while_building"
        ),
    ]


class Project(Versioned):
    """A major project, followed from the first talk to full production.

    `stage` and `partly_operating` are derived from the phases by `actions`. `rerate_from` is the
    earliest month whose coloured line no longer holds; `bulletins` clears it.
    """

    code = models.CharField(
        _("code"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^(?!(?:new|move)\Z)[A-Za-z0-9][A-Za-z0-9_-]*\Z", _("Letters, digits, - and _ only."))],
    )
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=60)
    owner = models.CharField(_("owner"), max_length=200, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="projects", verbose_name=_("responsible unit"))
    leader = models.ForeignKey(
        Leader, models.PROTECT, null=True, blank=True, related_name="projects", verbose_name=_("accountable leader")
    )
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
    halt_reason = models.CharField(_("reason of the halt"), max_length=20, blank=True, choices=wording.HALT_REASONS, editable=False)
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
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="project_coordinates_both_or_none",
                violation_error_message=_("Give both latitude (−90 to 90) and longitude (−180 to 180), or neither."),
            ),
            models.CheckConstraint(
                condition=Q(halted="", halted_on__isnull=True, halt_reason="")
                | Q(
                    halted__in=list(wording.HALT_NAMES),
                    halted_on__isnull=False,
                    halt_reason__in=list(wording.HALT_REASONS),
                ),
                name="project_halt_has_day_and_reason",
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


class Phase(Versioned):
    """A phase (期) of a project. With components its stage is derived from theirs; else it is moved itself."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="phases", verbose_name=_("project"))
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=60)
    content = models.CharField(_("content"), max_length=500, blank=True)
    stage = models.CharField(_("stage"), max_length=20, blank=True, choices=wording.STAGE_NAMES)
    step = models.CharField(_("step"), max_length=20, blank=True, choices=wording.STEP_NAMES)
    partly_operating = models.BooleanField(_("partly operating"), default=False, editable=False)
    reached_on = models.DateField(_("since"), null=True, blank=True)

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ("number",)
        constraints = [
            *stage_fields("phase"),
            models.UniqueConstraint(
                fields=["project", "number"],
                name="phase_number_once_a_project",
                violation_error_message=_("The project already has a phase of this number."),
            ),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=99), name="phase_number_1_to_99"),
        ]

    def __str__(self) -> str:
        return f"{self.project.short_name} {self.name}"


class Component(Versioned):
    """A part of a phase (子项) that finishes on its own: a production line, a building, a road."""

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="components", verbose_name=_("phase"))
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=100)
    note = models.CharField(_("note"), max_length=200, blank=True)
    stage = models.CharField(_("stage"), max_length=20, blank=True, choices=wording.STAGE_NAMES)
    step = models.CharField(_("step"), max_length=20, blank=True, choices=wording.STEP_NAMES)
    reached_on = models.DateField(_("since"), null=True, blank=True)

    class Meta:
        verbose_name = _("component")
        verbose_name_plural = _("components")
        ordering = ("number",)
        constraints = [
            *stage_fields("component"),
            models.UniqueConstraint(
                fields=["phase", "number"],
                name="component_number_once_a_phase",
                violation_error_message=_("The phase already has a component of this number."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.phase} {self.name}"


class Capacity(models.Model):
    """What a phase or a component will produce, and how much of it already does: 6 GW of modules, 3 of them."""

    phase = models.ForeignKey(
        Phase, models.CASCADE, null=True, blank=True, related_name="capacities", verbose_name=_("phase")
    )
    component = models.ForeignKey(
        Component, models.CASCADE, null=True, blank=True, related_name="capacities", verbose_name=_("component")
    )
    product = models.CharField(_("product"), max_length=60)
    planned = models.DecimalField(_("planned"), max_digits=14, decimal_places=3)
    commissioned = models.DecimalField(_("commissioned"), max_digits=14, decimal_places=3, default=0)
    unit = models.CharField(_("unit of measure"), max_length=20)

    class Meta:
        verbose_name = _("capacity")
        verbose_name_plural = _("capacities")
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(phase__isnull=False, component__isnull=True)
                | Q(phase__isnull=True, component__isnull=False),
                name="capacity_of_a_phase_or_a_component",
            ),
            models.CheckConstraint(
                condition=Q(planned__gt=0, commissioned__gte=0),
                name="capacity_not_negative",
                violation_error_message=_("The planned capacity must be more than zero, the commissioned not below."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.planned.normalize():f} {self.unit}"


class StageChange(models.Model):
    """One move of a phase or a component: from where to where, when it happened, who said so and why."""

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="changes", verbose_name=_("phase"))
    component = models.ForeignKey(
        Component, models.PROTECT, null=True, related_name="changes", verbose_name=_("component")
    )
    from_stage = models.CharField(_("from stage"), max_length=20, blank=True)
    from_step = models.CharField(_("from step"), max_length=20, blank=True)
    stage = models.CharField(_("stage"), max_length=20)
    step = models.CharField(_("step"), max_length=20, blank=True)
    happened_on = models.DateField(_("happened"), null=True)
    is_back = models.BooleanField(_("move back"), default=False)
    reason = models.TextField(_("reason"), blank=True, max_length=1000)
    note = models.TextField(_("note"), blank=True, max_length=1000)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("stage change")
        verbose_name_plural = _("stage changes")
        ordering = ("-id",)
        constraints = [
            *stage_fields("stage_change"),
            models.CheckConstraint(
                condition=Q(is_back=False) | ~Q(reason=""), name="stage_change_back_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{wording.stage_name(self.from_stage, self.from_step)} → {wording.stage_name(self.stage, self.step)}"


class AnnualPlan(models.Model):
    """The investment planned for a year: the original (number 1), and each revision with its reason.

    In a month the highest number with `effective_from` not later than that month is in force.
    `month_plan` holds twelve amounts (yuan) that add up to `amount`, or nothing. Rows are only added.
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
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.year} ({self.number})"


class Milestone(Versioned):
    """A planned node of a project; key nodes weigh more in the colour."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="milestones", verbose_name=_("project"))
    phase = models.ForeignKey(
        Phase, models.PROTECT, null=True, blank=True, related_name="milestones", verbose_name=_("phase")
    )
    name = models.CharField(_("name"), max_length=100)
    is_key = models.BooleanField(_("key node"), default=False)
    planned_on = models.DateField(_("planned"))
    done_on = models.DateField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ("planned_on", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["project", "name", "planned_on"],
                name="milestone_once_a_project",
                violation_error_message=_("The project already has this milestone on this day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.name}"


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
            models.CheckConstraint(
                condition=Q(cleared_on__isnull=True) | Q(cleared_on__gte=F("happened_on")),
                name="incident_cleared_after_it_happened",
                violation_error_message=_("It cannot be cleared before it happened."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.get_kind_display()}"


class Exemption(Versioned):
    """A project is not rated from one month to another, for a reason; at most three periods at a time."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="exemptions", verbose_name=_("project"))
    reason = models.CharField(_("reason"), max_length=20, choices=EXEMPTION_REASONS)
    first_month = MonthField(_("from"))
    last_month = MonthField(_("until"))
    note = models.TextField(_("note"), max_length=1000)

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
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.first_month}–{self.last_month}"
