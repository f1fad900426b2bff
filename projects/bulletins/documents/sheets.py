"""A bulletin as an Excel workbook: a sheet for each annex, figures as numbers, ready to print."""

import datetime
import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from projects.bulletins.documents import faces
from projects.bulletins.documents.layout import tint
from projects.bulletins.documents.paper import Cell, Column, Kind, Mark, Paper, Table
from projects.bulletins.documents.progress import Progress, untold
from projects.bulletins.documents.texts import (
    TITLE_ROOM,
    annex_label,
    cell_text,
    day_of,
    is_number,
    legend_text,
    title_lines,
    width_of,
)
from projects.bulletins.documents.zipping import repacked
from projects.core.sheets import harmless
from projects.core.yuan import WAN

A4, A3 = 9, 8
A3_FROM = 30  # columns from which an A4 sheet would be printed too small to be read
TITLE_ROW, FACTS_ROW, HEAD_ROW = 0, 1, 2
UNSAFE = "[]:*?/\\'"  # that no name of a sheet may hold
NAME_LENGTH = 31
TIGHT = 0.8  # of its wish that a text gets where there are very many columns
LINE, TALLEST = 13.5, 409  # points; more than that no row can have

Format = Any  # XlsxWriter carries no types


def workbook(paper: Paper, progress: Progress = untold) -> bytes:
    """The workbook; the same bytes for the same paper. No text in it is ever taken for a formula or a link."""
    file = io.BytesIO()
    options = {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }  # fmt: skip
    book = xlsxwriter.Workbook(file, options)
    made = paper.made_at.replace(tzinfo=None, microsecond=0)
    book.set_properties(
        {
            "title": paper.title,
            "subject": paper.masthead,
            "author": paper.signed,
            "company": paper.signed,
            "comments": paper.draft or paper.digest,
            "created": made,
        }
    )
    formats = Formats(book)
    names = [_sheet_name(paper, table) for table in paper.tables]
    _contents(book, formats, paper, names)
    for done, (table, name) in enumerate(zip(paper.tables, names, strict=True), 1):
        _annex(book.add_worksheet(name), formats, paper, table)
        progress(done, len(paper.tables))
    book.close()
    return repacked(file.getvalue())


