"""A table as a file to download, as `csv` or `xlsx`."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from projects.core.sheets import Cell, csv_lines, workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_file(
    kind: str,
    name: str,
    *,
    title: str,
    heading: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    widths: Sequence[int],
    notes: Sequence[str] = (),
) -> HttpResponseBase:
    """The table under `name`; `notes` stand below it, in an XLSX only."""
    if kind == "csv":
        response: Any = StreamingHttpResponse(csv_lines(heading, rows), content_type="text/csv; charset=utf-8")
    else:
        response = FileResponse(workbook(title, heading, rows, widths=widths, notes=notes), content_type=XLSX)
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{name}.{kind}")
    return response
