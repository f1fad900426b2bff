"""An Office Open XML file (.xlsx) as a package of parts: unfolded within limits, looked through before it is read."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from projects.exchange.sheets import NOT_CALCULATED
from projects.exchange.unreadable import Unreadable, Why

MOST_UNFOLDED = 200 * 1024 * 1024  # bytes of all parts together
MOST_PARTS = 2_000
STEEPEST = 250  # times; sheets fold to a twentieth, bombs to a thousandth
_SMALL = 1024 * 1024  # bytes; below, however steep, no harm

_XML = (".xml", ".rels", ".vml")
_MACROS = re.compile(r"vbaproject\.bin$|vbadata\.xml$|^xl/(?:macrosheets|dialogsheets)/", re.IGNORECASE)
_LINKS = re.compile(r"^xl/(?:externallinks/|connections\.xml$)", re.IGNORECASE)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"

_PREFIXED = re.compile(rb"<\w+:(?:worksheet|row|c)[\s/>]")
_PREFIX = re.compile(rb"(</?)\w+:")
_ROW = re.compile(rb"<row [^>]*\bhidden=\"(?:1|true)\"[^>]*>")
_COLUMN = re.compile(rb"<col [^>]*>")
_ATTRIBUTE = re.compile(rb'\b(r|min|max|hidden|width)="([^"]*)"')
_FAILED = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]* t="e"[^>]*>(?:<f[^>]*(?:/>|>[^<]*</f>))?<v>([^<]*)</v>')
_WAITING = re.compile(rb'<c r="([A-Z]+)(\d+)"(?: s="\d+")?><f[^>]*(?:/>|>[^<]*</f>)(?:<v ?/>|<v></v>)?</c>')
_FAR_ROW = re.compile(rb"[ \t\r\n]r=[\"'][A-Z]*(\d{5,})[\"']")
_FAR_COLUMN = re.compile(rb"[ \t\r\n]r=[\"']([A-Z]{2,})\d")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the part of a sheet says beside its values; rows and columns counted from 0.

    `percents`: cells that Excel shows as percentages. `failed`: what stands where a formula failed or was not
    calculated, by row and column.
    """

    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    percents: tuple[tuple[int, int], ...]
    failed: dict[tuple[int, int], str]


class Package:
    """The XML parts of a package, unfolded and found harmless; `Unreadable` otherwise.

    What was looked through is packed anew for whoever reads the cells, so that both see the same bytes,
    whatever the table of contents of the file claims.
    """

    def __init__(self, content: bytes) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                _check_contents(package.infolist(), len(content))
                self.parts = dict(_unfolded(package))
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as error:
            raise Unreadable(Why.BROKEN) from error
        except RuntimeError as error:  # what zipfile raises for a part with a password
            raise Unreadable(Why.PASSWORD) from error
        self.names = {name.lower(): name for name in self.parts}

    def repacked(self) -> io.BytesIO:
        """The parts that were looked through, and nothing else, as a file."""
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as package:
            for name, part in self.parts.items():
                package.writestr(name, part)
        file.seek(0)
        return file

    def check_extent(self, path: str, name: str, *, rows: int, columns: int) -> None:
        """Refuse a sheet with a cell beyond the limits: what lies between would be laid out in memory."""
        part = self._sheet(path)
        lines = part.split(b"<row")
        if len(lines) - 1 > rows:
            raise Unreadable(Why.TOO_MANY_ROWS, sheet=name, limit=rows)
        if max(line.count(b"<c") for line in lines[1:] or [b""]) > columns:
            raise Unreadable(Why.TOO_MANY_COLUMNS, sheet=name, limit=columns)
        if any(int(number) > rows for number in _FAR_ROW.findall(part)):
            raise Unreadable(Why.TOO_MANY_ROWS, sheet=name, limit=rows)
        if any(index_of(letters) >= columns for letters in set(_FAR_COLUMN.findall(part))):
            raise Unreadable(Why.TOO_MANY_COLUMNS, sheet=name, limit=columns)

    def sheet_parts(self) -> dict[str, str]:
        """The part of each sheet, by the name of the sheet."""
        book = self._tree("xl/workbook.xml")
        links = {
            link.get("Id"): posixpath.normpath(posixpath.join("/xl", link.get("Target", ""))).lstrip("/")
            for link in self._tree("xl/_rels/workbook.xml.rels")
        }
        return {
            sheet.get("name", ""): links.get(sheet.get(_RELATION) or sheet.get(_STRICT_RELATION), "")
            for sheet in book.iter()
            if _plain(sheet.tag) == "sheet"
        }

    def facts(self, path: str) -> Facts:
        """What the part of a sheet says beside its values."""
        part = self._sheet(path)
        return Facts(
            frozenset(_hidden_rows(part)), frozenset(_hidden_columns(part)), self._percents(part), dict(_failed(part))
        )

    def _sheet(self, path: str) -> bytes:
        """The part of a sheet, its elements without prefixes."""
        part = self.parts.get(self.names.get(path.lower(), ""), b"")
        return _PREFIX.sub(rb"\1", part) if _PREFIXED.search(part) else part

    def _tree(self, path: str) -> ElementTree.Element:
        try:
            return ElementTree.fromstring(self.parts[self.names[path]])  # noqa: S314 # no entities: looked through
        except (KeyError, ElementTree.ParseError, ValueError, LookupError) as error:
            raise Unreadable(Why.BROKEN) from error

    def _percents(self, part: bytes) -> tuple[tuple[int, int], ...]:
        """The cells in which Excel shows a number as a percentage."""
        styles = b"|".join(str(style).encode() for style in self._percent_styles())
        if not styles:
            return ()
        cells = re.findall(rb'<c r="([A-Z]+)(\d+)" s="(?:' + styles + rb')"', part)
        columns = {letters: index_of(letters) for letters in {letters for letters, _number in cells}}
        return tuple((int(number) - 1, columns[letters]) for letters, number in cells)

    def _percent_styles(self) -> Iterator[int]:
        if "xl/styles.xml" not in self.names:
            return
        styles = self._tree("xl/styles.xml")
        formats = {"9", "10"}  # 0% and 0.00%
        for element in styles.iter():
            if _plain(element.tag) == "numFmt" and "%" in re.sub(r'"[^"]*"|\\.', "", element.get("formatCode", "")):
                formats.add(element.get("numFmtId", ""))
        for group in styles:
            if _plain(group.tag) == "cellXfs":
                yield from (number for number, style in enumerate(group) if style.get("numFmtId") in formats)


