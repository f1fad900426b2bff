"""Wording, issuing and withdrawing slips; by the key-project office."""

import datetime
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from projects.accounts.models import Unit, User
from projects.core.constraints import check_constraints
from projects.core.refusals import Refused
from projects.core.workdays import workdays_after
from projects.followups.actions.taking import day_of, held, take
from projects.followups.actions.telling import tell_issued, tell_unit
from projects.followups.ladder import deadlines
from projects.followups.models import MERGED, Slip
from projects.followups.queries import last_serial
from projects.followups.workflow import Step


@transaction.atomic
def edit_slip(
    slip: Slip, *, request: str, finish_due: datetime.date | None, by: User | None, at: datetime.datetime,
    seen: int | None,
) -> Slip:  # fmt: skip
    """Change what a slip asks for before it is issued, and the day by which it is finished (None: by the ladder)."""
    stored = held(slip, Step.EDIT, by=by, seen=seen)
    if not request:
        raise Refused(_("Say what is asked of the unit."), field="request")
    if finish_due is not None and finish_due < day_of(at):
        raise Refused(_("The day has passed. Enter today or a later day."), field="finish_due")
    values = {"request": request, "finish_due": finish_due}
    return take(stored, Step.EDIT, "edit_slip", values, by=by, at=at, seen=seen)


def check_finish(slip: Slip) -> None:
    """`Refused` where the talk decides by when and nobody has entered the day."""
    if slip.step.decides and slip.finish_due is None:
        raise Refused(_("The day by which it is finished is not set. Edit the slip and enter it."), field="finish_due")


@transaction.atomic
def issue(slip: Slip, *, by: User | None, at: datetime.datetime, seen: int | None) -> Slip:
    """Issue a slip: it gets its number and its days, and the unit is told."""
    return issue_several([(slip, seen)], by=by, at=at)[0]


@transaction.atomic
def issue_several(slips: Sequence[tuple[Slip, int | None]], *, by: User | None, at: datetime.datetime) -> list[Slip]:
    """Issue slips, each with the version that it was seen at; all of them, or none and why."""
    ordered = sorted(slips, key=lambda each: each[0].project_id)  # projects are always held in this order
    stored = [(held(slip, Step.ISSUE, by=by, seen=seen), seen) for slip, seen in ordered]
    for slip, _seen in stored:
        try:
            check_finish(slip)
        except Refused as refusal:
            if len(stored) == 1:
                raise
            raise Refused(f"{slip.project.short_name}: {refusal.sentence}") from refusal
    given = _Numbers(day_of(at).year)
    in_order = sorted(stored, key=lambda each: each[0].pk)  # numbered as they stand in the bulletin
    rows = [_issue(slip, given, by=by, at=at, seen=seen) for slip, seen in in_order]
    tell_issued(rows, by=by, at=at)
    return rows


class _Numbers:
    """The next number of each kind in a district; its row is held, so that no number is given out twice."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.last: Counter[tuple[int, str]] = Counter()

    def next(self, slip: Slip) -> int:
        key = (slip.district_id, slip.kind)
        if key not in self.last:
            district = Unit.objects.select_for_update(no_key=True, of=("self",)).get(pk=slip.district_id)
            self.last[key] = last_serial(district, slip.kind, self.year)
        self.last[key] += 1
        return self.last[key]


def _issue(slip: Slip, given: _Numbers, *, by: User | None, at: datetime.datetime, seen: int | None) -> Slip:
    days = deadlines(slip.step, day_of(at), slip.month, after=workdays_after)
    slip.reply_due, slip.finish_due = days.reply, slip.finish_due or days.finish
    check_constraints(slip, field="finish_due")
    values: dict[str, Any] = {
        "year": given.year, "serial": given.next(slip), "issued_at": at, "issued_by": by,
        "reply_due": slip.reply_due, "finish_due": slip.finish_due,
    }  # fmt: skip
    return take(slip, Step.ISSUE, "issue_slip", values, by=by, at=at, seen=seen)


@transaction.atomic
def withdraw(slip: Slip, *, reason: str, by: User | None, at: datetime.datetime, seen: int | None) -> Slip:
    """Withdraw a slip that should not have been, with the reason; the one before it goes on where it stood."""
    stored = held(slip, Step.WITHDRAW, by=by, seen=seen)
    if not reason:
        raise Refused(_("Say why it is withdrawn."), field="reason")
    was_issued, before = stored.issued_at is not None, stored.continues_id
    values = {"withdrawn_at": at, "withdrawn_by": by, "withdrawal": reason, "continues": None}
    withdrawn = take(stored, Step.WITHDRAW, "withdraw_slip", values, text=reason, by=by, at=at, seen=seen)
    restore([before] if before else [])
    if was_issued:
        tell_unit("slip_withdrawn", withdrawn, reason=reason, by=by, at=at)
    return withdrawn


def restore(merged: Sequence[int]) -> None:
    """Let slips that were merged into a withdrawn one stand where they stood."""
    rows = Slip.objects.filter(pk__in=merged, state=MERGED)
    rows.update(state=F("state_before"), state_before="", merged_at=None, version=F("version") + 1)
