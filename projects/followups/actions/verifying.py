"""Deciding on more time, sending an answer back, verifying it, and closing the slip by a second person."""

import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from projects.accounts.models import User
from projects.core.refusals import Refused
from projects.followups.actions.taking import held, take
from projects.followups.actions.telling import tell_office, tell_unit
from projects.followups.models import Slip
from projects.followups.wording import EXTENSION_NAMES, OUTCOMES
from projects.followups.workflow import Step


def check_extension_waits(slip: Slip, *, by: User | None) -> None:
    """`Refused` when no extension waits, or one's own does."""
    if slip.extension != "asked":
        raise Refused(_("No extension waits for a decision."))
    if by is not None and slip.extension_by_id == by.pk:
        raise Refused(_("You asked for it yourself; another person of the office decides it."))


@transaction.atomic
def decide_extension(
    slip: Slip, *, grant: bool, note: str = "", by: User | None, at: datetime.datetime, seen: int | None
) -> Slip:
    """Grant the extension asked for, which moves the day to finish by, or refuse it with a word."""
    stored = held(slip, Step.DECIDE, by=by, seen=seen)
    check_extension_waits(stored, by=by)
    if not grant and not note:
        raise Refused(_("Say why it is refused."), field="note")
    values: dict[str, Any] = {"extension": "granted" if grant else "refused"}
    if grant:
        values["finish_due"] = stored.extension_until
    text = f"{EXTENSION_NAMES[values['extension']]} {note}".strip()
    decided = take(stored, Step.DECIDE, "decide_slip_extension", values, text=text, by=by, at=at, seen=seen)
    tell_unit(f"slip_extension_{decided.extension}", decided, reason=note, by=by, at=at)
    return decided


@transaction.atomic
def send_back(slip: Slip, *, reason: str, by: User | None, at: datetime.datetime, seen: int | None) -> Slip:
    """Send an answer back with what is missing; the second person may, too, before closing."""
    stored = held(slip, Step.SEND_BACK, by=by, seen=seen)
    if not reason:
        raise Refused(_("Say what is still missing."), field="reason")
    values: dict[str, Any] = {
        "return_reason": reason, "returned_at": at, "returned_by": by, "verified_at": None, "verified_by": None,
        "finding": "", "outcome": "",
    }  # fmt: skip
    returned = take(stored, Step.SEND_BACK, "return_slip", values, text=reason, by=by, at=at, seen=seen)
    tell_unit("slip_returned", returned, reason=reason, by=by, at=at)
    return returned


def check_not_own_answer(slip: Slip, *, by: User | None) -> None:
    """`Refused` for who answered."""
    if by is not None and slip.answered_by_id == by.pk:
        raise Refused(_("You answered this slip yourself; another person verifies it."))


@transaction.atomic
def verify(
    slip: Slip, *, finding: str, outcome: str = "", by: User | None, at: datetime.datetime, seen: int | None
) -> Slip:
    """Say that the evidence holds, and where the talk decides it, what becomes of the project; not one's own answer.

    The outcome is carried out where it belongs (a new plan, the class): the slip only tells it.
    """
    stored = held(slip, Step.VERIFY, by=by, seen=seen)
    check_not_own_answer(stored, by=by)
    if not finding:
        raise Refused(_("Say what you looked at and what you found."), field="finding")
    if stored.step.decides and outcome not in OUTCOMES:
        raise Refused(_("Choose what was decided about the project."), field="outcome")
    values: dict[str, Any] = {
        "finding": finding, "outcome": outcome if stored.step.decides else "", "verified_at": at, "verified_by": by,
    }  # fmt: skip
    verified = take(stored, Step.VERIFY, "verify_slip", values, text=finding, by=by, at=at, seen=seen)
    tell_office("slip_verified", verified, by=by, at=at)
    return verified


def check_second_person(slip: Slip, *, by: User | None) -> None:
    """`Refused` for who answered and for who verified."""
    if by is not None and slip.verified_by_id == by.pk:
        raise Refused(_("You verified it yourself; a second person closes it."))
    check_not_own_answer(slip, by=by)


@transaction.atomic
def close(slip: Slip, *, note: str = "", by: User | None, at: datetime.datetime, seen: int | None) -> Slip:
    """Close a verified slip as a second person. The colour stays: the next period gives it."""
    stored = held(slip, Step.CLOSE, by=by, seen=seen)
    check_second_person(stored, by=by)
    values = {"closed_at": at, "closed_by": by}
    closed = take(stored, Step.CLOSE, "close_slip", values, text=note, by=by, at=at, seen=seen)
    tell_unit("slip_closed", closed, by=by, at=at)
    return closed
