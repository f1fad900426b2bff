"""What slips, their states, steps and deadlines are called, and what each step of the ladder asks for."""

import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from projects.core import display
from projects.core.month import Month
from projects.followups.ladder import Kind, Rank, Rung
from projects.followups.workflow import Runs, State, Step, Turn

KIND_NAMES: dict[str, Promise] = {
    Kind.REMINDER.value: pgettext_lazy("slip", "Reminder"),
    Kind.SUPERVISION.value: pgettext_lazy("slip", "Supervision slip"),
    Kind.TALK.value: pgettext_lazy("slip", "Summons to a talk"),
}
NUMBERS: dict[str, Promise] = {
    Kind.REMINDER.value: pgettext_lazy("number of a slip", "Reminder %(year)s/%(serial)s"),
    Kind.SUPERVISION.value: pgettext_lazy("number of a slip", "Supervision %(year)s/%(serial)s"),
    Kind.TALK.value: pgettext_lazy("number of a slip", "Talk %(year)s/%(serial)s"),
}
STEP_OF_LADDER: dict[str, Promise] = {
    "yellow_1": pgettext_lazy("ladder", "Yellow for the first time"),
    "yellow_2": pgettext_lazy("ladder", "Yellow again"),
    "red_1": pgettext_lazy("ladder", "Red for the first time"),
    "red_2": pgettext_lazy("ladder", "Red for the second time in a row"),
    "red_3": pgettext_lazy("ladder", "Red for the third time in a row"),
}
RANK_NAMES: dict[str, Promise] = {
    Rank.HEAD.value: _("Head of the unit"),
    Rank.LEADER.value: _("Accountable leader of the project"),
    Rank.IN_CHARGE.value: _("District leader in charge"),
    Rank.EXECUTIVE.value: _("Executive meeting of the government"),
    Rank.COMMITTEE.value: _("Party committee of the district"),
}
OUTCOMES: dict[str, Promise] = {
    "replan": pgettext_lazy("outcome", "Plan anew"),
    "demote": pgettext_lazy("outcome", "Demote to preparation"),
    "leave": pgettext_lazy("outcome", "Leave the list"),
}
STATE_NAMES: dict[str, Promise] = {
    State.DRAFTED.value: pgettext_lazy("slip", "To be issued"),
    State.ISSUED.value: pgettext_lazy("slip", "Issued"),
    State.RECEIVED.value: pgettext_lazy("slip", "Received"),
    State.IN_HAND.value: pgettext_lazy("slip", "In hand"),
    State.ANSWERED.value: pgettext_lazy("slip", "Answered"),
    State.RETURNED.value: pgettext_lazy("slip", "Returned"),
    State.VERIFIED.value: pgettext_lazy("slip", "Verified"),
    State.CLOSED.value: pgettext_lazy("slip", "Closed"),
    State.WITHDRAWN.value: pgettext_lazy("slip", "Withdrawn"),
    State.MERGED.value: pgettext_lazy("slip", "Merged"),
}
STATE_TONES: dict[str, str] = {
    State.DRAFTED.value: "planned",
    State.ISSUED.value: "active",
    State.RECEIVED.value: "active",
    State.IN_HAND.value: "active",
    State.ANSWERED.value: "active",
    State.RETURNED.value: "back",
    State.VERIFIED.value: "active",
    State.CLOSED.value: "done",
    State.WITHDRAWN.value: "halted",
    State.MERGED.value: "halted",
}
STEP_NAMES: dict[str, Promise] = {
    Step.EDIT.value: pgettext_lazy("step with a slip", "edit"),
    Step.ISSUE.value: pgettext_lazy("step with a slip", "issue"),
    Step.RECEIVE.value: pgettext_lazy("step with a slip", "receive"),
    Step.REPLY.value: pgettext_lazy("step with a slip", "reply with the plan"),
    Step.ANSWER.value: pgettext_lazy("step with a slip", "answer"),
    Step.EXTEND.value: pgettext_lazy("step with a slip", "ask for more time"),
    Step.DECIDE.value: pgettext_lazy("step with a slip", "decide on more time"),
    Step.SEND_BACK.value: pgettext_lazy("step with a slip", "return"),
    Step.VERIFY.value: pgettext_lazy("step with a slip", "verify"),
    Step.CLOSE.value: pgettext_lazy("step with a slip", "close"),
    Step.WITHDRAW.value: pgettext_lazy("step with a slip", "withdraw"),
    Step.MERGE.value: pgettext_lazy("step with a slip", "merge into a later one"),
}
TURN_NAMES: dict[str, Promise] = {
    State.DRAFTED.value: _("The key-project office is to issue it."),
    State.ISSUED.value: _("The responsible unit is to receive it."),
    State.RECEIVED.value: _("The responsible unit is to reply with its plan, or to answer where no plan is asked."),
    State.IN_HAND.value: _("The responsible unit is to put things right and to answer."),
    State.ANSWERED.value: _("The key-project office is to verify the answer."),
    State.RETURNED.value: _("The responsible unit is to mend what is missing and to answer again."),
    State.VERIFIED.value: _("A second person of the key-project office is to close it."),
    State.CLOSED.value: _("It is done. The colour follows from the next period."),
    State.WITHDRAWN.value: _("It was withdrawn; nothing is asked any more."),
    State.MERGED.value: _("The slip of a later period goes on with it."),
}
TURN_SHORT: dict[str, Promise] = {
    Turn.OFFICE.value: pgettext_lazy("turn", "Office"),
    Turn.UNIT.value: pgettext_lazy("turn", "Unit"),
    Turn.NOBODY.value: pgettext_lazy("turn", "Nobody"),
}
# Why a step cannot be taken: by the state that the slip is in.
STANDS_IN_THE_WAY: dict[str, Promise] = {
    State.DRAFTED.value: _("The slip was not issued yet. The key-project office issues it first."),
    State.ISSUED.value: _("The unit has not received the slip yet. It receives it first."),
    State.RECEIVED.value: _("The unit has received the slip and has not replied yet."),
    State.IN_HAND.value: _("The plan is there and the unit is at work; its answer comes first."),
    State.ANSWERED.value: _("It was answered and is being verified."),
    State.RETURNED.value: _("It was returned; the unit mends it and answers again."),
    State.VERIFIED.value: _("It was verified and waits to be closed by a second person."),
    State.CLOSED.value: _("It is closed. What comes after is asked by the slip of the next period."),
    State.WITHDRAWN.value: _("It was withdrawn."),
    State.MERGED.value: _("It was merged into the slip of a later period; go on there."),
}
RUNS_NAMES: dict[str, Promise] = {
    Runs.ISSUE.value: pgettext_lazy("deadline", "to be issued by"),
    Runs.REPLY.value: pgettext_lazy("deadline", "plan due by"),
    Runs.FINISH.value: pgettext_lazy("deadline", "to be finished by"),
}
EXTENSION_NAMES: dict[str, Promise] = {
    "asked": pgettext_lazy("extension", "asked"),
    "granted": pgettext_lazy("extension", "granted"),
    "refused": pgettext_lazy("extension", "refused"),
}


