"""Saving the drafts of many projects at once: all of them, or none with what stands against each."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from projects.accounts.models import User
from projects.core.refusals import Refused
from projects.progress.actions.reporting import save_draft
from projects.progress.checking import Written
from projects.progress.models import MonthlyReport


class RowsRefused(Refused):
    """Nothing was saved; `rows` holds what stands against each report, by its number."""

    def __init__(self, rows: dict[int, Refused]) -> None:
        super().__init__(_("Nothing was saved: correct the rows marked and save again."))
        self.rows = rows


@transaction.atomic
def save_drafts(
    rows: Iterable[tuple[MonthlyReport, Written, int]], *, by: User | None, at: datetime.datetime
) -> dict[int, MonthlyReport]:
    """Save what was written of each report, read at the version beside it; the reports by their numbers.

    Taken in the order of their projects, so that two people who save at once wait for each other.
    `RowsRefused` names every row that is refused, so that nobody has to find them one by one.
    """
    saved: dict[int, MonthlyReport] = {}
    refused: dict[int, Refused] = {}
    for report, written, seen in sorted(rows, key=lambda row: row[0].project_id):
        try:
            with transaction.atomic():
                saved[report.pk] = save_draft(report, written, by=by, at=at, seen=seen)
        except Refused as refusal:
            refused[report.pk] = refusal
    if refused:
        raise RowsRefused(refused)
    return saved
