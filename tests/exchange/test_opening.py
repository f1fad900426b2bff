"""What is taken in by its content and not by its name, and what is refused and why."""

import datetime
import struct
from collections.abc import Callable
from contextlib import suppress

import pytest

from projects.exchange import opening
from projects.exchange.opening import open_book
from projects.exchange.unreadable import Unreadable, Why
from tests.exchange.attacks import GOOD, SHEET, compound, lying_about_its_size, record, repacked, replaced, with_doctype
from tests.exchange.workbooks import FOLDER, all_workbooks, saved, sheet_of, workbook
from tests.exchange.workbooks.others import OLD, of_old_excel

XLS = (FOLDER / "merged_down.xls").read_bytes()
FAR = struct.pack("<HH", 20_000, 0) + b"\0" * 10
WIDE = struct.pack("<HH", 0, 200) + b"\0" * 10
REFUSED: list[tuple[str, str, Callable[[], bytes], Why]] = [
    ("nothing", "a.xlsx", lambda: b"", Why.EMPTY),
    ("blanks", "a.csv", lambda: b" \n\r\n", Why.EMPTY),
    ("cut off", "a.xlsx", lambda: GOOD[: len(GOOD) // 2], Why.BROKEN),
    ("damaged", "a.xlsx", lambda: GOOD[:200] + b"\xff" * 200 + GOOD[400:], Why.BROKEN),
    ("no xml", "a.xlsx", lambda: repacked(changed={"xl/workbook.xml": lambda _: b"<workbook"}), Why.BROKEN),
    ("other encoding", "a.xlsx", lambda: repacked(changed={SHEET: lambda x: x.decode().encode("utf-16")}), Why.BROKEN),
    ("a picture", "a.xlsx", lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Why.NOT_A_WORKBOOK),
    ("a picture as text", "a.csv", lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Why.NO_TEXT),
    ("another ending", "a.exe", lambda: GOOD, Why.NOT_A_WORKBOOK),
    ("no ending", "报表", lambda: GOOD, Why.NOT_A_WORKBOOK),
    ("a document", "a.xlsx", lambda: repacked().replace(b"xl/workbook.xml", b"xl/workbooc.xml"), Why.NOT_A_WORKBOOK),
    ("text as workbook", "a.xlsx", lambda: "项目,本月\n".encode(), Why.WRONG_ENDING),
    ("a page as workbook", "a.xls", lambda: b"<html><table></table></html>", Why.WRONG_ENDING),
    ("macros", "a.xlsm", lambda: repacked(added={"xl/vbaProject.bin": b"x"}), Why.MACROS),
    ("macros in disguise", "a.xlsx", lambda: repacked(added={"xl\\VBAPROJECT.BIN": b"x"}), Why.MACROS),
    ("macro sheets", "a.xlsx", lambda: repacked(added={"xl/macrosheets/sheet1.xml": b"<x/>"}), Why.MACROS),
    ("links", "a.xlsx", lambda: repacked(added={"xl/externalLinks/externalLink1.xml": b"<x/>"}), Why.EXTERNAL_LINKS),
    ("connections", "a.xlsx", lambda: repacked(added={"xl/connections.xml": b"<x/>"}), Why.EXTERNAL_LINKS),
    ("entities in the sheet", "a.xlsx", lambda: with_doctype(SHEET), Why.ENTITIES),
    ("entities in the book", "a.xlsx", lambda: with_doctype("xl/workbook.xml"), Why.ENTITIES),
    ("entities beside it", "a.xlsx", lambda: with_doctype("docProps/core.xml"), Why.ENTITIES),
    ("bomb of blanks", "a.xlsx", lambda: repacked(added={"xl/worksheets/b.xml": b" " * 5_000_000}), Why.UNFOLDS),
    ("bomb of nothing", "a.xlsx", lambda: lying_about_its_size(part=b"<a/>", said=210_000_000), Why.UNFOLDS),
    ("bomb that lies", "a.xlsx", lambda: lying_about_its_size(part=b"<a/>" + b" " * 5_000_000, said=4), Why.BROKEN),
    ("many parts", "a.xlsx", lambda: repacked(added={f"xl/media/{n}": b"" for n in range(2_000)}), Why.UNFOLDS),
    ("far down", "a.xlsx", lambda: replaced(SHEET, 'r="B2"', 'r="B1048576"'), Why.TOO_MANY_ROWS),
    ("far right", "a.xlsx", lambda: replaced(SHEET, 'r="B2"', 'r="XFD2"'), Why.TOO_MANY_COLUMNS),
    ("many cells", "a.xlsx", lambda: replaced(SHEET, "</row>", "<c/>" * 201 + "</row>"), Why.TOO_MANY_COLUMNS),
    ("a password", "a.xlsx", lambda: compound("EncryptionInfo", "EncryptedPackage"), Why.PASSWORD),
    ("an old password", "a.xls", lambda: compound("Workbook", stream=record(0x2F, b"\0" * 6)), Why.PASSWORD),
    ("old macros", "a.xls", lambda: compound("Workbook", "_VBA_PROJECT_CUR"), Why.MACROS),
    ("old macro sheets", "a.xls", lambda: compound("Workbook", stream=record(0x85, b"\0\0\0\0\0\1a")), Why.MACROS),
    ("old links", "a.xls", lambda: compound("Workbook", stream=record(0x1AE, b"\1\0\5\0\0\1a.xl")), Why.EXTERNAL_LINKS),
    ("old and far down", "a.xls", lambda: compound("Workbook", stream=record(0x203, FAR)), Why.TOO_MANY_ROWS),
    ("old and far right", "a.xls", lambda: compound("Workbook", stream=record(0x203, WIDE)), Why.TOO_MANY_COLUMNS),
    ("an old document", "a.xls", lambda: compound("WordDocument"), Why.NOT_A_WORKBOOK),
    ("WPS of its own kind", "a.et", lambda: compound("Contents"), Why.OLD_WPS),
    ("old and cut off", "a.xls", lambda: XLS[:700], Why.BROKEN),
    ("long lines", "a.csv", lambda: b"a," * 200 + b"a\n", Why.TOO_MANY_COLUMNS),
    ("many lines", "a.csv", lambda: b"a,b\n" * 20_001, Why.TOO_MANY_ROWS),
    ("no encoding", "a.csv", lambda: b"a,\xff\xff\n", Why.NO_TEXT),
]  # fmt: skip


@pytest.mark.parametrize(("name", "build", "why"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_refused(name: str, build: Callable[[], bytes], why: Why) -> None:
    with pytest.raises(Unreadable) as refusal:
        open_book(name, build())
    assert refusal.value.why is why


@pytest.mark.parametrize("build", [*all_workbooks().values(), *map(of_old_excel, OLD)])
def test_a_broken_workbook_is_refused_and_nothing_else(build: Callable[[], tuple[str, bytes]]) -> None:
    """Wherever a file is cut off or damaged, it is opened or refused in a word."""
    file, content = build()
    step = max(1, len(content) // 25)
    for place in range(step, len(content), step):
        for broken in (content[:place], content[:place] + b"\xfe\xff\0" + content[place + 3 :]):
            with suppress(Unreadable):
                open_book(file, broken)


def test_limits_hold_on_both_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    content = workbook(["a", "b"], ["c", "d"])
    for limit, enough, why in (
        ("MOST_BYTES", len(content), Why.TOO_BIG), ("MOST_ROWS", 2, Why.TOO_MANY_ROWS),
        ("MOST_COLUMNS", 2, Why.TOO_MANY_COLUMNS), ("MOST_SHEETS", 1, Why.TOO_MANY_SHEETS),
        ("MOST_CELLS", 4, Why.TOO_MANY_CELLS),
    ):  # fmt: skip
        with monkeypatch.context() as patched:
            patched.setattr(opening, limit, enough)
            assert open_book("a.xlsx", content)
            patched.setattr(opening, limit, enough - 1)
            with pytest.raises(Unreadable) as refusal:
                open_book("a.xlsx", content)
            assert refusal.value.why is why


@pytest.mark.parametrize("name", ["a.xlsx", "a.XLSX", "报表.et", "a.xls", "a.xlsm"])
def test_the_content_decides(name: str) -> None:
    assert open_book(name, GOOD).sheets[0].rows[1] == ["甲", 1.0]


@pytest.mark.parametrize("name", ["a.xls", "a.et"])
def test_old_workbooks(name: str) -> None:
    sheet = open_book(name, XLS).sheets[0]
    assert sheet.rows[1][:2] == ["齐村镇", "甲项目"]
    assert len(sheet.merged) == 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text(encoding: str, separator: str) -> None:
    text = f'项目名称{separator}本月完成\r\n"甲\n项目"{separator}"1,200"\r\n'
    assert open_book("a.csv", text.encode(encoding)).sheets[0].rows == [["项目名称", "本月完成"], ["甲\n项目", "1,200"]]


def test_text_that_names_its_separator() -> None:
    assert open_book("a.csv", b"sep=|\na|b,c\n").sheets[0].rows == [["a", "b,c"]]


def test_sheets_that_are_hidden_are_named() -> None:
    book, sheet = sheet_of(["a"])
    book.create_sheet("旧").sheet_state = "hidden"
    book.create_sheet("更旧").sheet_state = "veryHidden"
    opened = open_book("a.xlsx", saved(book))
    assert [sheet.name for sheet in opened.sheets] == [sheet.title]
    assert opened.hidden_sheets == ("旧", "更旧")


def test_what_a_sheet_says_beside_its_cells() -> None:
    book, sheet = sheet_of(["a", 0.42, 0.42], ["b", datetime.date(2023, 9, 5), None], ["c"], merge=["A3:B4"])
    sheet["B1"].number_format = "0.0%"
    sheet["C1"].number_format = '0.0"%"'
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions.group("C", "D", hidden=True)
    opened = open_book("a.xlsx", saved(book)).sheets[0]
    assert opened.rows[:2] == [["a", "42%", 0.42], ["b", datetime.date(2023, 9, 5), ""]]
    assert opened.hidden_rows == {1}
    assert opened.hidden_columns == {2, 3}
    assert [(m.top, m.left, m.bottom, m.right) for m in opened.merged] == [(2, 0, 3, 1)]


def test_prefixed_elements_hide_nothing() -> None:
    """Some libraries write every element with a prefix."""

    def prefixed(xml: bytes) -> bytes:
        xml = xml.replace(b'<row r="2"', b'<row r="2" hidden="1"').replace(b" xmlns=", b" xmlns:x=")
        return xml.replace(b"</", b"\1").replace(b"<", b"<x:").replace(b"\1", b"</x:").replace(b"<x:?", b"<?")

    sheet = open_book("a.xlsx", repacked(changed={SHEET: prefixed})).sheets[0]
    assert sheet.rows[1] == ["甲", 1.0]
    assert sheet.hidden_rows == {1}
