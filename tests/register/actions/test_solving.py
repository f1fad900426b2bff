"""Problems: raised, worked on by the unit asked as well, extended once, solved with proof, closed by another."""

import datetime
from itertools import product
from typing import Any

import pytest
from django.utils import translation

from projects.accounts.actions import found_unit
from projects.accounts.models import Unit
from projects.core.refusals import NotAllowed, Refused, Stale
from projects.journal.models import Entry
from projects.register.actions.solving import (
    ask_extension,
    close_problem,
    decide_extension,
    edit_problem,
    note_progress,
    raise_problem,
    reject_solution,
    reopen_problem,
    report_solved,
)
from projects.register.models import Problem, ProblemNote
from projects.register.solving import ProblemState, ProblemStep, problem_after
from tests.cast import AT, TODAY, Cast, phase, project

DAY = datetime.timedelta(days=1)
DUE = TODAY + 10 * DAY


def raised(cast: Cast, *, by: str = "reporter", **facts: Any) -> Problem:
    given = {"kind": "land", "description": "用地指标未落实", "raised_on": TODAY, "due_on": DUE, **facts}
    row = given.pop("project", None) or project(cast)
    return raise_problem(Problem(project=row, **given), by=cast.person(by), at=AT)


def solved(cast: Cast, **facts: Any) -> Problem:
    problem = raised(cast, **facts)
    return report_solved(problem, proof="批复文号12", solved_on=TODAY, by=cast.reporter, at=AT, seen=0)


def closed(cast: Cast) -> Problem:
    problem = solved(cast)
    return close_problem(problem, by=cast.office, at=AT, seen=1)


LEADS = {
    "open": {"note": "open", "edit": "open", "extend": "open", "solve": "solved"},
    "solved": {"note": "solved", "reject": "open", "close": "closed"},
    "closed": {"reopen": "open"},
}


@pytest.mark.parametrize(("state", "step"), list(product(ProblemState, ProblemStep)))
def test_every_step_in_every_state(state: ProblemState, step: ProblemStep) -> None:
    assert problem_after(state, step) == LEADS[state].get(step)


class TestRaising:
    def test_is_kept_with_its_journal_entry(self, cast: Cast) -> None:
        problem = raised(cast, request="协调指标", asked_of=cast.other_town)
        assert (problem.state, problem.raised_by, problem.asked) == ("open", cast.reporter, "孟庄镇")
        entry = Entry.objects.latest("seq")
        assert (entry.verb, entry.project_id) == ("raise_problem", problem.project_id)

    @pytest.mark.parametrize(
        ("facts", "field"),
        [
            ({"raised_on": TODAY + DAY, "due_on": TODAY + DAY}, "raised_on"),
            ({"due_on": TODAY - DAY}, "due_on"),
        ],
        ids=["in the future", "due before raised"],
    )
    def test_what_is_refused(self, cast: Cast, facts: dict[str, Any], field: str) -> None:
        with pytest.raises(Refused) as refusal:
            raised(cast, **facts)
        assert refusal.value.field == field
        assert not Problem.objects.exists()

    def test_both_a_unit_and_a_body_outside_is_refused(self, cast: Cast) -> None:
        with pytest.raises(Refused) as refusal:
            raised(cast, asked_of=cast.town, asked_name="省厅")
        assert refusal.value.field == "asked_name"

    def test_with_another_projects_phase_is_refused(self, cast: Cast) -> None:
        foreign = phase(project(cast, "P-2"))
        with pytest.raises(Refused) as refusal:
            raised(cast, phase=foreign)
        assert refusal.value.field == "phase"

    @pytest.mark.parametrize("who", ["other_reporter", "leader", "auditor", "stranger"])
    def test_is_the_units_and_the_offices(self, cast: Cast, who: str) -> None:
        with pytest.raises(NotAllowed):
            raised(cast, by=who)
        assert not Problem.objects.exists()


