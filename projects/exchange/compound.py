"""The container of Office before 2007 (.xls, .et, a password): what lies in it, and how far its cells reach."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from projects.exchange.unreadable import Unreadable, Why

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA  # from here on numbers of sectors mean something else
_PASSWORD, _MACRO_SHEET = 0x2F, 0x85
_SINGLE = {
    0x0006,
    0x0203,
    0x0204,
    0x0205,
    0x027E,
    0x00FD,
    0x0201,
    0x00D6,
    0x0406,
    0x0206,
    0x0001,
    0x0002,
    0x0003,
    0x0004,
    0x0005,
}
_SEVERAL = {0x00BD, 0x00BE}  # several cells of a row; the last column stands at the end
_SUBSTREAM = 0x0809


@dataclass(frozen=True, slots=True)
class Extent:
    """How far the cells of a sheet reach, in rows and columns."""

    rows: int
    columns: int


class Compound:
    """The streams of a compound file by name; `Unreadable` when it is broken."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        try:
            self.size = 1 << struct.unpack_from("<H", content, 30)[0]
            if self.size not in {512, 4096}:
                raise Unreadable(Why.BROKEN)
            self.table = self._table()
            self.entries = self._entries()
        except (struct.error, IndexError) as error:
            raise Unreadable(Why.BROKEN) from error

    def check(self) -> None:
        """Refuse what has a password or macros, and what is no workbook at all."""
        names = {name.lower() for name in self.entries}
        if "encryptedpackage" in names or "encryptioninfo" in names:
            raise Unreadable(Why.PASSWORD)
        if not names & {"workbook", "book"}:
            raise Unreadable(Why.NOT_A_WORKBOOK)
        if "_vba_project_cur" in names or "_vba_project" in names:
            raise Unreadable(Why.MACROS)
        for kind, body in self._records():
            if kind == _PASSWORD:
                raise Unreadable(Why.PASSWORD)
            if kind == _MACRO_SHEET and body[5:6] == b"\x01":
                raise Unreadable(Why.MACROS)

    def extent(self) -> Extent:
        """How far the cells of any sheet reach."""
        rows = columns = 0
        for kind, body in self._records():
            if (kind in _SINGLE and len(body) >= 6) or (kind in _SEVERAL and len(body) >= 6):
                row, column = struct.unpack_from("<HH", body)
                if kind in _SEVERAL:
                    column = max(column, struct.unpack_from("<H", body, len(body) - 2)[0])
                rows, columns = max(rows, row + 1), max(columns, column + 1)
        return Extent(rows, columns)

    def _records(self) -> Iterator[tuple[int, bytes]]:
        stream = self._stream()
        place = 0
        while place + 4 <= len(stream):
            kind, length = struct.unpack_from("<HH", stream, place)
            yield kind, stream[place + 4 : place + 4 + length]
            place += 4 + length

    def _stream(self) -> bytes:
        start, size = next(self.entries[name] for name in self.entries if name.lower() in {"workbook", "book"})
        small = struct.unpack_from("<I", self.content, 56)[0]
        if size >= small:
            return b"".join(self._sector(number) for number in self._chain(start))[:size]
        root = b"".join(self._sector(number) for number in self._chain(self.entries["Root Entry"][0]))
        minis = self._numbers(self._chain(struct.unpack_from("<I", self.content, 60)[0]))
        parts: list[bytes] = []
        number = start
        while number < _LAST and number < len(minis) and len(parts) * 64 < size:
            parts.append(root[number * 64 : number * 64 + 64])
            number = minis[number]
        return b"".join(parts)[:size]

    def _sector(self, number: int) -> bytes:
        sector = self.content[(number + 1) * self.size : (number + 2) * self.size]
        if not sector:
            raise Unreadable(Why.BROKEN)
        return sector

    def _numbers(self, sectors: list[int]) -> list[int]:
        joined = b"".join(self._sector(number) for number in sectors)
        return list(struct.unpack(f"<{len(joined) // 4}I", joined[: len(joined) // 4 * 4]))

    def _table(self) -> list[int]:
        """Which sector follows which."""
        sectors = [number for number in struct.unpack_from("<109I", self.content, 76) if number < _LAST]
        following, seen = struct.unpack_from("<I", self.content, 68)[0], 0
        while following < _LAST and seen <= len(self.content) // self.size:
            *numbers, following = self._numbers([following])
            sectors += [number for number in numbers if number < _LAST]
            seen += 1
        return self._numbers(sectors)

    def _chain(self, start: int) -> list[int]:
        chain: list[int] = []
        while start < _LAST:
            if start >= len(self.table) or len(chain) > len(self.table):
                raise Unreadable(Why.BROKEN)
            chain.append(start)
            start = self.table[start]
        return chain

    def _entries(self) -> dict[str, tuple[int, int]]:
        """The first sector and the size of what lies in it, by name."""
        directory = b"".join(self._sector(n) for n in self._chain(struct.unpack_from("<I", self.content, 48)[0]))
        entries: dict[str, tuple[int, int]] = {}
        for place in range(0, len(directory) - 127, 128):
            length = struct.unpack_from("<H", directory, place + 64)[0]
            if 2 <= length <= 64:
                name = directory[place : place + length - 2].decode("utf-16-le", "replace")
                entries[name] = struct.unpack_from("<II", directory, place + 116)
        return entries
