"""Receiving a slip, replying with a plan, answering with evidence, and asking for more time; by the unit."""

import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from projects.accounts.models import User
from projects.core.refusals import Refused
from projects.followups.actions.taking import check_reach, day_of, held, next_state, take, verb_of
from projects.followups.actions.telling import tell_office
from projects.followups.models import Slip
from projects.followups.workflow import State, Step
from projects.register.actions.filing import Upload, keep_file
from projects.register.models import Attachment


@transaction.atomic
def receive(slip: Slip, *, by: User | None, at: datetime.datetime, seen: int | None) -> Slip:
    """Say that the slip has come in."""
    stored = held(slip, Step.RECEIVE, by=by, seen=seen)
    return take(stored, Step.RECEIVE, "receive_slip", {"received_at": at, "received_by": by}, by=by, at=at, seen=seen)


def check_asks_plan(slip: Slip) -> None:
    """`Refused` for a slip that asks for no plan."""
    if not slip.asks_plan:
        raise Refused(_("This slip asks for no plan; answer it when things are put right."))


@transaction.atomic
def reply_with_plan(slip: Slip, *, plan: str, by: User | None, at: datetime.datetime, seen: int | None) -> Slip:
    """Say what will be done by whom until when."""
    stored = held(slip, Step.REPLY, by=by, seen=seen)
    check_asks_plan(stored)
    if not plan:
        raise Refused(_("Write what is done by whom until when."), field="plan")
    values = {"plan": plan, "replied_at": at, "replied_by": by}
    replied = take(stored, Step.REPLY, "reply_slip", values, by=by, at=at, seen=seen)
    tell_office("slip_replied", replied, by=by, at=at)
    return replied


def check_plan_is_there(slip: Slip) -> None:
    """`Refused` while a plan is asked and missing."""
    if slip.asks_plan and slip.state == State.RECEIVED.value:
        raise Refused(_("Reply with the plan first; the answer says how it was carried out."))


@transaction.atomic
def answer(
    slip: Slip, *, text: str, reference: str = "", evidence: Attachment | None = None, upload: Upload | None = None,
    by: User | None, at: datetime.datetime, seen: int | None,
) -> Slip:  # fmt: skip
    """Say that things are put right, with the evidence: a file of the project, one sent along, or the number of a
    document, a report or a node. `Refused` without any."""
    _check_answer(slip, text, has_evidence=bool(reference or evidence or upload), by=by)
    if upload is not None:  # before the slip is held: whoever renames a unit holds it before its projects, too
        evidence = keep_file(slip.project, upload.name, upload.content, title="", by=by, at=at)
    stored = held(slip, Step.ANSWER, by=by, seen=seen)
    check_plan_is_there(stored)
    if evidence is not None and (evidence.project_id != stored.project_id or evidence.removed_at):
        raise Refused(_("Choose one of the files of this project."), field="evidence")
    values: dict[str, Any] = {
        "answer": text, "reference": reference, "evidence": evidence, "answered_at": at, "answered_by": by,
    }  # fmt: skip
    answered = take(stored, Step.ANSWER, "answer_slip", values, by=by, at=at, seen=seen)
    tell_office("slip_answered", answered, by=by, at=at)
    return answered


def _check_answer(slip: Slip, text: str, *, has_evidence: bool, by: User | None) -> None:
    """Asked before a file is kept, so that none is kept for an answer that is refused anyway."""
    check_reach(slip, verb_of(Step.ANSWER), by)
    next_state(slip, Step.ANSWER)
    check_plan_is_there(slip)
    if not text:
        raise Refused(_("Say what was done and how things stand now."), field="text")
    if not has_evidence:
        raise Refused(
            _("An answer needs evidence: send a file along, choose one, or give the number of a document or report."),
            field="reference",
        )


def check_extension(slip: Slip, *, at: datetime.datetime) -> None:
    """`Refused` for a second extension, and once the day to finish by has passed."""
    if slip.extension:
        raise Refused(_("An extension was asked for already; there is only one."))
    if slip.finish_due is not None and day_of(at) > slip.finish_due:
        raise Refused(_("The day has passed: an extension is asked for before it, not after."))


@transaction.atomic
def ask_extension(
    slip: Slip, *, until: datetime.date, reason: str, by: User | None, at: datetime.datetime, seen: int | None
) -> Slip:
    """Ask for more time to finish: once, with a reason, and up to the end of the day that it was due."""
    stored = held(slip, Step.EXTEND, by=by, seen=seen)
    check_extension(stored, at=at)
    if stored.finish_due is not None and until <= stored.finish_due:
        raise Refused(_("Choose a day after %(day)s.") % {"day": stored.finish_due.isoformat()}, field="until")
    if not reason:
        raise Refused(_("Say why more time is needed."), field="reason")
    values = {
        "extension": "asked", "extension_until": until, "extension_reason": reason, "extension_at": at,
        "extension_by": by,
    }  # fmt: skip
    asked = take(stored, Step.EXTEND, "extend_slip", values, text=reason, by=by, at=at, seen=seen)
    tell_office("slip_extension_asked", asked, reason=reason, by=by, at=at)
    return asked
