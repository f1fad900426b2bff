"""Asking for leave to report after the lock: by the unit, answered by the office, told to both."""

import datetime
from typing import Any

import pytest
from django.utils import translation

from projects.core.refusals import NotAllowed, Refused, Stale
from projects.journal.models import Entry
from projects.notices.models import Notice
from projects.progress.actions.leave import ask_leave, refuse_leave
from projects.progress.actions.periods import keep_period
from projects.progress.actions.reporting import save_draft, submit
from projects.progress.actions.restoring import ask_no_more
from projects.progress.actions.reviewing import allow_late
from projects.progress.models import MonthlyReport, Period, ReportComment
from projects.progress.queries.leave import asking, question_of, with_reasons
from projects.register.models import Project
from tests.cast import Cast, project
from tests.progress.month import FULL, LOCK, asked, at, in_state, opened, submitted, written

DAY = datetime.timedelta(days=1)
LATE = LOCK + DAY


@pytest.fixture
def row(cast: Cast) -> Project:
    found = project(cast)
    opened()
    return found


def ask(row: Project, *, by: Any, day: datetime.date = LATE, **more: Any) -> MonthlyReport:
    return ask_leave(asked(row), **{"reason": "停电两天", "seen": None, **more}, by=by, at=at(day, 0))


def heard(kind: str) -> list[str]:
    return sorted(Notice.objects.filter(kind=kind).values_list("recipient__username", flat=True))


class TestAsking:
    @pytest.mark.parametrize("state", ["due", "draft"])
    def test_is_kept_journalled_and_told_to_the_office(self, cast: Cast, row: Project, state: str) -> None:
        in_state(state, row, cast)
        entries = Entry.objects.count()
        report = ask(row, by=cast.reporter)
        assert (report.state, report.leave_asked_at, report.leave_asked_by) == (state, at(LATE, 0), cast.reporter)
        entry = Entry.objects.latest("seq")
        assert (entry.verb, entry.actor, entry.note) == ("ask_leave", cast.reporter, "停电两天")
        assert Entry.objects.count() == entries + 1
        said = ReportComment.objects.get()
        assert (said.kind, said.text, said.by) == ("ask_leave", "停电两天", cast.reporter)
        assert "office" in heard("leave_asked")
        assert "reporter" not in heard("leave_asked")

    def test_only_once_the_lock_day_is_over(self, cast: Cast, row: Project) -> None:
        with translation.override("en"), pytest.raises(Refused, match="not locked"):
            ask_leave(asked(row), reason="x", by=cast.reporter, at=at(LOCK, 23, 59, 59), seen=None)
        ask(row, by=cast.reporter)
        assert asked(row).leave_asked_at

    @pytest.mark.parametrize("state", ["submitted", "returned", "approved"])
    def test_not_for_what_was_handed_in(self, cast: Cast, row: Project, state: str) -> None:
        in_state(state, row, cast)
        with pytest.raises(Refused):
            ask(row, by=cast.reporter)

    def test_not_a_second_time_before_the_answer(self, cast: Cast, row: Project) -> None:
        ask(row, by=cast.reporter)
        with translation.override("en"), pytest.raises(Refused, match="asked for already"):
            ask(row, by=cast.reporter)
        assert ReportComment.objects.count() == 1

    def test_not_as_long_as_there_is_leave(self, cast: Cast, row: Project) -> None:
        allow_late(asked(row), until=LATE + DAY, reason="x", by=cast.office, at=at(LATE))
        with translation.override("en"), pytest.raises(Refused, match="has leave until the end of 2023-10-17"):
            ask(row, by=cast.reporter, day=LATE + DAY)
        assert ask(row, by=cast.reporter, day=LATE + 2 * DAY).leave_asked_at

    def test_not_without_a_reason(self, cast: Cast, row: Project) -> None:
        with pytest.raises(Refused) as refusal:
            ask(row, by=cast.reporter, reason="")
        assert refusal.value.field == "reason"
        assert asked(row).leave_asked_at is None

    @pytest.mark.parametrize("who", ["other_reporter", "leader", "auditor", "stranger"])
    def test_not_by_others(self, cast: Cast, row: Project, who: str) -> None:
        with pytest.raises(NotAllowed):
            ask(row, by=cast.person(who))

    def test_not_by_the_office_which_gives_it(self, cast: Cast, row: Project) -> None:
        with pytest.raises(Refused):
            ask(row, by=cast.office)

    def test_not_from_a_page_that_is_out_of_date(self, cast: Cast, row: Project) -> None:
        written(row, by=cast.reporter)
        with pytest.raises(Stale):
            ask(row, by=cast.reporter, seen=0)


