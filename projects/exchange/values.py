"""Reading cells as officials fill them: each reader takes what stands in a cell and gives a value, or None for a blank.

A reader raises `Unreadable` for what it does not understand, and nothing else, whatever the cell holds.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from projects.core.month import Month
from projects.core.yuan import WAN
from projects.exchange.columns import Column
from projects.exchange.sheets import Raw


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when something is built; `last` may be open."""

    first: datetime.date
    last: datetime.date | None


@dataclass(frozen=True, slots=True)
class Entered:
    """Whether a project is in the statistics pool, and since when if that is said."""

    entered: bool
    on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class NextMonth:
    """What is meant to be done next month: an amount in whole yuan where the cell begins with one, and words."""

    amount: int | None = None
    steps: str = ""


def is_blank(raw: Raw | None) -> bool:
    """Whether a cell says nothing: empty, “—”, “/”, “无”, “N/A”."""
    raise NotImplementedError


def read_text(raw: Raw, *, longest: int = 2000) -> str | None:
    """One line."""
    raise NotImplementedError


def read_lines(raw: Raw, *, longest: int = 4000) -> str | None:
    """Several lines, parted by single line feeds."""
    raise NotImplementedError


def read_money(raw: Raw, *, unit: int = WAN) -> int | None:
    """An amount as whole yuan; a bare number counts in `unit`."""
    raise NotImplementedError


def read_day(raw: Raw, *, year: int, last: bool = False) -> datetime.date | None:
    """A day; of a month alone its first, or with `last` its last one; without a year in `year`."""
    raise NotImplementedError


def read_month(raw: Raw, *, year: int) -> Month | None:
    raise NotImplementedError


def read_span(raw: Raw, *, year: int) -> Span | None:
    raise NotImplementedError


def read_percent(raw: Raw, *, is_share: bool = False) -> Decimal | None:
    """An exact share: 42 % is Decimal("0.42"). `is_share`: Excel shows the column's numbers as percentages."""
    raise NotImplementedError


def read_entered(raw: Raw, *, year: int) -> Entered | None:
    raise NotImplementedError


def read_yes_no(raw: Raw) -> bool | None:
    raise NotImplementedError


def read_choice(raw: Raw, words: Mapping[str, tuple[str, ...]]) -> str | None:
    """The code whose words hold what is written, or the code itself."""
    raise NotImplementedError


def read_several(raw: Raw) -> tuple[str, ...] | None:
    raise NotImplementedError


def read_contact(raw: Raw) -> Contact | None:
    raise NotImplementedError


def read_integer(raw: Raw) -> int | None:
    raise NotImplementedError


def read_decimal(raw: Raw) -> Decimal | None:
    raise NotImplementedError


def read_next_month(raw: Raw, *, unit: int = WAN) -> NextMonth | None:
    raise NotImplementedError


def reader_of(column: Column, *, year: int, unit: int = WAN, is_share: bool = False) -> Callable[[Raw], Any]:
    """What reads the cells of a column."""
    raise NotImplementedError


def write_contact(contact: Contact) -> str:
    """The inverse of `read_contact`."""
    raise NotImplementedError


def write_entered(entered: Entered) -> str:
    """The inverse of `read_entered`."""
    raise NotImplementedError


def write_span(span: Span) -> str:
    """The inverse of `read_span`, to the month."""
    raise NotImplementedError


def write_next_month(plan: NextMonth) -> str:
    """The inverse of `read_next_month`."""
    raise NotImplementedError
