"""The Word document: opens in its library, official layout, the figures of the paper, the same bytes again."""

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from projects.bulletins.documents.layout import parts_of
from projects.bulletins.documents.paper import Paper
from projects.bulletins.documents.texts import legend_text, row_texts
from projects.bulletins.documents.word import word
from tests.bulletins.documents.papers import FORMULAS, LONG_NAME, draft, line, paper


def opened(of: Paper) -> Document:
    return docx.Document(io.BytesIO(word(of)))


def cells(table: Any) -> list[list[str]]:
    """Read from the XML: the library itself takes seconds for that."""
    return [
        ["".join(text.text or "" for text in cell.iter(qn("w:t"))) for cell in row.iter(qn("w:tc"))]
        for row in table._tbl.iter(qn("w:tr"))
    ]


def test_every_annex_holds_what_the_paper_says() -> None:
    held = paper()
    found = [cells(each) for each in opened(held).tables]
    expected = [
        [
            [table.columns[place].heading for place in part],
            *([row_texts(table, r)[place] for place in part] for r in table.rows),
        ]
        for table in held.tables
        if table.rows
        for part in parts_of(table)
    ]
    assert found == expected


def test_the_text_stands_in_the_layout_of_an_official_paper() -> None:
    held = paper()
    document = opened(held)
    by_style: dict[str, list[str]] = {}
    for each in document.paragraphs:
        by_style.setdefault(str(each.style.name), []).append(each.text)  # type: ignore[union-attr]
    assert by_style["Title"][0].replace("\n", "") == held.title
    assert by_style["Heading 1"] == [part.heading for part in held.parts]
    for part in held.parts:
        assert set(part.paragraphs) <= set(by_style["Normal"])
    sheet = document.sections[0]
    for margin, asked in ((sheet.top_margin, 37), (sheet.left_margin, 28), (sheet.right_margin, 26)):
        assert margin == pytest.approx(Mm(asked), abs=1000)  # in whole twips
    normal: Any = document.styles["Normal"]
    assert normal.paragraph_format.line_spacing == Pt(28)
    assert normal.font.size == Pt(16)
    faces = [
        document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia")) for name in ("Normal", "Title", "Heading 1")
    ]
    assert faces == ["仿宋_GB2312", "方正小标宋简体", "黑体"]
    body = next(each for each in document.paragraphs if each.text == held.parts[0].paragraphs[0])
    assert body._p.pPr.ind.get(qn("w:firstLineChars")) == "200"  # type: ignore[union-attr]


def test_wide_annexes_lie_across_with_their_heading_on_every_page() -> None:
    document = opened(paper())
    assert [section.orientation for section in document.sections] == [
        WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT,
    ]  # fmt: skip
    for table in document.tables:
        assert table._tbl.tr_lst[0].trPr is not None
        assert len(list(table._tbl.iter(qn("w:tblHeader")))) == 1


def test_every_page_has_its_number_and_the_digest() -> None:
    held = paper()
    section = opened(held).sections[0]
    for footer in (section.footer, section.even_page_footer):
        assert " PAGE " in footer._element.xml
        assert held.digest in [each.text for each in footer.paragraphs]
    assert not section.header.paragraphs[0].text


def test_a_draft_is_marked_on_every_page() -> None:
    for header in (opened(draft()).sections[0].header, opened(draft()).sections[0].even_page_header):
        assert "征求意见稿" in header.paragraphs[0].text
        assert "尚未发布" in header.paragraphs[0].text
        assert 'string="征求意见稿"' in header._element.xml


def test_the_legend_and_the_star_stand_below_the_lists() -> None:
    held = paper()
    told = [each.text for each in opened(held).paragraphs]
    assert told.count(legend_text(held)) == sum(len(parts_of(table)) for table in held.tables if table.has_legend)
    assert held.tables[4].notes[0] in told


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert word(paper()) == word(paper())
    with zipfile.ZipFile(io.BytesIO(word(paper()))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_odd_names_are_text() -> None:
    lines = [
        line(1, name=LONG_NAME),
        line(2, name="<w:p>&amp;\x0b“'\""),
        *(line(n, name=f) for n, f in enumerate(FORMULAS, 3)),
    ]
    names = [row[2] for row in cells(opened(paper(lines)).tables[3 - 1])]
    assert names[1:] == [LONG_NAME, "<w:p>&amp;“'\"", *FORMULAS]


def test_another_program_is_told_what_to_take_for_our_faces() -> None:
    with zipfile.ZipFile(io.BytesIO(word(paper()))) as archive:
        assert "仿宋,FangSong" in archive.read("word/fontTable.xml").decode()


def test_no_table_stands_at_the_end_where_word_would_repair_it() -> None:
    differences = [{"code": "P-1", "name": "1号工程", "field": "colour_word", "old": "红", "new": "黄"}]
    body = opened(paper(edition=2, reason="有误", differences=differences)).element.body
    after = [each.getnext().tag for each in body.iter(qn("w:tbl"))]
    assert set(after) == {qn("w:p")}
    assert "更正对照表" in "".join(each.text or "" for each in body.iter(qn("w:t")))
