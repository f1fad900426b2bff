"""Reading the rows of a recognised table: hidden ones, sums, notes and repeated headings left out and told of."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from projects.core.yuan import WAN
from projects.exchange.columns import Column, Reads
from projects.exchange.sheets import Cell, Heading, Raw, Recognised, Row, Sheet, Skip, Skipped, Table, shown
from projects.exchange.signs import NARROW
from projects.exchange.unreadable import Unreadable
from projects.exchange.values import reader_of

# What a cell merged down the rows says of each of them; an amount merged down belongs to the first row alone.
CARRIED = frozenset(
    {
        "code", "name", "short_name", "owner", "unit", "leader", "category", "labels", "sector", "nature",
        "project_class", "town", "year", "responsible", "contact",
    }
)  # fmt: skip
_IDENTIFYING = ("code", "name")
_SUM = re.compile(r"(?:[一二三四五六七八九十]+、)?.{0,14}?(?:合计|小计|总计|共计)(?:\(.*|\d+个?.*|:)?")
_NOTE = re.compile(
    r"(?:注|备注|说明|填表说明|填报说明|填表人|填报人|制表人?|审核人?|单位负责人|负责人|主要负责人|分管领导|联系人|联系电话|填报单位"
    r"|填表单位|报送单位|填报日期|填报时间|填表日期|报送时间)(?:\(.{0,10}\))?:.*|[*※].*|注\d?[、.].*"
    r"|(?:示例|样例)(?:行|数据)?(?::.*)?$|例[:如].*"
)
# How lines are numbered that stand for the rows below them, with or without their sums.
_GROUP = re.compile(r"[一二三四五六七八九十]+[、.]?|[一二三四五六七八九十]+[、.].*|\([一二三四五六七八九十]+\).*")
_SELDOM_TWICE = frozenset({Reads.TEXT, Reads.LINES, Reads.MONEY})
_FEW = 6  # cells of a line of notes at most

Reader = tuple[int, str, str, Callable[[Raw], Any]]  # index, code, letter, reader


def read_table(sheet: Sheet, found: Recognised, *, year: int) -> Table:
    """The rows of a table; `year` belongs to days that are written without one."""
    readers = [_reader(heading, heading.column, year) for heading in found.headings if heading.column is not None]
    readers = [reader for reader in readers if reader[0] not in sheet.hidden_columns]
    carried = _carried(sheet, readers, found.heading_rows[1])
    headings = {heading.index: _plain(heading.text.rpartition("/")[2]) for heading in found.headings}
    identifying = [index for index, code, _letter, _read in readers if code in _IDENTIFYING]
    rows: list[Row] = []
    skipped: list[Skipped] = []
    for number, raws in enumerate(sheet.rows[found.heading_rows[1] :], start=found.heading_rows[1]):
        row = _filled(raws, carried[number]) if number in carried else raws
        if not any(raw != "" for raw in row):
            continue
        why = Skip.HIDDEN if number in sheet.hidden_rows else _skip(row, headings, identifying)
        if why is not None:
            skipped.append(Skipped(number + 1, why, _beginning(row)))
            continue
        cells = _cells(row, readers)
        if cells:
            rows.append(Row(number + 1, cells))
    return Table(tuple(rows), tuple(skipped))


def _reader(heading: Heading, column: Column, year: int) -> Reader:
    read = reader_of(column, year=year, unit=heading.unit or WAN)
    if column.reads not in _SELDOM_TWICE:
        read = lru_cache(maxsize=1024, typed=True)(read)  # a column has few different days and choices
    return heading.index, column.code, heading.letter, read


def _cells(row: list[Raw], readers: list[Reader]) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    width = len(row)
    for index, code, letter, read in readers:
        if index >= width or (raw := row[index]) == "":
            continue
        try:
            value = read(raw)
        except Unreadable as error:
            cells[code] = Cell(raw, letter, refused=error)
        else:
            if value is not None:
                cells[code] = Cell(raw, letter, value)
    return cells


def _carried(sheet: Sheet, readers: list[Reader], below: int) -> dict[int, dict[int, Raw]]:
    """What cells merged down the rows say of the rows below their first: values by column, by row."""
    columns = {index for index, code, _letter, _read in readers if code in CARRIED}
    carried: dict[int, dict[int, Raw]] = {}
    for area in sheet.merged:
        if area.left in columns and area.left == area.right and area.top >= below and area.bottom > area.top:
            first = sheet.rows[area.top] if area.top < len(sheet.rows) else []
            if area.left < len(first) and first[area.left] != "":
                for number in range(area.top + 1, min(area.bottom + 1, len(sheet.rows))):
                    carried.setdefault(number, {})[area.left] = first[area.left]
    return carried


def _filled(row: list[Raw], carried: dict[int, Raw]) -> list[Raw]:
    """A row with what is merged into it; as it is when it says nothing of its own."""
    if not any(raw != "" for raw in row):
        return row
    filled = row + [""] * (max(carried) + 1 - len(row))
    for index, raw in carried.items():
        filled[index] = raw
    return filled


def _skip(row: list[Raw], headings: dict[int, str], identifying: list[int]) -> Skip | None:
    """Why a row is none of the table."""
    filled = [(index, raw) for index, raw in enumerate(row) if raw != ""]
    first = next((raw for _index, raw in filled if isinstance(raw, str) and raw.strip()), None)
    named = [row[index] for index in identifying if index < len(row) and row[index] != ""]
    for raw in {first, *named}:
        if isinstance(raw, str) and "计" in raw and len(raw) < 60 and _SUM.fullmatch(_plain(raw)):
            return Skip.SUM
    if first is not None and len(filled) <= _FEW and _NOTE.match(_plain(first)):
        return Skip.NOTE
    if first is not None and _GROUP.fullmatch(_plain(first)) and sum(map(_is_text, row)) <= 1 + (first not in named):
        return Skip.GROUP
    if len(filled) == 1 and not named:
        return Skip.GROUP if len(str(filled[0][1])) < 60 else Skip.NOTE
    if _is_heading(filled, headings):
        return Skip.HEADING
    return None


def _is_heading(filled: list[tuple[int, Raw]], headings: dict[int, str]) -> bool:
    """Whether most cells repeat the heading, or only number the columns."""
    alike = 0
    for index, raw in filled[:12]:
        heading = headings.get(index, "")
        if isinstance(raw, str) and heading and raw.lstrip()[:1] == heading[0]:  # quickly told for most rows
            alike += _plain(raw) == heading
    if alike >= 3 or (alike and alike == len(filled)):
        return True
    numbers = [raw for _index, raw in filled]
    return len(numbers) >= 5 and all(shown(raw) == str(place) for place, raw in enumerate(numbers, start=1))


def _is_text(raw: Raw) -> bool:
    """Whether a cell holds something else than a figure."""
    return isinstance(raw, str) and any(sign.isalpha() for sign in raw)


def _plain(raw: str) -> str:
    return "".join(raw.translate(NARROW).split())


def _beginning(row: list[Raw]) -> str:
    return next((shown(raw).strip()[:60] for raw in row if raw != "" and shown(raw).strip()), "")
