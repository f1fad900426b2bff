"""The records of an old workbook (BIFF): how far the cells of its sheets reach, and what is said beside the values."""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from projects.exchange.sheets import Facts
from projects.exchange.unreadable import Unreadable, Why

_BEGINS, _ENDS, _PASSWORD, _SHEET = 0x0809, 0x000A, 0x002F, 0x0085
_SOURCE = 0x01AE  # where formulas fetch from
_FORMAT, _STYLE, _ROW, _COLUMNS = 0x041E, 0x00E0, 0x0208, 0x007D
_FORMULA, _FORMULAS, _NUMBERS = 0x0006, {0x0006, 0x0206, 0x0406}, {0x0203, 0x027E, 0x0006}
_FAILED, _SEVERAL_NUMBERS, _SEVERAL_BLANKS = 0x0205, 0x00BD, 0x00BE
_CELLS = _FORMULAS | _NUMBERS | {_FAILED, 0x0204, 0x00FD, 0x0201, 0x00D6, 1, 2, 3, 4, 5}  # 1 to 5: before 1995
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_PERCENT_FORMATS = {9, 10}  # 0% and 0.00%
_AT_HAND = {0x0401, 0x3A01}  # in place of the length of a name: the workbook itself, functions of Excel
_MACRO_SHEET, _HIDDEN_ROW, _HIDDEN_COLUMN = 1, 0x20, 0x01


@dataclass(slots=True)
class OldSheet:
    """How many rows and columns the cells of a sheet reach over, and what it says beside their values."""

    rows: int = 0
    columns: int = 0
    facts: Facts = field(default_factory=Facts)

    def reaches(self, row: int, column: int) -> None:
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)


def sheets_in(stream: bytes) -> list[OldSheet]:
    """The sheets in their order; `Unreadable` for a password, sheets of macros and links to other files."""
    places: list[int] = []
    begun: dict[int, OldSheet] = {}
    within: list[OldSheet] = []  # a sheet, and what is embedded in it
    formats, styles = set(_PERCENT_FORMATS), list[int]()
    for place, kind, body in _records(stream):
        if kind == _BEGINS:
            within.append(begun.setdefault(place, OldSheet()))
        elif kind == _ENDS:
            del within[-1:]
        elif kind == _PASSWORD:
            raise Unreadable(Why.PASSWORD)
        elif kind == _SOURCE and _is_elsewhere(body):
            raise Unreadable(Why.EXTERNAL_LINKS)
        elif kind == _SHEET:
            if body[5:6] == bytes([_MACRO_SHEET]):
                raise Unreadable(Why.MACROS)
            places.append(struct.unpack_from("<I", body)[0])
        elif kind == _FORMAT and "%" in re.sub(r'"[^"]*"', "", body[2:].replace(b"\0", b"").decode("latin-1")):
            formats.add(struct.unpack_from("<H", body)[0])
        elif kind == _STYLE:
            styles.append(struct.unpack_from("<H", body, 2)[0])
        else:
            _note(within[-1] if within else begun.setdefault(-1, OldSheet()), kind, body, styles, formats)
    unclaimed = [sheet for place, sheet in begun.items() if place not in places]
    return [begun.get(place, OldSheet()) for place in places] + unclaimed


def _is_elsewhere(body: bytes) -> bool:
    """Whether a source is another file: not the workbook itself, a function of Excel, the same sheet or nothing."""
    if len(body) < 4:
        return False
    length = struct.unpack_from("<H", body, 2)[0]
    return length not in _AT_HAND and not (length == 1 and body[5:6] in {b"\0", b" "})


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Where each record begins, its kind and its content."""
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        yield place, kind, stream[place + 4 : place + 4 + length]
        place += 4 + length


def _note(sheet: OldSheet, kind: int, body: bytes, styles: list[int], formats: set[int]) -> None:
    """What a record says of its sheet."""
    if kind == _ROW and len(body) >= 14:
        row, flags = struct.unpack_from("<H10xH", body)
        if flags & _HIDDEN_ROW:
            sheet.facts.hidden_rows.add(row)
    elif kind == _COLUMNS and len(body) >= 10:
        first, last, flags = struct.unpack_from("<HH4xH", body)
        if flags & _HIDDEN_COLUMN:
            sheet.facts.hidden_columns.update(range(first, min(last, 255) + 1))
    elif kind in {_SEVERAL_NUMBERS, _SEVERAL_BLANKS} and len(body) >= 6:
        row, first = struct.unpack_from("<HH", body)
        sheet.reaches(row, max(first, struct.unpack_from("<H", body, len(body) - 2)[0]))
        if kind == _SEVERAL_NUMBERS:
            for offset in range((len(body) - 6) // 6):
                style = struct.unpack_from("<H", body, 4 + offset * 6)[0]
                if style < len(styles) and styles[style] in formats:
                    sheet.facts.percents.append((row, first + offset))
    elif kind in _CELLS and len(body) >= 6:
        row, column, style = struct.unpack_from("<HHH", body)
        sheet.reaches(row, column)
        if kind in _NUMBERS and style < len(styles) and styles[style] in formats:
            sheet.facts.percents.append((row, column))
        if (error := _error(kind, body)) is not None:
            sheet.facts.failed[row, column] = _ERRORS.get(error, "#VALUE!")


def _error(kind: int, body: bytes) -> int | None:
    """The number of the error that a cell holds."""
    if kind == _FAILED and len(body) >= 8 and body[7]:
        return body[6]
    if kind == _FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
        return body[8]
    return None
