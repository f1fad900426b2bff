"""Taking in and removing files: what is refused, what is written, and that file and row stand or fall together."""

import datetime
import hashlib
import io
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.utils import timezone, translation
from pytest_django import Settings

from projects.core.refusals import NotAllowed, Refused
from projects.journal.models import Entry
from projects.register.actions import filing
from projects.register.actions.filing import keep_file, remove_file, sweep
from projects.register.models import Attachment, Project, store
from tests.cast import AT, Cast, project
from tests.register.conftest import stored
from tests.register.samples import DOCX, HTML, JPG, OLD_OFFICE, PDF, PNG, PROGRAM, SVG

MEGABYTE = 1024 * 1024


pytestmark = pytest.mark.usefixtures("folder")


def put(row: Project, name: str = "批复.pdf", content: bytes = PDF, **more: Any) -> Attachment:
    return keep_file(row, name, content, **{"by": None, **more}, at=AT)


class TestTakenIn:
    def test_row_file_and_entry(self, cast: Cast, folder: Path) -> None:
        row = project(cast)
        entries = Entry.objects.count()
        put(row, "../立项 批复.PDF", title="立项批复", by=cast.reporter)
        kept = Attachment.objects.get()
        assert (kept.project, kept.title, kept.kind, kept.original_name) == (
            row,
            "立项批复",
            "document",
            "立项 批复.PDF",
        )
        assert (kept.size, kept.sha256) == (len(PDF), hashlib.sha256(PDF).hexdigest())
        assert (kept.content_type, kept.preview, kept.by, kept.at) == ("application/pdf", None, cast.reporter, AT)
        [path] = stored(folder)
        assert path.read_bytes() == PDF
        assert path == folder / kept.stored_as
        assert "批复" not in kept.stored_as
        assert "pdf" not in kept.stored_as.lower()
        entry = Entry.objects.latest("seq")
        assert Entry.objects.count() == entries + 1
        assert (entry.verb, entry.actor, entry.project_id) == ("keep_file", cast.reporter, row.pk)
        assert (entry.after["original_name"], entry.after["sha256"]) == ("立项 批复.PDF", kept.sha256)

    @pytest.mark.parametrize(("name", "content"), [("现场.jpg", JPG), ("现场.JPEG", JPG), ("现场.png", PNG)])
    def test_a_photo_has_its_preview(self, cast: Cast, name: str, content: bytes) -> None:
        kept = put(project(cast), name, content)
        assert kept.kind == "photo"
        assert bytes(Attachment.objects.get().preview or b"").startswith(b"\xff\xd8\xff")

    def test_without_a_title_it_is_called_as_its_file(self, cast: Cast) -> None:
        assert put(project(cast), "a/b/施工许可证.docx", DOCX).title == "施工许可证.docx"

    def test_a_name_of_300_signs_is_cut(self, cast: Cast) -> None:
        kept = put(project(cast), "长" * 300 + ".pdf")
        assert len(kept.original_name) == 120
        assert kept.original_name.endswith("长.pdf")

    def test_one_of_exactly_the_largest_size(self, cast: Cast, settings: Settings) -> None:
        settings.ATTACHMENT_MB = 1
        assert put(project(cast), content=PDF + bytes(MEGABYTE - len(PDF))).size == MEGABYTE

    def test_the_same_file_for_another_project(self, cast: Cast) -> None:
        put(project(cast))
        put(project(cast, "P-2"))
        assert Attachment.objects.count() == 2

    def test_a_store_elsewhere_does_as_well(self, cast: Cast, settings: Settings, folder: Path) -> None:
        memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
        settings.STORAGES = {**settings.STORAGES, "attachments": memory}
        kept = put(project(cast))
        assert storages["attachments"].open(kept.stored_as).read() == PDF
        assert stored(folder) == []