class Formats:
    """The looks of cells, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def of(self, **look: Any) -> Format:
        key = tuple(sorted(look.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_name": faces.TABLE, "font_size": 10, **look})
        return self._made[key]

    def cell(self, **look: Any) -> Format:
        return self.of(border=1, border_color="#999999", valign="vcenter", **look)

    @property
    def note(self) -> Format:
        return self.of(font_size=9, valign="top", text_wrap=True)


def _sheet_name(paper: Paper, table: Table) -> str:
    name = f"{annex_label(paper, table)} {table.title}"
    return "".join(sign for sign in name if sign not in UNSAFE)[:NAME_LENGTH].strip()


def _contents(book: Any, formats: Formats, paper: Paper, names: list[str]) -> None:
    """The first sheet: what this is, and the way to each annex."""
    sheet = book.add_worksheet(paper.labels.contents)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 78)
    title = formats.of(font_name=faces.TITLE, font_size=18, text_wrap=True, align="center", valign="vcenter")
    sheet.merge_range(0, 0, 0, 1, "", title)
    sheet.write_string(0, 0, "\n".join(title_lines(paper.title, room=TITLE_ROOM)), title)
    sheet.set_row(0, 56)
    facts = [paper.masthead, f"{paper.issue}　{paper.draft or paper.date}", paper.warning, paper.correction]
    row = 1
    for text in filter(None, facts):
        sheet.merge_range(row, 0, row, 1, "", formats.of(text_wrap=True, align="center"))
        sheet.write_string(row, 0, text, formats.of(text_wrap=True, align="center"))
        row += 1
    link = formats.cell(font_color="#0b5c58", underline=1)
    for table, name in zip(paper.tables, names, strict=True):
        row += 1
        sheet.write_url(row, 0, f"internal:'{name}'!A1", link, annex_label(paper, table))
        sheet.write_string(row, 1, table.title, formats.cell())
    row += 2
    for each in paper.legend:
        ink, ground = tint(each.mark.hue)
        look = formats.cell(font_color=f"#{ink}", bg_color=f"#{ground}", align="center")
        sheet.write_string(row, 0, cell_text(each.mark, Kind.COLOUR), look)
        sheet.write_string(row, 1, each.meaning, formats.cell())
        row += 1
    sheet.write_string(row, 0, "*", formats.cell(align="center"))
    sheet.write_string(row, 1, paper.star, formats.cell())
    _paper_of(sheet, paper, columns=2)
    sheet.set_portrait()


def _paper_of(sheet: Any, paper: Paper, *, columns: int) -> None:
    """How the sheet comes out of the printer."""
    sheet.set_landscape()
    sheet.set_paper(A3 if columns >= A3_FROM else A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    if paper.draft:
        sheet.set_header(f"&R{_plain(f'{paper.draft}　{paper.warning}')}")
    sheet.set_footer(f"&L{_plain(paper.draft or paper.digest)}&R&P / &N")


def _plain(text: str) -> str:
    """Text for the head and foot of a page, where & begins an instruction."""
    return text.replace("&", "&&")


def _annex(sheet: Any, formats: Formats, paper: Paper, table: Table) -> None:
    last = len(table.columns) - 1
    widths = [_width(table, place, column) for place, column in enumerate(table.columns)]
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    mark = f"（{paper.draft}）" if paper.draft else ""
    big = formats.of(font_name=faces.TITLE, font_size=18, align="center", valign="vcenter")
    sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, last, "", big)
    sheet.write_string(TITLE_ROW, 0, f"{table.title}{mark}", big)
    sheet.set_row(TITLE_ROW, 34)
    sheet.write_string(FACTS_ROW, 0, f"{annex_label(paper, table)}　{paper.masthead}　{paper.issue}", formats.of())
    sheet.write_string(FACTS_ROW, last, table.unit, formats.of(align="right"))
    _heading(sheet, formats, paper, table, widths)
    row = HEAD_ROW
    for row, cells in enumerate(table.rows, HEAD_ROW + 1):
        texts = zip(cells, widths, strict=True)
        sheet.set_row(row, _height((cell, width) for cell, width in texts if isinstance(cell, str)))
        is_sum = row - HEAD_ROW - 1 in table.sums
        for place, (cell, column) in enumerate(zip(cells, table.columns, strict=True)):
            _write(sheet, formats, row, place, cell, column, is_sum=is_sum)
    if table.rows:
        sheet.autofilter(HEAD_ROW, 0, row, last)
    else:
        row += 1
        sheet.write_string(row, 0, paper.labels.nothing, formats.of())
    _notes(sheet, formats, paper, table, row + 2, sum(widths))
    sheet.freeze_panes(HEAD_ROW + 1, _frozen(table))
    sheet.repeat_rows(HEAD_ROW)
    _paper_of(sheet, paper, columns=last + 1)


def _heading(sheet: Any, formats: Formats, paper: Paper, table: Table, widths: Sequence[float]) -> None:
    look = formats.cell(font_name=faces.HEADING, text_wrap=True, align="center", bg_color="#F0F2F2")
    told = []
    for place, column in enumerate(table.columns):
        heading = f"{column.heading}{paper.labels.money if column.kind is Kind.MONEY else ''}"
        sheet.write_string(HEAD_ROW, place, heading, look)
        told.append((heading, widths[place]))
    sheet.set_row(HEAD_ROW, _height(told) + 4)


def _notes(sheet: Any, formats: Formats, paper: Paper, table: Table, row: int, width: float) -> None:
    last = len(table.columns) - 1
    legend = [legend_text(paper)] if table.has_legend else []
    for text in [*legend, *table.notes, *filter(None, [paper.digest])]:
        sheet.merge_range(row, 0, row, last, "", formats.note)
        sheet.write_string(row, 0, text, formats.note)
        sheet.set_row(row, _height([(text, width)]))
        row += 1


def _frozen(table: Table) -> int:
    """Up to the column that names the project or the unit, which stays while the rest is scrolled."""
    names = [place for place, column in enumerate(table.columns[:4]) if column.kind is Kind.TEXT]
    if len(table.columns) <= 4 or not names:
        return 0
    return (max(names[:2]) if table.columns[0].kind is Kind.PLACE and len(table.columns) > A3_FROM else names[0]) + 1


def _width(table: Table, place: int, column: Column) -> float:
    if column.kind is Kind.TEXT:
        return max(6.0, column.width * (TIGHT if len(table.columns) >= A3_FROM else 1.0))
    longest = max((width_of(cell_text(row[place], column.kind)) for row in table.rows), default=0)
    return max(longest + 1.5, min(-(-width_of(column.heading) // 3), 8) + 1.5, 5.5)


def _height(texts: Iterable[tuple[str, float]]) -> float:
    """Room for the longest of the texts, each with the width of its column: not every program finds it by itself."""
    lines = 1
    for text, width in texts:
        held = max(int(width * 1.02) - 1, 2)
        lines = max(lines, sum(max(1, -(-width_of(line) // held)) for line in text.split("\n")))
    return min(LINE * lines + 4, TALLEST)


def _write(
    sheet: Any, formats: Formats, row: int, place: int, cell: Cell, column: Column, *, is_sum: bool
) -> None:  # fmt: skip
    ground = {"bg_color": "#F0F2F2"} if is_sum else {}
    if isinstance(cell, Mark):
        ink, tinted = tint(cell.hue)
        look = formats.cell(font_color=f"#{ink}", bg_color=f"#{tinted}", align="center")
        sheet.write_string(row, place, cell_text(cell, column.kind), look)
    elif isinstance(cell, int):
        value, pattern = _number(cell, column.kind)
        side = "center" if column.kind is Kind.PLACE else "right"
        sheet.write_number(row, place, value, formats.cell(num_format=pattern, align=side, **ground))
    elif column.kind is Kind.DAY and (day := day_of(cell)) is not None:
        moment = datetime.datetime.combine(day, datetime.time())
        sheet.write_datetime(row, place, moment, formats.cell(num_format="yyyy-mm-dd", align="center", **ground))
    elif cell:
        quoted = {"quote_prefix": True} if harmless(cell) != cell else {}
        sheet.write_string(row, place, cell, formats.cell(text_wrap=True, **quoted, **ground))
    else:
        side = "right" if is_number(column) else "left"
        sheet.write_blank(row, place, None, formats.cell(align=side, **ground))


def _number(value: int, kind: Kind) -> tuple[float, str]:
    """A figure with as many decimals as it needs, two at most; what is shown is rounded, what is kept is not."""
    match kind:
        case Kind.MONEY:
            decimals = 0 if value % WAN == 0 else 1 if value % (WAN // 10) == 0 else 2
            return value / WAN, "#,##0" + ("." + "0" * decimals if decimals else "")
        case Kind.PERCENT:
            return value / 10, "#,##0.0"
        case Kind.POINTS:
            return value / 10, "+#,##0.0;-#,##0.0;0.0"
        case _:
            return value, "#,##0"