def number_of(kind: str, year: int | None, serial: int | None) -> str:
    """The number that a slip is quoted by; before it is issued it has none."""
    if serial is None:
        return pgettext("slip", "not numbered yet")
    return str(NUMBERS[kind]) % {"year": year, "serial": serial}


def usual_request(rung: Rung) -> str:
    """What a slip asks for, in the words that the office may change before it is issued."""
    parts = []
    if rung.kind is Kind.TALK:
        parts.append(gettext("Come to the talk and say why the project lags and what will be done."))
    if rung.reply_in is not None:
        parts.append(
            ngettext(
                "Reply with a plan within %(count)s working day of issue: what is done by whom until when.",
                "Reply with a plan within %(count)s working days of issue: what is done by whom until when.",
                rung.reply_in,
            ) % {"count": rung.reply_in}
        )  # fmt: skip
    if rung.decides:
        parts.append(gettext("It is decided whether the project is planned anew, demoted to preparation, or leaves."))
    elif rung.finish_in is not None:
        parts.append(
            ngettext(
                "Put things right within %(count)s day and answer with the evidence.",
                "Put things right within %(count)s days and answer with the evidence.",
                rung.finish_in,
            ) % {"count": rung.finish_in}
        )  # fmt: skip
    else:
        parts.append(gettext("Put things right by the end of the next period and answer with the evidence."))
    return "\n".join(f"{number}. {part}" for number, part in enumerate(parts, start=1))


def rung_sentence(rung: Rung) -> str:
    """A step of the ladder in one sentence, for the page that explains it and for the journal."""
    if not rung.used:
        return gettext("Not used.")
    return gettext("%(slip)s; %(plan)s; %(finish)s; %(raised)s.") % {
        "slip": _sent(rung), "plan": _planned(rung), "finish": _finished(rung), "raised": _raised(rung),
    }  # fmt: skip


def _sent(rung: Rung) -> str:
    name = KIND_NAMES[rung.kind.value]
    if rung.copies_leader:
        said = ngettext(
            "%(slip)s issued within %(count)s working day, with a copy to the accountable leader",
            "%(slip)s issued within %(count)s working days, with a copy to the accountable leader",
            rung.issue_in,
        )
    else:
        said = ngettext(
            "%(slip)s issued within %(count)s working day",
            "%(slip)s issued within %(count)s working days",
            rung.issue_in,
        )
    return said % {"slip": name, "count": rung.issue_in}


def _planned(rung: Rung) -> str:
    if rung.reply_in is None:
        return gettext("no plan is asked")
    return ngettext(
        "the plan due within %(count)s working day", "the plan due within %(count)s working days", rung.reply_in
    ) % {"count": rung.reply_in}  # fmt: skip


def _finished(rung: Rung) -> str:
    if rung.decides:
        return gettext("finished by the day that the talk decides, together with what becomes of the project")
    if rung.finish_in is None:
        return gettext("finished by the end of the next period")
    return ngettext("finished within %(count)s day", "finished within %(count)s days", rung.finish_in) % {
        "count": rung.finish_in
    }


def _raised(rung: Rung) -> str:
    return gettext("raised to the %(rank)s when overdue") % {"rank": RANK_NAMES[rung.raised_to.value]}


def days_left(day: datetime.date | None, today: datetime.date) -> str:
    """How a deadline stands on a day, in words; empty without one."""
    if day is None:
        return ""
    left = (day - today).days
    if left == 0:
        return gettext("due today")
    if left > 0:
        return ngettext("%(count)s day left", "%(count)s days left", left) % {"count": left}
    return ngettext("%(count)s day overdue", "%(count)s days overdue", -left) % {"count": -left}


def origin_of(month: Month, word: str, periods: int) -> str:
    """Why there is a slip, short: 2023年9月 · 红 · 连续2期."""
    row = ngettext("%(count)s period", "%(count)s periods in a row", periods) % {"count": periods}
    return f"{display.month_label(month)} · {word} · {row}"
