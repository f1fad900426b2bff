"""Files on the page on which a month is written, and afterwards on the pages of the report and the project."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.utils.html import escape
from pytest_django import Settings

from projects.accounts.models import User
from projects.progress.actions.attaching import attach
from projects.progress.models import MonthlyReport, ReportFile
from projects.register.actions.filing import Upload
from projects.register.models import Attachment
from tests.cast import Cast, project, signed_in
from tests.progress.month import LOCK, approved, asked, at, opened, submitted
from tests.progress.views.counting import at_one_and_three
from tests.register.conftest import stored
from tests.register.samples import JPG, PDF, PNG, PROGRAM

WRITE, READ = "/reports/2023-09/P-1/write/", "/reports/2023-09/P-1/"
FILLED = {"invested_this_month": "100", "image": "主体施工至三层", "next_steps": "四层施工", "version": "0"}
GOOD = {"现场.jpg": JPG, "进度.png": PNG, "监理月报.pdf": PDF}

pytestmark = pytest.mark.usefixtures("folder")


@pytest.fixture
def report(cast: Cast) -> MonthlyReport:
    of = project(cast)
    opened()
    return asked(of)


def post(who: User, files: dict[str, bytes], **typed: Any) -> HttpResponse:
    uploads = [SimpleUploadedFile(name, content) for name, content in files.items()]
    answer: Any = signed_in(who).post(WRITE, {**FILLED, "uploads": uploads, **typed})
    return answer


def told(answer: Any) -> str:
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def text_of(who: User, address: str) -> str:
    return signed_in(who).get(address).content.decode()


def names() -> list[str]:
    return [each.attachment.title for each in ReportFile.objects.select_related("attachment")]


class TestSending:
    def test_several_at_once_beside_the_draft(self, cast: Cast, report: MonthlyReport) -> None:
        answer = post(cast.reporter, GOOD, do="draft")
        assert (answer.status_code, answer["Location"]) == (302, WRITE)
        assert "已添加3个文件" in told(answer)
        assert names() == list(GOOD)
        assert (asked(report.project).state, asked(report.project).image) == ("draft", "主体施工至三层")
        text = text_of(cast.reporter, WRITE)
        assert [name in text for name in GOOD] == [True, True, True]
        assert text.count('name="remove"') == 3
        assert 'type="file"' in text
        assert 'enctype="multipart/form-data"' in text

    def test_one_title_for_all_of_them(self, cast: Cast, report: MonthlyReport) -> None:
        post(cast.reporter, GOOD, caption="九月现场")
        assert names() == ["九月现场"] * 3

    def test_and_submitted_in_one_go(self, cast: Cast, report: MonthlyReport) -> None:
        assert post(cast.reporter, GOOD, do="submit")["Location"] == READ
        assert asked(report.project).state == "submitted"
        assert names() == list(GOOD)

    def test_nobody_has_to(self, cast: Cast, report: MonthlyReport) -> None:
        assert post(cast.reporter, {}, do="submit").status_code == 302
        assert asked(report.project).state == "submitted"

    def test_of_three_the_bad_one_is_told_and_nothing_typed_is_lost(self, cast: Cast, report: MonthlyReport) -> None:
        answer = post(cast.reporter, {**GOOD, "进度.png": PROGRAM}, do="submit", caption="九月现场")
        text = answer.content.decode()
        assert answer.status_code == 422
        assert "“进度.png”" in text
        assert 'id="id_uploads_error"' in text
        assert "已添加2个文件" in text
        assert "主体施工至三层</textarea>" in text
        assert 'value="九月现场"' in text
        assert names() == ["九月现场", "九月现场"]
        assert asked(report.project).state == "due"

    def test_what_else_is_wrong_loses_no_file(self, cast: Cast, report: MonthlyReport) -> None:
        answer = post(cast.reporter, GOOD, invested_this_month="12a")
        assert answer.status_code == 422
        assert names() == list(GOOD)
        text = answer.content.decode()
        assert 'value="12a"' in text
        assert "监理月报.pdf" in text

    def test_a_title_with_control_signs_keeps_none(self, cast: Cast, report: MonthlyReport) -> None:
        assert post(cast.reporter, GOOD, caption="九\x01月").status_code == 422
        assert names() == []

    def test_a_full_room_is_told_with_the_name(
        self, cast: Cast, report: MonthlyReport, settings: Settings, folder: Path
    ) -> None:
        settings.ATTACHMENT_QUOTA_MB = 0
        answer = post(cast.reporter, {"现场.jpg": JPG})
        assert answer.status_code == 422
        assert "“现场.jpg”：" in answer.content.decode()
        assert "税郭镇" in answer.content.decode()
        assert stored(folder) == []

    @pytest.mark.parametrize("do", ["autosave", "check"])
    def test_what_the_page_does_by_itself_keeps_none(self, cast: Cast, report: MonthlyReport, do: str) -> None:
        assert post(cast.reporter, GOOD, do=do).status_code == 200
        assert names() == []

    def test_none_once_it_was_handed_in(self, cast: Cast, report: MonthlyReport) -> None:
        submitted(report.project, by=cast.reporter)
        assert post(cast.reporter, GOOD).status_code == 422
        assert names() == []

    def test_none_after_the_lock(self, cast: Cast, report: MonthlyReport, settings: Settings) -> None:
        settings.TODAY = LOCK + datetime.timedelta(days=1)
        assert post(cast.reporter, GOOD).status_code == 422
        assert names() == []
        assert 'type="file"' not in text_of(cast.reporter, WRITE)

    @pytest.mark.parametrize(
        ("who", "status"), [("leader", 403), ("auditor", 403), ("other_reporter", 403), ("stranger", 404)]
    )
    def test_none_of_others(self, cast: Cast, report: MonthlyReport, who: str, status: int) -> None:
        assert post(cast.person(who), GOOD).status_code == status
        assert names() == []

    def test_a_phone_may_take_the_photo(self, cast: Cast, report: MonthlyReport) -> None:
        assert 'accept="image/jpeg,image/png,.pdf,' in text_of(cast.reporter, WRITE)


class TestTakingOut:
    def test_one_and_what_was_typed_is_saved(self, cast: Cast, report: MonthlyReport) -> None:
        kept = attach(report, Upload("现场.jpg", JPG), by=cast.reporter, at=at())
        answer = post(cast.reporter, {}, remove=str(kept.pk))
        assert answer.status_code == 302
        assert "已移除“现场.jpg”" in told(answer)
        assert names() == []
        assert asked(report.project).image == "主体施工至三层"

    def test_only_what_one_sent_in_oneself(self, cast: Cast, report: MonthlyReport) -> None:
        kept = attach(report, Upload("现场.jpg", JPG), by=cast.office, at=at())
        assert 'name="remove"' not in text_of(cast.reporter, WRITE)
        answer = post(cast.reporter, {}, remove=str(kept.pk))
        assert answer.status_code == 422
        assert "主体施工至三层</textarea>" in answer.content.decode()
        assert names() == ["现场.jpg"]
        assert 'name="remove"' in text_of(cast.admin, WRITE)

    @pytest.mark.parametrize("pk", ["0", "x", "-1", "9" * 30, "٣"])
    def test_of_none_is_not_found(self, cast: Cast, report: MonthlyReport, pk: str) -> None:
        assert post(cast.reporter, {}, remove=pk).status_code == 404

    def test_of_another_report_is_not_found(self, cast: Cast, report: MonthlyReport) -> None:
        other = project(cast, "P-2")
        MonthlyReport.objects.create(project=other, month=report.month)
        kept = attach(asked(other), Upload("现场.jpg", JPG), by=cast.reporter, at=at())
        assert post(cast.reporter, {}, remove=str(kept.pk)).status_code == 404
        assert Attachment.objects.kept().count() == 1


class TestReading:
    @pytest.mark.parametrize("who", ["reporter", "office", "auditor"])
    def test_the_report_shows_them_with_a_preview(self, cast: Cast, report: MonthlyReport, who: str) -> None:
        kept = attach(report, Upload("现场.jpg", JPG), by=cast.reporter, at=at())
        submitted(report.project, by=cast.reporter)
        text = text_of(cast.person(who), READ)
        assert f'src="/projects/P-1/files/{kept.pk}/preview/"' in text
        assert 'name="remove"' not in text

    def test_not_to_who_may_not_open_files(self, cast: Cast, report: MonthlyReport) -> None:
        attach(report, Upload("现场.jpg", JPG), by=cast.reporter, at=at())
        approved(report.project, by=cast.reporter)
        assert "现场.jpg" in text_of(cast.leader, READ)
        assert "现场.jpg" not in text_of(cast.other_reporter, READ)

    def test_the_project_leads_to_the_report_instead_of_offering_to_remove(
        self, cast: Cast, report: MonthlyReport
    ) -> None:
        kept = attach(report, Upload("现场.jpg", JPG), by=cast.reporter, at=at())
        text = text_of(cast.reporter, "/projects/P-1/")
        assert f'href="{READ}#files"' in text
        remove = f"/projects/P-1/files/{kept.pk}/remove/"
        assert remove not in text
        refused = signed_in(cast.reporter).post(remove, {"reason": "不要了"})
        assert refused.status_code == 422
        assert escape("2023-09月报") in refused.content.decode()

    def test_costs_the_same_with_one_and_with_three(self, cast: Cast, report: MonthlyReport) -> None:
        def add(number: int) -> None:
            attach(report, Upload(f"{number}.pdf", PDF + bytes(number)), by=cast.reporter, at=at())

        one, three = at_one_and_three(signed_in(cast.reporter), WRITE, add)
        assert one == three
