"""What rows say of phases beside what the register says: which phase is meant, and the stage that it has reached."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from projects.accounts.queries import may
from projects.accounts.roles import Verb
from projects.core.refusals import Refused
from projects.exchange.actions.writers import Asked, name_of, same, text_of
from projects.exchange.columns import Kind, column
from projects.exchange.matching import normal
from projects.exchange.queries import PARTLY, phases_by_project, stage_codes, told_capacity, told_parts
from projects.exchange.signs import BESIDE_A_STAGE
from projects.exchange.verdicts import Cell, SheetRow, plain
from projects.register.actions import moving
from projects.register.models import Phase
from projects.register.stages import Position, positions
from projects.register.wording import position_name, stage_name

FIELDS = {"phase_number": "number", "phase_name": "name", "phase_content": "content"}
OF_PARTS = {"parts": told_parts, "capacity": told_capacity}  # told on the sheet, kept on the pages
BETWEEN = "、"
NAMES = {"phase_number", "phase_name"}  # what says which phase is meant


@dataclass(frozen=True)
class Said:
    """What a row says of one phase: the facts that differ, and the stage where it has reached another one.

    `phase` None is one that the project does not have yet.
    """

    phase: Phase | None
    facts: Mapping[str, Any]
    target: Position | None = None

    def __bool__(self) -> bool:
        return self.phase is None or bool(self.facts) or self.target is not None


class Phases:
    """The phases within reach beside what rows say of them."""

    def __init__(self, asked: Asked, *, with_parts: bool = False) -> None:
        self.asked, self.with_parts = asked, with_parts
        self.keeps = may(asked.by, Verb.EDIT_PROJECT)
        self.rows = phases_by_project(asked.by, with_parts=with_parts)
        self.codes = stage_codes()

    def said(self, row: SheetRow, project_id: int | None) -> list[Said]:
        """What the row says otherwise of phases than it stands; `Refused` where that is not clear."""
        facts = {
            FIELDS[name]: text_of(value) if isinstance(value, str) else value
            for name, value in row.values.items()
            if name in FIELDS and value not in (None, "")
        }
        stage = str(row.values.get("stage") or "")
        phases = self.rows.get(project_id or 0, [])
        if not (facts or stage):
            return []
        if not facts.keys() & {"number", "name"} and len(phases) > 1:
            return self._each(stage, phases)
        phase = self._meant(facts, phases, is_new=project_id is None)
        differing = {name: value for name, value in facts.items() if not (phase and same(getattr(phase, name), value))}
        said = Said(phase, differing, self._target(stage, phase))
        return [said] if said else []

    def _meant(self, facts: dict[str, Any], phases: list[Phase], *, is_new: bool) -> Phase | None:
        """The phase of that number, else of that name, else the only one; a new one takes the next number."""
        if "number" in facts:
            found = [each for each in phases if each.number == facts["number"]]
        elif "name" in facts:
            found = [each for each in phases if normal(each.name) == normal(facts["name"])]
            if found:
                del facts["name"]
        else:
            found = phases
        if found:
            return found[0]
        if not facts.get("name") and not is_new:
            raise Refused(_("The project has no such phase. To add it, give it a name."), field="phase_number")
        facts.setdefault("number", max((each.number for each in phases), default=0) + 1)
        if is_new:
            facts.setdefault("name", _("Phase 1"))
        return None

    def _each(self, text: str, phases: list[Phase]) -> list[Said]:
        """Of a cell such as “一期 在建、二期 前期” the phases that stand elsewhere now."""
        if normal(text) == normal(BETWEEN.join(f"{each.name} {stands(each)}" for each in phases)):
            return []
        said = []
        for part in text.split(BETWEEN):
            named = [each for each in phases if normal(part).startswith(normal(each.name))]
            if not named:
                example = BETWEEN.join(f"{each.name} {stands(each)}" for each in phases)
                why = _("The project has several phases. Write where each of them stands: %(example)s.")
                raise Refused(why % {"example": example}, field="stage")
            phase = max(named, key=lambda each: len(normal(each.name)))
            target = self._target(normal(part).removeprefix(normal(phase.name)), phase)
            said += [Said(phase, {}, target)] if target else []
        return said

    def _target(self, text: str, phase: Phase | None) -> Position | None:
        """The stage that the text names, where the phase does not stand there already."""
        if not text or (phase is not None and normal(text) == normal(stands(phase))):
            return None
        code = self.codes.get(BESIDE_A_STAGE.sub("", normal(text)))
        if code == PARTLY and phase is not None and phase.partly_operating:
            return None
        if code in {None, PARTLY}:
            choices = BETWEEN.join(position_name(each) for each in positions())
            why = _("This is none of the terms of the column. Write one of: %(choices)s.")
            raise Refused(why % {"choices": choices}, field="stage")
        stage, _dot, step = code.partition(".")
        target = Position.read(stage, step)
        is_there = phase is not None and not phase.partly_operating and target == moving.position_of(phase)
        return None if is_there or target.stage is None else target

    def cells(self, row: SheetRow, said: Iterable[Said]) -> list[Cell]:
        """What the row would change, in words."""
        found = []
        for each in said:
            phase, names = each.phase, {field: name for name, field in FIELDS.items()}
            found += [
                Cell(names[field], plain(getattr(phase, field)) if phase else None, plain(value))
                for field, value in each.facts.items()
                if self.keeps or phase is None
            ]
            if each.target:
                several = phase is not None and len(self.rows[phase.project_id]) > 1 and not row.values.keys() & NAMES
                prefix = f"{phase.name} " if phase is not None and several else ""
                before = f"{prefix}{stands(phase)}" if phase else None
                found.append(Cell("stage", before, f"{prefix}{position_name(each.target)}"))
                if day := row.values.get("reached_on"):
                    found.append(Cell("reached_on", plain(phase.reached_on) if phase else None, plain(day)))
        return found

    def remarks(self, row: SheetRow, project_id: int | None, said: list[Said]) -> list[str]:
        """What the row tells otherwise and the import leaves as it is."""
        left: list[str] = []
        for each in said:
            if each.phase is not None and each.facts and not self.keeps:
                left += [name_of(Phase, name) for name in each.facts]
        remarks = []
        if left:
            remarks.append(
                _("Kept by the key-project office and left as it is, though it differs: %(names)s.")
                % {"names": BETWEEN.join(left)}
            )
        if (phase := self.only(row, project_id)) is None:
            return remarks
        day = row.values.get("reached_on")
        if day and not any(each.target for each in said) and day != phase.reached_on:
            remarks.append(_("The day of a stage is told with the move to it. It is left as it is."))
        parts = OF_PARTS if self.with_parts else {}
        kept = [heading_of(name) for name, told in parts.items() if _other(row.values.get(name), told(phase))]
        if kept:
            remarks.append(
                _("Kept on the pages of the phase and left as it is, though it differs: %(names)s.")
                % {"names": BETWEEN.join(kept)}
            )
        return remarks

    def only(self, row: SheetRow, project_id: int | None) -> Phase | None:
        """The one phase that the row is about, where the project has it."""
        phases = self.rows.get(project_id or 0, [])
        number, name = row.values.get("phase_number"), normal(str(row.values.get("phase_name") or ""))
        if number is None and not name:
            return phases[0] if len(phases) == 1 else None
        found = (each for each in phases if (each.number == number if number else normal(each.name) == name))
        return next(found, None)

    def seen(self, said: Iterable[Said]) -> list[list[int]]:
        """The phases with their versions, as the row was compared with them."""
        return [[each.phase.pk, each.phase.version] for each in said if each.phase is not None]


def stands(phase: Phase) -> str:
    return stage_name(phase.stage, phase.step, partly=phase.partly_operating)


def heading_of(name: str) -> str:
    return column(Kind.PHASES, name).written()


def _other(told: Any, stored: str) -> bool:
    return told not in (None, "") and not same(stored, told)
