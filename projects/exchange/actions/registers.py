"""Rows of the register: the facts of projects, new ones and changed ones, and the first plan of the year."""

from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any

from django.forms import model_to_dict
from django.utils.translation import gettext as _

from projects.core.month import Month
from projects.core.refusals import Refused
from projects.exchange.actions.phases import write_phases
from projects.exchange.actions.phases_told import Phases, Said
from projects.exchange.actions.writers import Asked, Touch, Writer, check_seen, cleaned, same, text_of
from projects.exchange.matching import normal
from projects.exchange.queries import CHOICES, Lists, day_of, labels_by_project, stored_plans, stored_projects
from projects.exchange.verdicts import Cell, Objection, Outcome, SheetRow, Verdict, plain
from projects.register.actions import planning, registering
from projects.register.forms import PlanForm, ProjectForm
from projects.register.forms.facts import DAYS
from projects.register.models import AnnualPlan, Project
from projects.register.models.schedule import APPROVED

FACTS = tuple(ProjectForm.Meta.fields)
LISTED = ("unit", "town", "leader", "category", "sector")
SEPARATORS = str.maketrans(dict.fromkeys("、，,;；/|", "\n"))
SHORT = 60  # signs of a short name
PLAN = ("year_plan", "goal")


class Facts:
    """What rows say of projects beside what the register says: read in the register's terms, and compared."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.lists = Lists.for_user(asked.by)
        self.projects = stored_projects(asked.by)
        self.labels = labels_by_project(asked.by)

    def read(self, row: SheetRow) -> tuple[dict[str, Any], list[Objection]]:
        """The facts that the row tells, as the form takes them; an empty cell tells nothing."""
        facts: dict[str, Any] = {}
        objections = []
        for name in FACTS:
            value = row.values.get(name)
            if value is None or value == "":
                continue
            try:
                facts[name] = self._fact(name, value)
            except LookupError:
                why = _("“%(text)s” is not in the list. Write it as the list has it, or ask the key-project office.")
                objections.append(row.objection(name, why % {"text": value}))
        return facts, objections

    def _fact(self, name: str, value: Any) -> Any:
        if name == "labels":
            texts = value if isinstance(value, list | tuple) else str(value).translate(SEPARATORS).split("\n")
            return [self.lists.ids[name][normal(text)] for text in texts if normal(text)]
        if name in LISTED or name in CHOICES:
            return self.lists.ids[name][normal(str(value))]
        return text_of(value) if isinstance(value, str) else value

    def told(self, name: str, value: Any) -> Any:
        """A fact in words, fit for JSON."""
        if name == "labels":
            return "、".join(self.lists.names[name].get(pk, "") for pk in value) or None
        if name in DAYS:
            return plain(day_of(value, name))
        return plain(self.lists.names[name].get(value, value) if name in self.lists.names else value)

    def stored(self, project: Project, name: str) -> Any:
        """A fact of a project in words, fit for JSON."""
        if name == "labels":
            return "、".join(self.labels.get(project.pk, ())) or None
        if name in LISTED:
            row = getattr(project, name)
            return None if row is None else row.name
        return self.told(name, getattr(project, name))

    def differing(self, project: Project, facts: Mapping[str, Any]) -> list[Cell]:
        """Where the facts of a row are others than those of the register."""
        return [
            Cell(name, self.stored(project, name), self.told(name, value))
            for name, value in facts.items()
            if not self._same(project, name, value)
        ]

    def _same(self, project: Project, name: str, value: Any) -> bool:
        if name == "labels":
            return {self.lists.names[name].get(pk) for pk in value} == set(self.labels.get(project.pk, ()))
        if name in LISTED:
            return bool(getattr(project, f"{name}_id") == value)
        stored = getattr(project, name)
        if isinstance(value, Month) and name in DAYS:  # only the month is told, so that any of its days will do
            return stored is not None and Month.of(stored) == value
        return same(stored, value)


def change_facts(known: Facts, stored: Project, facts: Mapping[str, Any], seen: Mapping[str, Any]) -> list[Touch]:
    """Save those of the facts that differ, through the form of the page; nothing when none does."""
    check_seen(stored.version, seen.get("project", stored.version))
    changed = [cell.field for cell in known.differing(stored, facts)]
    if not changed:
        return []
    before, asked = model_to_dict(stored, fields=FACTS), known.asked
    data = {
        **before,
        "labels": [label.pk for label in before["labels"]],
        "version": stored.version,
        **typed(facts, changed),
    }
    form: Any = cleaned(ProjectForm(data, instance=copy(stored), user=asked.by))
    edited = registering.edit_project(
        form.save(commit=False), labels=form.cleaned_data["labels"], by=asked.by, at=asked.at, seen=stored.version,
        since=asked.open_month,
    )  # fmt: skip
    kept = {name: plain(data_of(before[name])) for name in changed}
    return [{"what": "project", "pk": edited.pk, "version": edited.version, "before": kept}]


class RegisterWriter:
    """Registers the projects that are not known yet, and changes the facts of those that are."""

    makes = True

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.facts = Facts(asked)
        self.plans = stored_plans(asked.by, asked.month.year)
        self.phases = Phases(asked)

    def look(self, verdict: Verdict) -> None:
        facts, objections = self.facts.read(verdict.row)
        if objections:
            verdict.refuse(*objections)
            return
        project = self.facts.projects.get(verdict.project_id or 0)
        if project is None:
            verdict.outcome = Outcome.NEW
            verdict.cells = [Cell(name, None, self.facts.told(name, value)) for name, value in facts.items()]
        else:
            verdict.seen = {"project": project.version}
            verdict.cells = self.facts.differing(project, facts)
        try:
            said = self.phases.said(verdict.row, verdict.project_id)
        except Refused as refusal:
            verdict.refuse(verdict.row.objection(refusal.field, str(refusal)))
            return
        if said:
            verdict.seen["phases"] = self.phases.seen(said)
            verdict.cells += self.phases.cells(verdict.row, said)
        verdict.remarks += self.phases.remarks(verdict.row, verdict.project_id, said)
        verdict.cells += self._plan_cells(verdict)
        if verdict.row.values.get("entered") and not (project and project.entered_statistics_on):
            verdict.remarks.append(
                _("It is said to be entered in statistics. Give the day: without one it is not noted.")
            )
        if verdict.cells and project is not None:
            verdict.outcome = Outcome.CHANGED

    def _plan_cells(self, verdict: Verdict) -> list[Cell]:
        """The first plan of the year is set with the register; one that stands is revised with a reason of its own."""
        amount = verdict.row.values.get("year_plan")
        if amount is None:
            return []
        versions = self.plans.get(verdict.project_id or 0, [])
        verdict.seen["plans"] = len(versions)
        if not versions:
            return [
                Cell(name, None, plain(verdict.row.values.get(name))) for name in PLAN if verdict.row.values.get(name)
            ]
        valid = [plan for plan in versions if plan.decision == APPROVED]
        if valid and valid[-1].amount != amount:
            verdict.remarks.append(
                _("The year plan in the register is another. To revise it, import the sheet as year plans.")
            )
        return []

    def check(self, row: SheetRow, project_id: int | None, seen: Mapping[str, Any]) -> None:
        self.write(row, project_id, seen)

    def write(self, row: SheetRow, project_id: int | None, seen: Mapping[str, Any]) -> list[Touch]:
        facts, _objections = self.facts.read(row)
        stored = self.facts.projects.get(project_id or 0)
        touches = [] if stored is None else change_facts(self.facts, stored, facts, seen)
        said = self.phases.said(row, project_id)
        check_seen(self.phases.seen(said), seen.get("phases", self.phases.seen(said)))
        if stored is None:
            project, touches = self._register(facts)
            said = said or [Said(None, {"number": 1, "name": _("Phase 1")})]
        else:
            project = stored
        touches += write_phases(self.phases, row, project, said)
        if row.values.get("year_plan") is not None and not self.plans.get(project_id or 0):
            touches.append(set_first_plan(row, project, self.asked))
        return touches

    def _register(self, facts: dict[str, Any]) -> tuple[Project, list[Touch]]:
        usual = {"short_name": facts.get("name", "")[:SHORT], "listed_from": self.asked.month}
        data = {**usual, **typed(facts, facts)}
        form: Any = cleaned(ProjectForm(data, instance=Project(), user=self.asked.by))
        by, at = self.asked.by, self.asked.at
        project = registering.register_project(
            form.save(commit=False), labels=form.cleaned_data["labels"], by=by, at=at
        )
        return project, [{"what": "project", "pk": project.pk, "version": project.version, "before": None}]


def typed(facts: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Those of the facts as the form takes them: days where only a month is told."""
    return {name: day_of(facts[name], name) if name in DAYS else facts[name] for name in names}


