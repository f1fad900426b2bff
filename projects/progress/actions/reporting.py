"""What the unit does with its report of a month: write, submit, take back."""

import datetime
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.accounts.models import User
from projects.accounts.queries import may
from projects.accounts.roles import Verb
from projects.core.refusals import Refused, Stale
from projects.core.versions import write
from projects.journal.actions import record
from projects.progress.actions.telling import tell_office
from projects.progress.checking import Background, Written, lacks
from projects.progress.models import MonthlyReport, Period
from projects.progress.queries.background import background_of
from projects.progress.queries.reports import period_of
from projects.progress.wording import STANDS_IN_THE_WAY, remark_sentence
from projects.progress.workflow import State, Step, after
from projects.register.actions.registering import who_saved
from projects.register.actions.touching import check_reach, lock, touch
from projects.register.models import Project
from projects.register.queries import facts_of

WRITTEN = tuple(Written.__dataclass_fields__)


class Incomplete(Refused):
    """Not submitted because something is missing; `remarks` holds a sentence for each field."""

    def __init__(self, remarks: list[tuple[str, str]]) -> None:
        super().__init__(" ".join(sentence for _field, sentence in remarks), field=remarks[0][0])
        self.remarks = remarks


def written_in(report: MonthlyReport) -> Written:
    """What a report says, as it is stored."""
    return Written(**facts_of(report, WRITTEN))


def held(report: MonthlyReport, verb: Verb, *, by: User | None, seen: int | None) -> tuple[Project, MonthlyReport]:
    """The project and the report as they are now, held until the transaction ends, for `by` who may `verb`.

    A report that was not asked for yet is new. `Stale` when it changed since version `seen`.
    """
    project = lock(report.project_id)
    check_reach(by, verb, project)
    stored = MonthlyReport.objects.filter(project=project, month=report.month).first()
    found = stored or MonthlyReport(project=project, month=report.month)
    if seen is not None and found.version != seen:
        raise Stale(who_saved(found))
    found.project = project
    return project, found


def next_state(report: MonthlyReport, step: Step) -> State:
    """Where `step` leads; `Refused` with what stands in the way."""
    state = after(State(report.state), step)
    if state is None:
        raise Refused(STANDS_IN_THE_WAY[report.state])
    return state


def check_open(
    report: MonthlyReport, *, by: User | None, at: datetime.datetime, period: Period | None = None
) -> Period:
    """The period of a report that may be handed in at `at`; `Refused` before it is opened and after its lock.

    After the lock the office itself, a unit with its leave, and who corrects what was handed in before may go on.
    Whoever asks for many reports has the period at hand.
    """
    period, day = period or period_of(report.month), timezone.localtime(at).date()
    if period is None or day < period.opens_on:
        raise Refused(
            _("%(month)s is not open for reports yet. The key-project office opens it.") % {"month": report.month}
        )
    if report.is_shut(period, day) and not (by is None or may(by, Verb.REVIEW_REPORTS)):
        raise Refused(
            _("%(month)s was locked after %(day)s. Ask the key-project office for leave to report late.")
            % {"month": report.month, "day": period.locks_on.isoformat()}
        )
    return period


def check_writable(
    project: Project, report: MonthlyReport, *, by: User | None, at: datetime.datetime, period: Period | None = None
) -> State:
    """The state that writing leads to; `Refused` when the report is with the office or approved, when its month
    is not open, or before the project was listed."""
    state = next_state(report, Step.WRITE)
    check_open(report, by=by, at=at, period=period)
    if report.month < project.listed_from:
        raise Refused(
            _("The project is in the register from %(month)s on; earlier months have no report.")
            % {"month": project.listed_from}
        )
    return state


