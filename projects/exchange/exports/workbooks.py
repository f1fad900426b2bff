"""Tables of any length as the sheets of a workbook, or one of them as CSV: units in the headings, and drop-downs."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_range_abs

from projects.core.sheets import BOM, CHUNK, harmless_cells, new_workbook
from projects.exchange.exports.layout import Heading
from projects.exchange.exports.paper import FIRST_DAY, Formats, Value, set_widths

A3 = 8  # Excel's number of the paper
CHOOSABLE = 5000  # rows for which a drop-down is offered, so that rows can be added below
Watch = Callable[[Iterable[list[Value]]], Iterable[list[Value]]]


@dataclass(frozen=True)
class Table:
    """A sheet to be written: its headings, its rows as they come, and by column the words to choose from."""

    title: str
    headings: Sequence[Heading]
    rows: Iterable[list[Value]]
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def words(self) -> list[str]:
        """What stands above the columns, amounts with their unit."""
        return [_("%(heading)s (10,000 yuan)") % {"heading": each.words} if each.reads == "money" else each.words
                for each in self.headings]  # fmt: skip


def write_tables(tables: Sequence[Table], file: IO[bytes], *, watch: Watch = iter) -> None:
    """The tables as sheets of one workbook; `watch` is given the rows on their way."""
    book = new_workbook(file)
    formats = Formats(book)
    sheets = [book.add_worksheet(table.title[:31]) for table in tables]
    chosen = _Choices(book)
    for table, sheet in zip(tables, sheets, strict=True):
        _begin(table, sheet, formats, chosen)
        _write_rows(sheet, table.headings, watch(table.rows), formats)
    chosen.write()
    book.close()


def _begin(table: Table, sheet: Any, formats: Formats, chosen: "_Choices") -> None:
    set_widths(sheet, table.headings)
    sheet.set_row(0, 32)
    for place, words in enumerate(table.words):
        sheet.write_string(0, place, words, formats.heading)
    sheet.freeze_panes(1, 3)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 0)
    for place, heading in enumerate(table.headings):
        if allowed := table.choices.get(heading.code):
            rule = {
                "validate": "list",
                "source": chosen.add(allowed),
                "error_title": _("This is not in the list")[:32],
                "error_message": _("Choose one of the list, or leave the cell empty."),
            }
            sheet.data_validation(1, place, CHOOSABLE, place, rule)


def _write_rows(sheet: Any, headings: Sequence[Heading], rows: Iterable[list[Value]], formats: Formats) -> None:
    """All rows; written out here and not cell by cell elsewhere, for there may be millions of cells."""
    write_string, write_number = sheet.write_string, sheet.write_number
    styles = [formats.of(heading.reads) for heading in headings]
    whole = [formats.of(heading.reads, whole=heading.reads == "money") for heading in headings]
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                write_string(number, place, value, styles[place])
            elif isinstance(value, int):
                write_number(number, place, value, whole[place])
            elif isinstance(value, float):
                write_number(number, place, value, styles[place])
            else:
                write_number(number, place, value.toordinal() - FIRST_DAY, styles[place])


class _Choices:
    """The words of all drop-downs on a hidden sheet, a column each: within a cell Excel allows 255 signs in all."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.name = _("Choices")
        self.lists: list[Sequence[str]] = []

    def add(self, words: Sequence[str]) -> str:
        """Where the words will stand."""
        if words not in self.lists:
            self.lists.append(words)
        column = self.lists.index(words)
        return f"='{self.name}'!{xl_range_abs(0, column, len(words) - 1, column)}"

    def write(self) -> None:
        if not self.lists:
            return
        sheet = self.book.add_worksheet(self.name)
        for row in range(max(map(len, self.lists))):
            for column, words in enumerate(self.lists):
                if row < len(words):
                    sheet.write_string(row, column, words[row])
        sheet.hide()


def csv_of(table: Table) -> Iterator[str]:
    """The table as CSV, some hundred rows at a time; days as 2023-09-05."""
    buffer = io.StringIO()
    write = csv.writer(buffer).writerow
    buffer.write(BOM)
    write(table.words)
    for row in table.rows:
        write(harmless_cells(row))  # of days the module writes 2023-09-05
        if buffer.tell() > CHUNK:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()
