"""A table as plain text (.csv): its encoding and what separates its cells are found out."""

import codecs
import csv
import io
from collections import Counter

from projects.core.text import has_control
from projects.exchange.sheets import Raw
from projects.exchange.unreadable import Unreadable, Why

SEPARATORS = (",", "\t", ";", "，", "|")
_SAMPLE = 50  # lines, enough to see how many cells a line has


def decoded(content: bytes) -> str:
    """The text of a file; UTF-8, UTF-16 with its mark, or GB18030, in which Excel and WPS write in Chinese."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return _plain(content, encoding)
    try:
        return _plain(content, "utf-8")
    except Unreadable:
        return _plain(content, "gb18030")


def _plain(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding).rstrip("\x1a")
    except UnicodeDecodeError as error:
        raise Unreadable(Why.NO_TEXT) from error
    if has_control(text.replace("\x0b", "\n").replace("\x0c", "\n")):
        raise Unreadable(Why.NO_TEXT)
    return text


def rows_of(text: str, *, rows: int, columns: int) -> list[list[Raw]]:
    """The cells of each line; `Unreadable` beyond the limits."""
    separator = _separator(text)
    if text[:4].lower() == "sep=":
        text = text.partition("\n")[2]
    found: list[list[Raw]] = []
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if len(found) == rows:
                raise Unreadable(Why.TOO_MANY_ROWS, sheet="", limit=rows)
            if len(line) > columns:
                raise Unreadable(Why.TOO_MANY_COLUMNS, sheet="", limit=columns)
            found.append(list(line))
    except csv.Error as error:
        raise Unreadable(Why.BROKEN) from error
    return found


def _separator(text: str) -> str:
    """The sign that cuts most lines into the same number of cells, the more the better."""
    if text[:4].lower() == "sep=" and len(text) > 4:
        return text[4]
    sample = text[: 200 * 1024]

    def fit(separator: str) -> tuple[int, int]:
        try:
            lines = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
            widths = Counter(len(line) for _number, line in zip(range(_SAMPLE), lines, strict=False) if len(line) > 1)
        except csv.Error:
            return (0, 0)
        return max(((times * width, times) for width, times in widths.items()), default=(0, 0))

    return max(SEPARATORS, key=fit)
