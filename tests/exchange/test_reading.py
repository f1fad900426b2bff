"""From an awkward workbook comes exactly what its file of expectations says."""

import dataclasses
import datetime
import json
from decimal import Decimal
from typing import Any

import pytest

from projects.exchange.opening import open_book
from projects.exchange.reading import read_table
from projects.exchange.recognising import recognise_book
from projects.exchange.sheets import Book, Recognised
from projects.exchange.unreadable import Unreadable
from tests.exchange.workbooks import FOLDER, all_workbooks


def plain(value: Any) -> Any:
    """A value as JSON writes it."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    if isinstance(value, Unreadable):
        return {"refused": value.why.value, **value.params}
    return value if isinstance(value, str | int | None) else str(value)


def described(book: Book, found: Recognised) -> dict[str, Any]:
    table = read_table(book.sheet(found.sheet), found, year=2023)
    return {
        "sheet": found.sheet,
        "kind": found.kind.value,
        "heading_rows": list(found.heading_rows),
        "month": list(found.month),
        "columns": {heading.letter: heading.column.code for heading in found.headings if heading.column},
        "guesses": [heading.letter for heading in found.headings if heading.is_guess],
        "unknown": [heading.text for heading in found.unknown],
        "units": found.unit_factors,
        "hidden": list(found.hidden),
        "missing": list(found.missing),
        "rows": {
            str(row.number): {code: plain(cell.refused or cell.value) for code, cell in row.cells.items()}
            for row in table.rows
        },
        "skipped": {str(row.number): row.why.value for row in table.skipped},
    }


@pytest.mark.parametrize("name", all_workbooks())
def test_what_comes_out(name: str) -> None:
    book = open_book(*all_workbooks()[name]())
    found = {"hidden_sheets": list(book.hidden_sheets), "tables": [described(book, t) for t in recognise_book(book)]}
    expected = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    assert found == expected
