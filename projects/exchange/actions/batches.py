"""An import on its way: taken in, its columns corrected, tried out, its rows chosen, dropped; by who sent it in."""

import datetime
import secrets
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from projects.accounts.actions import check_may
from projects.accounts.models import User
from projects.core.month import Month
from projects.core.refusals import NotAllowed, Refused, Stale
from projects.exchange.actions.dry_run import NEW, VERBS, nothing_to_tell, try_out
from projects.exchange.actions.reading import opened, recognised, rows_of
from projects.exchange.actions.rows import keep_verdicts
from projects.exchange.actions.writers import Asked
from projects.exchange.import_wording import IN_THE_WAY
from projects.exchange.models import KEPT, BatchState, ImportBatch, LearnedHeading, uploads
from projects.exchange.naming import normalised
from projects.exchange.opening import MOST_BYTES
from projects.exchange.unreadable import Unreadable, Why
from projects.exchange.wording import sentence_of

MEGABYTE = 1024 * 1024


def check_size(size: int) -> None:
    """`Refused` for a file that is larger than is read at all, before it is read."""
    if size > MOST_BYTES:
        too_big = Unreadable(Why.TOO_BIG, limit=MOST_BYTES // MEGABYTE)
        raise Refused(sentence_of(too_big), field="file")


def check_standing(batch: ImportBatch, *states: str, by: User) -> None:
    """`Refused` when the import does not stand where this step begins; only who sent it in goes on with it."""
    if batch.by_id != by.pk:
        raise NotAllowed(_("%(who)s sent this file in and goes on with it.") % {"who": batch.by})
    if batch.state not in states:
        raise Stale(str(IN_THE_WAY[batch.state]))


def held(batch: ImportBatch) -> ImportBatch:
    """The import as it is now, held until the transaction ends."""
    found: ImportBatch = ImportBatch.objects.select_for_update(of=("self",)).select_related("by").get(pk=batch.pk)
    return found


@transaction.atomic
def take_in(
    file_name: str, content: bytes, *, kind: str, month: Month, submit: bool, by: User, at: datetime.datetime
) -> ImportBatch:
    """Keep a file for its import, with what was recognised of it. `Refused` for a file that is none of the kinds
    read, and when no table is found: then nothing of it is kept."""
    check_size(len(content))
    found = recognised(opened(file_name, content), kind=kind, month=month, learned=learned_by(by, kind))
    check_may(by, VERBS[found["kind"]])
    return ImportBatch.objects.create(
        by=by, at=at, kind=found["kind"], month=month, submit=submit, file_name=file_name[:200],
        sha256=sha256(content).hexdigest(), columns=found, stored_as=_store(content),
    )  # fmt: skip


def _store(content: bytes) -> str:
    return uploads().save(f"{secrets.token_hex(16)}.bin", ContentFile(content))


def content_of(batch: ImportBatch) -> bytes:
    """The file of an import that is not over."""
    with uploads().open(batch.stored_as) as file:
        content: bytes = file.read()
    return content


def learned_by(user: User, kind: str = "") -> dict[str, str]:
    """What the headings of the unit's own sheets mean, of one kind of sheet or of all."""
    rows = LearnedHeading.objects.filter(unit=user.unit_id)
    rows = rows.filter(kind=kind) if kind else rows
    return dict(rows.order_by("pk").values_list("heading", "code"))


@transaction.atomic
def look_at(batch: ImportBatch, *, sheet: str, kind: str, by: User) -> ImportBatch:
    """Take another sheet of the file, or the sheet for another kind: its columns are recognised anew."""
    stored = held(batch)
    check_standing(stored, *BatchState.OPEN, by=by)
    found = recognised(
        opened(stored.file_name, content_of(stored)),
        kind=kind,
        month=stored.month,
        learned=learned_by(by, kind),
        sheet=sheet,
    )
    check_may(by, VERBS[found["kind"]])
    stored.columns, stored.kind, stored.state = found, found["kind"], BatchState.UPLOADED
    stored.save(update_fields=["columns", "kind", "state"])
    return stored


@transaction.atomic
def set_columns(batch: ImportBatch, codes: Mapping[str, str], *, by: User) -> ImportBatch:
    """Say which column holds what, by its letter. What was said otherwise than it was recognised is learned for the
    unit's later sheets."""
    stored = held(batch)
    check_standing(stored, *BatchState.OPEN, by=by)
    columns = dict(stored.columns)
    twice = {code for code in codes.values() if code and list(codes.values()).count(code) > 1}
    if twice:
        raise Refused(_("Two columns are said to hold the same. Choose one of them."))
    for column in columns["columns"]:
        code = codes.get(column["letter"], "")
        if code != column["code"]:
            _learn(by, stored.kind, column["heading"], code)
        column["code"] = code
    stored.columns = columns
    stored.save(update_fields=["columns"])
    return stored


def _learn(user: User, kind: str, heading: str, code: str) -> None:
    if normalised(heading):
        LearnedHeading.objects.update_or_create(
            unit=user.unit, kind=kind, heading=normalised(heading)[:200], defaults={"code": code}
        )


def try_batch(batch: ImportBatch, asked: Asked, *, tell: Callable[[int, int], None] = nothing_to_tell) -> ImportBatch:
    """Try the rows of the file out and keep what becomes of each. Changes nothing else."""
    check_standing(batch, *BatchState.OPEN, by=asked.by)
    book = opened(batch.file_name, content_of(batch))
    rows = rows_of(book, columns=batch.columns, month=batch.month)
    chosen = dict(batch.rows.exclude(chosen="").values_list("number", "chosen"))
    verdicts = try_out(rows, asked, chosen=chosen, tell=tell)
    with transaction.atomic():
        stored = held(batch)
        check_standing(stored, *BatchState.OPEN, by=asked.by)
        keep_verdicts(stored, verdicts, at=asked.at)
    return stored


@transaction.atomic
def choose(
    batch: ImportBatch, *, chosen: Mapping[int, str], left_out: Iterable[int], shown: Iterable[int], by: User
) -> bool:
    """Note which project a row means ("new": none of them), and which of the rows `shown` are left out.

    Returns whether rows have to be tried out again.
    """
    stored = held(batch)
    check_standing(stored, BatchState.PLANNED, by=by)
    out, again = set(left_out), False
    for row in stored.rows.filter(number__in=list(shown)):
        choice = chosen.get(row.number, row.chosen)
        if choice not in {"", NEW, *(code for code, _name in row.alikes), row.chosen}:
            raise Refused(_("Choose one of the projects that are offered."))
        if (row.left_out, row.chosen) == (row.number in out, choice):
            continue
        again = again or choice != row.chosen
        row.left_out, row.chosen = row.number in out, choice
        row.save(update_fields=["left_out", "chosen"])
    return again


@transaction.atomic
def drop(batch: ImportBatch, *, by: User) -> None:
    """Give an import up: its file and its rows are not kept."""
    stored = held(batch)
    check_standing(stored, *BatchState.OPEN, by=by)
    _drop(stored)


def _drop(batch: ImportBatch) -> None:
    forget_file(batch)
    batch.rows.all().delete()
    batch.state, batch.stored_as, batch.columns = BatchState.DROPPED, "", {}
    batch.save(update_fields=["state", "stored_as", "columns"])


def forget_file(batch: ImportBatch) -> None:
    """Remove the file once what was done stands; what is taken back keeps it."""
    if stored_as := batch.stored_as:
        transaction.on_commit(lambda: uploads().delete(stored_as), robust=True)


def drop_forgotten(*, at: datetime.datetime) -> int:
    """Drop imports that nobody went on with for a week; how many."""
    with transaction.atomic():
        forgotten = list(ImportBatch.objects.filter(state__in=BatchState.OPEN, at__lt=at - KEPT))
        for batch in forgotten:
            _drop(batch)
    return len(forgotten)


def asked_of(batch: ImportBatch, *, at: datetime.datetime, today: datetime.date, open_month: Month, by: User) -> Asked:
    """The import as an order of somebody's to its writer."""
    return Asked(batch.kind, batch.month, by, at, today, open_month, batch.submit)
