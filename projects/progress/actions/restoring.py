"""Putting a report back to what it said before, and taking back that it was asked for."""

import datetime
from dataclasses import asdict
from typing import Any

from django.db import transaction

from projects.accounts.models import User
from projects.accounts.roles import Verb
from projects.core.versions import write
from projects.journal.actions import record
from projects.progress.actions.reporting import WRITTEN, check_writable, held, withdraw
from projects.progress.checking import Written
from projects.progress.models import MonthlyReport
from projects.progress.workflow import State
from projects.register.actions.touching import check_reach, lock, touch
from projects.register.models import Project
from projects.register.queries import facts_of


@transaction.atomic
def put_back(
    report: MonthlyReport, written: Written, state: State, *, by: User | None, at: datetime.datetime, seen: int
) -> MonthlyReport:
    """Let a report say again what it said before; one that was handed in since is taken back for it.

    With state `DUE` it is again as if nobody had written. `Refused` as writing and taking back are.
    """
    project, stored = held(report, Verb.REPORT, by=by, seen=seen)
    if stored.state == State.SUBMITTED.value:
        stored = withdraw(stored, by=by, at=at, seen=seen)
        touch(project, since=stored.month, at=at)
    check_writable(project, stored, by=by, at=at)
    before = facts_of(stored, WRITTEN)
    values: dict[str, Any] = asdict(written)
    if state is State.DUE and stored.submitted_at is None:
        values |= {"state": State.DUE.value, "written_at": None, "written_by": None}
    write(stored, seen=stored.version, **values)
    record(
        by=by, at=at, verb="put_back_report", subject=stored, project_id=project.pk,
        before=before, after=asdict(written),
    )  # fmt: skip
    return stored


@transaction.atomic
def ask_no_more(project: Project, *, by: User | None, at: datetime.datetime) -> int:
    """Take back that reports were asked for of which nothing was written; how many. The project is not to be followed
    any more; what was written of it stays."""
    stored = lock(project.pk)
    check_reach(by, Verb.EDIT_PROJECT, stored)
    due = MonthlyReport.objects.filter(project=stored, state=State.DUE.value)
    empty = due.filter(late_until=None, comments=None, files=None)
    months = [str(month) for month in empty.order_by("month").values_list("month", flat=True)]
    if months:
        record(
            by=by, at=at, verb="ask_no_more", subject=stored, project_id=stored.pk, before={"months": months},
        )  # fmt: skip
        empty.delete()
    return len(months)
