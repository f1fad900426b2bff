"""The drill: back up while others write, lose everything, restore; and what is refused instead."""

import fcntl
import os
import signal
import stat
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from projects.accounts.models import User
from projects.background.models import Job, results
from projects.bulletins.models import Bulletin, SearchKey
from projects.bulletins.search import found
from projects.journal.models import Entry
from projects.journal.protection import unprotected
from projects.management.backups import databases
from projects.management.backups.restoring import check
from projects.register.models import Attachment, Project, store
from tests.cast import AT, Cast
from tests.management.backups.empty import PAPER, RESULT, emptied, filled
from tests.processes import PATIENCE, start, waited_for

pytestmark = pytest.mark.django_db(transaction=True)
DATABASE = databases.MEMBERS[connection.vendor]
Printed = pytest.CaptureFixture[str]


def backed_up(folder: Path) -> Path:
    """The backup that the command writes into `folder`."""
    call_command("backup", str(folder))
    [path] = folder.glob("*")
    return path


def refused(*command: str) -> str:
    """What the command says instead of doing it."""
    with pytest.raises(CommandError) as caught:
        call_command(*command)
    return str(caught.value)


def content(files: Storage, name: str) -> bytes:
    with files.open(name) as file:
        kept: bytes = file.read()
    return kept


