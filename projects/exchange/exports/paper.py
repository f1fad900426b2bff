"""Cells by what their column holds: amounts, shares and days as numbers that Excel shows as such, text as text."""

import datetime
from collections.abc import Sequence
from typing import Any

from projects.core.sheets import Cell
from projects.exchange.exports.layout import Heading

Value = Cell | datetime.date

GREY, EDGE, TINT = "#F3F5F4", "#B8C2BF", "#E4EBE8"
FIRST_DAY = datetime.date(1899, 12, 30).toordinal()  # from which Excel counts its days
FORMATS = {  # what a column reads: how Excel shows it
    "money": "#,##0.00##", "percent": "0.0%", "day": "yyyy-mm-dd", "integer": "0", "decimal": "0.######",
    "nothing": "0", "entered": "yyyy-mm-dd",
}  # fmt: skip
CENTRED = {"nothing", "day", "entered", "choice", "yes_no", "month", "integer", "span"}


class Formats:
    """The formats of a workbook, each made once: by what a column reads, and whether its cells are locked."""

    def __init__(self, book: Any, *, size: int = 10) -> None:
        self.book = book
        self.usual = {"font_name": "SimSun", "font_size": size, "valign": "vcenter"}
        self._kept: dict[tuple[Any, ...], Any] = {}

    def of(self, reads: str, *, is_open: bool = False, whole: bool = False, sheltered: bool = False) -> Any:
        """Of a cell: `whole` amounts have no decimals; where cells are `sheltered` those that are not open are grey."""
        key = (reads, is_open, whole, sheltered)
        if key not in self._kept:
            shown = "#,##0" if whole else FORMATS.get(reads)
            fill = {"bg_color": GREY} if sheltered and not is_open else {}
            self._kept[key] = self.book.add_format(
                {
                    **self.usual, **fill, "border": 1, "border_color": EDGE, "text_wrap": reads not in FORMATS,
                    "align": "center" if reads in CENTRED else "right" if shown else "left",
                    "locked": not is_open, **({"num_format": shown} if shown else {}),
                }
            )  # fmt: skip
        return self._kept[key]

    def made(self, **look: Any) -> Any:
        """A format of its own."""
        key = tuple(sorted(look.items()))
        if key not in self._kept:
            self._kept[key] = self.book.add_format({**self.usual, **look})
        return self._kept[key]

    @property
    def heading(self) -> Any:
        return self.made(bold=True, text_wrap=True, align="center", border=1, border_color=EDGE, bg_color=TINT)


def put(sheet: Any, row: int, place: int, value: Value, style: Any) -> None:
    """A value into a cell; text stays text, whatever it begins with."""
    if value is None or value == "":
        sheet.write_blank(row, place, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, place, value, style)
    elif isinstance(value, datetime.date):
        sheet.write_number(row, place, value.toordinal() - FIRST_DAY, style)
    else:
        sheet.write_number(row, place, value, style)


def is_whole(value: Value) -> bool:
    return isinstance(value, int)


def set_widths(sheet: Any, columns: Sequence[Heading]) -> None:
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
