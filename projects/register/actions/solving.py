"""Raising problems of a project, working on them, and closing them with proof by a second person."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.accounts.actions import check_may
from projects.accounts.models import User
from projects.accounts.roles import Verb
from projects.core.constraints import check_constraints
from projects.core.refusals import Refused, Stale
from projects.core.versions import write
from projects.journal.actions import record
from projects.register.actions.registering import who_saved
from projects.register.actions.telling import tell_asked_unit, tell_extension, tell_solved
from projects.register.actions.touching import check_reach, lock
from projects.register.models import Problem, ProblemNote
from projects.register.queries import facts_of
from projects.register.solving import ProblemState, ProblemStep, problem_after
from projects.register.wording import EXTENSION_STATES, PROBLEM_IN_THE_WAY

PROBLEM_FACTS = ("phase", "kind", "description", "request", "asked_of", "asked_name", "raised_on", "due_on")


@transaction.atomic
def raise_problem(problem: Problem, *, by: User | None, at: datetime.datetime) -> Problem:
    """Note what stands in a project's way; `Refused` for a day in the future or due before it was raised."""
    project = lock(problem.project_id)
    check_reach(by, Verb.WORK_ON_PROBLEMS, project)
    _check_facts(problem, at)
    problem.state, problem.raised_by = ProblemState.OPEN.value, by
    problem.save(force_insert=True)
    after = facts_of(problem, PROBLEM_FACTS)
    record(by=by, at=at, verb="raise_problem", subject=problem, project_id=project.pk, after=after)
    tell_asked_unit(problem, by=by, at=at)
    return problem


@transaction.atomic
def edit_problem(problem: Problem, *, by: User | None, at: datetime.datetime, seen: int | None) -> Problem:
    """Save an edited problem that is still open. A later due day is asked for as an extension, not typed."""
    stored = _held(problem, ProblemStep.EDIT, by=by, seen=seen, own=True)
    if by is not None and problem.due_on > stored.due_on:
        raise Refused(_("A later day is an extension: ask for it with a reason."), field="due_on")
    _check_facts(problem, at)
    before, after = facts_of(stored, PROBLEM_FACTS), facts_of(problem, PROBLEM_FACTS)
    write(problem, seen=seen, **after)
    record(
        by=by, at=at, verb="edit_problem", subject=problem, project_id=problem.project_id, before=before, after=after
    )
    tell_asked_unit(problem, by=by, at=at)
    return problem


@transaction.atomic
def note_progress(problem: Problem, text: str, *, by: User | None, at: datetime.datetime) -> ProblemNote:
    """Say what was done about a problem; by the project's unit, the unit asked, or the office."""
    stored = _held(problem, ProblemStep.NOTE, by=by, seen=None)
    if not text:
        raise Refused(_("Write what was done first."), field="text")
    note = _note(stored, "note", text, by=by, at=at)
    record(by=by, at=at, verb="note_problem", subject=stored, project_id=stored.project_id, note=text)
    return note


@transaction.atomic
def report_solved(
    problem: Problem, *, proof: str, solved_on: datetime.date, by: User | None, at: datetime.datetime, seen: int | None
) -> Problem:
    """Say that a problem is solved, and how it shows; a second person of the office verifies it."""
    stored = _held(problem, ProblemStep.SOLVE, by=by, seen=seen)
    if not proof:
        raise Refused(_("Say how it shows that the problem is solved: a document, a date, a photo."), field="proof")
    if solved_on > _day(at):
        raise Refused(_("The day lies in the future. Enter the day on which it happened."), field="solved_on")
    if solved_on < stored.raised_on:
        raise Refused(_("It cannot be solved before it was raised."), field="solved_on")
    values = {"state": ProblemState.SOLVED.value, "proof": proof, "solved_on": solved_on, "solved_by": by}
    solved = _take(stored, "solve_problem", "solve", values, text=proof, by=by, at=at, seen=seen)
    tell_solved(solved, by=by, at=at)
    return solved


@transaction.atomic
def close_problem(
    problem: Problem, *, note: str = "", by: User | None, at: datetime.datetime, seen: int | None
) -> Problem:
    """Close a solved problem after looking at the proof; `Refused` for who reported it solved."""
    stored = _held(problem, ProblemStep.CLOSE, by=by, seen=seen, verb=Verb.CLOSE_PROBLEMS)
    if by is not None and stored.solved_by_id == by.pk:
        raise Refused(_("You reported it as solved yourself; another person verifies it."))
    values = {"state": ProblemState.CLOSED.value, "closed_at": at, "closed_by": by}
    return _take(stored, "close_problem", "close", values, text=note or stored.proof, by=by, at=at, seen=seen)


@transaction.atomic
def reject_solution(
    problem: Problem, *, note: str, by: User | None, at: datetime.datetime, seen: int | None
) -> Problem:
    """Send a solved problem back as open, with what is missing."""
    stored = _held(problem, ProblemStep.REJECT, by=by, seen=seen, verb=Verb.CLOSE_PROBLEMS)
    if not note:
        raise Refused(_("Say what is still missing."), field="note")
    values = {"state": ProblemState.OPEN.value, "solved_on": None, "solved_by": None}
    return _take(stored, "reject_problem", "reject", values, text=note, by=by, at=at, seen=seen)