def changed(path: Path, member: str) -> Path:
    """The backup with one byte of a member flipped."""
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo(member)
    content = bytearray(path.read_bytes())
    content[info.header_offset + 30 + len(member.encode()) + 20 + info.compress_size // 2] ^= 1
    other = path.with_name("changed.zip")
    other.write_bytes(content)
    return other


def test_what_is_lost_comes_back(cast: Cast, tmp_path: Path, capsys: Printed) -> None:
    kept = filled(cast)
    digest, entries = Bulletin.objects.get().digest, Entry.objects.count()
    projects, keys = set(Project.objects.values_list("code", "version")), SearchKey.objects.count()
    Session.objects.create(session_key="k" * 32, session_data="", expire_date=AT)
    path = backed_up(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    last = Entry.objects.order_by("-seq")[0]
    assert capsys.readouterr().out.splitlines()[-1] == f"{last.seq}:{last.digest}"

    emptied()
    call_command("restore", str(path), "--anchor", f"{last.seq}:{last.digest}")
    assert (Bulletin.objects.get().digest, Entry.objects.count()) == (digest, entries)
    assert set(Project.objects.values_list("code", "version")) == projects
    assert found("p-1").count() == 1
    assert SearchKey.objects.count() == keys
    assert content(store(), Attachment.objects.get().stored_as) == PAPER
    assert Attachment.objects.get().sha256 == kept.sha256
    assert content(results(), Job.objects.get().stored_as) == RESULT
    assert not Session.objects.exists()
    with pytest.raises(Exception, match="never changed"):  # the triggers are back as well
        Entry.objects.filter(seq=1).update(note="…")


def test_files_lie_wherever_the_settings_say(cast: Cast, tmp_path: Path, settings: Settings) -> None:
    elsewhere = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "attachments": elsewhere, "results": elsewhere}
    kept = filled(cast)
    path = backed_up(tmp_path)
    emptied()
    assert not store().exists(kept.stored_as)
    call_command("restore", str(path))
    assert content(store(), kept.stored_as) == PAPER


def test_what_is_written_meanwhile_is_whole_or_not_in_it(cast: Cast, tmp_path: Path) -> None:
    filled(cast)
    before = Entry.objects.count()
    writer = start("-m", "tests.management.backups.writing", folder=tmp_path / "writer")
    try:
        assert waited_for(lambda: Entry.objects.count() > before + 5)
        path = backed_up(tmp_path / "backups")
        during = Entry.objects.count()
        assert waited_for(lambda: Entry.objects.count() > during)
    finally:
        writer.kill()
        writer.wait(PATIENCE)
    rows = check(path).rows["projects_entry"]
    assert before + 5 < rows <= during
    emptied()
    call_command("restore", str(path))
    assert Entry.objects.count() == rows


@pytest.mark.parametrize("member", [DATABASE, "attachments", "manifest.json"])
def test_a_flipped_byte_is_named_and_refused(cast: Cast, tmp_path: Path, member: str) -> None:
    kept = filled(cast)
    member = f"attachments/{kept.stored_as}" if member == "attachments" else member
    broken = changed(backed_up(tmp_path), member)
    emptied()
    assert member in refused("restore", "--check", str(broken))
    assert member in refused("restore", str(broken))
    assert not User.objects.exists()
    assert not store().exists(kept.stored_as)


def test_a_file_that_ends_early_is_refused(cast: Cast, tmp_path: Path) -> None:
    path = backed_up(tmp_path)
    path.write_bytes(path.read_bytes()[:-1000])
    assert str(path) in refused("restore", "--check", str(path))


@pytest.mark.parametrize("there", [False, True])
def test_what_is_no_backup_is_refused(tmp_path: Path, there: bool) -> None:
    path = tmp_path / "other.zip"
    if there:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("manifest.json", "{}")
    assert str(path) in refused("restore", str(path))


def test_something_that_is_there_is_not_written_over(cast: Cast, tmp_path: Path) -> None:
    path = backed_up(tmp_path)
    entries = Entry.objects.count()
    assert "projects_user" in refused("restore", str(path))
    assert Entry.objects.count() == entries


def test_a_whole_file_is_said_to_be_whole(cast: Cast, tmp_path: Path, capsys: Printed) -> None:
    filled(cast)
    call_command("restore", "--check", str(backed_up(tmp_path)))
    said = capsys.readouterr().out
    assert Bulletin.objects.get().digest in said
    assert "2023-09" in said


def test_a_journal_changed_before_the_backup_shows_after_it(cast: Cast, tmp_path: Path, capsys: Printed) -> None:
    with unprotected():
        Entry.objects.filter(seq=2).update(note="never said")
    path = backed_up(tmp_path)
    emptied()
    assert refused("restore", str(path))
    assert "2: " in capsys.readouterr().out
    assert User.objects.exists()


def test_an_older_copy_shows_by_its_anchor(cast: Cast, tmp_path: Path, capsys: Printed) -> None:
    path = backed_up(tmp_path)
    later = Entry.objects.count() + 1
    emptied()
    assert refused("restore", str(path), "--anchor", f"{later}:{'a' * 64}")
    assert f"{later}: was anchored and is gone" in capsys.readouterr().out


def test_a_missing_and_a_changed_file_are_named(cast: Cast, tmp_path: Path, capsys: Printed) -> None:
    kept = filled(cast)
    store().delete(kept.stored_as)
    assert refused("backup", str(tmp_path))
    assert f"attachments/{kept.stored_as}" in capsys.readouterr().out
    [path] = tmp_path.glob("*")
    assert check(path).missing == [f"attachments/{kept.stored_as}"]
    path.unlink()
    Attachment.objects.update(sha256="0" * 64)
    store().save(kept.stored_as, ContentFile(PAPER))
    assert refused("backup", str(tmp_path))
    assert f"attachments/{kept.stored_as}" in capsys.readouterr().out


def no_room(*_given: object, **_more: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_full_disk_leaves_nothing(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("projects.management.backups.making.seal", no_room)
    assert "No space left" in refused("backup", str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_killed_backup_leaves_none_and_the_next_clears_up(cast: Cast, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    run = ["-m", "tests.management.backups.killed", "making", "seal", "backup", str(folder)]
    assert start(*run, folder=tmp_path).wait(PATIENCE) == -signal.SIGKILL
    assert [path.name for path in folder.iterdir()] == [".unfinished"]
    check(backed_up(folder))


def test_a_killed_restore_is_done_again(cast: Cast, tmp_path: Path) -> None:
    kept = filled(cast)
    path = backed_up(tmp_path / "backups")
    emptied()
    run = ["-m", "tests.management.backups.killed", "restoring", "put_back", "restore", str(path)]
    assert start(*run, folder=tmp_path).wait(PATIENCE) == -signal.SIGKILL
    assert (tmp_path / "attachments" / kept.stored_as).exists()
    assert not User.objects.exists()
    left = Path(settings.DATA_DIR) / ".restoring"  # the other process has its own; this stands for it
    left.mkdir()
    call_command("restore", str(path))
    assert not left.exists()
    assert content(store(), kept.stored_as) == PAPER


@pytest.mark.parametrize("is_in", [False, True])
def test_files_stay_only_with_their_database(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_in: bool
) -> None:
    kept = filled(cast)
    path = backed_up(tmp_path)
    emptied()

    def interrupted(database: Path) -> None:
        if is_in:
            databases.put_back(database)
        no_room()

    monkeypatch.setattr("projects.management.backups.restoring.put_back", interrupted)
    assert "No space left" in refused("restore", str(path))
    assert User.objects.exists() == store().exists(kept.stored_as) == is_in


def test_two_backups_into_one_folder_do_not_meet(cast: Cast, tmp_path: Path) -> None:
    number = os.open(tmp_path, os.O_RDONLY)
    try:
        fcntl.flock(number, fcntl.LOCK_EX)
        assert refused("backup", str(tmp_path))
        assert list(tmp_path.iterdir()) == []
    finally:
        os.close(number)
    assert backed_up(tmp_path)
