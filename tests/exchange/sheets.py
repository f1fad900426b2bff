"""Sheets for the tests: rows as they are read, orders to import them, and workbooks written on the spot."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl

from projects.accounts.models import User
from projects.core.month import Month
from projects.exchange.actions.writers import Asked
from projects.exchange.verdicts import SheetRow
from tests.cast import AT, SEPTEMBER, TODAY

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def asked(by: User, kind: str = "month", *, month: Month = SEPTEMBER, submit: bool = False) -> Asked:
    """An order of somebody's on the day of the tests."""
    return Asked(kind, month, by, AT, TODAY, SEPTEMBER, submit)


def row(number: int = 3, /, **values: Any) -> SheetRow:
    """A row whose columns stand in the order in which the values are named."""
    letters = {name: LETTERS[at] for at, name in enumerate(values)}
    return SheetRow(number, values, letters=letters)


def workbook(heading: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str = "月调度表") -> bytes:
    """A workbook with a title, a heading and rows."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = title
    sheet.append([title])
    sheet.append(list(heading))
    for each in rows:
        sheet.append(list(each))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
