"""Reminding by the ladder: whom, of what, on which side of midnight; once, and in one transaction."""

import datetime
import threading
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from projects.accounts.actions import found_unit
from projects.accounts.models import Unit, User
from projects.journal.models import Entry
from projects.notices.models import Notice
from projects.progress.actions.ladder import found_ladder, keep_step
from projects.progress.actions.reminding import remind
from projects.progress.models import MonthlyReport, Period, ReminderStep
from projects.progress.queries.reminders import Reminder
from projects.register.actions.halting import Halt, halt_project
from projects.register.models import Exemption, Leader
from tests.cast import AT, GRANTED, PASSWORD, SEPTEMBER, Cast, assemble, project
from tests.notices.told import reachable
from tests.progress.month import at, opened, submitted

OPENING = datetime.date(2023, 9, 25)
DUE = datetime.date(2023, 10, 8)
LOCK = datetime.date(2023, 10, 15)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def month(cast: Cast) -> Cast:
    """Two projects of the town, one with a leader; September open since its day; the ladder to begin with."""
    with_a_month(cast)
    return cast


def with_a_month(cast: Cast) -> None:
    found_ladder(by=None, at=AT)
    project(cast, "P-1", leader=cast.boss)
    project(cast, "P-2")
    opened(day=OPENING)


def ran(day: datetime.date, hour: int = 8, minute: int = 30, second: int = 0, *, dry_run: bool = False) -> Any:
    """What a run at this local time tells: of each notice its kind, the person and how many reports."""
    moment = at(day, hour, minute, second)
    told = remind(today=timezone.localtime(moment).date(), at=moment, dry_run=dry_run)
    return [(each.kind, name(each.person), each.params["count"]) for each in told]


def name(person: User | None) -> str:
    return person.username if person else "nobody"


def somebody(username: str, role: str, unit: Any, **more: Any) -> User:
    user = User(username=username, name=username, role=role, unit=unit, **more)
    user.set_password(PASSWORD)
    user.save()
    return user


def head_of_the_town(cast: Cast) -> User:
    return somebody("head", "reporter", cast.town, is_head=True)


class TestDays:
    @pytest.mark.parametrize(
        ("day", "kind", "before"),
        [
            (OPENING, "period_opened", None),
            (DUE - 3 * DAY, "report_due_soon", "period_opened"),
            (DUE, "report_due_today", "report_due_soon"),
            (LOCK - DAY, "report_lock_soon", "report_overdue"),
        ],
    )
    def test_reporters_are_reminded_when_the_day_begins(
        self, month: Cast, day: datetime.date, kind: str, before: str | None
    ) -> None:
        told = [each for each in ran(day - DAY, 23, 59, 59) if each[0].startswith(("report_", "period_"))]
        assert [each[0] for each in told if each[1] == "reporter"] == ([before] if before else [])
        assert (kind, "reporter", 2) in ran(day, 0, 0, 0)

    def test_the_head_two_days_after_the_due_day(self, month: Cast) -> None:
        head_of_the_town(month)
        assert "report_overdue_head" not in [each[0] for each in ran(DUE + DAY, 23, 59, 59)]
        assert ("report_overdue_head", "head", 2) in ran(DUE + 2 * DAY, 0, 0, 0)

    def test_the_leader_five_days_after_for_the_own_projects(self, month: Cast) -> None:
        Leader.objects.update(account=month.leader)
        assert "leader" not in [each[1] for each in ran(DUE + 4 * DAY, 23, 59, 59)]
        assert ("report_overdue_leader", "leader", 1) in ran(DUE + 5 * DAY, 0, 0, 0)
        notice = Notice.objects.get(recipient=month.leader)
        assert (notice.params["projects"], notice.params["day"]) == (["项目P-1"], "2023-10-08")

    def test_ten_days_after_the_lock_nothing_more_is_said(self, month: Cast) -> None:
        head_of_the_town(month)
        assert ran(LOCK + 11 * DAY, 0, 0, 0) == []
        assert [each[0] for each in ran(LOCK + 10 * DAY, 23, 59, 59)] == [
            "report_overdue_head", "leader_without_account",
        ]  # fmt: skip

    def test_a_month_that_is_not_open_yet_is_nobodys(self, month: Cast) -> None:
        assert ran(OPENING - DAY) == []


