"""What a dry run says of each row: which record it means, what it would change, what stands against it."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from projects.core.month import Month


class Outcome(StrEnum):
    """What becomes of a row; the value is stored."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Cell:
    """One value that the row would change, by the product's name of it; both sides fit for JSON."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a row is refused, with the letter of the column and what stands in the cell; empty for the whole row."""

    column: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Alike:
    """A project that the row may mean."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row as it was read: values by the product's names, and the cells that could not be read.

    `letters` names the column of each value; `texts` what stands in its cell.
    """

    number: int
    values: Mapping[str, Any]
    faults: tuple[Objection, ...] = ()
    letters: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)

    def objection(self, name: str, why: str) -> Objection:
        """Why the value called `name` is refused, with its place in the sheet."""
        text = self.texts.get(name)
        if text is None:
            value = plain(self.values.get(name))
            text = "" if value is None else str(value)
        return Objection(self.letters.get(name, ""), text, why)


@dataclass(slots=True)
class Verdict:
    """A row with what becomes of it. `seen` holds the versions that it was compared with."""

    row: SheetRow
    outcome: Outcome = Outcome.UNCHANGED
    project_id: int | None = None
    code: str = ""
    name: str = ""
    cells: list[Cell] = field(default_factory=list)
    objections: list[Objection] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    alikes: list[Alike] = field(default_factory=list)
    seen: dict[str, Any] = field(default_factory=dict)

    def refuse(self, *objections: Objection) -> None:
        """Nothing of the row will be taken over."""
        self.outcome = Outcome.REFUSED
        self.objections.extend(objections)

    @property
    def writes(self) -> bool:
        """Whether something would be written."""
        return self.outcome in {Outcome.NEW, Outcome.CHANGED}


def counted(verdicts: Iterable[Verdict]) -> dict[str, int]:
    """How many rows there are of each outcome."""
    counts = dict.fromkeys((outcome.value for outcome in Outcome), 0)
    for verdict in verdicts:
        counts[verdict.outcome.value] += 1
    return counts


def plain(value: Any) -> Any:
    """A value fit for JSON: yuan as they are, days and months as text, nothing as null."""
    if value is None or value == "":
        return None
    if isinstance(value, bool | int):
        return value
    if isinstance(value, Month | datetime.date):
        return str(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return str(value)


def packed(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of a row for JSON, so that days and months come back as what they were."""
    return {name: _packed(value) for name, value in values.items() if value is not None}


def _packed(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return {"day": value.isoformat()}
    if isinstance(value, Month):
        return {"month": str(value)}
    if isinstance(value, Decimal):
        return {"number": str(value)}
    return list(value) if isinstance(value, tuple) else value


def unpacked(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they were before `packed`."""
    return {name: _unpacked(value) for name, value in values.items()}


def _unpacked(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    (kind, text), *_more = value.items()
    return {"day": datetime.date.fromisoformat, "month": Month.parse, "number": Decimal}[kind](text)
