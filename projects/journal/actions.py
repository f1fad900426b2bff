"""Writing the journal: one entry an action, in the action's own transaction."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import connection, models

from projects.core.month import Month
from projects.journal.chain import CHAINED, digest
from projects.journal.models import Entry
from projects.journal.origin import origin

_LOCK = 0x6A6F75726E  # "journ": the advisory lock that puts entries in one order on PostgreSQL


def record(
    *,
    by: Any,
    at: datetime.datetime,
    verb: str,
    subject: models.Model,
    project_id: int | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    note: str = "",
) -> Entry:
    """Append what `by` (a user, or None for the system) did at `at` to `subject`.

    Must run inside the transaction of the change itself, so that both stand or neither. Of
    `before` and `after` only the values that differ are kept.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a journal entry is written in the transaction of the change that it records")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    last = Entry.objects.order_by("-seq").values_list("seq", "digest").first() or (0, "")
    old, new = differing(before or {}, after or {})
    came_from = origin.get()
    entry = Entry(
        seq=last[0] + 1,
        at=at,
        actor=by,
        actor_name=str(by) if by is not None else "",
        verb=verb,
        subject_type=str(subject._meta.model_name),
        subject_id=subject.pk,
        subject_name=str(subject)[:300],
        project_id=project_id,
        before=old,
        after=new,
        note=note,
        address=came_from.address,
        request_id=came_from.request_id,
        previous=last[1],
    )
    entry.digest = digest({name: getattr(entry, name) for name in CHAINED}, entry.previous)
    entry.save(force_insert=True)
    return entry


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Of two states only the values that differ, fit for JSON: amounts as they are, dates and months as text."""
    old = {name: _plain(value) for name, value in before.items()}
    new = {name: _plain(value) for name, value in after.items()}
    changed = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    return {n: old[n] for n in changed if n in old}, {n: new[n] for n in changed if n in new}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Month | datetime.date):
        return str(value)
    if isinstance(value, Decimal):  # 6 typed and 6.000 read back are one value
        return f"{(value + 0).normalize():f}"
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    return str(value)
