"""What people hear of their reports: who submitted, what was returned, approved, opened again, allowed late."""

import datetime
from typing import Any

import pytest
from django.core import mail
from django.db import transaction

from projects.accounts.models import User
from projects.core.refusals import Refused
from projects.notices.models import Notice
from projects.progress.actions.reporting import submit, submit_all, withdraw
from projects.progress.actions.reviewing import allow_late, approve, approve_several, reopen, send_back
from projects.progress.models import MonthlyReport
from projects.register.models import Project
from tests.cast import SEPTEMBER, Cast, assemble, project
from tests.notices.told import reachable
from tests.progress.month import LOCK, approved, asked, at, opened, submitted, written

DAY = datetime.timedelta(days=1)


@pytest.fixture
def row(cast: Cast) -> Project:
    found = project(cast)
    opened(day=datetime.date(2023, 9, 25))
    return found


def heard(kind: str) -> list[str]:
    """Who was told this kind, by name."""
    return list(Notice.objects.filter(kind=kind).order_by("id").values_list("recipient__username", flat=True))


def several(cast: Cast, count: int) -> list[MonthlyReport]:
    rows = [project(cast, f"P-{number}") for number in range(count)]
    opened()
    return [submitted(each, by=cast.reporter) for each in rows]


class TestSubmitted:
    def test_the_office_of_the_district_hears_of_it(self, cast: Cast, row: Project) -> None:
        submitted(row, by=cast.reporter)
        assert heard("report_waiting") == ["office"]
        notice = Notice.objects.get()
        assert (notice.sentence, notice.url) == ("税郭镇已报送2023年9月月报，请审核。", "/reports/?month=2023-09")

    def test_once_a_unit_month_and_day(self, cast: Cast) -> None:
        several(cast, 3)
        assert heard("report_waiting") == ["office"]
        other = project(cast, "P-9", unit=cast.other_town)
        opened()
        submitted(other, by=cast.other_reporter)
        assert heard("report_waiting") == ["office", "office"]

    @pytest.mark.parametrize(("hour", "minute", "second", "day", "notices"), [(23, 59, 59, 0, 1), (0, 0, 0, 1, 2)])
    def test_the_day_is_the_local_one(
        self, cast: Cast, hour: int, minute: int, second: int, day: int, notices: int
    ) -> None:
        first, second_row = project(cast, "P-1"), project(cast, "P-2")
        opened()
        submitted(first, by=cast.reporter)
        report = written(second_row, by=cast.reporter)
        moment = at(datetime.date(2023, 10, 10) + day * DAY, hour, minute, second)
        submit(report, by=cast.reporter, at=moment, seen=report.version)
        assert len(heard("report_waiting")) == notices

    def test_nobody_hears_what_he_did_himself(self, cast: Cast, row: Project) -> None:
        submitted(row, by=cast.office)
        assert heard("report_waiting") == []

    def test_what_is_refused_is_not_told(self, cast: Cast, row: Project) -> None:
        report = written(row, by=cast.reporter, image="")
        with pytest.raises(Refused):
            submit(report, by=cast.reporter, at=at(), seen=report.version)
        assert submit_all([report], by=cast.reporter, at=at(), backgrounds={}) == (0, 1)
        assert not Notice.objects.exists()


class TestReturned:
    def test_who_submitted_and_the_reporters_of_the_unit_hear_why(self, cast: Cast, row: Project) -> None:
        report = submitted(row, by=cast.admin)
        send_back(report, {"": "", "image": "与上月相同", "reason": "缺"}, by=cast.office, at=at(), seen=report.version)
        assert sorted(heard("report_returned")) == ["admin", "reporter"]
        notice = Notice.objects.filter(kind="report_returned").first()
        assert notice
        assert notice.sentence == "“项目P-1”2023年9月月报被退回：与上月相同"
        assert notice.url == "/reports/2023-09/P-1/"

    def test_each_return_is_told(self, cast: Cast, row: Project) -> None:
        for _time in range(2):
            report = asked(row) if asked(row).state == "returned" else written(row, by=cast.reporter)
            report = submit(report, by=cast.reporter, at=at(), seen=report.version)
            send_back(report, {"": "请核实"}, by=cast.office, at=at(), seen=report.version)
        assert heard("report_returned") == ["reporter", "reporter"]

    def test_a_report_taken_back_is_nobodys_news(self, cast: Cast, row: Project) -> None:
        report = submitted(row, by=cast.reporter)
        Notice.objects.all().delete()
        withdraw(report, by=cast.reporter, at=at(), seen=report.version)
        assert not Notice.objects.exists()


