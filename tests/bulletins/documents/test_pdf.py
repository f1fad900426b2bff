"""The PDF: an archive file with its fonts in it, whose text can be taken out again and is the paper's."""

import io
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader

from projects.bulletins.documents import pdf as documents_pdf
from projects.bulletins.documents.faces import MISSING, drawable
from projects.bulletins.documents.layout import parts_of
from projects.bulletins.documents.paper import Paper
from projects.bulletins.documents.pdf import pdf
from projects.bulletins.documents.texts import row_texts
from tests.bulletins.documents.papers import FORMULAS, LONG_NAME, draft, line, paper


def opened(of: Paper) -> PdfReader:
    return PdfReader(io.BytesIO(pdf(of)))


def plain(text: str) -> str:
    """Without what a page adds: ends of lines and places where one may end."""
    return "".join(text.replace("\u200b", "").split())


def text_of(of: Paper) -> str:
    return plain("".join(page.extract_text() for page in opened(of).pages))


def test_it_is_an_archive_file_with_its_fonts_in_it() -> None:
    found = opened(paper())
    about = found.trailer["/Root"]["/Metadata"].get_object().get_data().decode()  # type: ignore[index]
    assert "<pdfaid:part>2</pdfaid:part>" in about
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in about
    assert "<pdfuaid:part>1</pdfuaid:part>" in about
    fonts = {}
    for page in found.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            fonts[inner["/BaseFont"]] = "/FontFile3" in inner["/FontDescriptor"].get_object()
    assert fonts
    assert all(fonts.values())
    assert all("NotoS" in name for name in fonts)


def test_it_can_be_read_aloud_with_its_headings_and_tables() -> None:
    held = paper()
    root: Any = opened(held).trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, "zh-CN")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    kinds = Counter(_kinds(root["/StructTreeRoot"]))
    tables = [part for table in held.tables if table.rows for part in parts_of(table)]
    assert kinds["/Table"] == kinds["/THead"] == len(tables)
    assert kinds["/TH"] == sum(len(part) for part in tables)
    assert kinds["/H1"] == len(held.parts) + sum(len(parts_of(table)) for table in held.tables)


def _kinds(element: Any) -> Iterator[str]:
    """What each element of the tree below is."""
    found = element.get_object()
    if isinstance(found, list):
        for each in found:
            yield from _kinds(each)
    elif isinstance(found, dict):
        yield from [found["/S"]] if "/S" in found else []
        yield from _kinds(found["/K"]) if "/K" in found else []


def test_tags_are_left_out_where_they_would_outweigh_it(monkeypatch: pytest.MonkeyPatch) -> None:
    held = paper()
    monkeypatch.setattr(documents_pdf, "TAGGED_ROWS", sum(len(table.rows) for table in held.tables) - 1)
    root: Any = opened(held).trailer["/Root"]
    assert "/StructTreeRoot" not in root
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in root["/Metadata"].get_object().get_data()


def test_its_text_is_the_papers() -> None:
    held = paper()
    told = text_of(held)
    for part in held.parts:
        for text in (part.heading, *part.paragraphs):
            assert plain(text) in told
    for table in held.tables:
        assert table.title in told
        for row in table.rows:
            for text in row_texts(table, row):
                assert plain(text) in told
        assert all(plain(note) in told for note in table.notes)


def test_the_digest_stands_on_every_page_and_a_draft_is_marked_on_every_page() -> None:
    held = paper()
    assert all(plain(held.digest) in plain(page.extract_text()) for page in opened(held).pages)
    for page in opened(draft()).pages:
        assert "征求意见稿" in page.extract_text()
        assert "尚未发布" in page.extract_text()
    assert "征求意见稿" not in text_of(held)


def test_wide_annexes_lie_across() -> None:
    across = [float(page.mediabox.width) > float(page.mediabox.height) for page in opened(paper()).pages]
    assert not across[0]
    assert not across[-1]
    assert any(across)


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert pdf(paper()) == pdf(paper())


def test_names_are_text_and_no_markup() -> None:
    names = ["#set page(width: 1pt)", '*粗* _斜_ $x$ @ref <label> \\ "引"', "2303-370402-04-01-123456", LONG_NAME]
    names += FORMULAS
    told = text_of(paper([line(number, name=name) for number, name in enumerate(names, 1)]))
    assert [name for name in names if plain(name) not in told] == []


def test_a_sign_without_a_type_gets_a_stand_in() -> None:
    assert drawable("𠮷祥😀●▲■◆◇○—−“”（）") == f"{MISSING}祥{MISSING}●▲■◆◇○—−“”（）"
    assert f"{MISSING}祥路" in text_of(paper([line(1, name="𠮷祥路")]))


def test_a_cell_longer_than_a_page_goes_on_on_the_next() -> None:
    told = text_of(paper([line(1, content="建设内容很长" * 400)]))
    assert told.count("很") == 400
