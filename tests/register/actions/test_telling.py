"""What people hear of problems and plans, together with the change; and weekly of problems that are overdue."""

import datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from projects.accounts.models import User
from projects.core.month import Month
from projects.core.refusals import Refused
from projects.notices.models import Notice
from projects.register.actions.chasing import remind_of_problems
from projects.register.actions.planning import decide_plan, set_plan
from projects.register.actions.solving import (
    ask_extension,
    decide_extension,
    edit_problem,
    raise_problem,
    report_solved,
)
from projects.register.models import AnnualPlan, Problem, Project
from tests.cast import AT, SEPTEMBER, TODAY, WAN, Cast, plan, project, signed_in

DAY = datetime.timedelta(days=1)
DUE = TODAY + 10 * DAY


def raised(cast: Cast, of: Project | None = None, **facts: Any) -> Problem:
    given = {"kind": "land", "description": "用地指标未落实", "raised_on": TODAY, "due_on": DUE, **facts}
    return raise_problem(Problem(project=of or project(cast), **given), by=cast.reporter, at=AT)


def head_of(unit: Any) -> User:
    return User.objects.create(username="head", name="head", role="auditor", unit=unit, is_head=True)


def heard(kind: str) -> list[str]:
    """Who was told this kind, by name."""
    return list(Notice.objects.filter(kind=kind).order_by("id").values_list("recipient__username", flat=True))


def opens(person: User, notice: Notice) -> bool:
    """Whether the page that the notice leads to is there for its reader."""
    client: Client = signed_in(person)
    return client.get(notice.url).status_code == 200


class TestProblems:
    def test_the_unit_asked_and_its_head_hear_of_it(self, cast: Cast) -> None:
        head_of(cast.other_town)
        raised(cast, asked_of=cast.other_town)
        assert heard("problem_raised") == ["other_reporter", "head"]
        notice = Notice.objects.get(recipient=cast.other_reporter)
        assert notice.sentence == "“项目P-1”有问题请孟庄镇于2023-10-20前解决：用地指标未落实"
        assert opens(cast.other_reporter, notice)

    @pytest.mark.parametrize("asked_of", ["town", None])
    def test_the_own_unit_and_nobody_need_not_be_told(self, cast: Cast, asked_of: str | None) -> None:
        raised(cast, asked_of=getattr(cast, asked_of) if asked_of else None)
        assert not Notice.objects.exists()

    def test_a_unit_that_is_asked_later_hears_it_once(self, cast: Cast) -> None:
        problem = raised(cast)
        problem.asked_of = cast.other_town
        edit_problem(problem, by=cast.office, at=AT, seen=0)
        problem.description = "用地指标仍未落实"
        edit_problem(problem, by=cast.office, at=AT, seen=1)
        assert heard("problem_raised") == ["other_reporter"]

    def test_the_office_hears_that_one_is_solved_each_time(self, cast: Cast) -> None:
        problem = report_solved(raised(cast), proof="批复", solved_on=TODAY, by=cast.reporter, at=AT, seen=0)
        assert heard("problem_solved") == ["office"]
        assert opens(cast.office, Notice.objects.get())
        Problem.objects.filter(pk=problem.pk).update(state="open", solved_on=None)
        report_solved(problem, proof="批复", solved_on=TODAY, by=cast.office, at=AT, seen=1)
        assert heard("problem_solved") == ["office"]  # the office reported it itself

    @pytest.mark.parametrize(
        ("grant", "kind", "said"),
        [
            (True, "extension_granted", "“项目P-1”的问题准予延期至2023-10-29：用地指标未落实"),
            (False, "extension_refused", "不予延期，仍应于2023-10-20前解决：抓紧办理"),
        ],
    )
    def test_who_asked_for_more_time_hears_the_decision(self, cast: Cast, grant: bool, kind: str, said: str) -> None:
        asked = ask_extension(raised(cast), until=DUE + 9 * DAY, reason="等", by=cast.reporter, at=AT, seen=0)
        decide_extension(asked, grant=grant, note="抓紧办理", by=cast.office, at=AT, seen=1)
        assert heard(kind) == ["reporter"]
        assert said in Notice.objects.get().sentence

    @pytest.mark.django_db
    def test_what_is_refused_or_taken_back_is_not_told(self, cast: Cast) -> None:
        with pytest.raises(Refused):
            raised(cast, asked_of=cast.other_town, due_on=TODAY - DAY)
        with transaction.atomic():
            raised(cast, project(cast, "P-2"), asked_of=cast.other_town)
            transaction.set_rollback(True)
        assert not Notice.objects.exists()


