"""The one file that a backup is: a zip of members, with a manifest that says what each of them has to be."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from projects.core.refusals import Refused

MANIFEST = "manifest.json"
FORMAT = 1
CHUNK = 1024 * 1024  # bytes read at a time
# What reading a zip raises where its bytes were changed, or the disk does not give them.
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, LookupError, RuntimeError, ValueError, OSError)


@dataclass(frozen=True)
class Manifest:
    """What a backup holds.

    `members` are size and SHA-256 by name, `rows` the number of rows by table. `journal` is the last entry as
    `verify_journal` prints it and `bulletin` the last one published: by them an older copy that was put back
    shows. `missing` names files that the database knows and the store did not have.
    """

    made: str
    engine: str
    migrations: list[str]
    rows: dict[str, int]
    journal: str
    bulletin: dict[str, Any]
    members: dict[str, dict[str, Any]]
    missing: list[str]
    format: int = FORMAT


def put(archive: zipfile.ZipFile, name: str, source: IO[bytes], *, compress: bool = False) -> dict[str, Any]:
    """Write a member from what `source` gives; its size and SHA-256."""
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
    info.external_attr = 0o600 << 16
    size, total = 0, hashlib.sha256()
    with archive.open(info, "w", force_zip64=True) as member:
        while chunk := source.read(CHUNK):
            member.write(chunk)
            total.update(chunk)
            size += len(chunk)
    return {"size": size, "sha256": total.hexdigest()}


def seal(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Write the manifest, the last member."""
    archive.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1), zipfile.ZIP_DEFLATED)


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """A backup with its manifest. `Refused` when the file is none, or not even that can be read of it."""
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise Refused(_("There is no file %(path)s.") % {"path": path}) from error
    except UNREADABLE as error:
        raise Refused(
            _("%(path)s is no whole backup: it is damaged, or not all of it is there.") % {"path": path}
        ) from (error)
    with archive:
        yield archive, _manifest_of(archive, path)


def _manifest_of(archive: zipfile.ZipFile, path: Path) -> Manifest:
    try:
        manifest = Manifest(**json.loads(archive.read(MANIFEST)))
        known = manifest.format == FORMAT
    except (*UNREADABLE, TypeError) as error:
        raise Refused(_("%(path)s is no backup of this program, or its %(member)s is damaged.") % {
            "path": path, "member": MANIFEST,
        }) from error  # fmt: skip
    if not known:
        raise Refused(_("%(path)s was made by another version of this program. Restore it with that one.") % {
            "path": path,
        })  # fmt: skip
    return manifest


def faults(archive: zipfile.ZipFile, manifest: Manifest) -> Iterator[str]:
    """What is not as the manifest says, one member a line; nothing when the backup is whole."""
    there = set(archive.namelist())
    for name, said in manifest.members.items():
        if name not in there:
            yield _("%(member)s is missing.") % {"member": name}
        elif _sum_of(archive, name) != said["sha256"]:
            yield _("%(member)s is damaged: its SHA-256 is not the one that the manifest keeps.") % {"member": name}
    for name in sorted(there - manifest.members.keys() - {MANIFEST}):
        yield _("%(member)s does not belong to the backup.") % {"member": name}


def _sum_of(archive: zipfile.ZipFile, name: str) -> str:
    """The SHA-256 of a member, or nothing where it cannot be read."""
    total = hashlib.sha256()
    try:
        with archive.open(name) as member:
            while chunk := member.read(CHUNK):
                total.update(chunk)
    except UNREADABLE:
        return ""
    return total.hexdigest()
