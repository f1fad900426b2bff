"""Files that must not be taken in, each made from a good one."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping

from tests.exchange.workbooks import workbook

SHEET = "xl/worksheets/sheet1.xml"
GOOD = workbook(["项目名称", "本月完成"], ["甲", 1])


def repacked(
    *, added: Mapping[str, bytes] | None = None, changed: Mapping[str, Callable[[bytes], bytes]] | None = None
) -> bytes:
    """The good workbook with more parts, or with others."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, (changed or {}).get(name, bytes)(old.read(name)))
        for name, part in (added or {}).items():
            new.writestr(name, part)
    return file.getvalue()


def replaced(part: str, old: str, new: str) -> bytes:
    return repacked(changed={part: lambda xml: xml.replace(old.encode(), new.encode())})


def with_doctype(part: str) -> bytes:
    """A part that asks for a file of the server."""
    return repacked(changed={part: lambda xml: b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>' + xml})


def lying_about_its_size(*, part: bytes, said: int) -> bytes:
    """A workbook with a part of whose size its table of contents says something else."""
    content = bytearray(repacked(added={"xl/worksheets/sheet2.xml": part}))
    place = content.rindex(b"PK\x01\x02", 0, content.rindex(b"xl/worksheets/sheet2.xml"))
    struct.pack_into("<I", content, place + 24, said)
    return bytes(content)


def compound(*streams: str, stream: bytes = b"") -> bytes:
    """A container of Office before 2007 with streams of these names, all of one content."""
    size = 512
    stream = stream.ljust(4096, b"\0")  # smaller ones would lie elsewhere
    sectors = -(-len(stream) // size)
    names = ["Root Entry", *streams]
    start = 1 + directory_sectors(names)
    directory = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<HBB", len(name) * 2 + 2, 5 if number == 0 else 2, 1)
        + b"\xff" * 12
        + b"\0" * 36
        + struct.pack("<III", 0xFFFFFFFE if number == 0 else start, 0 if number == 0 else len(stream), 0)
        for number, name in enumerate(names)
    ).ljust(directory_sectors(names) * size, b"\0")
    chain = [*range(2, 1 + directory_sectors(names)), 0xFFFFFFFE]
    chain += [*range(len(chain) + 2, len(chain) + 1 + sectors), 0xFFFFFFFE]
    table = struct.pack(f"<{len(chain) + 1}I", 0xFFFFFFFD, *chain).ljust(size, b"\xff")
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
        + struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
        + b"\xff" * 432
    )  # fmt: skip
    return header + table + directory + stream


def directory_sectors(names: list[str]) -> int:
    return -(-len(names) * 128 // 512)


def record(kind: int, body: bytes) -> bytes:
    """One record of an old workbook."""
    return struct.pack("<HH", kind, len(body)) + body
