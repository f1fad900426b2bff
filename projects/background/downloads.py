"""A list as a file to fetch: streamed as CSV, handed out as a workbook, or made by long work when it is a large one."""

import datetime
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import IO, Any

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
Write = Callable[[IO[bytes]], None]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def is_large(kind: str, count: int) -> bool:
    """Whether so many rows take too long for an answer; a CSV is sent as it is read."""
    return kind == "xlsx" and count > AT_ONCE


def download(listing: Listing, kind: str) -> HttpResponseBase:
    """The list as an answer, `csv` or `xlsx`."""
    if kind == "csv":
        return streamed(csv_lines(listing), f"{listing.name}.csv")
    return handed(partial(write_workbook, listing), f"{listing.name}.xlsx")


def streamed(lines: Iterator[str], name: str) -> HttpResponseBase:
    """A CSV as an answer, sent while it is read."""
    return saved_as(StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8"), name)


def handed(write: Write, name: str) -> HttpResponseBase:
    """A workbook as an answer; it is written to the disk first, not into memory."""
    return saved_as(FileResponse(_written(write), content_type=XLSX), name)


def _written(write: Write) -> IO[bytes]:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by whoever hands it on
    try:
        write(file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


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
    watched = replace(listing, rows=noted(job, listing.rows, listing.count))
    return left_behind(partial(write_workbook, watched), f"{listing.name}.xlsx", listing.count)


def left_behind(write: Write, name: str, count: int) -> Outcome:
    """A workbook of `count` rows that long work leaves behind."""
    return Outcome(_("%(rows)s rows.") % {"rows": f"{count:,}"}, name, _written(write))


def noted(job: Job, rows: Iterable[Any], count: int) -> Iterator[Any]:
    """The rows, noting from time to time how many of `count` have passed."""
    for number, row in enumerate(rows):
        if number % STEP == 0:
            advance(job, number, count)
        yield row
