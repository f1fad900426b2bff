"""What the states of a monthly report are called, what cannot be done in them, who is to move and who is reminded."""

from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from projects.core.display import wan
from projects.core.rounding import half_up
from projects.progress.checking import Lack, Oddity, Remark
from projects.progress.ladder import Anchor, Audience, Rung
from projects.progress.workflow import State, Step, Turn

STATE_NAMES: dict[str, Promise] = {
    State.DUE.value: pgettext_lazy("report", "Due"),
    State.DRAFT.value: pgettext_lazy("report", "Draft"),
    State.SUBMITTED.value: pgettext_lazy("report", "Submitted"),
    State.RETURNED.value: pgettext_lazy("report", "Returned"),
    State.APPROVED.value: pgettext_lazy("report", "Approved"),
}

TURN_NAMES: dict[str, Promise] = {
    Turn.UNIT.value: _("The responsible unit is to write and submit it."),
    Turn.OFFICE.value: _("The key-project office is to check it."),
    Turn.NOBODY.value: _("It is done; the figures count."),
}

STEP_NAMES: dict[str, Promise] = {
    Step.WRITE.value: pgettext_lazy("report", "write"),
    Step.SUBMIT.value: pgettext_lazy("report", "submit"),
    Step.WITHDRAW.value: pgettext_lazy("report", "take back"),
    Step.SEND_BACK.value: pgettext_lazy("report", "return"),
    Step.APPROVE.value: pgettext_lazy("report", "approve"),
    Step.REOPEN.value: pgettext_lazy("report", "reopen"),
}

# Why a step cannot be taken: by the state that the report is in.
STANDS_IN_THE_WAY: dict[str, Promise] = {
    State.DUE.value: _("Nothing has been written yet. Write the report first."),
    State.DRAFT.value: _("It is a draft that the unit has not submitted yet."),
    State.SUBMITTED.value: _("It was submitted and is being checked. Take it back first to change it."),
    State.RETURNED.value: _("It was returned; the unit corrects it and submits it again."),
    State.APPROVED.value: _("It was approved. Ask the key-project office to reopen it if a figure is wrong."),
}

COMMENT_NAMES: dict[str, Promise] = {
    "return": pgettext_lazy("comment", "Returned"),
    "reopen": pgettext_lazy("comment", "Reopened"),
    "reply": pgettext_lazy("comment", "Reply"),
    "ask_leave": pgettext_lazy("comment", "Leave to report late asked for"),
    "leave": pgettext_lazy("comment", "Leave to report late"),
    "no_leave": pgettext_lazy("comment", "Leave to report late refused"),
}

ANCHOR_NAMES: dict[str, Promise] = {
    Anchor.OPENED.value: pgettext_lazy("day of a period", "the opening"),
    Anchor.DUE.value: pgettext_lazy("day of a period", "the due day"),
    Anchor.LOCKS.value: pgettext_lazy("day of a period", "the lock day"),
}

AUDIENCE_NAMES: dict[str, Promise] = {
    Audience.REPORTERS.value: _("Reporters of the unit"),
    Audience.HEAD.value: _("Head of the unit"),
    Audience.LEADER.value: _("Accountable leader of the project"),
    Audience.OFFICE.value: _("Key-project office"),
}

ABOVE = pgettext_lazy("side of the plan", "above")
BELOW = pgettext_lazy("side of the plan", "below")

LACKS: dict[str, Promise] = {
    Lack.NO_FIGURE.value: _("What was invested this month is missing. Enter 0 when nothing was."),
    Lack.NO_REASON.value: _("A month below zero is a correction of earlier months: say why."),
    Lack.NO_IMAGE.value: _("The progress of the works is missing."),
    Lack.SAME_IMAGE.value: _("The progress reads as last month. Tick “no change this month”, or say what changed."),
    Lack.NO_STEPS.value: _("The next steps are missing."),
    Lack.SAME_STEPS.value: _("The next steps read as last month. Tick “unchanged”, or say what comes next."),
    Lack.NO_EXPLANATION.value: _(
        "%(percent)s %% %(side)s the plan of %(planned)s (10,000 yuan) for this month: say why."
    ),
}
ODDITIES: dict[str, Promise] = {
    Oddity.ABOVE_TOTAL.value: _(
        "With this month %(sum)s are invested, more than the total of %(total)s (10,000 yuan)."
    ),
    Oddity.BELOW_ZERO.value: _("The sum since January falls to %(sum)s (10,000 yuan), below zero."),
    Oddity.FALLS.value: _("The sum since January falls from %(before)s to %(sum)s (10,000 yuan)."),
    Oddity.THREE_ALIKE.value: _("The same figure as in the last two months."),
    Oddity.LEAP.value: _("More than half of the year's plan of %(plan)s (10,000 yuan) in one month."),
    Oddity.STATISTICS_ABOVE.value: _("The statistics bureau's figure is above the own one."),
}


ODDITY_NAMES: dict[str, Promise] = {
    Oddity.ABOVE_TOTAL.value: pgettext_lazy("oddity", "Above the total"),
    Oddity.BELOW_ZERO.value: pgettext_lazy("oddity", "Sum below zero"),
    Oddity.FALLS.value: pgettext_lazy("oddity", "Sum falls"),
    Oddity.THREE_ALIKE.value: pgettext_lazy("oddity", "Three alike"),
    Oddity.LEAP.value: pgettext_lazy("oddity", "Leap"),
    Oddity.STATISTICS_ABOVE.value: pgettext_lazy("oddity", "Statistics above"),
}


def remark_sentence(remark: Remark) -> str:
    """A lack or an oddity in words, with its figures in 万元."""
    figures = dict(remark.figures)
    texts: dict[str, str] = {name: wan(yuan) for name, yuan in figures.items() if name not in {"tenths", "sign"}}
    if "tenths" in figures:
        texts["percent"] = str(half_up(Fraction(figures["tenths"], 10), 1))
        texts["side"] = str(ABOVE if figures["sign"] > 0 else BELOW)
    sentence = {**LACKS, **ODDITIES}[remark.code.value]
    return str(sentence) % texts if texts else str(sentence).replace("%%", "%")


def step_name(rung: Rung) -> str:
    """A step of the ladder in words: 3 days before the due day, reporters of the unit."""
    anchor, count = ANCHOR_NAMES[rung.anchor.value], abs(rung.days)
    when = str(_("on %(anchor)s"))
    if rung.days < 0:
        when = ngettext("%(count)s day before %(anchor)s", "%(count)s days before %(anchor)s", count)
    elif rung.days > 0:
        when = ngettext("%(count)s day after %(anchor)s", "%(count)s days after %(anchor)s", count)
    told = {"when": when % {"count": count, "anchor": anchor}, "audience": AUDIENCE_NAMES[rung.audience.value]}
    return str(_("%(when)s: %(audience)s")) % told
