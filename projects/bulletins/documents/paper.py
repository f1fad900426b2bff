"""What a document of a bulletin says, as values: every format lays out the same `Paper`, so that none can differ."""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from projects.core.month import Month


class Kind(StrEnum):
    """What a column holds, and so how its cells are written and aligned."""

    TEXT = "text"
    PLACE = "place"  # a running number or a rank
    COUNT = "count"
    MONEY = "money"  # whole yuan, written in 万元
    PERCENT = "percent"  # tenths of a percent
    POINTS = "points"  # tenths of a percentage point, written with its sign
    DAY = "day"  # an ISO date
    COLOUR = "colour"  # a `Mark`


@dataclass(frozen=True, slots=True)
class Mark:
    """A colour: word, hue and shape as they were copied; the star says that it was decided otherwise than by rule."""

    word: str
    hue: str
    shape: str
    is_starred: bool = False


Cell = str | int | Mark | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """`width` in half-width signs: what a text would like to have; for all else it is found from what stands there."""

    heading: str
    kind: Kind = Kind.TEXT
    width: int = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """An annex. `parts` are the columns of each printed part of a table too wide for one sheet of paper; a
    workbook shows all of them side by side. `sums` are the rows that add up others."""

    number: int
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unit: str = ""
    notes: tuple[str, ...] = ()
    parts: tuple[tuple[int, ...], ...] = ()
    sums: frozenset[int] = frozenset()
    has_legend: bool = True


@dataclass(frozen=True, slots=True)
class Meaning:
    """A line of the legend."""

    mark: Mark
    meaning: str


@dataclass(frozen=True, slots=True)
class Part:
    """A numbered part of the text, with its figures filled in."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of the layout itself, in the language of the office."""

    annex: str  # with {number}
    annexes: str
    legend: str
    nothing: str
    page: str  # with {number}
    contents: str
    money: str  # the unit behind the heading of an amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A bulletin ready to be laid out. `draft` is the word for it on every page, empty once it is published."""

    month: Month
    name: str  # of the file, without its ending
    masthead: str
    issue: str
    title: str
    addressees: str
    parts: tuple[Part, ...]
    tables: tuple[Table, ...]
    legend: tuple[Meaning, ...]
    star: str  # what the star beside a colour says
    signed: str
    date: str
    correction: str
    digest: str
    draft: str
    warning: str
    made_at: datetime.datetime
    labels: Labels
