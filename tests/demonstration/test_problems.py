"""The problems of the demonstration: every kind and state, asked of many, and closed by a second person."""

from collections import Counter

import pytest

from projects.accounts.models import User
from projects.demonstration.actions import TODAY
from projects.demonstration.facts import words
from projects.demonstration.problems import STEPS
from projects.portfolio.queries import who_holds_up
from projects.register.models import Problem, ProblemNote
from projects.register.wording import EXTENSION_STATES, PROBLEM_KINDS, PROBLEM_NOTES, PROBLEM_STATES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration_once")]


def test_every_kind_state_note_and_extension_is_there() -> None:
    problems = Problem.objects.all()
    assert problems.count() == len(words("problems")["problem"])
    assert set(problems.values_list("kind", flat=True)) == set(PROBLEM_KINDS)
    assert set(problems.values_list("state", flat=True)) == set(PROBLEM_STATES)
    assert set(problems.values_list("extension", flat=True)) == {"", *EXTENSION_STATES}
    assert set(ProblemNote.objects.values_list("kind", flat=True)) == set(PROBLEM_NOTES)
    assert {step["do"] for said in words("problems")["problem"] for step in said.get("steps", ())} == set(STEPS)


def test_some_are_overdue_and_some_are_in_time() -> None:
    overdue = Counter(problem.is_overdue(TODAY) for problem in Problem.objects.filter(state="open"))
    assert overdue[True] >= 5
    assert overdue[False] >= 5


def test_one_was_opened_again() -> None:
    again = Problem.objects.get(notes__kind="reopen")
    assert (again.state, again.closed_at) == ("open", None)


def test_only_examples_have_problems() -> None:
    assert not Problem.objects.filter(project__is_example=False).exists()


def test_nobody_checks_what_they_did_themselves() -> None:
    for problem in Problem.objects.filter(state="closed"):
        assert problem.closed_by != problem.solved_by
        assert problem.proof
    for note in ProblemNote.objects.filter(kind="extend", text__contains="："):
        assert note.by != note.problem.extension_by or note.problem.extension == "asked"


def test_they_are_raised_by_the_unit_and_asked_of_many() -> None:
    for problem in Problem.objects.select_related("raised_by", "project"):
        assert problem.raised_by
        assert problem.raised_by.unit_id == problem.project.unit_id
    asked = set(Problem.objects.exclude(asked_of=None).values_list("asked_of", flat=True))
    assert len(asked) >= 6
    assert Problem.objects.exclude(asked_name="").exists()


def test_the_ranking_has_something_to_say() -> None:
    ranked = who_holds_up(Problem.objects.unsolved(), TODAY)
    assert len(ranked) >= 5


def test_the_reporter_has_some_to_work_on() -> None:
    reporter = User.objects.get(username="reporter")
    assert Problem.objects.workable_by(reporter).unsolved().exists()
