"""How long large files take to be written and what memory that costs, beside the bare library writing the same cells.

Run from the top of the project: `python -m benchmarks.exporting [--quick] [--seed N]`.
Measured are the register and the coloured list of 10,000 and 100,000 projects, as XLSX and as CSV. Each is written in a
process of its own, so that its peak of memory is its own; the bare library gets the same cells from a file, ready made.
"""

import argparse
import csv
import io
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import IO, Any

from benchmarks.ground import alone, cost_alone, grow, set_up, start_django

WHAT = ("register", "list")
FORMS = ("xlsx", "csv")
Watch = Callable[[Iterable[Any]], Iterable[Any]]


def register() -> Any:
    """The register of everybody, as it is fetched from its page."""
    import datetime

    from benchmarks.province import MONTH
    from projects.accounts.models import User
    from projects.exchange.exports.files import Wanted, file_for

    user = User.objects.get(username="province")
    return file_for(user, Wanted("register", user.unit, MONTH), today=datetime.date(2023, 10, 10))


def coloured_list() -> Any:
    """The list of projects of everybody."""
    from django.http import QueryDict

    from benchmarks.province import MONTH
    from projects.accounts.models import User
    from projects.portfolio.listings import project_listing

    return project_listing(QueryDict(), User.objects.get(username="province"), MONTH)


def write_of(what: str, *, watch: Watch = iter) -> Callable[[IO[bytes]], None]:
    """What writes the workbook; `watch` is given the rows."""
    from projects.core.sheets import write_workbook

    if what == "register":
        return partial(register().write, watch=watch)
    listing = coloured_list()
    return partial(write_workbook, replace(listing, rows=watch(listing.rows)))


def ours(what: str, form: str) -> None:
    """Write a file as the program does."""
    from projects.core.sheets import csv_lines

    if form == "xlsx":
        with tempfile.TemporaryFile() as file:
            write_of(what)(file)
        return
    for piece in register().lines() if what == "register" else csv_lines(coloured_list()):
        len(piece.encode())


def bare(cells: Path, form: str) -> None:
    """Write the same cells with XlsxWriter or the csv module, and nothing else."""
    if form == "csv":
        buffer = io.StringIO()
        writer = csv.writer(buffer)
        for row in read(cells):
            writer.writerow(row)
            if buffer.tell() > 32_000:
                len(buffer.getvalue().encode())
                buffer.seek(0)
                buffer.truncate()
        return
    import xlsxwriter

    with tempfile.TemporaryFile() as file:
        book = xlsxwriter.Workbook(file, {"constant_memory": True})
        sheet, plain = book.add_worksheet(), book.add_format({"border": 1})
        for number, row in enumerate(read(cells)):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, place, cell, plain)
                elif cell is not None:
                    sheet.write_number(number, place, cell, plain)
        book.close()


def read(cells: Path) -> Iterator[list[Any]]:
    """Rows that were laid down, a JSON list a line: cheaper than any database."""
    with cells.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def lay_down(what: str, cells: Path) -> int:
    """Keep the cells that the program writes, for the bare library; how many."""
    count = 0
    with cells.open("w", encoding="utf-8") as out:

        def keep(rows: Iterable[list[Any]]) -> Iterator[list[Any]]:
            nonlocal count
            for row in rows:
                kept = [cell if cell is None or isinstance(cell, str | int | float) else 45_000 for cell in row]
                count += sum(cell not in (None, "") for cell in kept)
                out.write(json.dumps(kept, ensure_ascii=False) + "\n")
                yield row

        with tempfile.TemporaryFile() as file:
            write_of(what, watch=keep)(file)
    return count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="10,000 projects only")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--alone", nargs=3, metavar=("WHAT", "FORM", "CELLS"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.alone:
        what, form, cells = asked.alone
        if cells == "-":
            start_django()
        alone(partial(ours, what, form) if cells == "-" else partial(bare, Path(cells), form))
        return
    with ExitStack() as stack:
        folder = stack.enter_context(set_up())

        from benchmarks.province import found_province

        province = found_province(1)
        for size in (10_000,) if asked.quick else (10_000, 100_000):
            grow(province, size, asked.seed)
            print(f"{'':<18}{'cells':>12}{'s':>8}{'bare s':>8}{'×':>6}{'MB':>8}{'added':>8}{'bare':>8}")
            for what in WHAT:
                cells = folder / f"{what}.jsonl"
                count = lay_down(what, cells)
                for form in FORMS:
                    seconds, peak, added = cost_alone("benchmarks.exporting", what, form, "-")
                    floor, _peak, least = cost_alone("benchmarks.exporting", what, form, str(cells))
                    print(
                        f"{what + ' ' + form:<18}{count:>12,}{seconds:8.2f}{floor:8.2f}{seconds / floor:6.2f}"
                        f"{peak:8.0f}{added:8.0f}{least:8.0f}"
                    )


if __name__ == "__main__":
    main()
