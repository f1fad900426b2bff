"""What a page with the list shows, read from its HTML as a person reads it: rows in order, sums, counts."""

import re
from html import unescape
from typing import Any


def text_of(html: str) -> str:
    """HTML without its tags."""
    without = re.sub(r"<svg\b.*?</svg>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", without))).strip()


def html_of(response: Any) -> str:
    return str(response.content.decode())


def codes(response: Any) -> list[str]:
    """The codes of the projects in the table, from top to bottom."""
    found: list[str] = []
    for body in re.findall(r"<tbody>.*?</tbody>", html_of(response), flags=re.DOTALL):
        for row in re.findall(r"<tr\b.*?</tr>", body, flags=re.DOTALL):
            found += re.findall(r'href="/projects/([\w-]+)/\?month=', row)[:1]
    return found


def row_of(response: Any, code: str) -> str:
    """What the row of one project says."""
    rows = re.findall(r"<tr\b.*?</tr>", html_of(response), flags=re.DOTALL)
    return next(text_of(row) for row in rows if f'href="/projects/{code}/?month=' in row)


def foot(response: Any) -> list[str]:
    """The cells of the line of sums."""
    line = re.search(r"<tfoot>.*?</tfoot>", html_of(response), flags=re.DOTALL)
    assert line, "no sums on the page"
    return [text_of(cell) for cell in re.findall(r"<td\b.*?</td>", line[0], flags=re.DOTALL)]


def counts(response: Any) -> dict[str, int]:
    """How many projects of each colour, by its word."""
    shown = re.findall(r'<a class="colour-count.*?</a>', html_of(response), flags=re.DOTALL)
    assert shown
    pairs = [text_of(each).rsplit(" ", 1) for each in shown]
    return {word: int(number) for word, number in pairs}
