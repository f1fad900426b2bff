"""Writing a backup: the database first, then the files that it knows; one file, there whole or not at all."""

import datetime
import fcntl
import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.core.files.storage import storages
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.core.refusals import Refused
from projects.management.backups.archive import Manifest, put, seal
from projects.management.backups.contents import Known, contents, files
from projects.management.backups.databases import copied

UNFINISHED = ".unfinished"  # the folder in the destination where a backup grows


@dataclass(frozen=True)
class Made:
    """A backup that was written, and the files in it that are not what the database says of them."""

    path: Path
    manifest: Manifest
    changed: list[str]


def make_backup(destination: Path, *, at: datetime.datetime) -> Made:
    """Write a backup into the folder `destination`, under a name with the local time of `at`.

    A file is never deleted while a row knows it, so files that are read after the copy of the database are all
    there; only results to be fetched within a week may have run out meanwhile. What a killed process left behind
    is cleared away by the next one.
    """
    local = timezone.localtime(at)
    name = f"backup-{local:%Y%m%d-%H%M%S}.zip"
    with _workplace(destination) as folder:
        with copied(folder) as (database, ask):
            holds = contents(ask, connection.vendor)
            known = list(files(ask, connection.vendor))
        if not holds.rows:
            raise Refused(_("There is nothing to back up: the database has no tables."))
        (folder / name).touch(mode=0o600)
        with (folder / name).open("wb") as file:
            with zipfile.ZipFile(file, "w") as archive:
                with database.open("rb") as source:
                    members = {database.name: put(archive, database.name, source, compress=True)}
                members |= {each.member: member for each in known if (member := _put_file(archive, each))}
                missing = [each.member for each in known if each.member not in members]
                manifest = Manifest(
                    made=local.isoformat(timespec="seconds"), engine=connection.vendor, members=members,
                    missing=missing, **asdict(holds),
                )  # fmt: skip
                seal(archive, manifest)
            file.flush()
            os.fsync(file.fileno())
        (folder / name).replace(destination / name)
    changed = [each.member for each in known if _is_changed(each, members)]
    return Made(destination / name, manifest, changed)


def _put_file(archive: zipfile.ZipFile, known: Known) -> dict[str, Any] | None:
    """A file of a store as a member; nothing where the store does not have it."""
    try:
        source = storages[known.store].open(known.name)
    except FileNotFoundError:
        return None
    with source:
        return put(archive, known.member, source)


def _is_changed(known: Known, members: dict[str, dict[str, Any]]) -> bool:
    return bool(known.sha256) and known.member in members and members[known.member]["sha256"] != known.sha256


@contextmanager
def _workplace(destination: Path) -> Iterator[Path]:
    """A folder for one process alone, in the destination so that the finished file is only renamed."""
    destination.mkdir(mode=0o700, exist_ok=True)
    number = os.open(destination, os.O_RDONLY)
    try:
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused(_("Another backup is being written there. Wait until it is done.")) from error
        folder = destination / UNFINISHED
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        try:
            yield folder
            os.fsync(number)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(number)
