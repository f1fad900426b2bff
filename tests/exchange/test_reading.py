"""From an awkward workbook comes exactly what its file of expectations says."""

import dataclasses
import datetime
import io
import json
import zipfile
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter

from projects.exchange.opening import open_book
from projects.exchange.reading import read_table
from projects.exchange.recognising import recognise_book
from projects.exchange.sheets import Book, Recognised
from projects.exchange.unreadable import Unreadable
from tests.exchange.workbooks import FOLDER, all_workbooks
from tests.exchange.workbooks.others import OLD, of_old_excel


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


def comes_out(file: str, content: bytes) -> dict[str, Any]:
    book = open_book(file, content)
    return {"hidden_sheets": list(book.hidden_sheets), "tables": [described(book, t) for t in recognise_book(book)]}


def expected(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", all_workbooks())
def test_what_comes_out(name: str) -> None:
    assert comes_out(*all_workbooks()[name]()) == expected(name)


@pytest.mark.parametrize("name", OLD)
def test_the_same_comes_out_of_old_excel(name: str) -> None:
    assert comes_out(*of_old_excel(name)()) == expected(name)


@pytest.mark.parametrize(
    ("first", "is_read"),
    [("示例·人才公寓", True), ("示例项目一期", True), ("示例", False), ("示例行", False), ("示例：按此填写", False)],
)
def test_a_name_that_begins_like_a_note_is_read(first: str, is_read: bool) -> None:
    """Left out without a word would be the worst that can happen to a project."""
    content = f"项目名称,项目代码,本月完成,形象进度\n{first},,5,封顶\n".encode()
    book = open_book("a.csv", content)
    (found,) = recognise_book(book)
    assert bool(read_table(book.sheet(found.sheet), found, year=2023).rows) is is_read


def test_rows_with_cells_are_seen_where_a_sheet_hides_all_the_others() -> None:
    """`zeroHeight` hides rows that the file does not name; of those with cells their own `hidden` says."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.set_default_row(hide_unused_rows=True)
    for number, row in enumerate([["项目名称", "本月完成", "形象进度"], ["甲", 1, "封顶"], ["乙", 2, "基础"]]):
        sheet.write_row(number, 0, row)
    sheet.set_row(2, None, None, {"hidden": True})
    book.close()
    assert b'zeroHeight="1"' in zipfile.ZipFile(out).read("xl/worksheets/sheet1.xml")
    opened = open_book("a.xlsx", out.getvalue())
    (found,) = recognise_book(opened)
    table = read_table(opened.sheet(found.sheet), found, year=2023)
    assert [row.number for row in table.rows] == [2]
    assert [(row.number, row.why.value) for row in table.skipped] == [(3, "hidden")]