@transaction.atomic
def save_draft(
    report: MonthlyReport,
    written: Written,
    *,
    by: User | None,
    at: datetime.datetime,
    seen: int | None,
    unasked: bool = False,
    period: Period | None = None,
) -> MonthlyReport:
    """Keep what was written, complete or not. `seen` is the version of the report that the form was opened at.

    `Refused` as `check_writable` says; `Stale` when somebody else wrote meanwhile. Saying nothing new changes
    nothing. `unasked`: the page saved by itself while somebody typed; the journal then notes only that this
    person began to write, for it is read by people: what was written in the end stands there with the submission.
    Whoever writes many reports has the `period` at hand.
    """
    project, stored = held(report, Verb.REPORT, by=by, seen=seen)
    state = check_writable(project, stored, by=by, at=at, period=period)
    goes_on = unasked and stored.written_at is not None and by is not None and stored.written_by_id == by.pk
    before = facts_of(stored, WRITTEN)
    if stored.pk and stored.state == state and before == asdict(written):
        return stored
    values: dict[str, Any] = {**asdict(written), "state": state.value, "written_at": at, "written_by": by}
    if stored.pk:
        write(stored, seen=seen, **values)
    else:
        for name, value in values.items():
            setattr(stored, name, value)
        stored.save(force_insert=True)
    if not goes_on:
        record(
            by=by, at=at, verb="write_report", subject=stored, project_id=project.pk,
            before=before, after=asdict(written),
        )  # fmt: skip
    return stored


def missing_to_submit(report: MonthlyReport, background: Background) -> list[tuple[str, str]]:
    """What the report lacks before it can be submitted: the form field and a sentence for each."""
    return [(lack.field, remark_sentence(lack)) for lack in lacks(written_in(report), background)]


@transaction.atomic
def submit(
    report: MonthlyReport,
    *,
    by: User | None,
    at: datetime.datetime,
    seen: int | None,
    background: Background | None = None,
    period: Period | None = None,
) -> MonthlyReport:
    """Hand a written report in to the office. `Incomplete` with what it lacks; late after the lock, for ever."""
    project, stored = held(report, Verb.REPORT, by=by, seen=seen)
    state = next_state(stored, Step.SUBMIT)
    period = check_open(stored, by=by, at=at, period=period)
    missing = missing_to_submit(stored, background or background_of(project, stored.month))
    if missing:
        raise Incomplete(missing)
    values: dict[str, Any] = {"state": state.value, "submitted_at": at, "submitted_by": by, "returned_at": None}
    if stored.first_submitted_at is None:
        is_late = period.is_locked_on(timezone.localtime(at).date())
        values |= {"first_submitted_at": at, "is_late": is_late, "leave_asked_at": None, "leave_asked_by": None}
    write(stored, seen=seen, **values)
    record(
        by=by, at=at, verb="submit_report", subject=stored, project_id=project.pk,
        after={"month": stored.month, "is_late": stored.is_late, **facts_of(stored, WRITTEN)},
    )  # fmt: skip
    touch(project, since=stored.month, at=at)
    tell_office(stored, by=by, at=at)
    return stored


@transaction.atomic
def submit_all(
    reports: Iterable[MonthlyReport], *, by: User, at: datetime.datetime, backgrounds: dict[int, Background]
) -> tuple[int, int]:
    """Submit those of `reports` that are finished: how many were, and how many still lack something.

    Taken in the order of their projects, so that two people who submit at once wait for each other.
    """
    done = left = 0
    for report in sorted(reports, key=lambda each: each.project_id):
        if after(State(report.state), Step.SUBMIT) is None:
            left += report.state == State.DUE.value
            continue
        try:
            with transaction.atomic():
                submit(report, by=by, at=at, seen=report.version, background=backgrounds.get(report.project_id))
            done += 1
        except (Incomplete, Stale):
            left += 1
    return done, left


def check_not_locked(report: MonthlyReport, *, at: datetime.datetime) -> None:
    """`Refused` once the month is locked: what was handed in by then stays."""
    period = period_of(report.month)
    if period is None or period.is_locked_on(timezone.localtime(at).date()):
        raise Refused(_("The month is locked: ask the key-project office to return the report instead."))


@transaction.atomic
def withdraw(report: MonthlyReport, *, by: User | None, at: datetime.datetime, seen: int | None) -> MonthlyReport:
    """Take a submitted report back, to change it before the office checks it; until the lock."""
    project, stored = held(report, Verb.REPORT, by=by, seen=seen)
    state = next_state(stored, Step.WITHDRAW)
    check_not_locked(stored, at=at)
    write(stored, seen=seen, state=state.value)
    record(by=by, at=at, verb="withdraw_report", subject=stored, project_id=project.pk, after={"month": stored.month})
    return stored
