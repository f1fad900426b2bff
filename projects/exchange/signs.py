"""What stands in a cell, brought to one form before it is understood: widths of signs, blanks, words for nothing."""

import re

from projects.core.text import has_control, tidy
from projects.exchange.sheets import NOT_CALCULATED, Raw, shown
from projects.exchange.unreadable import Unreadable, Why

# Full width as typed in Chinese input, and the many strokes that are meant as a minus or as “to”.
_WIDTHS = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)}
_STROKES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212\ufe63"), "-")
_BLANKS = dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2009\u202f\u3000"), " ")
NARROW: dict[int, int | str] = {**_WIDTHS, **_STROKES, **_BLANKS}

NOTHING = frozenset(
    {
        "",
        "-",
        "--",
        "---",
        "—",
        "——",
        "———",
        "/",
        "//",
        "\\",
        "无",
        "暂无",
        "没有",
        "空",
        "n/a",
        "na",
        "无。",
        "暂无。",
        "*",
    }
)
ERRORS = frozenset({"#ref!", "#div/0!", "#value!", "#name?", "#n/a", "#num!", "#null!", "#getting_data", "#spill!"})
_FORMULA = "=+-@＝＋－＠\t"  # what a harmless file writes an apostrophe before
_OTHER_LINE_ENDS = re.compile(r"\r\n?|_x000D_\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANK_RUN = re.compile(r"[ \t\u00a0\u2002\u2003\u2009\u202f\u3000]+")
# What most cells hold, and nothing in it to be mended: no line ends, double blanks, invisible or composed signs.
_TIDY = re.compile(
    r"(?!')[!-~\u2014\u201c\u201d\u2026\u3001-\u3029\u4e00-\u9fff\uff01-\uff5e]+(?: [!-~\u4e00-\u9fff]+)*"
)
BESIDE_A_STAGE = re.compile(r"^已|阶段$")  # 已开工, 前期阶段; in a normal form
_LATIN = re.compile(r"[!-~]")


def narrow(raw: Raw) -> str:
    """What stands in a cell with plain digits and punctuation, without blanks around it.

    `Unreadable` for what Excel writes where a formula failed.
    """
    text = (raw if isinstance(raw, str) else shown(raw)).translate(NARROW).strip()
    if text == NOT_CALCULATED:
        raise Unreadable(Why.NOT_CALCULATED)
    if text.startswith("#") and text.lower() in ERRORS:
        raise Unreadable(Why.ERROR_IN_CELL, value=text)
    return text


def says_nothing(text: str) -> bool:
    """Whether a narrowed text is a word for nothing."""
    return len(text) <= 4 and text.lower() in NOTHING


def lines_of(raw: Raw) -> str:
    """What stands in a cell as text: lines parted by one line feed each, blanks in them single."""
    text = raw if isinstance(raw, str) else shown(raw)
    if _TIDY.fullmatch(text) and "_x000D_" not in text:
        return text
    if text[:1] == "'" and text[1:2] and text[1] in _FORMULA:
        text = text[1:]
    text = tidy(_OTHER_LINE_ENDS.sub("\n", text))
    if has_control(text):
        raise Unreadable(Why.CONTROL_SIGNS)
    return "\n".join(line for line in (_BLANK_RUN.sub(" ", line).strip() for line in text.split("\n")) if line)


def one_line(text: str) -> str:
    """Lines joined: between Chinese signs with nothing, beside a Latin one with a blank."""
    joined, *rest = text.split("\n")
    for line in rest:
        gap = " " if _LATIN.match(joined[-1:]) and _LATIN.match(line) else ""
        joined = joined + gap + line
    return joined