BAD: dict[str, tuple[str, bytes, str]] = {
    "empty": ("a.pdf", b"", "is empty"),
    "one byte too large": ("a.pdf", PDF + bytes(MEGABYTE - len(PDF) + 1), "larger than 1 MB"),
    "html": ("a.html", HTML, "kind that is not taken in"),
    "svg": ("a.svg", SVG, "kind that is not taken in"),
    "a program": ("a.exe", PROGRAM, "kind that is not taken in"),
    "an archive": ("a.zip", DOCX, "kind that is not taken in"),
    "macros": ("a.docm", DOCX, "kind that is not taken in"),
    "no ending": ("passwd", PDF, "kind that is not taken in"),
    "no name": ("../..", PDF, "kind that is not taken in"),
    "html behind": ("a.pdf.html", PDF, "kind that is not taken in"),
    "html before": ("a.html.pdf", PDF, "has two endings"),
    "a program before": ("a.EXE.docx", DOCX, "has two endings"),
    "cut off by NUL": ("a.html\x00.jpg", JPG, "has two endings"),
    "html as a picture": ("a.jpg", HTML, "not the kind of file that its name says"),
    "svg as a picture": ("a.png", SVG, "not the kind of file that its name says"),
    "a beginning only": ("a.jpg", b"\xff\xd8\xff" + HTML, "not the kind of file that its name says"),
    "a png as a jpg": ("a.jpg", PNG, "not the kind of file that its name says"),
    "a program as a document": ("a.doc", PROGRAM, "not the kind of file that its name says"),
    "old office as new": ("a.docx", OLD_OFFICE, "not the kind of file that its name says"),
    "a picture cut off": ("a.jpg", JPG[:-300], "not the kind of file that its name says"),
}


@pytest.mark.parametrize(("name", "content", "says"), BAD.values(), ids=list(BAD))
def test_refused_in_words_and_nothing_is_written(
    cast: Cast, folder: Path, settings: Settings, name: str, content: bytes, says: str
) -> None:
    settings.ATTACHMENT_MB = 1
    row = project(cast)
    entries = Entry.objects.count()
    with translation.override("en"), pytest.raises(Refused) as refusal:
        put(row, name, content)
    assert says in str(refusal.value)
    assert refusal.value.field == "file"
    assert (Attachment.objects.count(), Entry.objects.count(), stored(folder)) == (0, entries, [])


@pytest.mark.parametrize("who", ["leader", "auditor", "other_reporter", "stranger"])
def test_nobody_else_adds_or_removes(cast: Cast, folder: Path, who: str) -> None:
    row = project(cast)
    with pytest.raises(NotAllowed):
        put(row, by=cast.person(who))
    assert stored(folder) == []
    kept = put(row)
    with pytest.raises(NotAllowed):
        remove_file(kept, reason="…", by=cast.person(who), at=AT)
    assert Attachment.objects.kept().exists()


def test_the_same_file_twice_is_refused(cast: Cast, folder: Path) -> None:
    row = project(cast)
    put(row, title="立项批复")
    with translation.override("en"), pytest.raises(Refused, match="already has this file: “立项批复”"):
        put(row, "另一名称.pdf")
    assert len(stored(folder)) == 1


def incompressible(length: int) -> bytes:
    """A document of so many bytes, another one for each length."""
    return (PDF + str(zlib.crc32(str(length).encode())).encode()).ljust(length, b"\n")


class TestRoom:
    @pytest.fixture(autouse=True)
    def _one_megabyte(self, settings: Settings) -> None:
        settings.ATTACHMENT_QUOTA_MB = 1

    def test_to_the_last_byte(self, cast: Cast) -> None:
        put(project(cast), content=incompressible(MEGABYTE - 100))
        put(project(cast, "P-2"), content=incompressible(100))

    def test_and_not_one_more(self, cast: Cast, folder: Path) -> None:
        put(project(cast), content=incompressible(MEGABYTE - 100))
        with translation.override("en"), pytest.raises(Refused, match="税郭镇 may take up 1 MB") as refusal:
            put(project(cast, "P-2"), content=incompressible(101))
        assert refusal.value.field == "file"
        assert len(stored(folder)) == 1

    def test_another_unit_has_its_own(self, cast: Cast) -> None:
        put(project(cast), content=incompressible(MEGABYTE))
        put(project(cast, "P-2", unit=cast.other_town), content=incompressible(MEGABYTE))

    def test_what_was_removed_still_takes_it_up(self, cast: Cast) -> None:
        row = project(cast)
        remove_file(put(row, content=incompressible(MEGABYTE)), reason="传错", by=None, at=AT)
        with pytest.raises(Refused):
            put(row)