class TestWorking:
    @pytest.mark.parametrize("who", ["reporter", "office", "admin", "other_reporter"])
    def test_the_unit_asked_notes_progress_too(self, cast: Cast, who: str) -> None:
        problem = raised(cast, asked_of=cast.other_town)
        note_progress(problem, "已上报市局", by=cast.person(who), at=AT)
        assert ProblemNote.objects.get().by == cast.person(who)

    def test_a_unit_below_the_own_is_the_own(self, cast: Cast) -> None:
        village = found_unit(Unit(name="村", short_name="村", kind="town", parent=cast.other_town), by=None, at=AT)
        problem = raised(cast, asked_of=village)
        note_progress(problem, "x", by=cast.other_reporter, at=AT)
        assert list(Problem.objects.workable_by(cast.other_reporter)) == [problem]

    @pytest.mark.parametrize("who", ["other_reporter", "leader", "auditor", "stranger"])
    def test_others_do_not(self, cast: Cast, who: str) -> None:
        problem = raised(cast)
        with pytest.raises(NotAllowed):
            note_progress(problem, "x", by=cast.person(who), at=AT)
        assert not Problem.objects.workable_by(cast.person(who)).exists()

    def test_the_unit_asked_does_not_edit_it(self, cast: Cast) -> None:
        problem = raised(cast, asked_of=cast.other_town)
        problem.description = "别的"
        with pytest.raises(NotAllowed):
            edit_problem(problem, by=cast.other_reporter, at=AT, seen=0)

    def test_a_later_day_is_not_typed(self, cast: Cast) -> None:
        problem = raised(cast)
        problem.due_on = DUE + DAY
        with pytest.raises(Refused) as refusal:
            edit_problem(problem, by=cast.office, at=AT, seen=0)
        assert refusal.value.field == "due_on"
        problem.due_on = DUE - DAY
        assert edit_problem(problem, by=cast.office, at=AT, seen=0).due_on == DUE - DAY

    def test_two_people_at_once(self, cast: Cast) -> None:
        problem = raised(cast)
        edit_problem(problem, by=cast.office, at=AT, seen=0)
        with translation.override("en"), pytest.raises(Stale, match="office saved this meanwhile"):
            edit_problem(problem, by=cast.reporter, at=AT, seen=0)


class TestSolving:
    def test_needs_proof_and_a_second_person(self, cast: Cast) -> None:
        problem = raised(cast)
        with pytest.raises(Refused) as refusal:
            report_solved(problem, proof="", solved_on=TODAY, by=cast.reporter, at=AT, seen=0)
        assert refusal.value.field == "proof"
        problem = report_solved(problem, proof="批复文号12", solved_on=TODAY, by=cast.office, at=AT, seen=0)
        with translation.override("en"), pytest.raises(Refused, match="another person verifies it"):
            close_problem(problem, by=cast.office, at=AT, seen=1)
        done = close_problem(problem, note="已核实", by=cast.admin, at=AT, seen=1)
        assert (done.state, done.closed_by, done.closed_at) == ("closed", cast.admin, AT)
        assert list(ProblemNote.objects.values_list("kind", "text")) == [("solve", "批复文号12"), ("close", "已核实")]

    @pytest.mark.parametrize(("day", "field"), [(TODAY + DAY, "solved_on"), (TODAY - DAY, "solved_on")])
    def test_on_an_impossible_day(self, cast: Cast, day: datetime.date, field: str) -> None:
        problem = raised(cast)
        with pytest.raises(Refused) as refusal:
            report_solved(problem, proof="x", solved_on=day, by=cast.reporter, at=AT, seen=0)
        assert refusal.value.field == field

    @pytest.mark.parametrize("who", ["reporter", "leader", "auditor", "stranger"])
    def test_the_office_closes(self, cast: Cast, who: str) -> None:
        problem = solved(cast)
        with pytest.raises(NotAllowed):
            close_problem(problem, by=cast.person(who), at=AT, seen=1)
        assert Problem.objects.get().state == "solved"

    def test_that_is_not_accepted_opens_it_again(self, cast: Cast) -> None:
        problem = solved(cast)
        with pytest.raises(Refused):
            reject_solution(problem, note="", by=cast.office, at=AT, seen=1)
        back = reject_solution(problem, note="缺批复原件", by=cast.office, at=AT, seen=1)
        assert (back.state, back.solved_on) == ("open", None)

    def test_that_came_back_is_opened_again(self, cast: Cast) -> None:
        problem = closed(cast)
        with pytest.raises(Refused):
            reopen_problem(problem, note="", by=cast.office, at=AT, seen=2)
        assert reopen_problem(problem, note="又停电", by=cast.office, at=AT, seen=2).state == "open"

    def test_in_the_wrong_state(self, cast: Cast) -> None:
        problem = closed(cast)
        with pytest.raises(Refused):
            note_progress(problem, "x", by=cast.office, at=AT)
        with pytest.raises(Refused):
            report_solved(problem, proof="x", solved_on=TODAY, by=cast.office, at=AT, seen=2)


