"""What is read from a file: books of sheets as they are, tables found on them, and their rows."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from projects.exchange.columns import Column, Kind
from projects.exchange.unreadable import Unreadable

# An empty cell is ""; numbers of Excel are floats; a date without a time of day is a date.
Raw = str | int | float | bool | datetime.date | datetime.datetime | datetime.time | datetime.timedelta

NOT_CALCULATED = "#CALC!"  # stands where a formula holds no result, because no program has calculated it yet


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged cell, counted from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet from its first cell A1 on; rows and columns counted from 0, rows as long as they were written.

    What Excel shows as a percentage stands as such: "42%".
    """

    name: str
    rows: list[list[Raw]]
    merged: tuple[Merged, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Book:
    """A file that was opened. `hidden_sheets` are the names of those that were left out because they are hidden."""

    name: str
    sheets: tuple[Sheet, ...]
    hidden_sheets: tuple[str, ...] = ()

    def sheet(self, name: str) -> Sheet:
        """The sheet of this name; `KeyError` when there is none."""
        return {sheet.name: sheet for sheet in self.sheets}[name]


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of a table as it stands in the sheet, counted from 0.

    `text` is what stands above it, the rows of the heading joined by “/”; `column` what it was taken for, None
    when nobody knows; `unit` how many yuan a bare number counts, of amounts only; `is_learned`: taken for it
    because somebody said so before; `is_guess`: because it is like a name that is known.
    """

    index: int
    text: str
    column: Column | None = None
    unit: int | None = None
    is_learned: bool = False
    is_guess: bool = False

    @property
    def letter(self) -> str:
        return letter_of(self.index)


class Skip(StrEnum):
    """Why a row of the sheet is no row of the table."""

    HIDDEN = "hidden"
    SUM = "sum"
    NOTE = "note"
    GROUP = "group"  # a line that names the group of the rows below
    HEADING = "heading"  # the heading once more


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that was left out: its number as Excel shows it, why, and how it begins."""

    number: int
    why: Skip
    text: str


@dataclass(frozen=True, slots=True)
class Recognised:
    """A table found on a sheet. Row numbers are those that Excel shows, from 1; columns count from 0.

    `heading_rows`: first and last row of the heading. `missing`: codes without which it cannot be taken in.
    `hidden`: columns that were left out because they are hidden, by their letters. `doubled`: columns of one
    meaning twice; the first counts. `month`: (year, month) as the title says; the year may stand alone.
    """

    sheet: str
    kind: Kind
    heading_rows: tuple[int, int]
    headings: tuple[Heading, ...]
    missing: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    doubled: tuple[Heading, ...] = ()
    title: str = ""
    month: tuple[int | None, int | None] = (None, None)

    @property
    def mapping(self) -> dict[int, Column]:
        """The columns that are read, by their index in the sheet."""
        return {heading.index: heading.column for heading in self.headings if heading.column is not None}

    @property
    def codes(self) -> frozenset[str]:
        """The fields for which there is a column."""
        return frozenset(column.code for column in self.mapping.values())

    @property
    def unknown(self) -> tuple[Heading, ...]:
        """Headings that nobody knows."""
        return tuple(heading for heading in self.headings if heading.column is None)

    @property
    def unit_factors(self) -> dict[str, int]:
        """How many yuan a bare number counts in each column of amounts."""
        return {h.column.code: h.unit for h in self.headings if h.column is not None and h.unit is not None}

    def letter(self, code: str) -> str:
        """The letter of the column that fills `code`; empty when there is none."""
        return next((h.letter for h in self.headings if h.column is not None and h.column.code == code), "")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that says something: as it stands, and what was read of it. With `refused` there is no value."""

    raw: Raw
    letter: str
    value: Any = None
    refused: Unreadable | None = None

    @property
    def shown(self) -> str:
        """What stands in it, as a person would see it."""
        return shown(self.raw)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its number as Excel shows it, and its cells that say something, by code.

    A code that has a column in the table and no cell here is blank.
    """

    number: int
    cells: Mapping[str, Cell] = field(default_factory=dict)

    def value(self, code: str) -> Any:
        """What was read; None for a blank, a missing or a refused cell."""
        cell = self.cells.get(code)
        return cell.value if cell is not None else None

    def refused(self) -> dict[str, Cell]:
        """The cells that could not be read, by code."""
        return {code: cell for code, cell in self.cells.items() if cell.refused is not None}


@dataclass(frozen=True, slots=True)
class Table:
    """What a table holds, and what of the sheet was left out."""

    rows: tuple[Row, ...]
    skipped: tuple[Skipped, ...]


def letter_of(index: int) -> str:
    """The letters of a column counted from 0.

    >>> letter_of(0), letter_of(25), letter_of(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def shown(raw: Raw) -> str:
    """A cell as a person would see it: dates as 2023-09-05, whole numbers without decimals."""
    if isinstance(raw, bool):
        return str(raw).upper()
    if isinstance(raw, datetime.datetime):
        return raw.strftime("%Y-%m-%d %H:%M:%S") if raw.time() != datetime.time() else raw.date().isoformat()
    if isinstance(raw, float):
        return f"{raw:.15g}" if abs(raw) < 1e15 else f"{raw:.0f}"
    return str(raw)
