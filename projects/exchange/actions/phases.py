"""Rows of phases: added, edited, and moved to the stage that they have reached with the day of it."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from typing import Any

from django.utils.translation import gettext as _

from projects.core.refusals import Refused
from projects.exchange.actions.phases_told import FIELDS, Phases, Said, heading_of
from projects.exchange.actions.writers import Asked, Rejected, Touch, Writer, check_seen, cleaned
from projects.exchange.matching import normal
from projects.exchange.queries import stored_projects
from projects.exchange.verdicts import Outcome, SheetRow, Verdict, plain
from projects.register.actions import moving, registering
from projects.register.actions.moving_back import standing_of
from projects.register.forms import MoveForm, PhaseForm, PlacedForm
from projects.register.models import Phase, Project
from projects.register.stages import Position
from projects.register.wording import position_name

# What the forms of the pages call what a sheet has in its columns.
COLUMNS = {
    **{field: name for name, field in FIELDS.items()}, "position": "stage", "target": "stage",
    "happened_on": "reached_on", "reason": "move_reason", "gate_reason": "move_reason",
}  # fmt: skip


@contextmanager
def by_columns() -> Iterator[None]:
    """What forms and actions refuse in here is told by the columns of the sheet."""
    try:
        yield
    except Refused as refusal:
        remarks = getattr(refusal, "remarks", [(refusal.field, str(refusal.sentence))])
        labels = {name: heading_of(name) for name in COLUMNS.values()}
        told = [(COLUMNS.get(name, name), why) for name, why in remarks]
        raise Rejected(told, labels) from refusal


def write_phases(known: Phases, row: SheetRow, project: Project, said: Iterable[Said]) -> list[Touch]:
    """Add, edit and move what a row says of phases, through the forms and actions of the pages."""
    touches = []
    for each in said:
        with by_columns():
            if each.phase is None:
                touches.append(_add(row, project, each, known.asked))
            elif each.target or known.keeps:
                touches.append(_change(row, each.phase, each, known))
    return touches


def _add(row: SheetRow, project: Project, said: Said, asked: Asked) -> Touch:
    """A new phase where the row says that it stands."""
    target = said.target
    form: Any = cleaned(PhaseForm(dict(said.facts), instance=Phase(project=project)))
    day = row.values.get("reached_on") if target else None
    placed: Any = cleaned(PlacedForm({"position": target.code if target else "", "reached_on": day}))
    phase = registering.add_phase(
        form.save(commit=False), position=placed.placed(), reached_on=placed.cleaned_data["reached_on"],
        by=asked.by, at=asked.at,
    )  # fmt: skip
    return {"what": "phase", "pk": phase.pk, "version": phase.version, "before": None}


def _change(row: SheetRow, stored: Phase, said: Said, known: Phases) -> Touch:
    asked, phase = known.asked, copy(stored)
    before: dict[str, Any] = {}
    if said.facts and known.keeps:
        values = {name: getattr(stored, name) for name in FIELDS.values()}
        before["facts"] = {name: plain(value) for name, value in values.items() if name in said.facts}
        form: Any = cleaned(PhaseForm({**values, **said.facts, "version": stored.version}, instance=phase))
        registering.edit_part(form.save(commit=False), by=asked.by, at=asked.at, seen=stored.version)
    if said.target:
        before["stage"] = standing_of(phase)
        _move(row, phase, said.target, asked)
    return {"what": "phase", "pk": phase.pk, "version": phase.version, "before": before}


def _move(row: SheetRow, phase: Phase, target: Position, asked: Asked) -> None:
    day, why = row.values.get("reached_on"), row.values.get("move_reason") or ""
    if not day or day == phase.reached_on:  # of a cell that was left as it went out, the day is that of another stage
        told = {"stage": position_name(target), "column": heading_of("reached_on")}
        sentence = _("Say in the column “%(column)s” on which day “%(stage)s” was reached.") % told
        raise Refused(sentence, field="reached_on" if day else "stage")
    data = {"target": target.code, "happened_on": day, "reason": why, "gate_reason": why}
    form: Any = cleaned(MoveForm(data, current=moving.position_of(phase)))
    moving.move_part(phase, form.move(), by=asked.by, at=asked.at, today=asked.today, seen=phase.version)


class PhasesWriter:
    """Adds phases, edits them and moves them. What a unit may not edit is left as it is."""

    makes = False

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.projects = stored_projects(asked.by)
        self.phases = Phases(asked, with_parts=True)
        self._met: set[object] = set()

    def look(self, verdict: Verdict) -> None:
        row, pk = verdict.row, verdict.project_id
        if row.values.get("phase_number") is None and not row.values.get("phase_name"):
            verdict.refuse(row.objection("phase_number", _("Say which phase is meant, by its number or name.")))
            return
        try:
            said = self.phases.said(row, pk)
        except Refused as refusal:
            verdict.refuse(row.objection(refusal.field, str(refusal)))
            return
        which = self.phases.only(row, pk)
        key = which.pk if which else (pk, row.values.get("phase_number"), normal(str(row.values.get("phase_name"))))
        if key in self._met:
            verdict.refuse(row.objection("phase_name", _("The phase stands in this sheet already, further up.")))
            return
        self._met.add(key)
        verdict.seen = {"phases": self.phases.seen(said)}
        verdict.cells = self.phases.cells(row, said)
        verdict.remarks = self.phases.remarks(row, pk, said)
        if verdict.cells:
            verdict.outcome = Outcome.CHANGED if which else Outcome.NEW

    def check(self, row: SheetRow, project_id: int | None, seen: Mapping[str, Any]) -> None:
        self.write(row, project_id, seen)

    def write(self, row: SheetRow, project_id: int | None, seen: Mapping[str, Any]) -> list[Touch]:
        said = self.phases.said(row, project_id)
        check_seen(self.phases.seen(said), seen.get("phases", self.phases.seen(said)))
        return write_phases(self.phases, row, self.projects[project_id or 0], said)


_is_a_writer: type[Writer] = PhasesWriter
