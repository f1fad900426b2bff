"""What a person may do with a report as it stands now, and in words why not: the actions' own checks, asked quietly."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from projects.accounts.models import User
from projects.accounts.queries import may
from projects.accounts.roles import Verb
from projects.core.refusals import Refused, Sentence
from projects.progress.actions.leave import check_asked, check_asks
from projects.progress.actions.reporting import check_not_locked, check_open, check_writable, next_state
from projects.progress.actions.reviewing import check_missed_lock, check_other_person, check_written
from projects.progress.models import MonthlyReport
from projects.progress.workflow import OF_THE_OFFICE, Step
from projects.register.models import Project

# done with a report without moving it to another state
ALLOW_LATE, REPLY, ASK_LEAVE, REFUSE_LEAVE = "allow_late", "reply", "ask_leave", "refuse_leave"


@dataclass(frozen=True)
class Offer:
    """Something that the role of the person includes; `because` says why it is refused now, or is empty."""

    name: str
    because: Sentence = ""


def offers(report: MonthlyReport, *, to: User, at: datetime.datetime) -> dict[str, Offer]:
    """By name what `to` may do with the report at all; nothing for who only reads it. A few queries."""
    if not Project.objects.editable_by(to).filter(pk=report.project_id).exists():
        return {}
    project = report.project
    checks: dict[str, list[Callable[[], object]]] = {
        Step.WRITE.value: [partial(check_writable, project, report, by=to, at=at)],
        Step.SUBMIT.value: [partial(next_state, report, Step.SUBMIT), partial(check_open, report, by=to, at=at)],
        Step.WITHDRAW.value: [partial(next_state, report, Step.WITHDRAW), partial(check_not_locked, report, at=at)],
        Step.SEND_BACK.value: [partial(next_state, report, Step.SEND_BACK)],
        Step.APPROVE.value: [partial(next_state, report, Step.APPROVE), partial(check_other_person, report, by=to)],
        Step.REOPEN.value: [partial(next_state, report, Step.REOPEN)],
        ALLOW_LATE: [partial(check_missed_lock, report, at=at)],
        REPLY: [partial(check_written, report)],
        REFUSE_LEAVE: [partial(check_asked, report)],
    }
    if not may(to, Verb.REVIEW_REPORTS):  # who gives leave asks nobody
        checks[ASK_LEAVE] = [partial(check_asks, report, by=to, at=at)]
    return {name: _asked(name, steps) for name, steps in checks.items() if may(to, _verb(name))}


def _verb(name: str) -> Verb:
    return Verb.REVIEW_REPORTS if name in OF_THE_OFFICE or name in {ALLOW_LATE, REFUSE_LEAVE} else Verb.REPORT


def _asked(name: str, checks: Iterable[Callable[[], object]]) -> Offer:
    try:
        for check in checks:
            check()
    except Refused as refusal:
        return Offer(name, refusal.sentence)
    return Offer(name)
