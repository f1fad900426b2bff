"""How a cell of a document reads: the same text on paper, in print and beside the numbers of a workbook."""

import datetime
import unicodedata
from functools import lru_cache

from projects.bulletins.documents.paper import Cell, Column, Kind, Mark, Meaning, Paper, Table
from projects.core import display
from projects.core.marks import SHAPES

STAR = "*"
TITLE_ROOM = 40  # half-width signs of 二号 in a line of the standard sheet


def mark_text(mark: Mark) -> str:
    """Shape and word, with the star of a colour that was decided otherwise: ■ 红*."""
    return f"{SHAPES[mark.shape]} {mark.word}{STAR if mark.is_starred else ''}"


def cell_text(cell: Cell, kind: Kind) -> str:
    """`cell` as it is written for people; “—” for a figure that is not known."""
    if isinstance(cell, Mark):
        return mark_text(cell)
    if isinstance(cell, str):
        return display.NONE if kind is Kind.DAY and not cell else cell
    match kind:
        case Kind.MONEY:
            return display.wan(cell)
        case Kind.PERCENT:
            return display.percent_tenths(cell)
        case Kind.POINTS:
            return display.points_tenths(cell)
        case Kind.TEXT:
            return "" if cell is None else str(cell)
        case _:
            return display.number(cell)


def row_texts(table: Table, row: tuple[Cell, ...]) -> list[str]:
    return [cell_text(cell, column.kind) for cell, column in zip(row, table.columns, strict=True)]


def legend_text(paper: Paper) -> str:
    """The legend in one line: shape, word and meaning of each colour, and what the star says."""
    told = "　".join(meaning_text(each) for each in paper.legend)
    return f"{paper.labels.legend}{told}　{STAR} {paper.star}"


def meaning_text(each: Meaning) -> str:
    meaning = f" {each.meaning}" if each.meaning != each.mark.word else ""
    return f"{mark_text(each.mark)}{meaning}"


def annex_label(paper: Paper, table: Table) -> str:
    return paper.labels.annex.format(number=table.number)


def width_of(text: str) -> int:
    """How many half-width signs a text takes in its longest line; a Chinese sign takes two."""
    if text.isascii():
        return max(map(len, text.split("\n")))
    return max(sum(map(_width, line)) for line in text.split("\n"))


@lru_cache(maxsize=8192)
def _width(sign: str) -> int:
    return 2 if unicodedata.east_asian_width(sign) in "WFA" else 1


def day_of(cell: Cell) -> datetime.date | None:
    return datetime.date.fromisoformat(cell) if isinstance(cell, str) and cell else None


def title_lines(title: str, *, room: int) -> list[str]:
    """A title in two lines of `room` signs at most, broken beside a quotation and not inside; else as it is."""
    if width_of(title) <= room:
        return [title]
    places = [at for at, sign in enumerate(title) if sign == "“"] + [at + 1 for at, s in enumerate(title) if s == "”"]
    fitting = [at for at in places if 0 < width_of(title[:at]) <= room and 0 < width_of(title[at:]) <= room]
    if not fitting:
        return [title]
    at = min(fitting, key=lambda at: abs(width_of(title[:at]) - width_of(title[at:])))
    return [title[:at], title[at:]]


def is_number(column: Column) -> bool:
    return column.kind in {Kind.COUNT, Kind.MONEY, Kind.PERCENT, Kind.POINTS}
