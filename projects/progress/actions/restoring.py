"""Putting a report back to what it said before, and taking back that it was asked for."""

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
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


@dataclass(frozen=True)
class Stood:
    """Where a report stood, and who wrote it, handed it in or returned it when: what comes back with its words.

    `is_asked` False: there was none yet.
    """

    state: str = State.DUE.value
    is_asked: bool = True
    is_late: bool = False
    written_at: datetime.datetime | None = None
    written_by_id: int | None = None
    first_submitted_at: datetime.datetime | None = None
    submitted_at: datetime.datetime | None = None
    submitted_by_id: int | None = None
    returned_at: datetime.datetime | None = None
    returned_by_id: int | None = None

    @classmethod
    def of(cls, report: MonthlyReport) -> "Stood":
        return cls(is_asked=report.pk is not None, **facts_of(report, COLUMNS))

    def as_json(self) -> dict[str, Any]:
        values = asdict(self)
        return values | {name: values[name].isoformat() for name in MOMENTS if values[name]}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Stood":
        moments = {name: datetime.datetime.fromisoformat(stored[name]) for name in MOMENTS if stored.get(name)}
        return cls(**{**stored, **moments})


COLUMNS = tuple(each.name for each in fields(Stood) if each.name != "is_asked")
MOMENTS = tuple(name for name in COLUMNS if name.endswith("_at"))


@transaction.atomic
def put_back(
    report: MonthlyReport, written: Written, stood: Stood, *, by: User | None, at: datetime.datetime, seen: int
) -> MonthlyReport:
    """Let a report say again what it said before, and stand where it stood; what was handed in since counts as if it
    had not been. `Refused` as writing and taking back are."""
    project, stored = held(report, Verb.REPORT, by=by, seen=seen)
    if stored.state == State.SUBMITTED.value and stood.state != State.SUBMITTED.value:
        stored = withdraw(stored, by=by, at=at, seen=seen)
    check_writable(project, stored, by=by, at=at)
    before = facts_of(stored, WRITTEN)
    values = facts_of(stood, COLUMNS)
    write(stored, seen=stored.version, **asdict(written), **values)
    record(
        by=by, at=at, verb="put_back_report", subject=stored, project_id=project.pk,
        before=before, after=asdict(written),
    )  # fmt: skip
    touch(project, since=stored.month, at=at)
    if not stood.is_asked and not stored.comments.exists():
        stored.delete()
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
