"""Putting a backup back into an empty installation: checked before anything is written, then all or nothing."""

import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files import File
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from projects.core.refusals import Refused
from projects.management.backups.archive import Manifest, faults, opened
from projects.management.backups.contents import FILES, contents, filled
from projects.management.backups.databases import MEMBERS, ask, check_tools, put_back

UNFINISHED = ".restoring"
STORES = {store for store, _table, _sum in FILES}


def check(path: Path) -> Manifest:
    """The manifest of a backup that is whole, member by member; `Refused` names what is not."""
    with opened(path) as (archive, manifest):
        _check_members(archive, manifest)
        return manifest


def restore(path: Path) -> Manifest:
    """Fill this installation from a backup, as it was.

    `Refused` before anything was written when the backup is not whole or does not fit, or when there is already
    something here. The database comes last and in one piece: until then the installation is still empty, and a
    restore that failed or was killed can be done again.
    """
    with opened(path) as (archive, manifest):
        _check_fits(manifest)
        check_tools()
        _check_empty()
        _check_members(archive, manifest)
        written: list[tuple[str, str]] = []
        try:
            for store, name in _files_of(manifest):
                written.append((store, name))
                with archive.open(f"{store}/{name}") as member:
                    _save(store, name, member)
            with _workplace() as folder:
                database = folder / MEMBERS[manifest.engine]
                with archive.open(database.name) as member, database.open("wb") as file:
                    shutil.copyfileobj(member, file)
                put_back(database)
        except BaseException:
            if not filled(ask, connection.vendor):  # else the database is in, and its files with it
                for store, name in written:
                    storages[store].delete(name)
            raise
    return manifest


def differences(manifest: Manifest) -> Iterator[str]:
    """Where the restored database is not what the manifest says."""
    now = contents(ask, connection.vendor)
    for table in sorted({*manifest.rows, *now.rows}):
        counts = {"table": table, "was": manifest.rows.get(table, 0), "is": now.rows.get(table, 0)}
        if counts["was"] != counts["is"]:
            yield _("%(table)s: %(was)s rows in the backup, %(is)s restored.") % counts
    if (now.journal, now.bulletin) != (manifest.journal, manifest.bulletin):
        yield _("The last entry of the journal or the last bulletin is not that of the backup.")


def take_into_use() -> None:
    """Bring what an older version backed up to this one; and nobody is signed in by a copy."""
    call_command("migrate", verbosity=0, interactive=False)
    Session.objects.all().delete()


@contextmanager
def _workplace() -> Iterator[Path]:
    """A folder for the database on its way in; what a killed restore left there goes first."""
    folder = Path(settings.DATA_DIR) / UNFINISHED
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _check_fits(manifest: Manifest) -> None:
    if manifest.engine != connection.vendor:
        raise Refused(
            _("The backup is of %(theirs)s and this installation is on %(ours)s. Set DATABASE_URL accordingly.")
            % {"theirs": manifest.engine, "ours": connection.vendor}
        )
    ours = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if unknown := [name for name in manifest.migrations if name not in ours]:
        raise Refused(
            _("The backup was made by a newer version of this program (%(migration)s). Restore it with that one.")
            % {"migration": unknown[-1]}
        )


def _check_empty() -> None:
    if found := filled(ask, connection.vendor):
        raise Refused(
            _("There is already something in this installation (%(tables)s). A backup is restored into an empty one.")
            % {"tables": ", ".join(found[:5])}
        )


def _check_members(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    if found := list(faults(archive, manifest)):
        raise Refused("\n".join([*found, _("The backup is not whole; nothing was restored.")]))


def _files_of(manifest: Manifest) -> Iterator[tuple[str, str]]:
    """Store and name of each file in a backup."""
    for member in manifest.members:
        store, slash, name = member.partition("/")
        if slash and store in STORES:
            yield store, name


def _save(store: str, name: str, content: IO[bytes]) -> None:
    """Put a file into its store under its own name, over what a killed restore may have left of it."""
    if storages[store].exists(name):
        storages[store].delete(name)
    storages[store].save(name, File(content, name))
