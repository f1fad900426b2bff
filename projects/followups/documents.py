"""A slip as a Word file, laid out as official slips are: heading, number, table of the matter, room to sign."""

import io
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from docx import Document
from docx.document import Document as DocumentType
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from projects.bulletins.content import LineCopy
from projects.core import display
from projects.core.marks import SHAPES
from projects.followups.ladder import Kind
from projects.followups.models import Slip
from projects.followups.wording import RANK_NAMES

# The faces that official documents ask for; a machine without them takes its own.
TITLE_FACE, BODY_FACE, STRONG_FACE = "FZXiaoBiaoSong-B05S", "FangSong", "SimHei"
TITLE_SIZE, BODY_SIZE = Pt(22), Pt(14)
RED = RGBColor(0xC0, 0x00, 0x00)
ROOM_TO_SIGN = "＿" * 6
LABEL_WIDTH, TEXT_WIDTH = Cm(3.2), Cm(12.4)


def slip_as_word(slip: Slip, line: LineCopy | None) -> io.BytesIO:
    """The slip, with colour and reasons from the published `line`, as they were."""
    document = Document()
    _page(document)
    _heading(document, slip)
    table = document.add_table(rows=0, cols=2)
    table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
    for label, text in _matter(slip, line):
        _row(table, label, text)
    _row(table, pgettext("slip", "Reply of the unit"), slip.plan or slip.answer, room=5)
    _signed(document, slip)
    file = io.BytesIO()
    document.save(file)
    file.seek(0)
    return file


def _page(document: DocumentType) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.0), Cm(2.6)
    section.left_margin, section.right_margin = Cm(2.7), Cm(2.6)
    normal = document.styles["Normal"]
    normal.font.size = BODY_SIZE
    _face(normal.element.get_or_add_rPr().get_or_add_rFonts(), BODY_FACE)
    normal.font.name = BODY_FACE


def _face(fonts: object, face: str) -> None:
    fonts.set(qn("w:eastAsia"), face)  # type: ignore[attr-defined]


def _written(paragraph: Paragraph, text: str, *, face: str = BODY_FACE, size: Pt = BODY_SIZE) -> Run:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = face, size
    _face(run._element.get_or_add_rPr().get_or_add_rFonts(), face)
    return run


def _heading(document: DocumentType, slip: Slip) -> None:
    office = document.add_paragraph()
    office.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _written(office, _office(slip), size=Pt(16)).font.color.rgb = RED
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _written(title, slip.kind_name, face=TITLE_FACE, size=TITLE_SIZE)
    number = document.add_paragraph()
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _written(number, slip.number)


def _office(slip: Slip) -> str:
    return _("Key-project office of %(district)s") % {"district": slip.district.name}


def _matter(slip: Slip, line: LineCopy | None) -> list[tuple[str, str]]:
    """What stands in the table, label by label."""
    to = pgettext("salutation", "%(unit)s:") % {"unit": slip.unit.name}
    colour = f"{SHAPES[slip.colour_shape]} {slip.origin}"
    reasons = "\n".join(line.reasons) if line else ""
    rows = [
        (_("To whom"), to.rstrip(":：")),
        (_("Matter"), _subject(slip)),
        (_("Project"), f"{line.name if line else slip.project.name}\n{line.code if line else slip.project.code}"),
        (pgettext("slip", "Colour"), colour),
        (_("Reasons"), reasons or display.NONE),
        (_("Figures"), _figures(line)),
        (pgettext("slip", "What is asked"), slip.request),
        (_("Deadlines"), _days(slip)),
        (_("Raised to when overdue"), str(RANK_NAMES[slip.step.raised_to.value])),
    ]
    if slip.continues:
        before = _("Goes on with %(slip)s, which is not closed.") % {"slip": slip.continues.quoted}
        rows.insert(2, (pgettext("slip", "Before"), before))
    if slip.step.copies_leader and slip.leader_name:
        rows.append((_("Copy to"), slip.leader_name))
    return rows


def _subject(slip: Slip) -> str:
    told = {"month": display.month_label(slip.month), "colour": slip.colour_word}
    if slip.kind == Kind.TALK.value:
        return _("A talk about the %(colour)s rating in the bulletin of %(month)s") % told
    return _("Putting right what led to the %(colour)s rating in the bulletin of %(month)s") % told


def _figures(line: LineCopy | None) -> str:
    if line is None or not line.year_plan:
        return display.NONE
    return _(
        "Year plan %(plan)s, invested %(invested)s (10,000 yuan); %(rate)s %% done, %(schedule)s %% due,"
        " %(lead)s points"
    ) % {
        "plan": display.wan(line.year_plan),
        "invested": display.wan(line.invested_to_date),
        "rate": display.percent_tenths(line.completion_tenths),
        "schedule": display.percent_tenths(line.schedule_tenths),
        "lead": display.points_tenths(line.lead_tenths),
    }


def _days(slip: Slip) -> str:
    days = [(_("issued on %(day)s"), slip.issued_at), (_("plan by %(day)s"), slip.reply_due)]
    days.append((_("finished by %(day)s"), slip.finish_due))
    told = [text % {"day": display.day(day)} for text, day in days if day]
    return "\n".join(told) or _("counted from the day of issue")


def _row(table: Table, label: str, text: str, *, room: int = 0) -> None:
    cells = table.add_row().cells  # type: ignore[no-untyped-call]
    _fill(cells[0], [label], LABEL_WIDTH, face=STRONG_FACE)
    lines = text.split("\n")
    _fill(cells[1], [*lines, *[""] * max(room - len(lines), 0)], TEXT_WIDTH)
    cells[0].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER


def _fill(cell: _Cell, lines: Sequence[str], width: Cm, *, face: str = BODY_FACE) -> None:
    cell.width = width
    for number, text in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        _written(paragraph, text, face=face)


def _signed(document: DocumentType, slip: Slip) -> None:
    """Lines to sign, and at the right the office with the day of issue."""
    lines = document.add_paragraph()
    lines.paragraph_format.space_before = Pt(14)
    who = (_("Issued by"), _("Received by"), _("Telephone"))
    _written(lines, "\u3000".join(f"{each}{ROOM_TO_SIGN}" for each in who))
    below = document.add_paragraph()
    below.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    issued = display.day(slip.issued_at) if slip.issued_at else _("(not issued yet)")
    _written(below, f"{_office(slip)}\n{issued}")
