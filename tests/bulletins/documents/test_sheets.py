"""The workbook: opens in another library, figures as numbers, nothing taken for a formula, ready to print."""

import datetime
import io
from typing import Any

import openpyxl

from projects.bulletins.documents.paper import Kind, Mark, Paper
from projects.bulletins.documents.sheets import HEAD_ROW, workbook
from projects.bulletins.documents.texts import cell_text
from projects.core.yuan import WAN
from tests.bulletins.documents.papers import FIVE, FORMULAS, draft, paper

FIRST = HEAD_ROW + 2  # rows count from 1 there


def opened(of: Paper) -> Any:
    """Without the types of that library, which hold everything for optional."""
    return openpyxl.load_workbook(io.BytesIO(workbook(of)))


def test_every_annex_is_a_sheet_with_what_the_paper_says() -> None:
    held = paper()
    book = opened(held)
    assert book.sheetnames == ["目录", *(f"附件{table.number} {table.title}" for table in held.tables)]
    for table, sheet in zip(held.tables, book.worksheets[1:], strict=True):
        for number, row in enumerate(table.rows):
            for place, (cell, column) in enumerate(zip(row, table.columns, strict=True), 1):
                found = sheet.cell(FIRST + number, place).value
                if isinstance(cell, Mark):
                    assert found == cell_text(cell, column.kind)
                elif cell is None or cell == "":
                    assert found is None
                elif column.kind is Kind.MONEY:
                    assert isinstance(found, int | float)
                    assert round(found * WAN) == cell
                elif column.kind in {Kind.PERCENT, Kind.POINTS}:
                    assert isinstance(found, int | float)
                    assert round(found * 10) == cell
                elif column.kind is Kind.DAY:
                    assert isinstance(found, datetime.datetime)
                    assert found.date().isoformat() == cell
                else:
                    assert found == cell


def test_amounts_name_their_unit_and_show_two_decimals_at_most() -> None:
    sheet = opened(paper()).worksheets[6]
    headings = [cell.value for cell in sheet[HEAD_ROW + 1]]
    assert len(headings) == 33
    assert headings[10] == "总投资（万元）"
    assert {sheet.cell(FIRST, 11).number_format, sheet.cell(FIRST, 18).number_format} == {"#,##0", "#,##0.0"}


def test_nothing_is_taken_for_a_formula() -> None:
    sheet = opened(paper()).worksheets[6]
    named = {row[2].value: row[2] for row in sheet.iter_rows(min_row=FIRST) if row[2].value in FORMULAS}
    assert set(named) == set(FORMULAS)
    assert {cell.data_type for cell in named.values()} == {"s"}
    assert all(cell.quotePrefix for cell in named.values()), "edited by hand it would become one"


def test_it_comes_out_of_the_printer() -> None:
    for sheet in opened(paper()).worksheets[1:]:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == f"${HEAD_ROW + 1}:${HEAD_ROW + 1}"
        assert sheet.freeze_panes
    assert [sheet.page_setup.paperSize for sheet in opened(paper()).worksheets[4:8]] == [9, 9, 8, 9]


def test_digest_and_draft_stand_on_every_sheet() -> None:
    held = paper()
    for sheet in opened(held).worksheets:
        assert held.digest in sheet.oddFooter.left.text
    for sheet in opened(draft()).worksheets:
        assert "征求意见稿" in sheet.oddHeader.right.text
        assert "尚未发布" in sheet.oddHeader.right.text
    assert "征求意见稿" in opened(draft()).worksheets[1].cell(1, 1).value


def test_a_palette_of_five_fits_the_names_of_sheets() -> None:
    names = opened(paper(palette=FIVE)).sheetnames
    assert len(set(names)) == 10
    assert max(map(len, names)) <= 31


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert workbook(paper()) == workbook(paper())
