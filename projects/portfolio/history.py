"""The journal of a project in words: what was done, and each value before and after."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from projects.core import display
from projects.core.fields import YuanField
from projects.core.month import Month
from projects.journal.models import Entry
from projects.journal.wording import VERB_NAMES
from projects.progress.models import MonthlyReport
from projects.register.forms import read_position
from projects.register.models import (
    AnnualPlan,
    Capacity,
    Component,
    Exemption,
    Incident,
    Milestone,
    Phase,
    Project,
)
from projects.register.wording import position_name

EXTRA_LABELS: dict[str, str | Promise] = {
    "stage": _("stage"),
    "since": _("since"),
    "labels": _("levels"),
    "halted": _("halted"),
    "halted_on": _("since"),
    "halt_reason": _("reason"),
    "halt_note": _("note"),
    "year_plan": _("year plan"),
    "month_plan": _("month plan"),
}
MODELS: tuple[type[models.Model], ...] = (
    Project, Phase, Component, Capacity, AnnualPlan, Milestone, Incident, Exemption, MonthlyReport,
)  # fmt: skip
YUAN = {"year_plan", "month_plan"} | {
    field.name for model in MODELS for field in model._meta.fields if isinstance(field, YuanField)
}


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Event:
    """One entry, ready for the timeline."""

    title: str
    at: Any
    by: str
    unit: str
    note: str
    changes: list[Change]


def events(entries: Iterable[Entry]) -> list[Event]:
    return [
        Event(
            title=f"{VERB_NAMES.get(entry.verb, entry.verb)} · {entry.subject_name}",
            at=entry.at,
            by=entry.actor_name or str(_("The system")),
            unit="",
            note=entry.note,
            changes=_changes(entry),
        )
        for entry in entries
    ]


def _changes(entry: Entry) -> list[Change]:
    names = [*entry.before, *(name for name in entry.after if name not in entry.before)]
    found = [
        Change(label_of(name), _shown(name, entry.before.get(name)), _shown(name, entry.after.get(name)))
        for name in names
    ]
    return [change for change in found if change.before != change.after]


def label_of(name: str) -> str:
    """What a journalled value is called: as its field, or by a name of its own."""
    if name in EXTRA_LABELS:
        return str(EXTRA_LABELS[name])
    for model in MODELS:
        for field in model._meta.fields:
            if field.name == name:
                return str(field.verbose_name)
    return name


def _shown(name: str, value: Any) -> str:
    if value is None or value == "" or value == []:
        return display.NONE
    if name in YUAN:
        amounts = value if isinstance(value, list) else [value]
        return ", ".join(display.wan(amount) for amount in amounts if isinstance(amount, int))
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if name == "stage":
        return position_name(read_position(value))
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    choices = _choices_of(name)
    if value in choices:
        return str(choices[value])
    if name in {"effective_from", "first_month", "last_month", "month", "listed_from"}:
        return display.month_label(Month.parse(value))
    return str(value)


def _choices_of(name: str) -> dict[Any, Any]:
    for model in MODELS:
        for field in model._meta.fields:
            if field.name == name and field.choices:
                return dict(field.flatchoices)
    return {}
