"""A bulletin as a Word document in the layout of an official paper (GB/T 9704), to be edited and signed."""

import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Length, Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from projects.bulletins.documents import faces
from projects.bulletins.documents.layout import fit, is_narrow, is_subheading, parts_of, tint
from projects.bulletins.documents.paper import Cell, Column, Kind, Mark, Paper, Table
from projects.bulletins.documents.progress import Progress, untold
from projects.bulletins.documents.texts import TITLE_ROOM, annex_label, cell_text, is_number, legend_text, title_lines
from projects.bulletins.documents.zipping import repacked

LINE = Pt(28)  # between two lines of the text
BODY, TITLE, SMALL = Pt(16), Pt(22), Pt(9)  # 三号, 二号, and what stands below a table
UPRIGHT_WIDTH = (210 - 28 - 26) / 25.4 * 72  # points between the margins of the standard
WIDE_WIDTH = (297 - 20 - 20) / 25.4 * 72
WATERMARK, VML = Path(__file__).with_name("watermark.xml"), "urn:schemas-microsoft-com:vml"
_ILLEGAL = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
RULE, HEAD = "808080", "F0F2F2"


def word(paper: Paper, progress: Progress = untold) -> bytes:
    """The document; the same bytes for the same paper."""
    document = docx.Document()
    _describe(document, paper)
    _styles(document)
    _upright(document.sections[0])
    _running(document, paper)
    _text(document, paper)
    _annexes(document, paper, progress)
    file = io.BytesIO()
    document.save(file)
    return repacked(file.getvalue(), {"word/fontTable.xml": _font_table()})


def _describe(document: Document, paper: Paper) -> None:
    made = paper.made_at.replace(tzinfo=None, microsecond=0)
    about = document.core_properties
    about.title, about.author, about.last_modified_by = paper.title, paper.signed, paper.signed
    about.subject, about.keywords, about.comments = paper.masthead, paper.issue, paper.draft or paper.digest
    about.created = about.modified = made
    about.revision, about.language = 1, "zh-CN"


def _font_table() -> bytes:
    """What another program takes for a face that it does not have."""
    fonts = "".join(
        f'<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(others)}/><w:charset w:val="86"/>'
        f'<w:family w:val="{kind}"/><w:pitch w:val="variable"/></w:font>'
        for name, others, kind in faces.STAND_INS
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {nsdecls("w")}>{fonts}</w:fonts>'.encode()


# ── styles ──────────────────────────────────────────────────────────────────────────────────────


def _styles(document: Document) -> None:
    normal = _style(document, "Normal", faces.BODY, BODY)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.line_spacing_rule, normal.paragraph_format.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    normal.paragraph_format.widow_control = True
    title = _style(document, "Title", faces.TITLE, TITLE)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.line_spacing_rule, title.paragraph_format.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(36)
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(20), Pt(18)
    _borderless(title)
    for name, face in (("Heading 1", faces.HEADING), ("Heading 2", faces.SUBHEADING), ("Heading 3", faces.HEADING)):
        heading = _style(document, name, face, BODY)
        heading.paragraph_format.space_before = heading.paragraph_format.space_after = Pt(0)
        heading.paragraph_format.line_spacing_rule, heading.paragraph_format.line_spacing = (
            WD_LINE_SPACING.EXACTLY, LINE,
        )  # fmt: skip
        heading.paragraph_format.keep_with_next = True
    annex = _style(document, "Subtitle", faces.TITLE, Pt(18))
    annex.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    annex.paragraph_format.keep_with_next = True
    small = _style(document, "Caption", faces.TABLE, SMALL)
    small.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    small.paragraph_format.space_before = Pt(2)
    for name in ("Header", "Footer"):
        running = _style(document, name, faces.TABLE, SMALL)
        running.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE


def _style(document: Document, name: str, face: str, size: Length) -> ParagraphStyle:
    """A style of the template in a face of ours: black, upright, in no colour of a theme."""
    style: Any = document.styles[name]
    properties = style.element.get_or_add_rPr()
    for old in list(properties):
        properties.remove(old)
    style.font.size, style.font.bold, style.font.italic = size, False, False
    fonts = properties.get_or_add_rFonts()
    for slot in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{slot}"), faces.LATIN)
    fonts.set(qn("w:eastAsia"), face)
    return style


def _borderless(style: ParagraphStyle) -> None:
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


# ── pages ───────────────────────────────────────────────────────────────────────────────────────


def _upright(section: Section) -> None:
    """The sheet of the standard: 37 mm above, 28 mm at the left, a type area of 156 by 225 mm."""
    section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        Mm(37),
        Mm(35),
        Mm(28),
        Mm(26),
    )
    section.header_distance, section.footer_distance = Mm(20), Mm(22)


