"""Which state of a row a form was opened at, also for rows that count no versions of their own."""

import zlib
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.forms import model_to_dict

from projects.core.refusals import Stale
from projects.core.versions import Versioned
from projects.register.actions.registering import who_saved


def seen_of(row: models.Model, names: Iterable[str]) -> int:
    """The version of `row`; where it counts none, a number that changes with the values under `names`."""
    if isinstance(row, Versioned):
        return row.version
    values = sorted(model_to_dict(row, fields=list(names)).items())
    return zlib.crc32(repr(values).encode()) & 0x7FFFFFFF


def check_seen(
    row: models.Model, seen: int | None, *, names: Iterable[str], subject: models.Model | None = None
) -> None:
    """`Stale` when the stored `row` is no longer the one that was `seen`; held until the transaction ends.

    `subject` is the row under which the journal keeps the changes, when that is another one.
    """
    kind: Any = type(row)
    stored = kind._base_manager.select_for_update().filter(pk=row.pk).first()
    if stored is None or seen_of(stored, names) != seen:
        raise Stale(who_saved(subject or row))
