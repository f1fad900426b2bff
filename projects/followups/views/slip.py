"""One slip: the official sheet, what happened, the steps of this person, and the same as a Word file."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from projects.core.clock import now, today
from projects.core.refusals import Sentence
from projects.followups import letters
from projects.followups.actions import answering, issuing, verifying
from projects.followups.actions.offers import Offer, main_step, offers
from projects.followups.actions.taking import check_reach, verb_of
from projects.followups.forms import steps as forms
from projects.followups.models import Slip
from projects.followups.queries import AROUND, line_of
from projects.followups.views.board import note_export
from projects.followups.wording import RANK_NAMES, RUNS_NAMES, TURN_NAMES, days_left
from projects.followups.workflow import Step
from projects.journal.models import Entry
from projects.journal.queries import history_of
from projects.journal.wording import VERB_NAMES
from projects.register.models import Attachment
from projects.register.views.answers import answer_form, form_page, person, titled
from projects.register.views.files import sent

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Said = dict[str, Any]  # the cleaned form
Who = dict[str, Any]  # by, at, seen


def found_slip(request: HttpRequest, pk: int) -> Slip:
    """The slip if this person may see it; 404 else."""
    rows = Slip.objects.visible_to(person(request)).select_related(*AROUND, "district")
    slip: Slip = get_object_or_404(rows, pk=pk)
    return slip


@require_safe
def slip_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What is asked and why, where it stands, what happened, and what this person may do next."""
    user, slip = person(request), found_slip(request, pk)
    offered = offers(slip, to=user, at=now())
    files = Attachment.objects.kept().visible_to(user)
    context = {
        "month_switch": None,  # a slip has its month
        "slip": slip,
        "project": slip.project,
        "line": line_of(slip),
        "turn": TURN_NAMES[slip.state],
        "running": RUNS_NAMES.get(slip.runs.value, ""),
        "left": days_left(slip.due_on, today()) if slip.is_open else "",
        "overdue": slip.is_overdue(today()),
        "rank": RANK_NAMES[slip.step.raised_to.value],
        "ways": [Shown(offer, WAYS[offer.step]) for offer in offered],
        "main": main_step(slip, offered, to=user),
        "events": [_told(entry) for entry in history_of(slip)],
        "later": Slip.objects.visible_to(user).filter(continues=slip).select_related("project").first(),
        "opens_evidence": slip.evidence_id is not None and files.filter(pk=slip.evidence_id).exists(),
    }
    return render(request, "followups/slip.html", context)


def _told(entry: Entry) -> dict[str, Any]:
    """An entry as the timeline shows it."""
    by = entry.actor_name or _("The system")
    return {"title": VERB_NAMES.get(entry.verb, entry.verb), "at": entry.at, "by": by, "note": entry.note}


def _edit(slip: Slip, said: Said, who: Who) -> object:
    return issuing.edit_slip(slip, request=said["request"], finish_due=said["finish_due"], **who)


def _issue(slip: Slip, said: Said, who: Who) -> object:
    return issuing.issue(slip, **who)


def _receive(slip: Slip, said: Said, who: Who) -> object:
    return answering.receive(slip, **who)


def _reply(slip: Slip, said: Said, who: Who) -> object:
    return answering.reply_with_plan(slip, plan=said["plan"], **who)


def _answer(slip: Slip, said: Said, who: Who) -> object:
    upload = sent(said["file"]) if said["file"] else None
    return answering.answer(
        slip, text=said["text"], reference=said["reference"], evidence=said["evidence"], upload=upload, **who
    )


def _extend(slip: Slip, said: Said, who: Who) -> object:
    return answering.ask_extension(slip, until=said["until"], reason=said["reason"], **who)


def _decide(slip: Slip, said: Said, who: Who) -> object:
    return verifying.decide_extension(slip, grant=said["grant"] == "yes", note=said["note"], **who)


def _send_back(slip: Slip, said: Said, who: Who) -> object:
    return verifying.send_back(slip, reason=said["reason"], **who)


def _verify(slip: Slip, said: Said, who: Who) -> object:
    return verifying.verify(slip, finding=said["finding"], outcome=said.get("outcome", ""), **who)


def _close(slip: Slip, said: Said, who: Who) -> object:
    return verifying.close(slip, note=said["note"], **who)


def _withdraw(slip: Slip, said: Said, who: Who) -> object:
    return issuing.withdraw(slip, reason=said["reason"], **who)


@dataclass(frozen=True)
class Way:
    """One step with a slip: its button, its form and what carries it out; `at_once`: the button needs no form."""

    label: Promise
    icon: str
    form: type[forms.SlipForm]
    act: Callable[[Slip, Said, Who], object]
    at_once: bool = False


WAYS: dict[Step, Way] = {
    Step.EDIT: Way(gettext_lazy("Edit the slip"), "file-pen-line", forms.EditForm, _edit),
    Step.ISSUE: Way(gettext_lazy("Issue the slip"), "send", forms.SlipForm, _issue, at_once=True),
    Step.RECEIVE: Way(gettext_lazy("Receive the slip"), "mail-check", forms.SlipForm, _receive, at_once=True),
    Step.REPLY: Way(gettext_lazy("Reply with the plan"), "clipboard-list", forms.ReplyForm, _reply),
    Step.ANSWER: Way(gettext_lazy("Answer with evidence"), "reply", forms.AnswerForm, _answer),
    Step.EXTEND: Way(gettext_lazy("Ask for more time"), "hourglass", forms.ExtensionForm, _extend),
    Step.DECIDE: Way(gettext_lazy("Decide on more time"), "hourglass", forms.DecisionForm, _decide),
    Step.SEND_BACK: Way(gettext_lazy("Return the answer"), "undo-2", forms.ReturnForm, _send_back),
    Step.VERIFY: Way(gettext_lazy("Verify the answer"), "check", forms.FindingForm, _verify),
    Step.CLOSE: Way(gettext_lazy("Close the slip"), "circle-check", forms.NoteForm, _close),
    Step.WITHDRAW: Way(gettext_lazy("Withdraw the slip"), "x", forms.ReasonForm, _withdraw),
}


@dataclass(frozen=True)
class Shown:
    """A step as the page offers it."""

    offer: Offer
    way: Way

    @property
    def name(self) -> str:
        return self.offer.step.value

    @property
    def because(self) -> Sentence:
        return self.offer.because


@form_page
def slip_step(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """One step with a slip, with what it needs to be told."""
    user, slip = person(request), found_slip(request, pk)
    if name not in {step.value for step in WAYS}:
        raise Http404
    step = Step(name)
    way = WAYS[step]
    check_reach(slip, verb_of(step), user)
    form = way.form(request.POST or None, request.FILES or None, slip=slip)

    def save() -> str:
        said = form.cleaned_data
        way.act(slip, said, {"by": user, "at": now(), "seen": said["version"]})
        return _("%(slip)s: %(step)s.") % {"slip": slip, "step": way.label}

    context = titled(
        way.label, slip.project, slip=slip, action=way.label, has_file=step is Step.ANSWER,
        template="followups/step.html",
    )  # fmt: skip
    return answer_form(request, form, save, url=reverse("slip", args=[pk]), context=context)


@require_safe
def slip_document(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The slip as a Word file, to print and to sign."""
    slip = found_slip(request, pk)
    note_export(person(request), {"list": "slip", "kind": "docx", "slip": slip})
    file = letters.slip_as_word(slip, line_of(slip))
    name = f"{slip.number} {slip.project.short_name}.docx" if slip.serial else f"{slip}.docx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=WORD_TYPE)
