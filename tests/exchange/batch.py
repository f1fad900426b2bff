"""Imports for the tests as they stand after their dry run, without a file."""

from projects.exchange.actions.dry_run import try_out
from projects.exchange.actions.rows import keep_verdicts
from projects.exchange.actions.undoing import Undoing
from projects.exchange.actions.writers import Asked
from projects.exchange.models import ImportBatch
from projects.exchange.verdicts import SheetRow
from tests.cast import AT, SEPTEMBER, TODAY, Cast


def checked(order: Asked, *rows: SheetRow) -> ImportBatch:
    """An import whose rows were tried out."""
    batch = ImportBatch.objects.create(
        by=order.by, at=order.at, kind=order.kind, month=order.month, submit=order.submit, file_name="月报.xlsx",
        columns={"sheet": "Sheet1"},
    )  # fmt: skip
    keep_verdicts(batch, try_out(rows, order), at=order.at)
    return batch


def undoing(cast: Cast, who: str = "reporter") -> Undoing:
    return Undoing(cast.person(who), AT, TODAY, SEPTEMBER)