class TestAnswering:
    def test_with_leave(self, cast: Cast, row: Project) -> None:
        ask(row, by=cast.reporter)
        report = allow_late(asked(row), until=LATE, reason="同意补报", by=cast.office, at=at(LATE))
        assert (report.late_until, report.leave_asked_at, report.leave_asked_by) == (LATE, None, None)
        assert heard("late_allowed") == ["reporter"]
        draft = save_draft(report, FULL, by=cast.reporter, at=at(LATE), seen=report.version)
        assert submit(draft, by=cast.reporter, at=at(LATE, 23, 59, 59), seen=draft.version).is_late

    def test_with_a_no(self, cast: Cast, row: Project) -> None:
        ask(row, by=cast.reporter)
        entries = Entry.objects.count()
        report = refuse_leave(asked(row), answer="下月一并补报", by=cast.office, at=at(LATE), seen=None)
        assert (report.late_until, report.leave_asked_at, report.leave_asked_by) == (None, None, None)
        entry = Entry.objects.latest("seq")
        assert (entry.verb, entry.actor, entry.note) == ("refuse_leave", cast.office, "下月一并补报")
        assert Entry.objects.count() == entries + 1
        assert heard("leave_refused") == ["reporter"]
        with pytest.raises(Refused):
            save_draft(report, FULL, by=cast.reporter, at=at(LATE), seen=report.version)
        assert ask(row, by=cast.reporter, reason="系统故障有截图").leave_asked_at  # it may be asked again

    def test_a_no_says_why(self, cast: Cast, row: Project) -> None:
        ask(row, by=cast.reporter)
        with pytest.raises(Refused) as refusal:
            refuse_leave(asked(row), answer="", by=cast.office, at=at(LATE), seen=None)
        assert refusal.value.field == "answer"
        assert asked(row).leave_asked_at

    def test_nobody_who_asks_is_refused(self, cast: Cast, row: Project) -> None:
        with pytest.raises(Refused):
            refuse_leave(asked(row), answer="x", by=cast.office, at=at(LATE), seen=None)

    @pytest.mark.parametrize("who", ["reporter", "leader", "auditor", "stranger"])
    def test_is_the_offices(self, cast: Cast, row: Project, who: str) -> None:
        ask(row, by=cast.reporter)
        with pytest.raises(NotAllowed):
            refuse_leave(asked(row), answer="x", by=cast.person(who), at=at(LATE), seen=None)

    def test_the_second_of_two_is_told(self, cast: Cast, row: Project) -> None:
        seen = ask(row, by=cast.reporter).version
        allow_late(asked(row), until=LATE, reason="x", by=cast.office, at=at(LATE), seen=seen)
        with pytest.raises(Stale):
            refuse_leave(asked(row), answer="x", by=cast.admin, at=at(LATE), seen=seen)


class TestWhatBecomesOfIt:
    def test_the_office_sees_who_asked_first_on_top(self, cast: Cast, row: Project) -> None:
        other = project(cast, "P-2")
        opened()
        MonthlyReport.objects.get_or_create(project=other, month=asked(row).month)
        ask(other, by=cast.reporter, reason="后填", day=LATE + DAY)
        ask(row, by=cast.reporter)
        found = [(each.report.project.code, each.reason) for each in with_reasons(asking(cast.office))]
        assert found == [("P-1", "停电两天"), ("P-2", "后填")]
        assert not asking(cast.stranger)
        question = question_of(asked(row))
        assert question
        assert question.text == "停电两天"

    def test_a_report_handed_in_asks_no_more(self, cast: Cast, row: Project) -> None:
        ask(row, by=cast.reporter)
        period = Period.objects.get()
        period.locks_on = LATE + DAY  # the office gives everybody more time
        keep_period(period, by=None, at=at(LATE), today=LATE, seen=period.version)
        report = submitted(row, by=cast.reporter)
        assert (report.leave_asked_at, report.leave_asked_by) == (None, None)
        assert question_of(report) is None

    def test_it_stays_asked_for(self, cast: Cast, row: Project) -> None:
        ask(row, by=cast.reporter)
        assert ask_no_more(row, by=cast.office, at=at(LATE)) == 0
