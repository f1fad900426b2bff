"""Fetching files as a person does, and looking into them."""

import csv
import io
from typing import Any

import openpyxl
from django.test import Client
from django.utils.http import urlencode

from projects.core.sheets import BOM

FIRST = 5  # the first row of projects in a month sheet


def fetched(client: Client, kind: str, form: str = "xlsx", **query: Any) -> bytes:
    """The content of a file of September 2023."""
    response: Any = client.get(f"/exchange/export/{kind}.{form}?{urlencode({'month': '2023-09', **query})}")
    assert response.status_code == 200, response.status_code
    assert response["Content-Disposition"].startswith("attachment")
    return b"".join(response.streaming_content)


def book(client: Client, kind: str, **query: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(fetched(client, kind, **query)))


def month_sheet(client: Client, **query: Any) -> Any:
    """The first sheet of the month sheet."""
    return book(client, "month", **query).worksheets[0]


def csv_rows(client: Client, kind: str, **query: Any) -> list[list[str]]:
    text = fetched(client, kind, "csv", **query).decode()
    assert text.startswith(BOM), "Excel reads it as UTF-8"
    return list(csv.reader(io.StringIO(text.removeprefix(BOM))))


def column_of(sheet: Any, heading: str, row: int) -> int:
    """The number of the column under this heading."""
    return next(cell.column for cell in sheet[row] if cell.value == heading)


def cell_of(sheet: Any, heading: str, row: int = FIRST) -> Any:
    """A cell of a month sheet by its heading."""
    return sheet.cell(row, column_of(sheet, heading, FIRST - 1))
