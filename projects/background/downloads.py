"""A list as a file to fetch: streamed as CSV, handed out as a workbook, or made by long work when it is a large one."""

import datetime
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from projects.accounts.models import User
from projects.background.actions.jobs import Outcome, advance, start_job
from projects.background.models import Job
from projects.core.sheets import Listing, csv_lines, write_workbook

AT_ONCE = 5000  # rows of a workbook that a person waits for; more are long work
STEP = 1000  # rows after which long work says how far it is
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def is_large(kind: str, count: int) -> bool:
    """Whether so many rows take too long for an answer; a CSV is sent as it is read."""
    return kind == "xlsx" and count > AT_ONCE


def download(listing: Listing, kind: str) -> HttpResponseBase:
    """The list as an answer, `csv` or `xlsx`."""
    if kind == "csv":
        return saved_as(
            StreamingHttpResponse(csv_lines(listing), content_type="text/csv; charset=utf-8"), f"{listing.name}.csv"
        )
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the answer
    write_workbook(listing, file)
    file.seek(0)
    return saved_as(FileResponse(file, content_type=XLSX), f"{listing.name}.xlsx")


def saved_as(response: Any, name: str) -> HttpResponseBase:
    """The answer as a file to save under `name`, and not to be looked at in the browser."""
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    answer: HttpResponseBase = response
    return answer


def begin(
    task: str, title: str, params: Mapping[str, Any], *, by: User, at: datetime.datetime, url: str = ""
) -> HttpResponseBase:
    """Start the long work that makes the file, and go to where it is watched."""
    return redirect("job", start_job(task, title, params, by=by, at=at, url=url).pk)


def made(job: Job, listing: Listing) -> Outcome:
    """The list as the workbook that long work leaves behind; its progress is noted while it is written."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when it is stored
    write_workbook(replace(listing, rows=noted(job, listing.rows, listing.count)), file)
    file.seek(0)
    return Outcome(_("%(rows)s rows.") % {"rows": f"{listing.count:,}"}, f"{listing.name}.xlsx", file)


def noted(job: Job, rows: Iterable[Any], count: int) -> Iterator[Any]:
    """The rows, noting from time to time how many of `count` have passed."""
    for number, row in enumerate(rows):
        if number % STEP == 0:
            advance(job, number, count)
        yield row
