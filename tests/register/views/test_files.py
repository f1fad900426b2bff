"""The pages of a project's files: adding, opening, removing; five questions each, and what an attacker would send."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from projects.journal.models import Entry
from projects.register.actions.filing import keep_file, remove_file
from projects.register.models import Attachment
from tests.cast import AT, Cast, project, signed_in
from tests.register.conftest import stored
from tests.register.samples import HTML, JPG, PDF, PNG, SVG, picture

pytestmark = pytest.mark.usefixtures("folder", "standing_clock")

NEW = "/projects/P-1/files/new/"


def send(client: Client, name: str = "批复.pdf", content: bytes = PDF, url: str = NEW, **more: Any) -> Any:
    return client.post(url, {"file": SimpleUploadedFile(name, content), **more})


def kept(cast: Cast, name: str = "批复.pdf", content: bytes = PDF) -> Attachment:
    return keep_file(project(cast), name, content, by=cast.reporter, at=AT)


class TestAdding:
    def test_works_from_the_page_of_the_project(self, cast: Cast, folder: Path) -> None:
        project(cast)
        client = signed_in(cast.reporter)
        page = client.get("/projects/P-1/").content.decode()
        assert f'action="{NEW}" enctype="multipart/form-data"' in page
        response = send(client, title="立项批复")
        assert (response.status_code, response["Location"]) == (302, "/projects/P-1/#files")
        assert Attachment.objects.get().title == "立项批复"
        assert "立项批复" in client.get("/projects/P-1/").content.decode()

    def test_has_a_page_of_its_own_too(self, cast: Cast) -> None:
        project(cast)
        assert signed_in(cast.office).get(NEW).status_code == 200

    def test_a_stranger_finds_nothing(self, cast: Cast, folder: Path) -> None:
        project(cast)
        client = signed_in(cast.stranger)
        assert (client.get(NEW).status_code, send(client).status_code) == (404, 404)
        assert stored(folder) == []

    @pytest.mark.parametrize(("who", "says"), [("leader", "增删"), ("auditor", "增删"), ("other_reporter", "税郭镇")])
    def test_a_reader_is_told_why_not(self, cast: Cast, folder: Path, who: str, says: str) -> None:
        project(cast)
        response = send(signed_in(cast.person(who)))
        assert response.status_code == 403
        assert says in response.content.decode()
        assert stored(folder) == []

    def test_nothing_chosen(self, cast: Cast) -> None:
        project(cast)
        response = signed_in(cast.reporter).post(NEW, {"title": "只有标题"})
        assert response.status_code == 422
        assert "只有标题" in response.content.decode()

    def test_no_such_project(self, cast: Cast) -> None:
        assert send(signed_in(cast.office), url="/projects/none/files/new/").status_code == 404

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("a.html", HTML),
            ("a.svg", SVG),
            ("a.pdf.html", PDF),
            ("a.html.pdf", PDF),
            ("a.jpg", HTML),
            ("a.png", SVG),
            ("a.pdf", b""),
            ("a.exe", b"MZ"),
            ("../../../../tmp/x.sh", b"#!/bin/sh"),
            ("x" * 300 + ".svg", SVG),
        ],
    )
    def test_what_an_attacker_sends_is_refused(self, cast: Cast, folder: Path, name: str, content: bytes) -> None:
        project(cast)
        response = send(signed_in(cast.reporter), name, content, title="说明不丢")
        assert response.status_code == 422
        assert "说明不丢" in response.content.decode()
        assert (Attachment.objects.count(), stored(folder)) == (0, [])

    @pytest.mark.parametrize("name", ["../../批复.pdf", "..\\..\\批复.pdf", "/etc/批复.pdf", "a\x00批复.pdf"])
    def test_a_path_in_a_name_leads_nowhere(self, cast: Cast, folder: Path, name: str) -> None:
        project(cast)
        assert send(signed_in(cast.reporter), name).status_code == 302
        assert Attachment.objects.get().original_name.removeprefix("a") == "批复.pdf"
        assert [path.parent.parent for path in stored(folder)] == [folder]

    def test_too_large_is_told_and_far_too_large_is_not_even_read(
        self, cast: Cast, folder: Path, settings: Settings
    ) -> None:
        settings.ATTACHMENT_MB = 1
        project(cast)
        client = signed_in(cast.reporter)
        response = send(client, content=PDF + bytes(1024 * 1024))
        assert response.status_code == 422
        assert "1 MB" in response.content.decode()
        settings.UPLOAD_CEILING = 1024 * 1024
        refused = send(client, content=PDF + bytes(1024 * 1024))
        assert refused.status_code == 400
        assert "请减少本次所选文件" in refused.content.decode()
        assert stored(folder) == []

    def test_a_full_quota_is_told(self, cast: Cast, settings: Settings) -> None:
        settings.ATTACHMENT_QUOTA_MB = 0
        project(cast)
        response = send(signed_in(cast.reporter))
        assert response.status_code == 422
        assert "税郭镇" in response.content.decode()

    def test_markup_in_a_title_stays_text(self, cast: Cast) -> None:
        project(cast)
        client = signed_in(cast.reporter)
        send(client, title="<script>alert(1)</script>")
        page = client.get("/projects/P-1/").content.decode()
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;alert(1)" in page


class TestOpening:
    @pytest.mark.parametrize("who", ["reporter", "office", "admin", "leader", "auditor"])
    def test_works(self, cast: Cast, who: str) -> None:
        file = kept(cast, "施工 许可证;\"'.pdf")
        response = signed_in(cast.person(who)).get(f"/projects/P-1/files/{file.pk}/")
        assert response.status_code == 200
        assert b"".join(response.streaming_content) == PDF  # type: ignore[attr-defined]
        assert response["Content-Type"] == "application/octet-stream"
        assert response["Content-Disposition"].startswith("attachment;")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]
        assert "no-store" in response["Cache-Control"]
        entry = Entry.objects.latest("seq")
        assert (entry.verb, entry.actor, entry.subject_id) == ("take_file", cast.person(who), file.pk)
        assert entry.after == {"project": "项目P-1"}

    @pytest.mark.parametrize("who", ["stranger", "other_reporter"])
    def test_everybody_else_finds_nothing(self, cast: Cast, who: str) -> None:
        file = kept(cast, "现场.jpg", JPG)
        client = signed_in(cast.person(who))
        for url in (f"/projects/P-1/files/{file.pk}/", f"/projects/P-1/files/{file.pk}/preview/"):
            assert client.get(url).status_code == 404
        page = client.get("/projects/P-1/")
        if who != "stranger":  # reads the project itself
            assert page.status_code == 200
            assert "现场.jpg" not in page.content.decode().partition('id="history"')[0]

    def test_signed_out_one_signs_in_first(self, cast: Cast, client: Client) -> None:
        file = kept(cast)
        assert client.get(f"/projects/P-1/files/{file.pk}/").status_code == 302

    def test_a_removed_one_is_gone(self, cast: Cast) -> None:
        file = kept(cast, "现场.jpg", JPG)
        remove_file(file, reason="传错", by=None, at=AT)
        client = signed_in(cast.office)
        for url in (f"/projects/P-1/files/{file.pk}/", f"/projects/P-1/files/{file.pk}/preview/"):
            assert client.get(url).status_code == 404
        assert "现场.jpg" not in client.get("/projects/P-1/").content.decode().partition('id="history"')[0]

    def test_under_another_project_or_number_is_none(self, cast: Cast) -> None:
        file = kept(cast)
        project(cast, "P-2")
        client = signed_in(cast.office)
        for url in (f"/projects/P-2/files/{file.pk}/", "/projects/P-1/files/0/", f"/projects/P-1/files/{2**70}/"):
            assert client.get(url).status_code == 404

    def test_one_whose_content_is_lost_is_none(self, cast: Cast, folder: Path) -> None:
        file = kept(cast)
        for path in stored(folder):
            path.unlink()
        assert signed_in(cast.office).get(f"/projects/P-1/files/{file.pk}/").status_code == 404

    def test_opening_is_reading(self, cast: Cast) -> None:
        file = kept(cast)
        assert signed_in(cast.office).post(f"/projects/P-1/files/{file.pk}/").status_code == 405

    def test_a_preview_is_a_jpeg_of_ours(self, cast: Cast) -> None:
        file = kept(cast, "现场.png", PNG)
        response = signed_in(cast.reporter).get(f"/projects/P-1/files/{file.pk}/preview/")
        assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response.content.startswith(b"\xff\xd8\xff")

    def test_a_document_has_no_preview(self, cast: Cast) -> None:
        file = kept(cast)
        assert signed_in(cast.reporter).get(f"/projects/P-1/files/{file.pk}/preview/").status_code == 404


class TestRemoving:
    def url(self, file: Attachment) -> str:
        return f"/projects/P-1/files/{file.pk}/remove/"

    def test_asks_first_and_works(self, cast: Cast) -> None:
        file = kept(cast)
        client = signed_in(cast.reporter)
        assert "批复.pdf" in client.get(self.url(file)).content.decode()
        assert Attachment.objects.kept().exists()
        assert client.post(self.url(file), {"reason": "传错项目"}).status_code == 302
        assert not Attachment.objects.kept().exists()

    def test_a_stranger_finds_nothing(self, cast: Cast) -> None:
        file = kept(cast)
        assert signed_in(cast.stranger).post(self.url(file), {"reason": "…"}).status_code == 404

    @pytest.mark.parametrize("who", ["leader", "auditor"])
    def test_a_reader_is_told_why_not(self, cast: Cast, who: str) -> None:
        file = kept(cast)
        response = signed_in(cast.person(who)).post(self.url(file), {"reason": "…"})
        assert response.status_code == 403
        assert "增删" in response.content.decode()
        assert Attachment.objects.kept().exists()

    def test_another_units_reporter_does_not_even_see_it(self, cast: Cast) -> None:
        file = kept(cast)
        assert signed_in(cast.other_reporter).post(self.url(file), {"reason": "…"}).status_code == 404

    def test_without_a_reason(self, cast: Cast) -> None:
        file = kept(cast)
        assert signed_in(cast.reporter).post(self.url(file), {"reason": " "}).status_code == 422
        assert Attachment.objects.kept().exists()

    def test_twice(self, cast: Cast) -> None:
        file = kept(cast)
        remove_file(file, reason="传错", by=None, at=AT)
        assert signed_in(cast.reporter).post(self.url(file), {"reason": "传错"}).status_code == 404


def test_many_files_cost_no_more_queries_than_one(cast: Cast) -> None:
    row = project(cast)
    client = signed_in(cast.office)

    def add(number: int) -> None:
        keep_file(row, f"{number}.pdf", PDF + str(number).encode(), by=cast.office, at=AT)
        keep_file(row, f"{number}.jpg", picture(size=(100, 100 + number)), by=cast.reporter, at=AT)

    def queries() -> int:
        client.get("/projects/P-1/")
        with CaptureQueriesContext(connection) as counted:
            assert client.get("/projects/P-1/").status_code == 200
        return len(counted)

    add(1)
    at_one = queries()
    add(2)
    add(3)
    assert queries() == at_one
