"""A process that imports what was checked and stops in the middle of it, for a test that kills it there.

Called with the number of the import and a path at which it says that some rows are written.
"""

import sys
import time
from pathlib import Path
from typing import Any

import django

LONG = 60  # seconds
ROWS = 2  # written before it stops


def run(pk: int, begun: Path) -> None:
    """Import, and stay for a minute once some rows were written."""
    from projects.exchange.actions.importing import import_batch
    from projects.exchange.actions.months import MonthWriter
    from projects.exchange.models import ImportBatch
    from tests.exchange.sheets import asked

    write: Any = MonthWriter.write
    written: list[Any] = []

    def write_some(self: MonthWriter, *args: Any) -> Any:
        if len(written) == ROWS:
            begun.touch()
            time.sleep(LONG)
        written.append(write(self, *args))
        return written[-1]

    MonthWriter.write = write_some  # type: ignore[assignment,method-assign] # a process of its own, which ends here
    batch = ImportBatch.objects.get(pk=pk)
    import_batch(batch, asked(batch.by))


if __name__ == "__main__":
    django.setup()
    run(int(sys.argv[1]), Path(sys.argv[2]))
