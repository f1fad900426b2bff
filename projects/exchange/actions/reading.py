"""From a file to rows: opened, its table recognised or corrected, its cells in the terms of the product."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from projects.core.month import Month
from projects.core.refusals import Refused
from projects.exchange.columns import Kind, column
from projects.exchange.opening import open_book
from projects.exchange.reading import read_table
from projects.exchange.recognising import recognise, recognise_book
from projects.exchange.sheets import Book, Recognised, Row, Sheet, shown
from projects.exchange.unreadable import Unreadable, Why
from projects.exchange.values import Contact, Entered, NextMonth, Span, read_lines
from projects.exchange.verdicts import SheetRow
from projects.exchange.wording import sentence_of

SAMPLED = 3  # rows shown below the heading while its columns are checked

# Figures that the product works out by itself: what a cell of theirs holds, be it “#DIV/0!”, stands in no row's way.
WORKED_OUT = frozenset({"invested_since_start", "invested_to_date", "completion_rate"})

# A cell that tells several things, and the columns that tell one of them, which then count. Of the span of building
# nothing is read beside a column of its own days: it is often the actual one.
PARTS = {
    "build_span": ("planned_start", "planned_finish"),
    "contact": ("contact_name", "contact_phone"),
    "next_month_plan": ("next_month_amount", "next_steps"),
}


def opened(file_name: str, content: bytes) -> Book:
    """The file in memory; `Refused` with what is wrong with it, in plain words."""
    try:
        return open_book(file_name, content)
    except Unreadable as error:
        raise Refused(sentence_of(error), field="file") from error


def recognised(book: Book, *, kind: str, month: Month, learned: Mapping[str, str], sheet: str = "") -> dict[str, Any]:
    """What the file holds, fit for JSON: the sheet, the rows of its heading, and each column with its code.

    Of several tables the one on `sheet` is taken, or the first one of the kind. `Refused` when there is none.
    """
    wanted = Kind(kind) if kind else None
    tables = [table for table in recognise_book(book, learned=learned, kind=wanted) if sheet in {"", table.sheet}]
    if not tables:
        raise Refused(sentence_of(Unreadable(Why.NO_TABLE)), field="file")
    return described(book, tables[0], month)


def described(book: Book, found: Recognised, month: Month) -> dict[str, Any]:
    """A recognised table fit for JSON, with its first rows."""
    first, last = found.heading_rows
    rows = book.sheet(found.sheet).rows[last : last + SAMPLED]
    return {
        "sheet": found.sheet,
        "rows": len(book.sheet(found.sheet).rows),
        "sheets": [sheet.name for sheet in book.sheets],
        "kind": found.kind.value,
        "heading_rows": [first, last],
        "title": found.title[:200],
        "missing": list(found.missing),
        "other_month": _other_month(found, month),
        "columns": [
            {
                "index": heading.index,
                "letter": heading.letter,
                "heading": heading.text,
                "code": heading.column.code if heading.column else "",
                "unit": heading.unit,
                "learned": heading.is_learned,
                "guess": heading.is_guess,
                "samples": [shown(row[heading.index])[:60] if heading.index < len(row) else "" for row in rows],
            }
            for heading in found.headings
        ],
    }


def _other_month(found: Recognised, month: Month) -> str:
    """The month that the title names, when it is another one than the sheet is to be imported for."""
    year, number = found.month
    if found.kind is not Kind.MONTH or (number in {None, month.number} and year in {None, month.year}):
        return ""
    return f"{year or month.year}-{number or month.number:02d}"


def rows_of(book: Book, *, columns: Mapping[str, Any], month: Month) -> list[SheetRow]:
    """The rows of the table, as it was recognised first or as somebody corrected it since; `Refused` as long as a
    column is missing without which it cannot be taken in."""
    first, last = columns["heading_rows"]
    sheet = book.sheet(columns["sheet"])
    found = recognise(
        sheet,
        kind=Kind(columns["kind"]),
        heading_rows=(first, last),
        mapping={column["index"]: column["code"] for column in columns["columns"]},
        units={column["code"]: column["unit"] for column in columns["columns"] if column["unit"] and column["code"]},
    )
    if found is None:
        raise Refused(sentence_of(Unreadable(Why.NO_TABLE)), field="file")
    return sheet_rows(sheet, found, month)


def sheet_rows(sheet: Sheet, found: Recognised, month: Month) -> list[SheetRow]:
    """The rows of a recognised table in the product's terms."""
    if found.missing:
        names = "、".join(heading_of(found.kind, code) for code in found.missing)
        raise Refused(_("The sheet lacks a column without which it cannot be taken in: %(names)s.") % {"names": names})
    table = read_table(sheet, found, year=month.year)
    unread = frozenset({"build_span"} if found.codes & set(PARTS["build_span"]) else ())
    letters = {code: found.letter(code) for code in found.codes - unread}
    for whole, parts in PARTS.items():
        if whole in letters:
            letters = {**dict.fromkeys(parts, letters[whole]), **letters}
    apart = "next_month_amount" in found.codes
    return [_row(row, letters, unread, amount_apart=apart) for row in table.rows]


@lru_cache(maxsize=256)
def heading_of(kind: Kind, code: str) -> str:
    """How a column is headed as it circulates."""
    return column(kind, code).written()


def _row(row: Row, letters: Mapping[str, str], unread: frozenset[str], *, amount_apart: bool = False) -> SheetRow:
    """`amount_apart`: what is meant to be invested next month has a column of its own; its plan is words alone."""
    values: dict[str, Any] = {}
    texts: dict[str, str] = {}
    for code, cell in row.cells.items():
        if code in unread:
            continue
        if code == "next_month_plan" and amount_apart:
            said = _said(next_steps=read_lines(cell.raw))
        else:
            said = parted(code, cell.value)
        values = {**said, **values} if code in PARTS else {**values, **said}
        texts |= dict.fromkeys((code, *said), cell.shown)
    faults = tuple(
        (code, sentence_of(cell.refused))
        for code, cell in row.refused().items()
        if cell.refused is not None and code not in unread and code not in WORKED_OUT
    )
    read = SheetRow(row.number, values, letters=letters, texts=texts)
    return SheetRow(
        row.number, values, tuple(read.objection(code, why) for code, why in faults), letters=letters, texts=texts
    )


def parted(code: str, value: Any) -> dict[str, Any]:
    """A value of a cell by the names of the fields that it fills."""
    if value is None:
        return {}
    if isinstance(value, Span):  # told by months: of a day in the register it is known only in which month it lies
        last = {"planned_finish": Month.of(value.last)} if value.last else {}
        return {"planned_start": Month.of(value.first), **last}
    if isinstance(value, Contact):
        return _said(contact_name=value.name, contact_phone=value.phone)
    if isinstance(value, NextMonth):
        return _said(next_month_amount=value.amount, next_steps=value.steps)
    if isinstance(value, Entered):
        return {"entered_statistics_on": value.on} if value.on else {"entered": value.entered}
    return {code: value}


def _said(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "")}
