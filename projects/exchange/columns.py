"""The columns of the five sheets that circulate: what each is called, how its cells are read, what it fills."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

KEPT = ("responsible", "note")  # columns of the month sheet that whoever keeps the register fills in there too
HEADINGS = Path(__file__).with_name("headings.toml")


class Kind(StrEnum):
    """What a sheet holds."""

    REGISTER = "register"
    PHASES = "phases"
    PLANS = "plans"
    MONTH = "month"
    MILESTONES = "milestones"


class Reads(StrEnum):
    """How the cells of a column are read; `values.py` has a reader for each."""

    NOTHING = "nothing"  # a running number, which says nothing
    TEXT = "text"  # one line
    LINES = "lines"  # several lines
    MONEY = "money"  # whole yuan
    DAY = "day"
    MONTH = "month"
    SPAN = "span"  # values.Span
    PERCENT = "percent"  # an exact share
    ENTERED = "entered"  # values.Entered
    YES_NO = "yes_no"
    CHOICE = "choice"  # a code of `words`
    SEVERAL = "several"  # a tuple of texts
    CONTACT = "contact"  # values.Contact
    INTEGER = "integer"
    DECIMAL = "decimal"
    NEXT_MONTH = "next_month"  # values.NextMonth


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `code` is the name of the field that it fills, `heading` what stands above it as it circulates.

    In `heading` and `synonyms` {M} stands for the number of the month and {Y} for the year. `extra`: not on the
    usual sheet, but read where it is there. `last`: a day written as a month is the last one of it, else the
    first. `words`: the terms of a choice, by the code that is stored.
    """

    code: str
    heading: str
    reads: Reads
    synonyms: tuple[str, ...] = ()
    required: bool = False
    extra: bool = False
    last: bool = False
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    @property
    def is_money(self) -> bool:
        """Whether a unit (万元, 亿元) belongs to its numbers."""
        return self.reads in {Reads.MONEY, Reads.NEXT_MONTH}

    def written(self, *, year: int | None = None, month: int | None = None) -> str:
        """The heading of a sheet of this year and month."""
        return self.heading.replace("{M}", str(month or "M")).replace("{Y}", str(year or ""))


def columns_of(kind: Kind) -> tuple[Column, ...]:
    """Every column of a sheet in its usual order, the extra ones where they would stand."""
    return _tables()[kind]


def usual_columns(kind: Kind) -> tuple[Column, ...]:
    """The columns of the sheet as it circulates: of the month sheet the 33."""
    return tuple(column for column in columns_of(kind) if not column.extra)


@cache
def column(kind: Kind, code: str) -> Column:
    """The column of this code; `KeyError` when the sheet has none."""
    return {column.code: column for column in columns_of(kind)}[code]


@cache
def _tables() -> Mapping[Kind, tuple[Column, ...]]:
    written: dict[str, Any] = tomllib.loads(HEADINGS.read_text(encoding="utf-8"))
    known: dict[str, Column] = {}  # under the sheet that tells most of them
    tables: dict[Kind, tuple[Column, ...]] = {}
    for kind in (Kind.MONTH, Kind.REGISTER, Kind.PHASES, Kind.PLANS, Kind.MILESTONES):
        columns: list[Column] = []
        for said in written[kind]:
            columns.extend(_twelve(said) if said.get("twelve") else [_column(said, known, written)])
        tables[kind] = tuple(columns)
        known |= {column.code: column for column in columns if column.code not in known}
    return MappingProxyType(tables)


def _column(said: dict[str, Any], known: Mapping[str, Column], written: dict[str, Any]) -> Column:
    if "same" in said:
        changes = {name: said[name] for name in ("extra", "last") if name in said}
        synonyms = tuple(said.get("synonyms", known[said["same"]].synonyms))
        return replace(known[said["same"]], required=said.get("required", False), synonyms=synonyms, **changes)
    words = {code: tuple(terms) for code, terms in written[said["words"]].items()} if "words" in said else {}
    return Column(
        code=said["code"],
        heading=said["heading"],
        reads=Reads(said["reads"]),
        synonyms=tuple(said.get("synonyms", ())),
        required=said.get("required", False),
        extra=said.get("extra", False),
        last=said.get("last", False),
        words=words,
    )


def _twelve(said: dict[str, Any]) -> list[Column]:
    """The columns of the twelve months, from one that stands for all."""
    signs: list[str] = said["numerals"]
    return [
        Column(
            code=said["code"].replace("{N}", str(number)),
            heading=said["heading"].replace("{N}", str(number)),
            reads=Reads(said["reads"]),
            synonyms=tuple(term.replace("{N}", str(number)).replace("{C}", sign) for term in said["synonyms"]),
        )
        for number, sign in enumerate(signs, start=1)
    ]
