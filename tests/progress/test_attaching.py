"""Files sent in with a report: kept and taken out while it may be written, by whom, and bound to it afterwards."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from pytest_django import Settings

from projects.core.refusals import NotAllowed, Refused
from projects.journal.models import Entry
from projects.progress.actions.attaching import attach, attach_several, detach
from projects.progress.actions.restoring import ask_no_more
from projects.progress.models import MonthlyReport, ReportFile
from projects.register.actions.filing import Upload, keep_file, remove_file
from projects.register.models import Attachment
from tests.cast import Cast, project
from tests.progress.month import LOCK, asked, at, in_state, opened, returned, written
from tests.register.conftest import stored
from tests.register.samples import JPG, PDF, PNG, PROGRAM

pytestmark = pytest.mark.usefixtures("folder")

PHOTO, PAPER = Upload("现场.jpg", JPG), Upload("监理月报.pdf", PDF)


@pytest.fixture
def report(cast: Cast) -> MonthlyReport:
    of = project(cast)
    opened()
    return asked(of)


def send(report: MonthlyReport, upload: Upload = PHOTO, **more: Any) -> Attachment:
    return attach(report, upload, **{"by": None, "at": at(), **more})


class TestSendingIn:
    def test_keeps_a_file_of_the_project_and_of_the_report(self, cast: Cast, report: MonthlyReport) -> None:
        kept = send(report, title="四层浇筑", by=cast.reporter)
        assert (kept.project, kept.title, kept.original_name, kept.kind) == (
            report.project, "四层浇筑", "现场.jpg", "photo",
        )  # fmt: skip
        assert ReportFile.objects.get().report == report
        entry = Entry.objects.latest("seq")
        assert (entry.verb, entry.actor, entry.project_id) == ("keep_file", cast.reporter, report.project_id)
        assert asked(report.project).state == "due"

    def test_a_report_that_nobody_asked_for_begins_with_it(self, cast: Cast, report: MonthlyReport) -> None:
        MonthlyReport.objects.all().delete()
        send(MonthlyReport(project=report.project, month=report.month), by=cast.reporter)
        assert asked(report.project).files.count() == 1

    @pytest.mark.parametrize("state", ["due", "draft", "returned"])
    def test_while_it_may_be_written(self, cast: Cast, report: MonthlyReport, state: str) -> None:
        send(in_state(state, report.project, cast), by=cast.reporter)
        assert ReportFile.objects.count() == 1

    @pytest.mark.parametrize("state", ["submitted", "approved"])
    def test_not_once_it_is_with_the_office(self, cast: Cast, report: MonthlyReport, folder: Path, state: str) -> None:
        found = in_state(state, report.project, cast)
        for by in (cast.reporter, cast.office, None):
            with pytest.raises(Refused):
                send(found, by=by)
        assert not Attachment.objects.exists()
        assert stored(folder) == []

    def test_until_the_end_of_the_lock_day(self, cast: Cast, report: MonthlyReport, folder: Path) -> None:
        send(report, by=cast.reporter, at=at(LOCK, 23, 59, 59))
        with translation.override("en"), pytest.raises(Refused, match="was locked"):
            send(report, PAPER, by=cast.reporter, at=at(LOCK + datetime.timedelta(days=1), 0, 0, 0))
        assert len(stored(folder)) == ReportFile.objects.count() == 1

    @pytest.mark.parametrize("who", ["other_reporter", "leader", "auditor", "stranger"])
    def test_not_by_others(self, cast: Cast, report: MonthlyReport, who: str, folder: Path) -> None:
        with pytest.raises(NotAllowed):
            send(report, by=cast.person(who))
        assert stored(folder) == []

    def test_of_three_the_bad_one_is_named_and_the_good_ones_are_kept(
        self, cast: Cast, report: MonthlyReport, folder: Path
    ) -> None:
        with translation.override("en"):
            sent = attach_several(
                report, [PHOTO, Upload("假照片.png", PROGRAM), Upload("空.pdf", b"")], by=cast.reporter, at=at()
            )
        assert [kept.title for kept in sent.kept] == ["现场.jpg"]
        damaged, empty = map(str, sent.refused)
        assert damaged.startswith("“假照片.png” is damaged")
        assert empty.startswith("“空.pdf”: The file is empty")
        assert len(stored(folder)) == 1

    def test_the_room_of_the_unit_holds_for_all_of_them_together(
        self, cast: Cast, report: MonthlyReport, settings: Settings
    ) -> None:
        settings.ATTACHMENT_QUOTA_MB = 1
        half = Upload("一.pdf", PDF + bytes(1024 * 1024 // 2 - len(PDF)))
        other = Upload("二.pdf", PDF + b"2" + bytes(1024 * 1024 // 2 - len(PDF) - 1))
        sent = attach_several(report, [half, other, Upload("三.pdf", PDF)], by=cast.reporter, at=at())
        assert [kept.title for kept in sent.kept] == ["一.pdf", "二.pdf"]
        assert [str(refused).startswith("“三.pdf”") for refused in sent.refused] == [True]

    def test_sent_twice_it_is_there_once(self, cast: Cast, report: MonthlyReport) -> None:
        sent = attach_several(report, [PHOTO, PHOTO], by=cast.reporter, at=at())
        assert (len(sent.kept), len(sent.refused)) == (1, 1)


class TestTakingOut:
    def test_removes_it_with_one_entry_and_keeps_the_content(
        self, cast: Cast, report: MonthlyReport, folder: Path
    ) -> None:
        kept = send(report, by=cast.reporter)
        entries = Entry.objects.count()
        detach(report, kept, by=cast.reporter, at=at())
        kept.refresh_from_db()
        assert (kept.removed_at, kept.removed_by) == (at(), cast.reporter)
        assert not ReportFile.objects.exists()
        assert len(stored(folder)) == 1
        entry = Entry.objects.latest("seq")
        assert (entry.verb, Entry.objects.count()) == ("remove_file", entries + 1)
        assert "2023年9月" in entry.note

    def test_of_another_person_is_for_the_office(self, cast: Cast, report: MonthlyReport) -> None:
        kept = send(report, by=cast.office)
        with translation.override("en"), pytest.raises(NotAllowed, match="sent in by"):
            detach(report, kept, by=cast.reporter, at=at())
        theirs = send(report, PAPER, by=cast.reporter)
        detach(report, theirs, by=cast.office, at=at())
        assert [each.attachment for each in ReportFile.objects.all()] == [kept]

    @pytest.mark.parametrize("state", ["submitted", "approved"])
    def test_not_once_it_is_with_the_office(self, cast: Cast, report: MonthlyReport, state: str) -> None:
        kept = send(report, by=cast.reporter)
        found = in_state(state, report.project, cast)
        with pytest.raises(Refused):
            detach(found, kept, by=cast.reporter, at=at())
        with translation.override("en"), pytest.raises(Refused, match=r"report of .* for 2023-09.*Take it out there"):
            remove_file(kept, reason="不要了", by=cast.reporter, at=at())
        assert Attachment.objects.kept().get() == kept

    def test_after_a_return_it_may_go_again(self, cast: Cast, report: MonthlyReport) -> None:
        kept = send(report, by=cast.reporter)
        detach(returned(report.project, by=cast.reporter), kept, by=cast.reporter, at=at())
        assert not Attachment.objects.kept().exists()

    def test_not_a_file_of_something_else(self, cast: Cast, report: MonthlyReport) -> None:
        other = keep_file(report.project, "批复.pdf", PDF, by=cast.reporter, at=at())
        elsewhere = project(cast, "P-2")
        MonthlyReport.objects.create(project=elsewhere, month=report.month)
        theirs = send(asked(elsewhere), Upload("别处.png", PNG), by=cast.reporter)
        for foreign in (other, theirs):
            with pytest.raises(Refused):
                detach(report, foreign, by=cast.reporter, at=at())
        assert Attachment.objects.kept().count() == 2

    def test_one_that_proves_something_else_stays_in_the_report_too(self, cast: Cast, report: MonthlyReport) -> None:
        kept = send(report, PAPER, by=cast.reporter)
        report.project.milestones.create(name="封顶", planned_on=LOCK, document=kept)
        with pytest.raises(Refused):
            detach(report, kept, by=cast.reporter, at=at())
        assert ReportFile.objects.count() == 1


def test_a_report_with_files_stays_asked_for(cast: Cast, report: MonthlyReport) -> None:
    send(report, by=cast.reporter)
    assert ask_no_more(report.project, by=cast.office, at=at()) == 0
    assert asked(report.project).files.count() == 1


def test_saving_the_draft_leaves_the_files(cast: Cast, report: MonthlyReport) -> None:
    send(report, by=cast.reporter)
    assert written(report.project, by=cast.reporter).files.count() == 1
