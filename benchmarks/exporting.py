"""How long large files take to be written and what memory that costs, beside the bare library writing the same cells.

Run from the top of the project: `python -m benchmarks.exporting [--quick] [--seed N]`.
Measured are the register and the coloured list of 10,000 and 100,000 projects, as XLSX and as CSV. Each is written in a
process of its own, so that its peak of memory is its own; the bare library gets the same cells from a file, ready made.
The data is made in a temporary SQLite file.
"""

import argparse
import csv
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

WHAT = ("register", "list")
FORMS = ("xlsx", "csv")


class Nowhere(io.RawIOBase):
    """A file that keeps nothing, as a browser at the other end of the line."""

    def writable(self) -> bool:
        return True

    def write(self, text: Any) -> int:
        return len(text)


def rows_of(what: str) -> tuple[list[str], Any, Any]:
    """The heading and the rows that the program writes, and what writes them: as XLSX into a file, as CSV in pieces."""
    import datetime

    from django.http import QueryDict

    from benchmarks.province import MONTH
    from projects.accounts.models import User
    from projects.core.sheets import csv_lines, write_workbook
    from projects.exchange.exports.files import Wanted, file_for
    from projects.portfolio.listings import project_listing

    user = User.objects.get(username="province")
    if what == "list":
        listing = project_listing(QueryDict(), user, MONTH)
        return list(listing.heading), lambda file: write_workbook(listing, file), lambda: csv_lines(listing)
    file = file_for(user, Wanted("register", user.unit, MONTH), today=datetime.date(2023, 10, 10))
    return [], file.write, file.lines


def ours(what: str, form: str) -> None:
    """Write a file as the program does."""
    _heading, write, lines = rows_of(what)
    if form == "xlsx":
        with tempfile.TemporaryFile() as file:
            write(file)
        return
    for piece in lines():
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
    import openpyxl

    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        rows_of(what)[1](file)
        file.seek(0)
        sheet = openpyxl.load_workbook(file, read_only=True).worksheets[0]
        count = 0
        with cells.open("w", encoding="utf-8") as out:
            for row in sheet.iter_rows(values_only=True):
                kept = [cell if cell is None or isinstance(cell, str | int | float) else 45_000 for cell in row]
                count += sum(cell is not None for cell in kept)
                out.write(json.dumps(kept, ensure_ascii=False) + "\n")
    return count


def measured(*arguments: str) -> tuple[float, float]:
    """Seconds of a processor that the work took in a process of its own, and its peak of memory (MB)."""
    command = [sys.executable, "-m", "benchmarks.exporting", *arguments]
    said = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own command
    seconds, peak = said.stdout.split()
    return float(seconds), float(peak)


def alone(arguments: argparse.Namespace) -> None:
    """One piece of work in this process; says what it cost."""
    what, form, cells = arguments.alone
    if cells == "-":
        start_django()
        begun = time.process_time()
        ours(what, form)
    else:
        begun = time.process_time()
        bare(Path(cells), form)
    print(time.process_time() - begun, peak())


def peak() -> float:
    """The most memory that this process has held (MB); what `getrusage` tells counts the parent's in."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


def start_django() -> None:
    import django

    django.setup()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="10,000 projects only")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--alone", nargs=3, metavar=("WHAT", "FORM", "CELLS"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.alone:
        alone(asked)
        return
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="tracker-benchmark-"))
        os.environ |= {"DJANGO_SETTINGS_MODULE": "tracker.settings", "TODAY": "2023-10-10", "LOG_LEVEL": "ERROR"}
        os.environ |= {"DATA_DIR": folder, "SECURE": "0", "DEBUG": "0"}
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'db.sqlite3'}"
        start_django()
        from django.core.management import call_command

        from benchmarks.list_page import database, grow
        from benchmarks.province import found_province

        call_command("compile_translations", verbosity=0)
        stack.enter_context(database(folder))
        province = found_province(1)
        for size in (10_000,) if asked.quick else (10_000, 100_000):
            grow(province, size, asked.seed)
            print(f"{'':<18}{'cells':>12}{'s':>8}{'bare s':>8}{'×':>6}{'MB':>8}{'bare MB':>9}")
            for what in WHAT:
                cells = Path(folder) / f"{what}.jsonl"
                count = lay_down(what, cells)
                for form in FORMS:
                    (seconds, peak), (floor, least) = (
                        measured("--alone", what, form, "-"),
                        measured("--alone", what, form, str(cells)),
                    )
                    print(
                        f"{what + ' ' + form:<18}{count:>12,}{seconds:8.2f}{floor:8.2f}{seconds / floor:6.2f}{peak:8.0f}{least:9.0f}"
                    )


if __name__ == "__main__":
    main()
