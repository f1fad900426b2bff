"""Opening a file that somebody sent: in memory only, and refused in plain words when it is not what it should be."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import PurePosixPath

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from projects.exchange.compound import MAGIC, Compound
from projects.exchange.packages import Facts, Package
from projects.exchange.plain import decoded, rows_of
from projects.exchange.sheets import Book, Merged, Sheet
from projects.exchange.unreadable import Unreadable, Why

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_SHEETS = 50
MOST_CELLS = 2_000_000  # of all sheets; more would not fit into the memory of a small server
ENDINGS = ("xlsx", "xlsm", "xls", "et", "csv", "txt")
_TEXT = ("csv", "txt")
_NO_FACTS = Facts(frozenset(), frozenset(), (), {})


def open_book(name: str, content: bytes) -> Book:
    """The visible sheets of a file; `Unreadable` when it is refused. What it is its content decides, not its name."""
    ending = PurePosixPath(name).suffix.lstrip(".").lower()
    if not content.strip(b"\0 \t\r\n"):
        raise Unreadable(Why.EMPTY)
    if len(content) > MOST_BYTES:
        raise Unreadable(Why.TOO_BIG, limit=MOST_BYTES // 1024 // 1024)
    if ending not in ENDINGS:
        raise Unreadable(Why.NOT_A_WORKBOOK)
    if content.startswith(b"PK"):
        return _of_package(name, content)
    if content.startswith(MAGIC):
        return _of_compound(name, content, is_wps=ending == "et")
    if ending not in _TEXT:
        raise Unreadable(Why.WRONG_ENDING, ending=ending) if _is_text(content) else Unreadable(Why.NOT_A_WORKBOOK)
    return _of_text(name, content)


def _is_text(content: bytes) -> bool:
    """Whether it is a table or a page as text, as many systems call .xls what is none."""
    return not any(sign in content[: 64 * 1024] for sign in b"\0\1\2\3\4\5\6\7\x0e\x0f")


def _of_text(name: str, content: bytes) -> Book:
    rows = rows_of(decoded(content), rows=MOST_ROWS, columns=MOST_COLUMNS)
    _count_cells(sum(map(len, rows)))
    return Book(name, (Sheet(PurePosixPath(name).stem, rows),))


def _of_package(name: str, content: bytes) -> Book:
    package = Package(content)
    parts = package.sheet_parts()
    if len(parts) > MOST_SHEETS:
        raise Unreadable(Why.TOO_MANY_SHEETS, limit=MOST_SHEETS)
    for sheet, part in parts.items():
        package.check_extent(part, sheet, rows=MOST_ROWS, columns=MOST_COLUMNS)
    facts = {sheet: package.facts(part) for sheet, part in parts.items()}
    file = package.repacked()
    del package  # the cells need the memory
    return _read(name, file, facts)


def _of_compound(name: str, content: bytes, *, is_wps: bool) -> Book:
    container = Compound(content)
    try:
        container.check()
    except Unreadable as error:
        if is_wps and error.why is Why.NOT_A_WORKBOOK:
            raise Unreadable(Why.OLD_WPS) from error
        raise
    extent = container.extent()
    if extent.rows > MOST_ROWS:
        raise Unreadable(Why.TOO_MANY_ROWS, sheet="", limit=MOST_ROWS)
    if extent.columns > MOST_COLUMNS:
        raise Unreadable(Why.TOO_MANY_COLUMNS, sheet="", limit=MOST_COLUMNS)
    try:
        return _read(name, io.BytesIO(content), {})
    except Unreadable as error:
        raise Unreadable(Why.OLD_WPS) if is_wps and error.why is Why.BROKEN else error from error


def _read(name: str, file: io.BytesIO, facts: dict[str, Facts]) -> Book:
    """The visible sheets of what was found harmless."""
    sheets: list[Sheet] = []
    hidden: list[str] = []
    cells = 0
    with _broken_when_it_fails(), CalamineWorkbook.from_filelike(file) as book:
        if len(book.sheets_metadata) > MOST_SHEETS:
            raise Unreadable(Why.TOO_MANY_SHEETS, limit=MOST_SHEETS)
        for number, said in enumerate(book.sheets_metadata):
            if said.typ is SheetTypeEnum.MacroSheet or said.typ is SheetTypeEnum.Vba:
                raise Unreadable(Why.MACROS)
            if said.visible is not SheetVisibleEnum.Visible:
                hidden.append(said.name)
            elif said.typ is SheetTypeEnum.WorkSheet:
                found = book.get_sheet_by_index(number)
                bottom, right = found.end or (-1, -1)
                cells += (bottom + 1) * (right + 1)
                _count_cells(cells)
                sheets.append(_sheet(said.name, found, facts.get(said.name, _NO_FACTS)))
    return Book(name, tuple(sheets), tuple(hidden))


def _sheet(name: str, found: CalamineSheet, facts: Facts) -> Sheet:
    rows = found.to_python(skip_empty_area=False)
    for (row, column), text in facts.failed.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    for row, column in facts.percents:
        if row < len(rows) and column < len(rows[row]) and isinstance(number := rows[row][column], float):
            rows[row][column] = f"{Decimal(str(number)).scaleb(2).normalize():f}%"  # as Excel shows it
    merged = tuple(Merged(*start, *end) for start, end in found.merged_cell_ranges or ())
    return Sheet(name, rows, merged, facts.hidden_rows, facts.hidden_columns)


def _count_cells(cells: int) -> None:
    if cells > MOST_CELLS:
        raise Unreadable(Why.TOO_MANY_CELLS, limit=MOST_CELLS)


@contextmanager
def _broken_when_it_fails() -> Iterator[None]:
    """Whatever the reader of cells stumbles over, the file is broken; also what ends in a panic of its native part."""
    try:
        yield
    except (Unreadable, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except PasswordError as error:
        raise Unreadable(Why.PASSWORD) from error
    except BaseException as error:
        raise Unreadable(Why.BROKEN) from error
