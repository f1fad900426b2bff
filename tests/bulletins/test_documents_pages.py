"""Taking a bulletin along: who may, what is handed out, and what waits in the background."""

import io
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from projects.background.models import Job
from projects.bulletins.actions.papers import make_files
from projects.bulletins.models import Bulletin, BulletinFile
from projects.bulletins.views import documents
from projects.journal.models import Entry
from tests.bulletins.month import LATER, begun, circulated, district_of_three, published
from tests.cast import Cast


@pytest.fixture(autouse=True)
def _month(cast: Cast) -> None:
    district_of_three(cast)


def address(bulletin: Bulletin, kind: str = "pdf") -> str:
    return f"/bulletins/{bulletin.pk}/documents/{kind}/"


def page(bulletin: Bulletin) -> str:
    return f"/bulletins/{bulletin.pk}/print/"


class TestDocument:
    @pytest.mark.parametrize("who", ["admin", "office", "reporter", "leader", "auditor"])
    def test_everybody_gets_the_kept_bytes(self, cast: Cast, client: Client, who: str) -> None:
        bulletin = published(cast)
        make_files(bulletin, at=LATER)
        client.force_login(cast.person(who))
        answer = client.get(address(bulletin, "xlsx"))
        assert answer.content == bytes(BulletinFile.objects.get(kind="xlsx").content)
        assert answer["Content-Disposition"].startswith("attachment")
        assert "filename*=utf-8''%E6%9E%A3%E5%BA%84" in answer["Content-Disposition"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert Entry.objects.latest("seq").verb == "export_bulletin"

    def test_made_by_who_comes_first_and_kept(self, cast: Cast, client: Client) -> None:
        bulletin = published(cast)
        client.force_login(cast.leader)
        first = client.get(address(bulletin))
        assert BulletinFile.objects.count() == 3
        assert client.get(address(bulletin)).content == first.content

    @pytest.mark.parametrize(
        ("who", "status"), [("stranger", 404), ("reporter", 404), ("leader", 200), ("office", 200)]
    )
    def test_a_draft_is_not_for_everybody(self, cast: Cast, client: Client, who: str, status: int) -> None:
        bulletin = begun(cast)
        client.force_login(cast.person(who))
        assert client.get(address(bulletin)).status_code == status
        assert client.get(page(bulletin)).status_code == status
        assert client.post(address(bulletin)).status_code == (302 if status == 200 else 404)

    def test_a_circulated_draft_is_for_the_units_too_and_marked(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.reporter)
        answer = client.get(address(circulated(cast)))
        assert all("征求意见稿" in each.extract_text() for each in PdfReader(io.BytesIO(answer.content)).pages)
        assert not BulletinFile.objects.exists()

    def test_what_is_no_format_is_nowhere(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.office)
        assert client.get(address(published(cast), "odt")).status_code == 404
        assert client.get("/bulletins/999/documents/pdf/").status_code == 404

    def test_a_visitor_is_sent_to_sign_in(self, cast: Cast, client: Client) -> None:
        answer = client.get(address(published(cast)))
        assert (answer.status_code, "/accounts/login/" in answer["Location"]) == (302, True)


class TestInTheBackground:
    def test_a_draft_asked_for_by_its_button_is_a_result_to_fetch(
        self, cast: Cast, client: Client, django_capture_on_commit_callbacks: Any
    ) -> None:
        client.force_login(cast.office)
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(address(begun(cast), "docx"))
        job = Job.objects.get()
        assert answer["Location"] == f"/jobs/{job.pk}/"
        assert (job.state, job.done, job.total) == ("done", 9, 9)
        assert job.file_name == "枣庄市市中区2023年9月“红黄蓝”三色通报（第9期）（征求意见稿）.docx"
        assert not BulletinFile.objects.exists()
        fetched = client.get(f"/jobs/{job.pk}/result/")
        assert b"".join(fetched.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]

    def test_a_large_one_is_made_there_also_for_who_follows_a_link(
        self, cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
    ) -> None:
        monkeypatch.setattr(documents, "AT_ONCE", 2)
        bulletin = published(cast)
        client.force_login(cast.office)
        with django_capture_on_commit_callbacks(execute=True):
            client.get(address(bulletin))
        assert Job.objects.get().url == address(bulletin)
        assert client.get(address(bulletin)).status_code == 200

    def test_who_lost_the_right_meanwhile_is_told_so(
        self, cast: Cast, client: Client, django_capture_on_commit_callbacks: Any
    ) -> None:
        bulletin = circulated(cast)
        client.force_login(cast.reporter)
        with django_capture_on_commit_callbacks() as waiting:
            client.post(address(bulletin))
        Bulletin.objects.update(state="draft", circulated_at=None, objections_until=None)
        for callback in waiting:
            callback()
        assert Job.objects.get().has_failed


class TestPrint:
    def test_it_shows_what_was_published(self, cast: Cast, client: Client) -> None:
        bulletin = published(cast)
        client.force_login(cast.reporter)
        told = client.get(page(bulletin)).content.decode()
        assert "征求意见稿" not in told
        for part in (bulletin.title[-12:], "一、总体进展", "附件9", "■ 红", bulletin.short_digest):
            assert part in told
        for line in bulletin.lines.all():
            assert line.name in told

    def test_a_draft_is_marked(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.leader)
        told = client.get(page(circulated(cast))).content.decode()
        assert told.count("征求意见稿") > 9
        assert "尚未发布" in told

    def test_it_changes_nothing(self, cast: Cast, client: Client) -> None:
        bulletin = published(cast)
        client.force_login(cast.office)
        assert client.post(page(bulletin)).status_code == 405
        assert client.get(page(bulletin)).content == client.get(page(bulletin)).content
