"""The pages of a problem: raising it, what was done, and the steps to its closing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from projects.accounts.models import User
from projects.accounts.queries import may
from projects.accounts.roles import Verb
from projects.core.clock import now, today
from projects.core.refusals import NotAllowed
from projects.register import forms
from projects.register.actions import solving
from projects.register.models import Problem
from projects.register.solving import ProblemState, ProblemStep, problem_after
from projects.register.views.answers import answer_form, form_page, person, project_to_change, titled


@form_page
def new_problem(request: HttpRequest, code: str) -> HttpResponseBase:
    project = project_to_change(request, code, Verb.WORK_ON_PROBLEMS)
    form = forms.ProblemForm(request.POST or None, instance=Problem(project=project, raised_on=today()))

    def save() -> str:
        solving.raise_problem(form.save(commit=False), by=person(request), at=now())
        return _("The problem was noted.")

    url = f"{reverse('project', args=[code])}#problems"
    return answer_form(request, form, save, url=url, context=titled(_("New problem"), project))


@form_page
def edit_problem(request: HttpRequest, pk: int) -> HttpResponseBase:
    problem = _found(request, pk)
    project = project_to_change(request, problem.project.code, Verb.WORK_ON_PROBLEMS)
    form = forms.ProblemForm(request.POST or None, instance=problem)

    def save() -> str:
        seen = form.cleaned_data["version"]
        solving.edit_problem(form.save(commit=False), by=person(request), at=now(), seen=-1 if seen is None else seen)
        return _("The problem was saved.")

    url = reverse("problem", args=[pk])
    return answer_form(request, form, save, url=url, context=titled(_("Edit the problem"), project))


@require_safe
def problem_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What the problem is, what was done, and what this person may do next."""
    user, problem = person(request), _found(request, pk)
    workable = Problem.objects.workable_by(user).filter(pk=pk).exists()
    offered = [(name, way.label) for name, way in WAYS.items() if workable and _is_offered(user, problem, name)]
    context = {
        "problem": problem,
        "project": problem.project,
        "notes": [_told(note) for note in problem.notes.select_related("by__unit").order_by("-id")],
        "overdue": problem.is_overdue(today()),
        "steps": offered,
        "edits": workable and problem.state == ProblemState.OPEN.value and may(user, Verb.WORK_ON_PROBLEMS),
    }
    return render(request, "register/problem.html", context)


def _told(note: Any) -> dict[str, Any]:
    """A note as the timeline shows it."""
    unit = str(note.by.unit) if note.by else ""
    return {"title": note.get_kind_display(), "at": note.at, "by": str(note.by or ""), "unit": unit, "note": note.text}


Said = dict[str, Any]  # the cleaned form
Who = dict[str, Any]  # by, at, seen


def _note(problem: Problem, said: Said, who: Who) -> object:
    return solving.note_progress(problem, said["note"], by=who["by"], at=who["at"])


def _solve(problem: Problem, said: Said, who: Who) -> object:
    return solving.report_solved(problem, proof=said["proof"], solved_on=said["solved_on"], **who)


def _extend(problem: Problem, said: Said, who: Who) -> object:
    return solving.ask_extension(problem, until=said["until"], reason=said["reason"], **who)


def _grant(problem: Problem, said: Said, who: Who) -> object:
    return solving.decide_extension(problem, grant=True, note=said["note"], **who)


def _refuse(problem: Problem, said: Said, who: Who) -> object:
    return solving.decide_extension(problem, grant=False, note=said["note"], **who)


def _close(problem: Problem, said: Said, who: Who) -> object:
    return solving.close_problem(problem, note=said["note"], **who)


def _reject(problem: Problem, said: Said, who: Who) -> object:
    return solving.reject_solution(problem, note=said["note"], **who)


def _reopen(problem: Problem, said: Said, who: Who) -> object:
    return solving.reopen_problem(problem, note=said["note"], **who)


@dataclass(frozen=True)
class Way:
    """One step with a problem: its button, its form, and what carries it out."""

    label: Promise
    step: ProblemStep
    verb: Verb
    form: type[Any]
    act: Callable[[Problem, Said, Who], object]


UNIT, OFFICE = Verb.WORK_ON_PROBLEMS, Verb.CLOSE_PROBLEMS
WAYS: dict[str, Way] = {
    "note": Way(gettext_lazy("Note progress"), ProblemStep.NOTE, UNIT, forms.NoteForm, _note),
    "solve": Way(gettext_lazy("Report as solved"), ProblemStep.SOLVE, UNIT, forms.SolvedForm, _solve),
    "extend": Way(gettext_lazy("Ask for more time"), ProblemStep.EXTEND, UNIT, forms.ExtensionForm, _extend),
    "grant": Way(gettext_lazy("Grant the extension"), ProblemStep.EXTEND, OFFICE, forms.NoteForm, _grant),
    "refuse": Way(gettext_lazy("Refuse the extension"), ProblemStep.EXTEND, OFFICE, forms.NoteForm, _refuse),
    "close": Way(gettext_lazy("Verify and close"), ProblemStep.CLOSE, OFFICE, forms.NoteForm, _close),
    "reject": Way(gettext_lazy("Not solved yet"), ProblemStep.REJECT, OFFICE, forms.NoteForm, _reject),
    "reopen": Way(gettext_lazy("Open again"), ProblemStep.REOPEN, OFFICE, forms.NoteForm, _reopen),
}


@form_page
def problem_step(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """One step with a problem, with what it needs to be told."""
    way, problem = WAYS.get(name), _found(request, pk)
    if way is None:
        raise Http404
    _check_workable(person(request), problem, way.verb)
    form: BaseForm = way.form(request.POST or None, initial={"version": problem.version, "solved_on": today()})

    def save() -> str:
        data: dict[str, Any] = form.cleaned_data
        seen = data["version"]
        way.act(problem, data, {"by": person(request), "at": now(), "seen": -1 if seen is None else seen})
        return _("“%(problem)s”: %(step)s.") % {"problem": problem, "step": way.label}

    context = titled(way.label, problem.project, problem=problem, template="register/problem_step.html")
    return answer_form(request, form, save, url=reverse("problem", args=[pk]), context=context)


def _found(request: HttpRequest, pk: int) -> Problem:
    """The problem, of a project that this person reads, or asked of the own unit."""
    user = person(request)
    rows = Problem.objects.visible_to(user) | Problem.objects.workable_by(user)
    around = ("project__unit", "phase", "asked_of", "raised_by", "solved_by", "closed_by", "extension_by")
    problem: Problem = get_object_or_404(rows.select_related(*around), pk=pk)
    return problem


def _check_workable(user: User, problem: Problem, verb: Verb) -> None:
    if not may(user, verb) or not Problem.objects.workable_by(user).filter(pk=problem.pk).exists():
        raise NotAllowed(_("Only the project's unit, the unit asked and the key-project office work on this problem."))


def _is_offered(user: User, problem: Problem, name: str) -> bool:
    """Whether the page offers this step: the state allows it, and the person may."""
    way = WAYS[name]
    if problem_after(ProblemState(problem.state), way.step) is None or not may(user, way.verb):
        return False
    if name == "extend":
        return not problem.extension and today() <= problem.due_on
    if name in {"grant", "refuse"}:
        return problem.extension == "asked" and problem.extension_by_id != user.pk
    return not (name == "close" and problem.solved_by_id == user.pk)
