"""Opening a file that somebody sent: in memory only, and refused in plain words when it is not what it should be."""

from projects.exchange.sheets import Book

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 200
MOST_SHEETS = 50
ENDINGS = ("xlsx", "xls", "et", "csv")


def open_book(name: str, content: bytes) -> Book:
    """The visible sheets of a file; `Unreadable` when it is refused."""
    raise NotImplementedError