@transaction.atomic
def reopen_problem(problem: Problem, *, note: str, by: User | None, at: datetime.datetime, seen: int | None) -> Problem:
    """Open a closed problem again, with the reason."""
    stored = _held(problem, ProblemStep.REOPEN, by=by, seen=seen, verb=Verb.CLOSE_PROBLEMS)
    if not note:
        raise Refused(_("Say why it is opened again."), field="note")
    values = {
        "state": ProblemState.OPEN.value, "solved_on": None, "solved_by": None, "closed_at": None, "closed_by": None,
    }  # fmt: skip
    return _take(stored, "reopen_problem", "reopen", values, text=note, by=by, at=at, seen=seen)


@transaction.atomic
def ask_extension(
    problem: Problem, *, until: datetime.date, reason: str, by: User | None, at: datetime.datetime, seen: int | None
) -> Problem:
    """Ask for more time, once, with a reason, and before the due day has passed."""
    stored = _held(problem, ProblemStep.EXTEND, by=by, seen=seen)
    if stored.extension:
        raise Refused(_("An extension was asked for already; there is only one."))
    if _day(at) > stored.due_on:
        raise Refused(_("The day has passed: an extension is asked for before it, not after."))
    if until <= stored.due_on:
        raise Refused(_("Choose a day after %(day)s.") % {"day": stored.due_on.isoformat()}, field="until")
    if not reason:
        raise Refused(_("Say why more time is needed."), field="reason")
    values = {"extension": "asked", "extension_until": until, "extension_reason": reason, "extension_by": by}
    return _take(stored, "extend_problem", "extend", values, text=f"{until}: {reason}", by=by, at=at, seen=seen)


@transaction.atomic
def decide_extension(
    problem: Problem, *, grant: bool, note: str = "", by: User | None, at: datetime.datetime, seen: int | None
) -> Problem:
    """Grant the extension asked for, which moves the due day, or refuse it with a word; not one's own."""
    stored = _held(problem, ProblemStep.EXTEND, by=by, seen=seen, verb=Verb.CLOSE_PROBLEMS)
    if stored.extension != "asked":
        raise Refused(_("No extension waits for a decision."))
    if by is not None and stored.extension_by_id == by.pk:
        raise Refused(_("You asked for it yourself; another person of the office decides it."))
    if not grant and not note:
        raise Refused(_("Say why it is refused."), field="note")
    values: dict[str, Any] = {"extension": "granted" if grant else "refused"}
    if grant:
        values["due_on"] = stored.extension_until
    text = f"{EXTENSION_STATES[values['extension']]} {note}".strip()
    decided = _take(stored, "extend_problem", "extend", values, text=text, by=by, at=at, seen=seen)
    tell_extension(decided, note, by=by, at=at)
    return decided


def _held(
    problem: Problem,
    step: ProblemStep,
    *,
    by: User | None,
    seen: int | None,
    own: bool = False,
    verb: Verb = Verb.WORK_ON_PROBLEMS,
) -> Problem:
    """The problem as it is now, held with its project, for `by` who may; `own`: of the project's unit only."""
    project = lock(problem.project_id)
    stored: Problem = Problem.objects.select_related("asked_of", "solved_by").get(pk=problem.pk)
    stored.project = project
    if by is not None:
        check_may(by, verb)
        asked = stored.asked_of is not None and stored.asked_of.path.startswith(by.unit.path)
        if own or not asked or verb is not Verb.WORK_ON_PROBLEMS:
            check_reach(by, verb, project)
    if seen is not None and stored.version != seen:
        raise Stale(who_saved(stored))
    if problem_after(ProblemState(stored.state), step) is None:
        raise Refused(PROBLEM_IN_THE_WAY[stored.state])
    return stored


def _check_facts(problem: Problem, at: datetime.datetime) -> None:
    if problem.raised_on > _day(at):
        raise Refused(_("The day lies in the future. Enter the day on which it happened."), field="raised_on")
    if problem.phase and problem.phase.project_id != problem.project_id:
        raise Refused(_("This phase belongs to another project."), field="phase")
    check_constraints(problem, field="asked_name" if problem.asked_of and problem.asked_name else "due_on")


def _take(
    stored: Problem,
    verb: str,
    kind: str,
    values: dict[str, Any],
    *,
    text: str,
    by: User | None,
    at: datetime.datetime,
    seen: int | None,
) -> Problem:
    """Write `values`, note what was said, and keep both in the journal."""
    before = facts_of(stored, list(values))
    write(stored, seen=seen, **values)
    _note(stored, kind, text, by=by, at=at)
    record(
        by=by, at=at, verb=verb, subject=stored, project_id=stored.project_id,
        before=before, after=values, note=text,
    )  # fmt: skip
    return stored


def _note(problem: Problem, kind: str, text: str, *, by: User | None, at: datetime.datetime) -> ProblemNote:
    return ProblemNote.objects.create(problem=problem, kind=kind, text=text, by=by, at=at)


def _day(at: datetime.datetime) -> datetime.date:
    return timezone.localtime(at).date()
