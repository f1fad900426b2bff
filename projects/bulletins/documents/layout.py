"""How a table fits a sheet of paper: the size of its letters and the width of each column."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from projects.bulletins.documents.paper import Kind, Table
from projects.bulletins.documents.texts import cell_text, width_of

SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5)  # points, the largest that fits is taken
NARROWEST = 6  # half-width signs that a text needs at least: three Chinese ones a line
COMFORT = 0.75  # of its wish that a text gets before the letters become smaller
NARROW = 6  # columns that an upright page holds
PADDING = 3  # half-width signs of white beside what stands in a cell


@dataclass(frozen=True, slots=True)
class Fitted:
    """Letters and columns in points."""

    size: float
    widths: tuple[float, ...]


def parts_of(table: Table) -> tuple[tuple[int, ...], ...]:
    """The columns of each part that is printed by itself."""
    return table.parts or (tuple(range(len(table.columns))),)


def fit(table: Table, part: Sequence[int], *, width: float) -> Fitted:
    """The columns of a part across `width` points: figures as wide as the longest one, texts what is left."""
    fixed = {place: _needed(table, place) for place in part if table.columns[place].kind is not Kind.TEXT}
    wishes = {place: table.columns[place].width for place in part if place not in fixed}
    for size in SIZES:
        room = width / (size / 2) - sum(fixed.values())
        if room >= sum(max(NARROWEST, wish * COMFORT) for wish in wishes.values()):
            break
    shares = _shared(wishes, room) if wishes else {}
    signs = [fixed.get(place, shares.get(place, 0)) for place in part]
    return Fitted(size, tuple(round(width * each / sum(signs), 2) for each in signs))


def _shared(wishes: dict[int, int], room: float) -> dict[int, float]:
    total = sum(wishes.values())
    return {place: max(NARROWEST, room * wish / total) for place, wish in wishes.items()}


def _needed(table: Table, place: int) -> float:
    """As wide as its longest figure, and wide enough for the heading in four lines."""
    column = table.columns[place]
    longest = max((width_of(cell_text(row[place], column.kind)) for row in table.rows), default=0)
    heading = width_of(column.heading)
    return max(longest, min(heading, 4), -(-heading // 4)) + PADDING


# Of each hue: ink and tint, the same as on the pages; plain for what stands outside the scale.
PLAIN = ("333333", "FFFFFF")
TINTS = {
    "blue": ("1E429F", "E1EFFE"),
    "green": ("14532D", "DCF5E3"),
    "yellow": ("7A4F00", "FFF3CD"),
    "orange": ("823600", "FFE8D6"),
    "red": ("9B1C1C", "FDE8E8"),
}
_SUBHEADING = re.compile(r"（[^（）]{1,3}）[^\u3002\uff1b]{1,40}")  # without a full stop: a heading of its own


def tint(hue: str) -> tuple[str, str]:
    return TINTS.get(hue, PLAIN)


def is_subheading(paragraph: str) -> bool:
    """Whether a paragraph of the text is a heading of the second order, as GB/T 9704 numbers it."""
    return _SUBHEADING.fullmatch(paragraph.strip()) is not None


def is_narrow(table: Table) -> bool:
    """Whether a table fits an upright page."""
    return len(table.columns) <= NARROW
