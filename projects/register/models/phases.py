"""Phases and their components, what they will produce, and every move they made."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.accounts.models import User
from projects.core.versions import Versioned
from projects.register import wording
from projects.register.models.projects import Project
from projects.register.models.stage_columns import stage_fields


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
        Component,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="capacities",
        verbose_name=_("component"),
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
            *(
                models.UniqueConstraint(
                    fields=[part, "product", "unit"],
                    name=f"capacity_of_{part}_once_a_product",
                    violation_error_message=_(
                        "A capacity of this product and unit is already there: correct that one."
                    ),
                )
                for part in ("phase", "component")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product} {self.planned.normalize():f} {self.unit}"


class StageChange(models.Model):
    """One move of a phase or a component: from where to where, when it happened, who said so and why.

    `skipped` holds what the stage asked for and was missing, as the codes of `gates.Missing`.
    """

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
    skipped = models.JSONField(_("missing when it was moved"), default=list, blank=True)
    skip_reason = models.TextField(_("why it went on without"), blank=True, max_length=1000)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("stage change")
        verbose_name_plural = _("stage changes")
        ordering = ("-id",)
        constraints = [
            *stage_fields("stage_change"),
            models.CheckConstraint(condition=Q(is_back=False) | ~Q(reason=""), name="stage_change_back_has_reason"),
            models.CheckConstraint(
                condition=Q(skipped=[]) | ~Q(skip_reason=""), name="stage_change_skipped_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{wording.stage_name(self.from_stage, self.from_step)} → {wording.stage_name(self.stage, self.step)}"
