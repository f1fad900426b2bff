"""Writing tables for Excel: as XLSX with numbers as numbers, or as CSV that Excel opens in Chinese."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import xlsxwriter

Cell = str | int | float | None
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # what spreadsheets take for a formula
BOM = "\ufeff"  # tells Excel that the file is UTF-8


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula: with an apostrophe before what looks like one."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def csv_lines(heading: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The table as CSV, line by line, so that its size costs no memory."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield BOM
    for row in _chain(heading, rows):
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _chain(heading: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    yield heading
    yield from rows


def workbook(
    title: str,
    heading: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    widths: Sequence[int],
    notes: Sequence[str],
) -> io.BytesIO:
    """The table as one sheet of an XLSX file: heading frozen, text as text, notes below.

    Rows are written as they come (`constant_memory`), so that 100,000 of them stay within a few megabytes.
    """
    file = io.BytesIO()
    options: dict[str, Any] = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    }  # fmt: skip
    book = xlsxwriter.Workbook(file, options)
    sheet = book.add_worksheet(title[:31])
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "bg_color": "#EEF2F1"})
    plain = book.add_format({"border": 1, "valign": "vcenter"})
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 2)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    number = 0
    for number, row in enumerate(_chain(heading, rows)):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, column, cell, bold if number == 0 else plain)
            elif cell is None:
                sheet.write_blank(number, column, None, plain)
            else:
                sheet.write_number(number, column, cell, plain)
    for offset, note in enumerate(notes, start=2):
        sheet.write_string(number + offset, 0, note)
    book.close()
    file.seek(0)
    return file