def _across(section: Section) -> None:
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        Mm(24),
        Mm(22),
        Mm(20),
        Mm(20),
    )
    section.header_distance, section.footer_distance = Mm(12), Mm(10)


def _running(document: Document, paper: Paper) -> None:
    """Number and digest at the foot of each page, and on a draft its word at the head and across the page."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        page = parse_xml(
            f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="Footer"/><w:ind w:leftChars="100" w:rightChars="100"/>'
            f'<w:jc w:val="{side}"/></w:pPr>{_page_number(paper.labels.page)}</w:p>'
        )
        first = footer.paragraphs[0]
        first._p.addprevious(page)
        first.text, first.alignment = paper.draft or paper.digest, WD_ALIGN_PARAGRAPH.CENTER
    for number, header in enumerate((section.header, section.even_page_header), 1):
        line = header.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if paper.draft:
            line.text = f"{paper.draft}　{paper.warning}"
            line._p.append(_watermark(paper.draft, faces.HEADING, number))


def _page_number(around: str) -> str:
    """The number of the page, which Word counts itself, with what stands around it."""
    before, after = (f'<w:t xml:space="preserve">{escape(text)}</w:t>' for text in around.split("{number}"))
    inside = (
        before,
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>1</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
        after,
    )
    return "".join(f'<w:r><w:rPr><w:sz w:val="28"/></w:rPr>{each}</w:r>' for each in inside)


def _watermark(text: str, face: str, number: int) -> Any:
    """The word for a draft, grey and slanting behind what is written."""
    found: Any = parse_xml(WATERMARK.read_bytes())
    shape = next(found.iter(f"{{{VML}}}shape"))
    shape.set("id", f"draft{number}")
    for written in shape.iter(f"{{{VML}}}textpath"):
        written.set("string", text)
        written.set("style", f'font-family:"{face}";font-size:1pt')
    return found


# ── the text ────────────────────────────────────────────────────────────────────────────────────


def _text(document: Document, paper: Paper) -> None:
    head = document.add_paragraph()
    _indent(head, 0)
    _face(head.add_run(paper.masthead), faces.HEADING, Pt(14))
    issue = document.add_paragraph()
    _ruled(issue)
    issue.paragraph_format.tab_stops.add_tab_stop(Mm(156), alignment=2)
    _face(issue.add_run(f"{paper.issue}\t{paper.draft or paper.date}"), faces.BODY, Pt(14))
    title = document.add_paragraph("", "Title")
    title.add_run("\n".join(_legal(line) for line in title_lines(paper.title, room=TITLE_ROOM)))
    if paper.correction:
        _body(document, paper.correction)
    if paper.addressees:
        _indent(document.add_paragraph(_legal(paper.addressees)), 0)
    for part in paper.parts:
        _indent(document.add_paragraph(_legal(part.heading), "Heading 1"), 2)
        for text in part.paragraphs:
            if is_subheading(text):
                _indent(document.add_paragraph(_legal(text), "Heading 2"), 2)
            else:
                _body(document, text)
    _enclosed(document, paper)
    _signed(document, paper)


def _body(document: Document, text: str) -> Paragraph:
    paragraph = document.add_paragraph(_legal(text))
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    _indent(paragraph, 2)
    return paragraph


def _indent(paragraph: Paragraph, signs: int) -> None:
    """So many signs before the first line, whatever their size."""
    properties = paragraph._p.get_or_add_pPr()
    indent = properties.get_or_add_ind()
    indent.set(qn("w:firstLineChars"), str(signs * 100))
    indent.set(qn("w:firstLine"), str(int(signs * BODY.pt * 20)))


def _ruled(paragraph: Paragraph) -> None:
    border = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="8" w:space="4" w:color="000000"/></w:pBdr>'
    )
    paragraph._p.get_or_add_pPr().insert_element_before(
        border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )  # fmt: skip


def _face(run: Any, face: str, size: Length) -> None:
    run.font.size, run.font.name = size, faces.LATIN
    run._r.rPr.rFonts.set(qn("w:eastAsia"), face)


def _enclosed(document: Document, paper: Paper) -> None:
    """The annexes by number and title, one below the other."""
    document.add_paragraph()
    for place, table in enumerate(paper.tables):
        label = paper.labels.annexes if place == 0 else ""
        paragraph = document.add_paragraph(f"{label}\t{table.number}. {table.title}")
        indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
        indent.set(qn("w:left"), str(int(BODY.pt * 20 * 5.5)))
        indent.set(qn("w:hanging"), str(int(BODY.pt * 20 * 3.5)))
        paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(BODY.pt * 5.5))
        paragraph.paragraph_format.keep_with_next = True  # so that no signature stands alone on its page


def _signed(document: Document, paper: Paper) -> None:
    document.add_paragraph().paragraph_format.keep_with_next = True
    for text in (paper.signed, paper.date or paper.draft):
        paragraph = document.add_paragraph(text)
        paragraph.paragraph_format.keep_with_next = text == paper.signed
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph._p.get_or_add_pPr().get_or_add_ind().set(qn("w:rightChars"), "200")
        paragraph.paragraph_format.keep_together = True


# ── the annexes ─────────────────────────────────────────────────────────────────────────────────


def _annexes(document: Document, paper: Paper, progress: Progress) -> None:
    upright: bool | None = None
    for done, table in enumerate(paper.tables, 1):
        narrow = is_narrow(table)
        if narrow is not upright:
            section = document.add_section(WD_SECTION.NEW_PAGE)
            (_upright if narrow else _across)(section)
        _annex(document, paper, table, breaks=narrow is upright)
        upright = narrow
        progress(done, len(paper.tables))


def _annex(document: Document, paper: Paper, table: Table, *, breaks: bool) -> None:
    width = UPRIGHT_WIDTH if is_narrow(table) else WIDE_WIDTH
    parts = parts_of(table)
    for place, part in enumerate(parts, 1):
        suffix = f"-{place}" if len(parts) > 1 else ""
        label = document.add_paragraph(f"{annex_label(paper, table)}{suffix}", "Heading 3")
        label.paragraph_format.page_break_before = breaks or place > 1
        document.add_paragraph(_legal(table.title), "Subtitle")
        if table.unit:
            unit = document.add_paragraph(table.unit, "Caption")
            unit.alignment, unit.paragraph_format.keep_with_next = WD_ALIGN_PARAGRAPH.RIGHT, True
        if table.rows:
            fitted = fit(table, part, width=width)
            below = document.add_paragraph("", "Caption")
            below._p.addprevious(parse_xml(_table(table, part, fitted.size, fitted.widths)))
        else:
            below = document.add_paragraph(paper.labels.nothing)
        notes = [*([legend_text(paper)] if table.has_legend else ()), *table.notes]
        for text in notes:
            document.add_paragraph(_legal(text), "Caption")
        if table.rows and notes:  # what kept the place; without notes it has to close the table off
            below._p.getparent().remove(below._p)


def _table(table: Table, part: Sequence[int], size: float, widths: Sequence[float]) -> str:
    twips = [round(width * 20) for width in widths]
    columns = [table.columns[place] for place in part]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = "".join(
        f'<w:{side} w:w="{white}" w:type="dxa"/>'
        for side, white in (("top", 20), ("left", 28), ("bottom", 20), ("right", 28))
    )
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{_heading(columns, twips, size)}"
        f"{''.join(_rows(table, part, columns, twips, size))}</w:tbl>"
    )


def _heading(columns: Sequence[Column], twips: Sequence[int], size: float) -> str:
    cells = "".join(
        _cell(column.heading, width, size, "center", fill=HEAD, face=faces.HEADING)
        for column, width in zip(columns, twips, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _rows(
    table: Table, part: Sequence[int], columns: Sequence[Column], twips: Sequence[int], size: float
) -> Iterator[str]:
    for number, row in enumerate(table.rows):
        fill = HEAD if number in table.sums else ""
        cells = (
            _valued(row[place], column, width, size, fill)
            for place, column, width in zip(part, columns, twips, strict=True)
        )
        yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _valued(cell: Cell, column: Column, width: int, size: float, fill: str) -> str:
    text = cell_text(cell, column.kind)
    if isinstance(cell, Mark):
        ink, ground = tint(cell.hue)
        return _cell(text, width, size, "center", fill=ground, ink=ink)
    if is_number(column):
        return _cell(text, width, size, "right", fill=fill)
    return _cell(
        text, width, size, "center" if column.kind in {Kind.PLACE, Kind.DAY, Kind.COLOUR} else "left", fill=fill
    )


def _cell(
    text: str, width: int, size: float, side: str, *, fill: str = "", ink: str = "", face: str = faces.TABLE
) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    fonts = f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}"/>'
    colour = f'<w:color w:val="{ink}"/>' if ink else ""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in _legal(text).split("\n"))
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="{side}"/></w:pPr>'
        f'<w:r><w:rPr>{fonts}{colour}<w:sz w:val="{round(size * 2)}"/></w:rPr>{lines}</w:r></w:p></w:tc>'
    )


def _legal(text: str) -> str:
    """Without the signs that XML cannot hold."""
    return _ILLEGAL.sub("", text)
