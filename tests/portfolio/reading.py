"""What a page with the list shows, read from its HTML as a person reads it: rows in order, sums, counts."""

import re
from html import unescape
from typing import Any

ROW = re.compile(r"<tr\b.*?(?=<tr\b|</tr>|</t(?:head|body|foot)>)", flags=re.DOTALL)  # a row may end with the next


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
        for row in ROW.findall(body):
            found += re.findall(r'href="(?:/projects/)?([\w-]+)/\?month=', row)[:1]
    return found


def row_of(response: Any, code: str) -> str:
    """What the row of one project says."""
    return next(
        text_of(row) for row in ROW.findall(html_of(response)) if re.search(rf'href="(/projects/)?{code}/\?month=', row)
    )


def foot(response: Any) -> list[str]:
    """What the cells of the line of sums say, line by line."""
    line = re.search(r"<tfoot>.*?</tfoot>", html_of(response), flags=re.DOTALL)
    assert line, "no sums on the page"
    cells = re.findall(r"<t[dh]\b.*?</t[dh]>", line[0], flags=re.DOTALL)
    return [text_of(part) for cell in cells for part in cell.split("<br>")]


def counts(response: Any) -> dict[str, int]:
    """How many projects of each colour, by its word."""
    shown = re.findall(r'<a class="colour-count.*?</a>', html_of(response), flags=re.DOTALL)
    assert shown
    pairs = [text_of(each).rsplit(" ", 1) for each in shown]
    return {word: int(number) for word, number in pairs}


def sent_file(response: Any) -> bytes:
    """The whole of a file that is sent in parts."""
    return b"".join(response.streaming_content)
