"""Optimistic locking: a change is written only onto the version that its author had seen."""

from typing import Any

from django.db import models
from django.db.models import F

from projects.core.refusals import Stale


class Versioned(models.Model):
    """A row that people edit; `version` counts its changes, starting at 0."""

    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True


def write(row: Versioned, *, seen: int | None, **values: Any) -> None:
    """Write `values` onto `row` if it still has version `seen` (its own when None); `Stale` if not.

    The condition is part of the UPDATE, so that of two people who save at the same moment exactly
    one succeeds, on every database.
    """
    expected = row.version if seen is None else seen
    rows = type(row)._base_manager.filter(pk=row.pk, version=expected)
    if rows.update(version=F("version") + 1, **values) == 0:
        raise Stale("")
    for name, value in values.items():
        setattr(row, name, value)
    row.version = expected + 1