def index_of(letters: bytes) -> int:
    """The column of some letters, counted from 0."""
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1


def _check_contents(parts: list[zipfile.ZipInfo], size: int) -> None:
    """Refuse what the table of contents already gives away."""
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNFOLDED:
        raise Unreadable(Why.UNFOLDS)
    names = {_path(part).lower() for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(Why.PASSWORD)
    if any(_MACROS.search(name) for name in names):
        raise Unreadable(Why.MACROS)
    if any(_LINKS.search(name) for name in names):
        raise Unreadable(Why.EXTERNAL_LINKS)
    if not {"[content_types].xml", "xl/workbook.xml"} <= names:
        raise Unreadable(Why.NOT_A_WORKBOOK)


def _path(part: zipfile.ZipInfo) -> str:
    return part.filename.replace("\\", "/").lstrip("/")


def _unfolded(package: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """The XML parts, each unfolded no further than the limits and free of what makes XML dangerous."""
    left = MOST_UNFOLDED
    for part in package.infolist():
        path = _path(part)
        if not path.lower().endswith(_XML):
            continue
        if part.file_size > max(_SMALL, part.compress_size * STEEPEST):
            raise Unreadable(Why.UNFOLDS)
        with package.open(part) as file:
            xml = file.read(left + 1)
        left -= len(xml)
        if left < 0:
            raise Unreadable(Why.UNFOLDS)
        if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
            raise Unreadable(Why.ENTITIES)
        if b"\0" in xml:  # UTF-16, in which nothing of this would be seen; Office writes UTF-8
            raise Unreadable(Why.BROKEN)
        yield path, xml


def _plain(tag: str) -> str:
    return tag.rpartition("}")[2]


def _attributes(tag: bytes) -> dict[bytes, bytes]:
    return dict(_ATTRIBUTE.findall(tag))


def _hidden_rows(part: bytes) -> Iterator[int]:
    if b'hidden="' in part:
        for tag in _ROW.findall(part):
            number = _attributes(tag).get(b"r", b"")
            if number.isdigit():
                yield int(number) - 1


def _hidden_columns(part: bytes) -> Iterator[int]:
    for tag in _COLUMN.findall(part[: part.find(b"<sheetData")]):
        said = _attributes(tag)
        if said.get(b"hidden") in {b"1", b"true"} or said.get(b"width") == b"0":
            first, last = said.get(b"min", b""), said.get(b"max", b"")
            if first.isdigit() and last.isdigit():
                yield from range(int(first) - 1, min(int(last), 16_384))


def _failed(part: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    if b't="e"' in part:
        for letters, number, value in _FAILED.findall(part):
            yield (int(number) - 1, index_of(letters)), value.decode("utf-8", "replace")
    if b"<f" in part:
        for letters, number in _WAITING.findall(part):
            yield (int(number) - 1, index_of(letters)), NOT_CALCULATED
