"""Finding the table on a sheet: its heading, what each column means, and in which unit its amounts count."""

from collections.abc import Mapping

from projects.exchange.columns import Kind
from projects.exchange.sheets import Book, Recognised, Sheet


def normalised(heading: str) -> str:
    """A heading without blanks, units, brackets around them and widths of signs; the key of what was learned."""
    raise NotImplementedError


def recognise(
    sheet: Sheet,
    *,
    learned: Mapping[str, str] | None = None,
    kind: Kind | None = None,
    heading_rows: tuple[int, int] | None = None,
    mapping: Mapping[int, str] | None = None,
    units: Mapping[str, int] | None = None,
) -> Recognised | None:
    """The table on a sheet, None when there is none.

    `learned` holds codes by normalised heading, as the unit once said. Whatever else is given is what somebody
    corrected: the kind; the rows of the heading (from 1); codes by column (from 0; "" for a column that is not
    read; it then is the whole mapping); yuan of a bare number by code.
    """
    raise NotImplementedError


def recognise_book(
    book: Book, *, learned: Mapping[str, str] | None = None, kind: Kind | None = None
) -> list[Recognised]:
    """The tables of a book, at most one on each sheet."""
    raise NotImplementedError
