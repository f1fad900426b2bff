"""The journal of a project in words: what was done, and each value before and after."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.accounts.models import Unit, User
from projects.bulletins.models import PolicyEdition
from projects.core import display
from projects.core.fields import YuanField
from projects.core.month import Month
from projects.followups.models import LadderEdition, Slip
from projects.followups.wording import STEP_OF_LADDER
from projects.journal.models import Entry
from projects.journal.wording import VERB_NAMES
from projects.progress.models import MonthlyReport, ReminderStep
from projects.register.forms import read_position
from projects.register.gates import Missing
from projects.register.models import (
    AnnualPlan,
    Attachment,
    Capacity,
    Category,
    Component,
    Exemption,
    Incident,
    Leader,
    LevelLabel,
    Milestone,
    MilestoneTemplate,
    Phase,
    Problem,
    Project,
    Sector,
)
from projects.register.wording import missing_name, position_name

EXTRA_LABELS: dict[str, str | Promise] = {
    "stage": _("stage"),
    "since": _("since"),
    "labels": _("levels"),
    "halted": _("halted"),
    "halted_on": _("since"),
    "halted_until": _("expected to go on"),
    "halt_reason": _("reason"),
    "halt_note": _("note"),
    "year_plan": _("year plan"),
    "month_plan": _("month plan"),
    "reports": _("reports"),
    "people": _("people told"),
    "skipped": _("missing then"),
    "skip_reason": _("why it went on without"),
    "milestones": _("milestones"),
    "checklist": _("checklist"),
    "basis": _("schedule"),
    **STEP_OF_LADDER,
    "list": _("List"),
    "rows": _("rows"),
    "query": _("Filters"),
    "slip": _("slip"),
    "project": _("project"),
    "edition": _("edition"),
    "digest": pgettext_lazy("journal", "digest"),
    "opened": pgettext_lazy("journal", "slips opened"),
    "merged": pgettext_lazy("journal", "slips merged"),
    "withdrawn": pgettext_lazy("journal", "slips withdrawn"),
}
LISTS: dict[str, str | Promise] = {  # what people take along
    "problems": _("Problems"),
    "slips": _("Slips"),
    "slip": _("slip"),
    "league": _("League tables"),
    "comparison": _("Comparison"),
    "unit_year": _("Year of a unit"),
    "month": pgettext_lazy("sheet", "Month sheet"),
    "everything": pgettext_lazy("sheet", "Register in full"),
    "register": pgettext_lazy("sheet", "Projects"),
    "phases": pgettext_lazy("sheet", "Phases"),
    "plans": pgettext_lazy("sheet", "Year plans"),
    "milestones": pgettext_lazy("sheet", "Nodes and approvals"),
}
MODELS: tuple[type[models.Model], ...] = (
    Project, Phase, Component, Capacity, AnnualPlan, Milestone, Incident, Exemption, MonthlyReport,
    Attachment, Problem, Slip,
)  # fmt: skip
BESIDE: tuple[type[models.Model], ...] = (
    Unit, User, Leader, Category, LevelLabel, Sector, MilestoneTemplate, ReminderStep, PolicyEdition,
    LadderEdition,
)  # fmt: skip
BY_NAME = {model._meta.model_name: model for model in (*MODELS, *BESIDE)}
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
    row = Capacity if entry.verb == "set_capacity" else BY_NAME.get(entry.subject_type, Project)
    values = ((name, entry.before.get(name), entry.after.get(name)) for name in names)
    found = [Change(label_of(name, row), _shown(name, old, row), _shown(name, new, row)) for name, old, new in values]
    return [change for change in found if change.before != change.after]


def label_of(name: str, row: type[models.Model] = Project) -> str:
    """What a journalled value of a `row` is called: as its field, or by a name of its own."""
    if name in EXTRA_LABELS:
        return str(EXTRA_LABELS[name])
    field = _field(name, row)
    return str(field.verbose_name) if field is not None else name


def _shown(name: str, value: Any, row: type[models.Model]) -> str:
    if value is None or value == "" or value == []:
        return display.NONE
    if name in YUAN:
        amounts = value if isinstance(value, list) else [value]
        return ", ".join(display.wan(amount) for amount in amounts if isinstance(amount, int))
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if name == "list":
        return str(LISTS.get(value, value))
    if name == "stage":
        return position_name(read_position(value))
    if name == "skipped":
        value = [missing_name(Missing.read(code)) for code in value]
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    field = _field(name, row)
    choices = dict(field.flatchoices) if field is not None and field.choices else {}
    if value in choices:
        return str(choices[value])
    if name in {"effective_from", "first_month", "last_month", "month", "listed_from", "holds_from"}:
        return display.month_label(Month.parse(value))
    return str(value)


def _field(name: str, row: type[models.Model]) -> Any:
    """The field under which a value stands: of the row itself, else of what hangs on it."""
    for model in (row, *MODELS):
        for field in model._meta.fields:
            if field.name == name:
                return field
    return None
