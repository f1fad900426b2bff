"""Writing tables for Excel: as XLSX with numbers as numbers, or as CSV that Excel opens in Chinese."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import IO, Any

import xlsxwriter

Cell = str | int | float | None
_FORMULA = frozenset("=+-@\t\r＝＋－＠")  # what spreadsheets take for a formula where a text begins with it
BOM = "\ufeff"  # tells Excel that the file is UTF-8
CHUNK = 32_000  # signs of CSV sent at a time
A4 = 9  # Excel's number of the paper


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula: with an apostrophe before what looks like one."""
    return f"'{text}" if text[:1] in _FORMULA else text


def harmless_cells(row: Iterable[Any]) -> list[Any]:
    """A row with all of its texts harmless."""
    return [f"'{cell}" if type(cell) is str and cell[:1] in _FORMULA else cell for cell in row]


@dataclass(frozen=True)
class Listing:
    """A table to be fetched as a file: `rows` come one by one and are read once, `count` says how many there are.

    `name` is that of the file, without its kind. `notes` stand below the rows, in a workbook only.
    """

    name: str
    title: str
    heading: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    count: int
    widths: Sequence[int]
    notes: Sequence[str] = ()


def csv_lines(listing: Listing) -> Iterator[str]:
    """The table as CSV, some hundred rows at a time, so that its size costs no memory and its sending no time."""
    buffer = io.StringIO()
    write = csv.writer(buffer).writerow
    buffer.write(BOM)
    for row in chain([listing.heading], listing.rows):
        write(harmless_cells(row))
        if buffer.tell() > CHUNK:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def new_workbook(file: IO[bytes], **options: Any) -> Any:
    """A workbook that is written row by row (`constant_memory`), where text is text and never runs.

    Of 100,000 rows no more than one is kept; what is written of a row before has been written for good.
    """
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    return xlsxwriter.Workbook(file, {"constant_memory": True, **safe, **options})


def write_workbook(listing: Listing, file: IO[bytes]) -> None:
    """The table as one sheet of an XLSX file: heading frozen, text as text, notes below."""
    book = new_workbook(file)
    sheet = book.add_worksheet(listing.title[:31])
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "bg_color": "#EEF2F1"})
    plain = book.add_format({"border": 1, "valign": "vcenter"})
    for column, width in enumerate(listing.widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 2)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    for column, words in enumerate(listing.heading):
        sheet.write_string(0, column, words, bold)
    number = 0
    for number, row in enumerate(listing.rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, column, cell, plain)
            elif cell is None:
                sheet.write_blank(number, column, None, plain)
            else:
                sheet.write_number(number, column, cell, plain)
    for offset, note in enumerate(listing.notes, start=2):
        sheet.write_string(number + offset, 0, note)
    book.close()
