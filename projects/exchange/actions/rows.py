"""Keeping what a dry run said of each row until somebody confirms it, and reading it back."""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from projects.exchange.models import BatchState, ImportBatch, ImportRow
from projects.exchange.verdicts import Alike, Cell, Objection, Outcome, SheetRow, Verdict, counted, packed, unpacked

AT_ONCE = 500  # rows a statement


def keep_verdicts(batch: ImportBatch, verdicts: Sequence[Verdict], *, at: datetime.datetime) -> None:
    """Keep the rows of a dry run in place of those of an earlier one, with what people had chosen for them."""
    chosen = dict(batch.rows.exclude(chosen="").values_list("number", "chosen"))
    left_out = set(batch.rows.filter(left_out=True).values_list("number", flat=True))
    batch.rows.all().delete()
    ImportRow.objects.bulk_create(
        (_stored(batch, verdict, chosen.get(verdict.row.number, ""), left_out) for verdict in verdicts),
        batch_size=AT_ONCE,
    )
    batch.state, batch.planned_at, batch.counts = BatchState.PLANNED, at, counted(verdicts)
    batch.save(update_fields=["state", "planned_at", "counts"])


def _stored(batch: ImportBatch, verdict: Verdict, chosen: str, left_out: set[int]) -> ImportRow:
    row = verdict.row
    said: dict[str, Any] = {}
    if verdict.outcome is not Outcome.UNCHANGED:  # of what changes nothing, nothing is needed again
        said = {"values": packed(row.values), "letters": dict(row.letters), "texts": dict(row.texts)}
    return ImportRow(
        batch=batch,
        number=row.number,
        outcome=verdict.outcome.value,
        project_id=verdict.project_id,
        code=verdict.code,
        name=verdict.name,
        read=said,
        cells=[[cell.field, cell.old, cell.new] for cell in verdict.cells],
        objections=stored_objections(verdict.objections),
        remarks=verdict.remarks,
        alikes=[[alike.code, alike.name] for alike in verdict.alikes],
        seen=verdict.seen,
        chosen=chosen,
        left_out=row.number in left_out,
    )


def stored_objections(objections: Iterable[Objection]) -> list[list[str]]:
    """Objections fit for JSON."""
    return [[each.column, each.value, each.why] for each in objections]


def verdict_of(row: ImportRow) -> Verdict:
    """A stored row as the dry run left it."""
    read = SheetRow(
        row.number,
        unpacked(row.read.get("values", {})),
        letters=row.read.get("letters", {}),
        texts=row.read.get("texts", {}),
    )
    return Verdict(
        read,
        Outcome(row.outcome),
        row.project_id,
        row.code,
        row.name,
        cells=[Cell(*cell) for cell in row.cells],
        objections=[Objection(*each) for each in row.objections],
        remarks=list(row.remarks),
        alikes=[Alike(*each) for each in row.alikes],
        seen=dict(row.seen),
    )


def refuse_rows(batch: ImportBatch, refused: dict[int, list[Objection]]) -> None:
    """Note what was refused only when it was to be written."""
    rows = [row for row in batch.rows.exclude(outcome=Outcome.UNCHANGED.value) if row.number in refused]
    for row in rows:
        row.outcome, row.objections = Outcome.REFUSED.value, stored_objections(refused[row.number])
    ImportRow.objects.bulk_update(rows, ["outcome", "objections"], batch_size=AT_ONCE)
    counts = Counter(batch.rows.values_list("outcome", flat=True))
    batch.counts = {**batch.counts, **{outcome.value: counts[outcome.value] for outcome in Outcome}}
    batch.save(update_fields=["counts"])
