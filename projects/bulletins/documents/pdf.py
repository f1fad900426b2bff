"""A bulletin as PDF/A with its fonts in it: set from `bulletin.typ`, which gets every text as data."""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from projects.bulletins.documents import faces, typesetting
from projects.bulletins.documents.layout import fit, is_narrow, is_subheading, parts_of, tint
from projects.bulletins.documents.paper import Cell, Column, Kind, Mark, Paper, Row, Table
from projects.bulletins.documents.progress import Progress, untold
from projects.bulletins.documents.texts import TITLE_ROOM, annex_label, cell_text, is_number, legend_text, title_lines

TEMPLATE = Path(__file__).with_name("bulletin.typ")
LONGEST = 300  # seconds that setting a PDF may take
UPRIGHT_WIDTH = (210 - 28 - 26) / 25.4 * 72  # points between the margins of the template
WIDE_WIDTH = (297 - 15 - 15) / 25.4 * 72
_LONG = re.compile(r"[!-~]{9,}")  # what has no place to break a line at
_PIECE = re.compile(r"[^-/.,;:_]{1,8}[-/.,;:_]?|[-/.,;:_]")
TAGGED_ROWS = 3000  # of all tables; tags take three kilobytes a row
LONG = 500  # signs of a cell that may fill a page in a narrow column
BREAK = "\u200b"


def pdf(paper: Paper, progress: Progress = untold) -> bytes:
    """The document; the same bytes for the same paper."""
    with tempfile.TemporaryDirectory(prefix="bulletin-") as folder:
        shutil.copy(TEMPLATE, folder)
        told = json.dumps(_as_json(paper), ensure_ascii=False)
        Path(folder, "paper.json").write_text(told, encoding="utf-8")
        progress(1, 2)
        _set(folder, "tagged" if sum(len(table.rows) for table in paper.tables) <= TAGGED_ROWS else "plain")
        progress(2, 2)
        return Path(folder, "bulletin.pdf").read_bytes()


def _set(folder: str, kind: str) -> None:
    """In a process of its own: the fonts and the layout of a large bulletin take hundreds of megabytes."""
    program = [sys.executable, typesetting.__file__, folder, faces.font_folder(), kind]
    done = subprocess.run(program, capture_output=True, text=True, timeout=LONGEST)  # noqa: S603 -- a program of our own
    if done.returncode:
        raise RuntimeError(f"the PDF could not be set: {done.stderr[-2000:]}")


def _as_json(paper: Paper) -> dict[str, Any]:
    made = paper.made_at
    return {
        "made": {
            "year": made.year, "month": made.month, "day": made.day, "hour": made.hour, "minute": made.minute,
            "second": made.second,
        },
        "title": _text(paper.title), "title_lines": [_text(line) for line in title_lines(paper.title, room=TITLE_ROOM)],
        "masthead": _text(paper.masthead), "issue": _text(paper.issue),
        "addressees": _text(paper.addressees), "signed": _text(paper.signed), "date": _text(paper.date),
        "correction": _text(paper.correction), "digest": _text(paper.digest), "draft": _text(paper.draft),
        "warning": _text(paper.warning), "annexes": _text(paper.labels.annexes), "page": paper.labels.page,
        "parts": [
            {
                "heading": _text(part.heading),
                "paragraphs": [{"text": _text(text), "heads": is_subheading(text)} for text in part.paragraphs],
            }
            for part in paper.parts
        ],
        "tables": [_table(paper, table) for table in paper.tables],
    }  # fmt: skip


def _table(paper: Paper, table: Table) -> dict[str, Any]:
    width = UPRIGHT_WIDTH if is_narrow(table) else WIDE_WIDTH
    notes = [*([legend_text(paper)] if table.has_legend else ()), *table.notes]
    return {
        "label": _text(annex_label(paper, table)), "number": table.number, "title": _text(table.title),
        "unit": _text(table.unit), "narrow": is_narrow(table), "nothing": _text(paper.labels.nothing),
        "notes": [_text(note) for note in notes], "empty": not table.rows, "sums": sorted(table.sums),
        "parts": [_part(table, part, width) for part in parts_of(table)],
    }  # fmt: skip


def _part(table: Table, part: tuple[int, ...], width: float) -> dict[str, Any]:
    fitted = fit(table, part, width=width)
    columns = [table.columns[place] for place in part]
    return {
        "size": fitted.size,
        "columns": [
            {"heading": _text(column.heading), "width": width, "side": _side(column)}
            for column, width in zip(columns, fitted.widths, strict=True)
        ],
        "rows": [
            {"cells": [_cell(row[place], table.columns[place]) for place in part], "long": _is_long(row)}
            for row in table.rows
        ],
    }


def _is_long(row: Row) -> bool:
    """Whether a row may have to go on on the next page."""
    return any(isinstance(cell, str) and len(cell) > LONG for cell in row)


def _side(column: Column) -> str:
    if is_number(column):
        return "right"
    return "center" if column.kind in {Kind.PLACE, Kind.DAY, Kind.COLOUR} else "left"


def _cell(cell: Cell, column: Column) -> dict[str, str] | str:
    if isinstance(cell, Mark):
        ink, ground = tint(cell.hue)
        return {"text": _text(cell_text(cell, column.kind)), "ink": f"#{ink}", "ground": f"#{ground}"}
    text = _text(cell_text(cell, column.kind))
    return _LONG.sub(_breakable, text) if column.kind is Kind.TEXT else text


def _breakable(long: re.Match[str]) -> str:
    """A code or an address with places where a line may end."""
    return BREAK.join(_PIECE.findall(long[0]))


def _text(text: str) -> str:
    """What the fonts can show, in lines."""
    return faces.drawable(text.replace("\r\n", "\n").replace("\t", " ").replace("\xa0", " "))
