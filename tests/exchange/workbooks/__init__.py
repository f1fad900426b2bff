"""Awkward workbooks, as they circulate; beside each, in a file of its name, what has to come out of it."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

FOLDER = Path(__file__).parent
Cells = Sequence[Any]


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def sheet_of(*rows: Cells, title: str = "Sheet1", merge: Sequence[str] = ()) -> tuple[Workbook, Worksheet]:
    """A workbook with one sheet of these rows."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for area in merge:
        sheet.merge_cells(area)
    return book, sheet


def workbook(*rows: Cells, title: str = "Sheet1", merge: Sequence[str] = ()) -> bytes:
    return saved(sheet_of(*rows, title=title, merge=merge)[0])


def all_workbooks() -> dict[str, Callable[[], tuple[str, bytes]]]:
    """Each workbook by its name: the name of the file and its content."""
    from tests.exchange.workbooks import months, others

    return {**months.WORKBOOKS, **others.WORKBOOKS}
