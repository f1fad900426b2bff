"""Whether what was published is still what was published."""

import datetime
import hashlib
from collections.abc import Iterator
from typing import Any

from projects.bulletins.digests import HEADER, bulletin_digest, part_digest
from projects.bulletins.models import Bulletin, BulletinFile
from projects.bulletins.queries.published import line_copies, sums_as_json, unit_copies
from projects.journal.models import Entry


def header_of(bulletin: Bulletin) -> dict[str, Any]:
    """What the digest covers beside lines and units, fit for JSON."""
    return {name: _plain(getattr(bulletin, name)) for name in HEADER}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat(timespec="microseconds")
    return value if value is None or isinstance(value, str | int | dict | list) else str(value)


def unit_as_json(unit: Any) -> dict[str, Any]:
    """A unit of the tables in a form that survives JSON."""
    return {
        "kind": unit.kind, "group": unit.group, "name": unit.name, "key": unit.key, "rank": unit.rank, "of": unit.of,
        "previous_rank": unit.previous_rank, "level": unit.level, "reasons": list(unit.reasons),
        "sums": sums_as_json(unit.sums),
    }  # fmt: skip


def digest_of(bulletin: Bulletin) -> str:
    """The digest of a bulletin as its rows are now."""
    lines = (part_digest(line.as_json()) for line in line_copies(bulletin))
    units = (part_digest(unit_as_json(unit)) for unit in unit_copies(bulletin))
    return bulletin_digest(header_of(bulletin), lines, units)


def faults() -> Iterator[str]:
    """What is wrong with the published bulletins, one a line; nothing when all is as it was published.

    Each digest is recomputed, held against the one kept, against the chain of the district's bulletins, and
    against the journal, which a second chain protects. A changed line is named.
    """
    journalled = _journalled()
    last: dict[int, str] = {}
    for bulletin in Bulletin.objects.published().order_by("published_at", "id"):
        name = f"{bulletin.month} ({bulletin.edition})"
        if bulletin.previous_digest != last.get(bulletin.district_id, ""):
            yield f"{name}: does not follow the bulletin published before it"
        if digest_of(bulletin) != bulletin.digest:
            yield from (f"{name}: {fault}" for fault in _changed(bulletin))
        kept = journalled.pop(bulletin.pk, None)
        if kept is None:
            yield f"{name}: the journal does not know of it"
        elif kept["digest"] != bulletin.digest:
            yield f"{name}: is not the bulletin that the journal saw published"
        last[bulletin.district_id] = bulletin.digest
    yield from (f"{entry['title']}: was published and is gone" for entry in journalled.values())
    yield from _file_faults()


def _file_faults() -> Iterator[str]:
    """Documents that are not those whose sums the journal keeps, or that are gone."""
    kept: dict[tuple[int, str], str] = {}
    for entry in Entry.objects.filter(verb="make_documents").order_by("seq"):
        kept |= {(int(entry.subject_id or 0), kind): total for kind, total in entry.after.items()}
    for file in BulletinFile.objects.order_by("id").iterator(chunk_size=10):
        total = kept.pop((file.bulletin_id, file.kind), None)
        if total is None:
            yield f"{file.name}: the journal does not know of it"
        elif hashlib.sha256(bytes(file.content)).hexdigest() != total:
            yield f"{file.name}: is not the document that the journal saw made"
    yield from (f"bulletin {pk}: its document {kind} was made and is gone" for pk, kind in kept)


def _journalled() -> dict[int, dict[str, Any]]:
    rows = Entry.objects.filter(verb="publish").order_by("seq").values_list("subject_id", "subject_name", "after")
    return {pk: {"title": name, **after} for pk, name, after in rows if pk is not None}


def _changed(bulletin: Bulletin) -> Iterator[str]:
    """Which lines differ from the digests that the header keeps of them."""
    kept = dict(bulletin.parts)
    found = False
    for line in line_copies(bulletin):
        if kept.pop(line.code, "") != part_digest(line.as_json()):
            found = True
            yield f"the line of {line.code} was changed"
    for code in kept:
        found = True
        yield f"the line of {code} is gone"
    if not found:
        yield "its title, text, figures or tables by unit were changed"
