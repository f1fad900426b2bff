"""Where no script runs: a sheet is imported and taken back, a draft is published, a slip is answered."""

import datetime
import io
import re

import openpyxl
import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from projects.accounts.models import User
from projects.bulletins.models import Bulletin
from projects.exchange.models import ImportBatch
from projects.followups.models import Slip
from projects.progress.models import MonthlyReport
from tests.journeys.browser.conftest import Open

CODE = "SL-031"  # of the reporter's unit, with a draft of September
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def after_objections(settings: Settings) -> None:
    settings.TODAY = datetime.date(2023, 10, 12)


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=re.compile(f"^{name}$")).click()


def invested() -> int | None:
    return MonthlyReport.objects.get(project__code=CODE, month=202309).invested_this_month


def filled(sheet: bytes, amount: int) -> bytes:
    """The month sheet with another amount of the month for the project."""
    book = openpyxl.load_workbook(io.BytesIO(sheet))
    rows = list(book.worksheets[0].iter_rows())
    [column] = [cell.column for row in rows for cell in row if cell.value == "本月完成"]
    [row] = [row for row in rows if CODE in {cell.value for cell in row}]
    row[column - 1].value = amount
    told = io.BytesIO()
    book.save(told)
    return told.getvalue()


def test_a_sheet_is_imported_and_taken_back(opened: Open) -> None:
    page = opened(java_script_enabled=False).sign_in("reporter").open("/exchange/import/?month=2023-09")
    before = invested()
    fetched = page.request.get(page.url.replace("/import/?", "/export/month.xlsx?")).body()
    page.locator("input[type=file]").set_input_files(
        {"name": "9月.xlsx", "mimeType": XLSX, "buffer": filled(fetched, 450)}
    )
    press(page, "读取文件")
    press(page, "校验数据")
    expect(page.locator("main")).to_contain_text("450 万元")
    press(page, "导入1行")
    expect(page.locator("main")).to_contain_text("已导入")
    assert invested() == 4_500_000
    press(page, "撤销整批导入")
    assert ImportBatch.objects.get().state == "undone"
    assert invested() == before


@pytest.mark.usefixtures("after_objections")
def test_a_draft_is_settled_worded_and_published(opened: Open) -> None:
    page = opened(java_script_enabled=False).sign_in("office2").open("/bulletins/decisions/?month=2023-09")
    while (waiting := page.get_by_role("link", name="审批")).count():
        waiting.first.click()
        page.locator("main textarea").first.fill("经核实，维持原定。")
        page.locator("main").get_by_role("button", name=re.compile("^(异议不成立|通过)$")).click()
    draft = Bulletin.objects.get(month=202309)
    page.goto(page.url.partition("/bulletins/")[0] + f"/bulletins/{draft.pk}/edit/")
    page.get_by_label("主送").fill("各镇街、区直有关部门：")
    page.get_by_role("button", name="保存正文").first.click()
    page.get_by_role("link", name="发布……").click()
    page.locator("[name=despite_missing]").check()
    press(page, "确认发布")
    expect(page.locator("#messages")).to_contain_text("通报已发布")
    draft.refresh_from_db()
    assert (draft.state, draft.addressees) == ("published", "各镇街、区直有关部门：")


def test_a_slip_is_received_and_answered(opened: Open) -> None:
    page = opened(java_script_enabled=False).sign_in("reporter").open("/followups/?tab=turn")
    slip = Slip.objects.get(state="issued", unit=User.objects.get(username="reporter").unit)
    page.locator(f'main a[href="/followups/{slip.pk}/"]:visible').first.click()
    press(page, "签收")
    page.get_by_role("link", name="报送整改方案").click()
    page.locator("main textarea").first.fill("增派人员，11月底完成。")
    press(page, "报送整改方案")
    page.get_by_role("link", name="反馈整改情况").click()
    page.locator("main textarea").first.fill("已整改。")
    page.locator("input[type=file]").set_input_files(
        {"name": "现场.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF\n"}
    )
    press(page, "反馈整改情况")
    expect(page.locator("#messages")).to_contain_text("反馈整改情况")
    slip.refresh_from_db()
    assert slip.state == "answered"
