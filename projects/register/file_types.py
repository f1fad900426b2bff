"""Which files are taken in: by the ending of the name, and by what the content really is; pictures are opened."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from PIL import Image, ImageOps

from projects.core.text import tidy

LONGEST_NAME = 120  # signs, the ending among them
PREVIEW_SIDE = 480  # pixels of the longer side of a preview
MOST_PIXELS = 50_000_000  # of a picture; what unfolds to more would fill the memory

# What a double click would run or a browser would render; nowhere in a name, also not before an honest ending.
ACTIVE = frozenset(
    {
        "asp", "aspx", "bat", "cmd", "com", "dll", "exe", "hta", "htm", "html", "jar", "js", "jsp", "lnk", "mht",
        "mhtml", "msi", "php", "ps1", "scr", "sh", "svg", "vbs", "wsf", "xhtml", "xml",
    }
)  # fmt: skip


class Kind(StrEnum):
    """What a file is kept as; the value is stored."""

    PHOTO = "photo"
    DOCUMENT = "document"


@dataclass(frozen=True)
class FileType:
    """What files with an ending are, and whether a content is such a file."""

    kind: Kind
    content_type: str
    fits: Callable[[bytes], bool]


def _begins(*signs: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(signs)


def _office_package(part: str) -> Callable[[bytes], bool]:
    """Whether it is a package of Office Open XML that holds `part`; only its table of contents is read."""

    def fits(content: bytes) -> bool:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                return {"[Content_Types].xml", part} <= set(package.namelist())
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            return False

    return fits


_COMPOUND = _begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")  # the container of Office before 2007, and of WPS
_OPEN_XML = "application/vnd.openxmlformats-officedocument"

FILE_TYPES: dict[str, FileType] = {
    "jpg": FileType(Kind.PHOTO, "image/jpeg", _begins(b"\xff\xd8\xff")),
    "jpeg": FileType(Kind.PHOTO, "image/jpeg", _begins(b"\xff\xd8\xff")),
    "png": FileType(Kind.PHOTO, "image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    "pdf": FileType(Kind.DOCUMENT, "application/pdf", _begins(b"%PDF-")),
    "docx": FileType(
        Kind.DOCUMENT, f"{_OPEN_XML}.wordprocessingml.document", _office_package("word/document.xml")
    ),
    "xlsx": FileType(Kind.DOCUMENT, f"{_OPEN_XML}.spreadsheetml.sheet", _office_package("xl/workbook.xml")),
    "doc": FileType(Kind.DOCUMENT, "application/msword", _COMPOUND),
    "xls": FileType(Kind.DOCUMENT, "application/vnd.ms-excel", _COMPOUND),
    "wps": FileType(Kind.DOCUMENT, "application/vnd.ms-works", _COMPOUND),
    "et": FileType(Kind.DOCUMENT, "application/vnd.ms-excel", _COMPOUND),
}  # fmt: skip


def clean_name(name: str) -> str:
    """The last part of a path, without invisible signs, at most `LONGEST_NAME` signs long; the ending stays.

    >>> clean_name("../../etc/scan\\x00 1.PDF")
    'scan 1.PDF'
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = tidy("".join(sign for sign in last if sign.isprintable())).strip(". ")
    stem, ending = PurePosixPath(plain).stem, PurePosixPath(plain).suffix
    return stem[: LONGEST_NAME - len(ending)] + ending if len(ending) < LONGEST_NAME else plain[:LONGEST_NAME]


def ending_of(name: str) -> str:
    """What stands behind the last dot, in small letters; empty without one."""
    return PurePosixPath(name).suffix.lower().removeprefix(".")


def is_disguised(name: str) -> bool:
    """Whether the name of something to run or to render stands before the last ending: `plan.exe.pdf`."""
    return any(part.strip().lower() in ACTIVE for part in name.split(".")[1:-1])


def preview_of(content: bytes) -> bytes:
    """A small JPEG of a picture, drawn anew; `ValueError` when it cannot be opened or is too large to unfold."""
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ValueError("too many pixels")
            small = _on_white(picture)
            small.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
            written = io.BytesIO()
            ImageOps.exif_transpose(small).convert("RGB").save(written, "JPEG", quality=80)
            return written.getvalue()
    except (OSError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise ValueError("not a picture") from error


def _on_white(picture: Image.Image) -> Image.Image:
    """A JPEG as it is, so that it is unfolded small at once; anything else without its transparency."""
    if picture.format in {"JPEG", "MPO"}:
        return picture
    opaque = picture.convert("RGBA")
    ground = Image.new("RGBA", opaque.size, "white")
    ground.alpha_composite(opaque)
    return ground