def data_of(value: Any) -> Any:
    """A value as a form takes it back."""
    return [getattr(each, "pk", each) for each in value] if isinstance(value, list) else value


def set_first_plan(row: SheetRow, project: Project, asked: Asked) -> Touch:
    """The original plan of the year, through the form of its page."""
    form: Any = cleaned(PlanForm(plan_data(row, asked)))
    data = form.cleaned_data
    plan = planning.set_plan(
        project, asked.month.year, amount=data["amount"], effective_from=data["effective_from"],
        month_plan=form.month_plan(), goal=data["goal"], reason=data["reason"], by=asked.by, at=asked.at,
        open_month=asked.open_month, seen=0,
    )  # fmt: skip
    return plan_touch(plan)


def plan_data(row: SheetRow, asked: Asked) -> dict[str, Any]:
    """What the row says of the year's plan, as the form takes it."""
    data = {"amount": row.values.get("year_plan"), "effective_from": asked.month}
    names = ("goal", "reason", "effective_from", *(f"month_{number}" for number in range(1, 13)))
    return data | {name: row.values[name] for name in names if row.values.get(name) is not None}


def plan_touch(plan: AnnualPlan) -> Touch:
    return {"what": "plan", "pk": plan.pk, "version": plan.number, "before": None}


_is_a_writer: type[Writer] = RegisterWriter
