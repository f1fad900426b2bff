"""Values of the register in words, for columns and read-only fields of the administration."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from projects.core import display
from projects.register.models import Component, Phase, Project
from projects.register.wording import stage_name


def yes_or_no(model: type[models.Model], name: str) -> Callable[[Any, Any], str]:
    """A column, for the body of a class, that says yes or no in words; Django's shows a picture named in English."""

    @admin.display(description=model._meta.get_field(name).verbose_name, ordering=name)  # type: ignore[union-attr]
    def word(admin: Any, row: Any) -> str:
        return _("yes") if getattr(row, name) else _("no")

    return word


def moment(model: type[models.Model], name: str) -> Callable[[Any, Any], str]:
    """A column with a moment as the pages write it, narrow and the same width in every row."""

    @admin.display(description=model._meta.get_field(name).verbose_name, ordering=name)  # type: ignore[union-attr]
    def written(admin: Any, row: Any) -> str:
        return display.moment(getattr(row, name))

    return written


def wan(yuan: int | None) -> str:
    """An amount (yuan) in 10,000 yuan."""
    return display.wan(yuan)


def position(stage: str, step: str) -> str:
    return stage_name(stage, step)


def stage(row: Any) -> str:
    """The stage at which a project or a part of it stands."""
    return stage_name(row.stage, row.step, partly=getattr(row, "partly_operating", False))


def halt(project: Project) -> str:
    """Since when and why a project is suspended or terminated."""
    if not project.halted:
        return _("Going on")
    since, why = display.day(project.halted_on), project.get_halt_reason_display()
    if project.halted_until:
        since = f"{since}–{display.day(project.halted_until)}"
    return " · ".join(part for part in (project.get_halted_display(), since, why, project.halt_note) if part)


def move_url(part: Phase | Component) -> str:
    """Where the part is moved to another stage, with the way back to here; empty while nothing is stored."""
    if not part.pk:
        return ""
    phase = part.phase if isinstance(part, Component) else part
    back = reverse("admin:projects_project_change", args=[phase.project_id])
    if isinstance(part, Component):
        back = reverse("admin:projects_phase_change", args=[phase.pk])
        url = reverse("move_component", args=[phase.project.code, phase.number, part.number])
    else:
        url = reverse("move_phase", args=[phase.project.code, phase.number])
    return f"{url}?next={back}"
