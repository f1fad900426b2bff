"""A `Paper` as the page to print shows it: every cell as text with the class of its side."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from projects.bulletins.documents.layout import is_narrow, is_subheading
from projects.bulletins.documents.paper import Cell, Column, Kind, Mark, Paper, Table
from projects.bulletins.documents.texts import TITLE_ROOM, annex_label, cell_text, is_number, legend_text, title_lines


@dataclass(frozen=True, slots=True)
class PrintedTable:
    label: str
    title: str
    unit: str
    is_narrow: bool
    is_wide: bool  # so many columns that the letters have to be small
    is_full: bool  # so many that the sheet has to be larger
    columns: list[tuple[str, str]]  # heading and class
    rows: list[tuple[bool, list[tuple[str, str, Mark | None]]]]  # whether it adds up; text, class, colour
    notes: list[str]


def printed(paper: Paper) -> dict[str, Any]:
    """What the template of the page to print needs beside the paper."""
    parts = [
        (part.heading, [(text, is_subheading(text)) for text in part.paragraphs]) for part in paper.parts
    ]  # fmt: skip
    return {
        "title_lines": title_lines(paper.title, room=TITLE_ROOM),
        "parts": parts,
        "tables": list(_tables(paper)),
        "nothing": paper.labels.nothing,
    }


FULL, WIDE = 30, 20  # columns
SHORT, LONG = 12, 24  # half-width signs that a text would like to have


def _tables(paper: Paper) -> Iterator[PrintedTable]:
    for table in paper.tables:
        legend = [legend_text(paper)] if table.has_legend else []
        yield PrintedTable(
            label=annex_label(paper, table), title=table.title, unit=table.unit, is_narrow=is_narrow(table),
            is_full=len(table.columns) >= FULL, is_wide=len(table.columns) >= WIDE,
            columns=[(column.heading, _side(column)) for column in table.columns], rows=list(_rows(table)),
            notes=[*legend, *table.notes],
        )  # fmt: skip


def _rows(table: Table) -> Iterator[tuple[bool, list[tuple[str, str, Mark | None]]]]:
    for number, row in enumerate(table.rows):
        yield number in table.sums, [_cell(*pair) for pair in zip(row, table.columns, strict=True)]


def _cell(cell: Cell, column: Column) -> tuple[str, str, Mark | None]:
    return cell_text(cell, column.kind), _side(column), cell if isinstance(cell, Mark) else None


def _side(column: Column) -> str:
    if is_number(column):
        return "num"
    if column.kind in {Kind.PLACE, Kind.DAY, Kind.COLOUR}:
        return "mid"
    return "few" if column.width < SHORT else "some" if column.width < LONG else "many"