class TestApproved:
    def test_who_submitted_it_hears_so(self, cast: Cast, row: Project) -> None:
        report = submitted(row, by=cast.reporter)
        approve(report, by=cast.office, at=at(), seen=report.version)
        assert heard("report_approved") == ["reporter"]

    def test_one_that_the_system_submitted_is_told_nobody(self, cast: Cast, row: Project) -> None:
        approved(row)
        assert heard("report_approved") == []

    def test_of_many_at_once_each_person_has_one_notice_a_month(self, cast: Cast) -> None:
        reports = several(cast, 7)
        october = opened(SEPTEMBER + 1).month
        new = {"image": "主体封顶", "next_steps": "外墙施工"}
        reports.append(submitted(reports[0].project, october, by=cast.reporter, **new))
        other = project(cast, "P-9", unit=cast.other_town)
        opened()
        reports.append(submitted(other, by=cast.other_reporter))
        assert approve_several([(each, each.version) for each in reports], by=cast.office, at=at()) == 9
        assert heard("reports_approved") == ["reporter"]
        assert sorted(heard("report_approved")) == ["other_reporter", "reporter"]
        notice = Notice.objects.get(kind="reports_approved")
        assert notice.sentence == "7份2023年9月月报已审核通过：项目P-0、项目P-1、项目P-2、项目P-3、项目P-4等。"

    def test_when_one_is_refused_nobody_hears_of_the_others(self, cast: Cast) -> None:
        first, second = several(cast, 2)
        own = submitted(project_of(second, cast), by=cast.office)
        with pytest.raises(Refused):
            approve_several([(first, first.version), (own, own.version)], by=cast.office, at=at())
        assert heard("report_approved") == heard("reports_approved") == []


def project_of(report: MonthlyReport, cast: Cast) -> Project:
    """Another project, asked for the same month."""
    found = project(cast, "P-8", unit=report.project.unit)
    opened()
    return found


class TestOpenedAgain:
    def test_the_unit_hears_why(self, cast: Cast, row: Project) -> None:
        report = approved(row, by=cast.reporter)
        reopen(report, reason="数据有误", by=cast.office, at=at(), seen=report.version)
        assert heard("report_reopened") == ["reporter"]
        assert "数据有误" in Notice.objects.get(kind="report_reopened").sentence


class TestAllowedLate:
    def test_the_reporters_hear_until_when(self, cast: Cast, row: Project) -> None:
        until = LOCK + 3 * DAY
        allow_late(asked(row), until=until, reason="停电", by=cast.office, at=at(LOCK + DAY))
        assert heard("late_allowed") == ["reporter"]
        assert Notice.objects.get().sentence == "“项目P-1”2023年9月月报准予补报，最迟2023-10-18：停电"


class TestTransaction:
    @pytest.mark.django_db(transaction=True)
    def test_what_is_taken_back_was_never_told(self) -> None:
        cast = assemble()
        row = project(cast)
        opened()
        report = submitted(row, by=reachable(cast.reporter))
        Notice.objects.all().delete()
        with transaction.atomic():
            send_back(report, {"": "请核实"}, by=cast.office, at=at(), seen=report.version)
            assert Notice.objects.exists()
            transaction.set_rollback(True)
        assert not Notice.objects.exists()
        assert mail.outbox == []
        send_back(report, {"": "请核实"}, by=cast.office, at=at(), seen=report.version)
        assert [message.to for message in mail.outbox] == [["somebody@example.org"]]


def test_a_unit_without_people_is_told_nothing_and_hinders_nothing(cast: Cast, row: Project) -> None:
    User.objects.exclude(pk=cast.admin.pk).update(is_active=False)
    report = submitted(row, by=None)
    given: dict[str, Any] = {"by": cast.admin, "at": at(), "seen": report.version}
    assert send_back(report, {"": "请核实"}, **given).state == "returned"
    assert not Notice.objects.exists()
