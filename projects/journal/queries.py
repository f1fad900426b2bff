"""Reading the journal: the history of a project, who changed a row last, and whether the chain holds."""

from collections.abc import Iterator, Mapping

from django.db import models

from projects.journal.chain import CHAINED, digest
from projects.journal.models import Entry


def history_of_project(project_id: int) -> models.QuerySet[Entry]:
    """All that was done to a project and its parts, the latest first."""
    return Entry.objects.filter(project_id=project_id).order_by("-seq")


def history_of(subject: models.Model) -> models.QuerySet[Entry]:
    """All that was done to one row, the latest first."""
    return Entry.objects.filter(subject_type=subject._meta.model_name, subject_id=subject.pk).order_by("-seq")


def faults(anchors: Mapping[int, str] | None = None) -> Iterator[str]:
    """What is wrong with the chain, an entry a line; nothing when it is whole.

    `anchors` are digests by number that were kept outside the database: only they show that the
    end was cut off, or that an older copy was put back.
    """
    kept = dict(anchors or {})
    seq, previous = 0, ""
    for entry in Entry.objects.order_by("seq").iterator(chunk_size=2000):
        if entry.seq != seq + 1:
            yield f"{entry.seq}: entries {seq + 1} to {entry.seq - 1} are missing"
        elif entry.previous != previous:
            yield f"{entry.seq}: does not follow the entry before it"
        if entry.digest != digest({name: getattr(entry, name) for name in CHAINED}, entry.previous):
            yield f"{entry.seq}: its content was changed"
        if kept.pop(entry.seq, entry.digest) != entry.digest:
            yield f"{entry.seq}: is not the entry that was anchored"
        seq, previous = entry.seq, entry.digest
    yield from (f"{missing}: was anchored and is gone" for missing in sorted(kept))
