"""The faces of an official document: their names in an office, and the ones that a PDF embeds, with what they hold."""

import struct
from functools import lru_cache
from pathlib import Path

import pylopdf_fonts_zh_cn as embedded

# As the fonts are called where such documents are written; GB/T 9704 names them.
TITLE = "方正小标宋简体"
BODY = "仿宋_GB2312"
HEADING = "黑体"
SUBHEADING = "楷体_GB2312"
TABLE = "宋体"
LATIN = "Times New Roman"
# What a program takes that has no such font: name, other names, kind.
STAND_INS = (
    (TITLE, "小标宋体,华文中宋,宋体,SimSun,Noto Serif CJK SC", "roman"),
    (BODY, "仿宋,FangSong,FangSong_GB2312,华文仿宋,Noto Serif CJK SC", "modern"),
    (HEADING, "SimHei,Noto Sans CJK SC", "modern"),
    (SUBHEADING, "楷体,KaiTi,KaiTi_GB2312,华文楷体,Noto Serif CJK SC", "modern"),
    (TABLE, "SimSun,Noto Serif CJK SC", "roman"),
)

SERIF, SANS = "Noto Serif SC", "Noto Sans SC"
MISSING = "〓"  # what printers put for a sign they have no type for


def font_folder() -> str:
    return str(embedded.serif_path().parent)


@lru_cache(maxsize=1)
def _held() -> frozenset[int]:
    """The signs that both embedded faces can draw."""
    return _signs(embedded.serif_path()) & _signs(embedded.sans_path())


def drawable(text: str) -> str:
    """`text` with a stand-in for every sign that the embedded faces lack; a PDF/A has to show all it says."""
    held = _held()
    return "".join(sign if sign in "\n\u200b" or ord(sign) in held else MISSING for sign in text)


def _signs(path: Path) -> frozenset[int]:
    """The code points of a font, by its table `cmap`."""
    content = path.read_bytes()
    tables = struct.unpack_from(">H", content, 4)[0]
    for number in range(tables):
        tag, _sum, start, _length = struct.unpack_from(">4sLLL", content, 12 + number * 16)
        if tag == b"cmap":
            return _mapped(content, start)
    return frozenset()


def _mapped(content: bytes, start: int) -> frozenset[int]:
    """Those of the subtable of format 12, which holds all of Unicode."""
    found: set[int] = set()
    for number in range(struct.unpack_from(">H", content, start + 2)[0]):
        at = start + struct.unpack_from(">L", content, start + 4 + number * 8 + 4)[0]
        if struct.unpack_from(">H", content, at)[0] == 12:
            groups = struct.unpack_from(">L", content, at + 12)[0]
            for group in range(groups):
                first, last, _glyph = struct.unpack_from(">LLL", content, at + 16 + group * 12)
                found.update(range(first, last + 1))
    return frozenset(found)
