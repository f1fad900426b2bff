"""Carrying an import out: all of its rows in one transaction, or none with what stands against each."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from projects.core.refusals import Refused
from projects.exchange.actions.batches import check_standing, forget_file, held
from projects.exchange.actions.dry_run import WRITERS, nothing_to_tell, objections_to
from projects.exchange.actions.rows import AT_ONCE, keep_verdicts, refuse_rows, verdict_of
from projects.exchange.actions.writers import Asked, Touch
from projects.exchange.models import BatchState, ImportBatch, ImportRow
from projects.exchange.verdicts import Objection, Outcome, Verdict
from projects.journal.actions import record
from projects.journal.origin import origin


class RowsRefused(Refused):
    """Nothing was imported; `rows` holds what stands against each row, by its number."""

    def __init__(self, rows: dict[int, list[Objection]]) -> None:
        super().__init__(
            _("Nothing was imported: rows were refused meanwhile. Look at them and check the sheet again.")
        )
        self.rows = rows


def write_rows(
    verdicts: Sequence[Verdict], asked: Asked, *, tell: Callable[[int, int], None] = nothing_to_tell
) -> dict[int, list[Touch]]:
    """Write the rows of a dry run, in the order of their projects; what was written, by the number of the row.

    To be called inside a transaction: `RowsRefused` leaves it to be taken back.
    """
    writer = WRITERS[asked.kind](asked)
    written: dict[int, list[Touch]] = {}
    refused: dict[int, list[Objection]] = {}
    for verdict in sorted(verdicts, key=lambda each: (each.project_id is None, each.project_id or 0, each.row.number)):
        number = verdict.row.number
        try:
            with transaction.atomic():
                written[number] = writer.write(verdict.row, verdict.project_id, verdict.seen)
        except Refused as refusal:
            refused[number] = objections_to(refusal, verdict, asked)
        except IntegrityError:
            refused[number] = [Objection("", "", _("The values of this row do not go together."))]
        tell(len(written) + len(refused), len(verdicts))
    if refused:
        raise RowsRefused(refused)
    return written


def import_batch(
    batch: ImportBatch, asked: Asked, *, leave_refused: bool = False,
    tell: Callable[[int, int], None] = nothing_to_tell,
) -> ImportBatch:  # fmt: skip
    """Import what was checked. One that was imported already stays as it is: to confirm twice does nothing twice.

    `Refused` when rows are refused and not to be left out. When one is refused only now, since something was
    changed meanwhile, nothing is imported and the row says why.
    """
    try:
        return _import(batch, asked, leave_refused=leave_refused, tell=tell)
    except RowsRefused as refusal:
        with transaction.atomic():
            refuse_rows(held(batch), refusal.rows)
        raise


@transaction.atomic
def _import(batch: ImportBatch, asked: Asked, *, leave_refused: bool, tell: Callable[[int, int], None]) -> ImportBatch:
    stored = held(batch)
    if stored.state == BatchState.IMPORTED and stored.by_id == asked.by.pk:
        return stored
    check_standing(stored, BatchState.PLANNED, by=asked.by)
    if not leave_refused and stored.rows.filter(outcome=Outcome.REFUSED.value, left_out=False).exists():
        raise Refused(
            _("Some rows are refused. Correct the sheet and send it in again, or have the refused rows left out.")
        )
    rows = list(stored.rows.filter(outcome__in=[Outcome.NEW.value, Outcome.CHANGED.value], left_out=False))
    if not rows:
        raise Refused(_("There is nothing to import: no row would change anything."))
    return _written(stored, rows, asked, tell)


@transaction.atomic
def import_at_once(
    verdicts: Sequence[Verdict], asked: Asked, *, file_name: str, sha256: str, sheet: str
) -> ImportBatch:
    """Import a sheet that was tried out just now, without steps between; nothing of the file is kept."""
    batch = ImportBatch.objects.create(
        by=asked.by, at=asked.at, kind=asked.kind, month=asked.month, submit=asked.submit, file_name=file_name[:200],
        sha256=sha256, columns={"sheet": sheet},
    )  # fmt: skip
    keep_verdicts(batch, verdicts, at=asked.at)
    rows = list(batch.rows.filter(outcome__in=[Outcome.NEW.value, Outcome.CHANGED.value]))
    return _written(batch, rows, asked, nothing_to_tell)


def _written(batch: ImportBatch, rows: list[ImportRow], asked: Asked, tell: Callable[[int, int], None]) -> ImportBatch:
    with _told_of(batch):
        written = write_rows([verdict_of(row) for row in rows], asked, tell=tell)
    for row in rows:
        row.touched = written[row.number]
    ImportRow.objects.bulk_update(rows, ["touched"], batch_size=AT_ONCE)
    forget_file(batch)
    batch.state, batch.imported_at, batch.stored_as = BatchState.IMPORTED, asked.at, ""
    batch.counts = {**batch.counts, "written": len(rows)}
    batch.save(update_fields=["state", "imported_at", "stored_as", "counts"])
    record(
        by=asked.by, at=asked.at, verb="import", subject=batch,
        after={"kind": batch.kind, "month": batch.month, "file": batch.file_name, **batch.counts},
    )  # fmt: skip
    return batch


@contextmanager
def _told_of(batch: ImportBatch) -> Iterator[None]:
    """What is journalled in here names the import as its request."""
    token = origin.set(replace(origin.get(), request_id=f"import-{batch.pk}"))
    try:
        yield
    finally:
        origin.reset(token)