class TestPlans:
    def proposed(self, cast: Cast, by: User) -> AnnualPlan:
        row = project(cast)
        plan(row, 1000 * WAN)
        return set_plan(
            row, 2023, amount=900 * WAN, effective_from=Month(2023, 10), reason="工期调整", by=by, at=AT,
            open_month=SEPTEMBER,
        )  # fmt: skip

    def test_the_office_hears_of_a_revision(self, cast: Cast) -> None:
        self.proposed(cast, cast.reporter)
        assert heard("plan_proposed") == ["office"]
        notice = Notice.objects.get()
        assert notice.sentence == "reporter提出调整“项目P-1”2023年度计划：工期调整"
        assert opens(cast.office, notice)

    def test_an_original_plan_is_no_news(self, cast: Cast) -> None:
        plan(project(cast), 1000 * WAN)
        assert not Notice.objects.exists()

    @pytest.mark.parametrize(
        ("decision", "kind", "said"),
        [("approved", "plan_approved", "已获批准。"), ("declined", "plan_declined", "未获批准：依据不足")],
    )
    def test_who_proposed_hears_the_decision(self, cast: Cast, decision: str, kind: str, said: str) -> None:
        waiting = self.proposed(cast, cast.reporter)
        note = "" if decision == "approved" else "依据不足"
        decide_plan(waiting, decision, note=note, by=cast.office, at=AT, open_month=SEPTEMBER)
        assert heard(kind) == ["reporter"]
        notice = Notice.objects.get(kind=kind)
        assert notice.sentence.endswith(said)
        assert opens(cast.reporter, notice)


class TestOverdueProblems:
    """The 20th of October 2023 is a Friday; the week begins on Monday the 23rd."""

    def told(self, day: datetime.date, *, dry_run: bool = False) -> list[tuple[str, int]]:
        chased = remind_of_problems(today=day, at=AT, dry_run=dry_run)
        return [(each.person.username if each.person else "nobody", each.params["count"]) for each in chased]

    @pytest.mark.parametrize(("day", "count"), [(DUE, 0), (DUE + DAY, 1)])
    def test_begin_after_the_day(self, cast: Cast, day: datetime.date, count: int) -> None:
        raised(cast, asked_of=cast.other_town)
        assert self.told(day) == [("other_reporter", 1)] * count

    def test_are_told_once_a_week(self, cast: Cast) -> None:
        head_of(cast.other_town)
        raised(cast, asked_of=cast.other_town)
        days = [DUE + number * DAY for number in (1, 2, 3, 9, 10)]  # Saturday to Monday, and the same a week later
        told = [("other_reporter", 1), ("head", 1)]
        assert [self.told(day) for day in days] == [told, [], told, [], told]

    def test_are_one_notice_whatever_their_number(self, cast: Cast) -> None:
        for number in range(3):
            raised(cast, project(cast, f"P-{number}"), asked_of=cast.other_town)
        raised(cast, project(cast, "P-9"), asked_of=cast.town)
        assert self.told(DUE + DAY) == [("other_reporter", 3), ("reporter", 1)]
        notice = Notice.objects.get(kind="problems_overdue", recipient=cast.other_reporter)
        assert notice.sentence == "孟庄镇有3个待解决的问题已逾期，涉及：项目P-0、项目P-1、项目P-2。"
        assert opens(cast.other_reporter, notice)

    def test_rest_when_solved_closed_asked_of_nobody_or_of_a_halted_project(self, cast: Cast) -> None:
        report_solved(
            raised(cast, asked_of=cast.other_town), proof="批复", solved_on=TODAY, by=cast.reporter, at=AT, seen=0
        )
        raised(cast, project(cast, "P-2"), asked_name="省厅")
        halted = project(cast, "P-3")
        raised(cast, halted, asked_of=cast.other_town)
        Project.objects.filter(pk=halted.pk).update(halted="suspended", halted_on=TODAY, halt_reason="land")
        assert self.told(DUE + DAY) == []

    def test_a_dry_run_writes_nothing(self, cast: Cast) -> None:
        raised(cast, asked_of=cast.other_town)
        count = Notice.objects.count()
        assert self.told(DUE + DAY, dry_run=True) == [("other_reporter", 1)]
        assert Notice.objects.count() == count
        assert self.told(DUE + DAY) == [("other_reporter", 1)]

    def test_a_unit_with_nobody_is_named(self, cast: Cast) -> None:
        User.objects.filter(pk=cast.other_reporter.pk).update(is_active=False)
        raised(cast, asked_of=cast.other_town)
        assert self.told(DUE + DAY) == [("nobody", 1)]

    @pytest.mark.parametrize("rows", [1, 3])
    def test_rows_cost_no_queries(self, cast: Cast, rows: int, django_assert_num_queries: Any) -> None:
        for number in range(rows):
            raised(cast, project(cast, f"P-{number}"), asked_of=[cast.other_town, cast.elsewhere][number % 2])
        with django_assert_num_queries(6):
            self.told(DUE + DAY, dry_run=True)