def at(day: datetime.date, hour: int, minute: int, second: int) -> datetime.datetime:
    zone = datetime.timezone(datetime.timedelta(hours=8))
    return datetime.datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=zone)


class TestExtension:
    @pytest.mark.parametrize(("moment", "is_refused"), [(at(DUE, 23, 59, 59), False), (at(DUE + DAY, 0, 0, 0), True)])
    def test_is_asked_for_before_the_day_has_passed(
        self, cast: Cast, moment: datetime.datetime, is_refused: bool
    ) -> None:
        problem = raised(cast)
        asked: dict[str, Any] = {
            "until": DUE + 9 * DAY,
            "reason": "等待省厅",
            "by": cast.reporter,
            "at": moment,
            "seen": 0,
        }
        if is_refused:
            with pytest.raises(Refused):
                ask_extension(problem, **asked)
        else:
            assert ask_extension(problem, **asked).due_on == DUE

    def test_moves_the_day_once_another_grants_it(self, cast: Cast) -> None:
        problem = raised(cast)
        asked = ask_extension(problem, until=DUE + 9 * DAY, reason="等待", by=cast.reporter, at=AT, seen=0)
        granted = decide_extension(asked, grant=True, by=cast.office, at=AT, seen=1)
        assert (granted.due_on, granted.extension) == (DUE + 9 * DAY, "granted")
        with pytest.raises(Refused):
            ask_extension(granted, until=DUE + 19 * DAY, reason="再等", by=cast.reporter, at=AT, seen=2)

    def test_is_refused_with_a_word_and_not_by_who_asked(self, cast: Cast) -> None:
        problem = raised(cast)
        with pytest.raises(Refused):
            decide_extension(problem, grant=True, by=cast.office, at=AT, seen=0)
        asked = ask_extension(problem, until=DUE + DAY, reason="等待", by=cast.office, at=AT, seen=0)
        with pytest.raises(Refused):
            decide_extension(asked, grant=True, by=cast.office, at=AT, seen=1)
        with pytest.raises(Refused):
            decide_extension(asked, grant=False, by=cast.admin, at=AT, seen=1)
        refused = decide_extension(asked, grant=False, note="抓紧办理", by=cast.admin, at=AT, seen=1)
        assert (refused.due_on, refused.extension) == (DUE, "refused")

    @pytest.mark.parametrize(("until", "reason", "field"), [(DUE, "x", "until"), (DUE + DAY, "", "reason")])
    def test_what_is_refused(self, cast: Cast, until: datetime.date, reason: str, field: str) -> None:
        problem = raised(cast)
        with pytest.raises(Refused) as refusal:
            ask_extension(problem, until=until, reason=reason, by=cast.reporter, at=AT, seen=0)
        assert refusal.value.field == field


@pytest.mark.parametrize(("day", "overdue"), [(DUE, False), (DUE + DAY, True)])
def test_is_overdue_after_its_day(cast: Cast, day: datetime.date, overdue: bool) -> None:
    assert raised(cast).is_overdue(day) is overdue