class TestOnce:
    def test_however_often_it_runs(self, month: Cast) -> None:
        assert ran(DUE) == [("report_due_today", "reporter", 2)]
        assert ran(DUE, 9) == ran(DUE, 23, 59, 59) == ran(DUE + DAY) == []
        assert Notice.objects.get().key == "remind:2023-09:due"
        assert Entry.objects.filter(verb="remind").count() == 1

    def test_after_days_without_a_run_and_with_what_is_true_by_then(self, month: Cast) -> None:
        ran(OPENING)
        assert ran(DUE + DAY) == [("report_overdue", "reporter", 2)]

    def test_for_all_units_that_one_speaks_for(self, month: Cast) -> None:
        village = found_unit(Unit(name="东村", short_name="东村", kind="town", parent=month.town), by=None, at=AT)
        project(month, "P-3", unit=village)
        opened(day=OPENING)
        assert ran(DUE) == [("report_due_today", "reporter", 3)]
        assert Notice.objects.get().params["unit"] == ["税郭镇", "东村"]

    def test_a_unit_with_nobody_is_named_in_the_run_only(self, month: Cast) -> None:
        project(month, "P-3", unit=month.district)
        opened(day=OPENING)
        told = [("report_due_today", "nobody", 1)]
        assert ran(DUE) == [*told, ("report_due_today", "reporter", 2)]
        assert ran(DUE) == told

    @pytest.mark.django_db(transaction=True)
    def test_of_two_processes_one_tells(self) -> None:
        with_a_month(assemble())
        ready = threading.Barrier(3)
        told: list[Reminder] = []

        def process() -> None:
            try:
                ready.wait()
                told.extend(remind(today=DUE, at=at(DUE)))
            finally:
                connection.close()

        threads = [threading.Thread(target=process) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(told) == Notice.objects.count() == Entry.objects.filter(verb="remind").count() == 1

    def test_a_new_reporter_hears_the_step_too(self, month: Cast) -> None:
        ran(DUE)
        somebody("second", "reporter", month.town)
        assert ran(DUE, 10) == [("report_due_today", "second", 2)]


class TestWhoIsLeftAlone:
    def test_a_unit_with_nothing_missing(self, month: Cast) -> None:
        for row in MonthlyReport.objects.all():
            submitted(row.project, by=month.reporter)
        head_of_the_town(month)
        for day in range(40):
            assert ran(OPENING + day * DAY) == []

    def test_once_everything_is_approved(self, month: Cast) -> None:
        ran(DUE)
        figures = {"invested_this_month": 1, "approved_at": AT}
        MonthlyReport.objects.update(state="approved", **figures)
        assert ran(DUE + 5 * DAY) == []

    def test_what_came_in_is_not_counted(self, month: Cast) -> None:
        submitted(MonthlyReport.objects.earliest("id").project, by=month.reporter)
        assert ran(DUE) == [("report_due_today", "reporter", 1)]
        assert Notice.objects.get(kind="report_due_today").params["projects"] == ["项目P-2"]

    def test_a_returned_report_is_the_units_only(self, month: Cast) -> None:
        head_of_the_town(month)
        MonthlyReport.objects.update(
            state="returned", returned_at=AT, submitted_at=AT, first_submitted_at=AT, invested_this_month=1
        )
        assert {each[1] for each in ran(DUE)} == {"reporter", "head"}  # who heads the unit reports for it here
        assert ran(DUE + 5 * DAY) == []

    def test_halted_and_exempt_projects(self, month: Cast) -> None:
        first, second = (report.project for report in MonthlyReport.objects.order_by("id"))
        halt_project(first, Halt("suspended", DUE, "land"), by=None, at=at(DUE), today=DUE, seen=0)
        assert ran(DUE) == [("report_due_today", "reporter", 1)]
        Exemption.objects.create(project=second, first_month=SEPTEMBER, last_month=SEPTEMBER, **GRANTED)
        assert ran(LOCK - DAY) == []

    def test_who_has_no_account_any_more(self, month: Cast) -> None:
        User.objects.filter(pk=month.reporter.pk).update(is_active=False)
        assert ran(DUE) == [("report_due_today", "nobody", 2)]
        assert not Notice.objects.exists()
        assert not Entry.objects.filter(verb="remind").exists()

    def test_another_district(self, month: Cast) -> None:
        somebody("far", "reporter", month.elsewhere)
        somebody("far_head", "auditor", month.elsewhere, is_head=True)
        for day in range(40):
            ran(OPENING + day * DAY)
        assert not Notice.objects.filter(recipient__unit=month.elsewhere).exists()


class TestLeaders:
    def test_of_one_without_an_account_the_office_is_told(self, month: Cast) -> None:
        assert ("leader_without_account", "office", 1) in ran(DUE + 5 * DAY)
        notice = Notice.objects.get(kind="leader_without_account")
        assert notice.params["leaders"] == ["王区长"]
        assert "包保领导无账号，请转告：王区长。" in notice.sentence

    def test_a_closed_account_is_none(self, month: Cast) -> None:
        Leader.objects.update(account=month.leader)
        User.objects.filter(pk=month.leader.pk).update(is_active=False)
        assert ("leader_without_account", "office", 1) in ran(DUE + 5 * DAY)

    def test_one_who_is_of_the_office_hears_both(self, month: Cast) -> None:
        Leader.objects.update(account=month.office)
        second = Leader.objects.create(name="李区长", unit=month.district)
        project(month, "P-3", leader=second)
        opened(day=OPENING)
        told = [each for each in ran(DUE + 5 * DAY) if each[1] == "office"]
        assert told == [("report_overdue_leader", "office", 1), ("leader_without_account", "office", 1)]


class TestLadder:
    def test_steps_out_of_use_are_not_taken(self, month: Cast) -> None:
        ReminderStep.objects.filter(days=-3).update(is_active=False)
        ran(OPENING)
        assert ran(DUE - 3 * DAY) == []

    def test_a_step_of_ones_own(self, month: Cast) -> None:
        keep_step(
            ReminderStep(anchor="locks", days=1, audience="office"), by=month.office, at=AT, seen=None
        )  # fmt: skip
        assert "reports_missing" not in [each[0] for each in ran(LOCK, 23, 59, 59)]
        assert ("reports_missing", "office", 2) in ran(LOCK + DAY, 0, 0, 0)

    def test_without_steps_nothing_is_said(self, month: Cast) -> None:
        ReminderStep.objects.all().delete()
        assert ran(DUE) == []


class TestTelling:
    def test_what_the_notice_holds(self, month: Cast) -> None:
        reachable(month.reporter)
        ran(DUE - 3 * DAY)
        notice = Notice.objects.get()
        assert notice.params == {
            "month": "2023-09", "day": "2023-10-08", "count": 2, "unit": ["税郭镇"], "projects": ["项目P-1", "项目P-2"],
        }  # fmt: skip
        assert (notice.url, notice.key) == ("/reports/?month=2023-09", "remind:2023-09:due-3")
        assert notice.mail_after == at(DUE - 3 * DAY, 8)
        assert notice.sentence == "还有2份2023年9月月报未报送，截止日期为2023-10-08：项目P-1、项目P-2。"

    def test_who_has_no_address_finds_it_in_the_product(self, month: Cast) -> None:
        ran(DUE)
        assert Notice.objects.get().mail_after is None

    def test_the_lock_is_named_by_its_own_day(self, month: Cast) -> None:
        ran(LOCK - DAY)
        assert Notice.objects.get(kind="report_lock_soon").params["day"] == "2023-10-15"

    def test_a_run_that_told_something_is_in_the_journal(self, month: Cast) -> None:
        head_of_the_town(month)
        ran(DUE + 2 * DAY)
        entry = Entry.objects.latest("seq")
        assert (entry.verb, entry.subject_name, entry.after, entry.actor) == ("remind", "2023-09", {"people": 3}, None)
        assert entry.note == "应报日当天：单位填报人 · 2\n应报日后2天：单位负责人 · 1"

    def test_a_dry_run_says_the_same_and_writes_nothing(self, month: Cast) -> None:
        head_of_the_town(month)
        entries = Entry.objects.count()
        dry = ran(DUE + 5 * DAY, dry_run=True)
        assert not Notice.objects.exists()
        assert Entry.objects.count() == entries
        assert ran(DUE + 5 * DAY) == dry
        assert {each[0] for each in dry} == {"report_overdue", "report_overdue_head", "leader_without_account"}

    def test_a_failure_takes_the_run_of_the_period_back(self, month: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(**given: Any) -> None:
            raise ArithmeticError

        monkeypatch.setattr("projects.progress.actions.reminding.record", broken)
        with pytest.raises(ArithmeticError):
            ran(DUE)
        assert not Notice.objects.exists()

    @pytest.mark.parametrize("rows", [1, 3])
    def test_rows_cost_no_queries(self, cast: Cast, rows: int, django_assert_num_queries: Any) -> None:
        found_ladder(by=None, at=AT)
        for number in range(rows):
            leader = Leader.objects.create(name=f"领导{number}", unit=cast.district)
            project(cast, f"P-{number}", leader=leader, unit=[cast.town, cast.other_town][number % 2])
        opened(day=OPENING)
        with django_assert_num_queries(12):
            ran(DUE + 5 * DAY, dry_run=True)


def test_a_run_looks_at_every_open_month(month: Cast) -> None:
    october = opened(SEPTEMBER + 1, datetime.date(2023, 10, 25))
    Period.objects.filter(pk=october.pk).update(opens_on=DUE, opened_at=at(DUE, 0))
    assert {each.month for each in remind(today=DUE, at=at(DUE))} == {SEPTEMBER, SEPTEMBER + 1}