class TestTogether:
    def test_when_the_row_cannot_be_written_the_file_goes(
        self, cast: Cast, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        row = project(cast)

        def broken(**_given: Any) -> None:
            assert len(stored(folder)) == 1
            raise RuntimeError("no journal")

        monkeypatch.setattr(filing, "record", broken)
        with pytest.raises(RuntimeError):
            put(row)
        assert (Attachment.objects.count(), stored(folder)) == (0, [])

    def test_when_the_file_cannot_be_written_there_is_no_row(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        row = project(cast)

        def full(*_given: Any) -> str:
            raise OSError("no space left")

        monkeypatch.setattr(type(store()), "save", full)
        with pytest.raises(OSError, match="no space"):
            put(row)
        assert not Attachment.objects.exists()
        assert Entry.objects.latest("seq").verb == "register"

    def test_what_a_killed_process_left_is_swept_out(self, cast: Cast, folder: Path) -> None:
        kept = put(project(cast))
        removed = remove_file(put(project(cast, "P-2")), reason="传错", by=None, at=AT)
        store().save("ab/abandoned", io.BytesIO(b"half"))
        assert sweep(before=timezone.now() - datetime.timedelta(hours=1)) == 0
        call_command("sweep_attachments", verbosity=0)
        assert len(stored(folder)) == 3
        assert sweep(before=timezone.now() + datetime.timedelta(seconds=1)) == 1
        assert {path.relative_to(folder).as_posix() for path in stored(folder)} == {kept.stored_as, removed.stored_as}

    def test_sweeping_an_empty_store(self, db: None, folder: Path) -> None:
        assert sweep(before=timezone.now()) == 0
        folder.rmdir()
        assert sweep(before=timezone.now()) == 0


class TestRemoved:
    def test_keeps_row_and_content_and_says_why(self, cast: Cast, folder: Path) -> None:
        kept = put(project(cast))
        remove_file(kept, reason="传错项目", by=cast.reporter, at=AT)
        row = Attachment.objects.get()
        assert (row.removed_at, row.removed_by) == (AT, cast.reporter)
        assert not Attachment.objects.kept().exists()
        assert len(stored(folder)) == 1
        entry = Entry.objects.latest("seq")
        assert (entry.verb, entry.note, entry.before["title"]) == ("remove_file", "传错项目", "批复.pdf")

    def test_may_be_added_again(self, cast: Cast) -> None:
        kept = put(project(cast))
        remove_file(kept, reason="传错项目", by=None, at=AT)
        put(kept.project)
        assert Attachment.objects.kept().count() == 1

    @pytest.mark.parametrize(("reason", "field"), [("", "reason")])
    def test_without_a_reason_is_refused(self, cast: Cast, reason: str, field: str) -> None:
        with pytest.raises(Refused) as refusal:
            remove_file(put(project(cast)), reason=reason, by=None, at=AT)
        assert refusal.value.field == field

    def test_twice_is_refused(self, cast: Cast) -> None:
        kept = put(project(cast))
        remove_file(kept, reason="传错", by=None, at=AT)
        with translation.override("en"), pytest.raises(Refused, match="removed already"):
            remove_file(kept, reason="传错", by=None, at=AT)


def test_who_opens_which_files(cast: Cast) -> None:
    put(project(cast))
    put(project(cast, "P-2", unit=cast.other_town))
    put(project(cast, "P-3", unit=cast.elsewhere))
    seen = {
        name: set(Attachment.objects.visible_to(cast.person(name)).values_list("project__code", flat=True))
        for name in ("admin", "office", "auditor", "reporter", "other_reporter", "leader", "stranger")
    }
    assert seen == {
        "admin": {"P-1", "P-2"},
        "office": {"P-1", "P-2"},
        "auditor": {"P-1", "P-2"},
        "reporter": {"P-1"},
        "other_reporter": {"P-2"},
        "leader": {"P-1", "P-2"},
        "stranger": {"P-3"},
    }
