"""What a person may do with a report as it stands now, and in words why not: the actions' own checks, asked quietly."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from projects.accounts.models import User
from projects.accounts.queries import may
from projects.accounts.roles import Verb
from projects.core.refusals import Refused, Sentence
from projects.progress.actions.reporting import check_not_locked, check_open, next_state
from projects.progress.actions.reviewing import check_missed_lock, check_other_person, check_written
from projects.progress.models import MonthlyReport
from projects.progress.workflow import OF_THE_OFFICE, Step
from projects.register.models import Project

ALLOW_LATE, REPLY = "allow_late", "reply"  # done with a report without moving it to another state


@dataclass(frozen=True)
class Offer:
    """Something that the role of the person includes; `because` says why it is refused now, or is empty."""

    name: str
    because: Sentence = ""


def offers(report: MonthlyReport, *, to: User, at: datetime.datetime) -> dict[str, Offer]:
    """By name what `to` may do with the report at all; nothing for who only reads it. A few queries."""
    if not Project.objects.editable_by(to).filter(pk=report.project_id).exists():
        return {}
    checks: dict[str, list[Callable[[], object]]] = {
        step.value: [partial(next_state, report, step), *_beyond_the_state(report, step, to, at)] for step in Step
    }
    checks[ALLOW_LATE] = [partial(check_missed_lock, report, at=at)]
    checks[REPLY] = [partial(check_written, report)]
    return {name: _asked(name, steps) for name, steps in checks.items() if may(to, _verb(name))}


def _beyond_the_state(
    report: MonthlyReport, step: Step, to: User, at: datetime.datetime
) -> Iterator[Callable[[], object]]:
    if step in {Step.WRITE, Step.SUBMIT}:
        yield partial(check_open, report, by=to, at=at)
    if step is Step.WITHDRAW:
        yield partial(check_not_locked, report, at=at)
    if step is Step.APPROVE:
        yield partial(check_other_person, report, by=to)


def _verb(name: str) -> Verb:
    return Verb.REVIEW_REPORTS if name in OF_THE_OFFICE or name == ALLOW_LATE else Verb.REPORT


def _asked(name: str, checks: Iterable[Callable[[], object]]) -> Offer:
    try:
        for check in checks:
            check()
    except Refused as refusal:
        return Offer(name, refusal.sentence)
    return Offer(name)
