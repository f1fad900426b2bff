"""A month written in a real browser: sums and preview while typing, saved by itself, submitted; and a table filled."""

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FilePayload, Page, expect
from pytest_django import Settings

from projects.core.month import Month
from projects.demonstration.actions import TODAY
from projects.progress.actions.periods import open_period
from projects.progress.models import MonthlyReport
from projects.register.models import Phase
from tests.journeys.browser.conftest import Open
from tests.journeys.browser.test_every_page import TAGS
from tests.progress.month import at
from tests.register.samples import JPG, PDF

SEPTEMBER = Month(2023, 9)
CODE = "SL-008"
ADDRESS = f"/reports/2023-09/{CODE}/write/"
GRID = "/reports/2023-09/grid/"


@pytest.fixture
def to_write(opened: Open) -> Open:
    """The demonstration with September open and nothing written yet by the reporter's unit."""
    from projects.accounts.models import User

    open_period(SEPTEMBER, by=None, at=at(TODAY), today=TODAY)
    stamps = [f"{done}_{told}" for done in ("written", "submitted", "returned", "approved") for told in ("at", "by")]
    nothing: dict[str, Any] = dict.fromkeys(
        ("invested_this_month", "invested_statistics", "next_month_amount", "first_submitted_at", *stamps)
    )
    own = MonthlyReport.objects.editable_by(User.objects.get(username="reporter"))
    own.filter(month=SEPTEMBER).update(state="due", image="", next_steps="", reason="", **nothing)
    MonthlyReport.objects.filter(month=SEPTEMBER + -1, project__code=CODE).update(
        next_steps="安装设备", next_month_amount=12_000_000
    )
    return opened


def report() -> MonthlyReport:
    found: MonthlyReport = MonthlyReport.objects.get(project__code=CODE, month=SEPTEMBER)
    return found


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def named(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_a_month_is_written_and_submitted(to_write: Open, size: str) -> None:
    page = to_write(size=size).sign_in("reporter").open(ADDRESS)
    assert fits(page)
    preview, ready = page.locator("#preview"), page.locator("#ready")
    expect(preview.locator(".badge").first).to_be_visible()
    expect(ready).to_contain_text("请填写本月完成投资")

    page.get_by_label("本月完成投资").fill("２，３４５．５")
    expect(page.locator("[data-sum]")).to_have_text("7,245.5")
    expect(page.locator("[data-gap]")).to_contain_text("%")
    expect(page.get_by_label("偏差说明")).to_be_visible()
    expect(preview).to_contain_text("7,245.5")
    expect(ready).not_to_contain_text("请填写本月完成投资")
    expect(page.locator(".autosave")).to_contain_text("已自动保存")
    assert report().invested_this_month == 23_455_000

    page.get_by_label("偏差说明").fill("设备集中到货")
    page.locator("#progress").get_by_role("button", name="沿用上月").click()
    expect(page.get_by_label("本月无变化")).to_be_checked()
    expect(page.get_by_label("形象进度")).to_have_class(re.compile("is-unchanged"))
    page.locator("#next").get_by_label("不变").check()
    expect(page.locator("#id_next_steps")).to_have_value("安装设备")
    expect(ready).to_contain_text("内容已齐")
    with page.expect_response(
        lambda answer: answer.request.method == "POST" and "autosave" in str(answer.request.post_data)
    ):
        pass
    assert report().next_steps_unchanged

    part = page.locator("fieldset.moved", has=page.get_by_label("达到阶段")).first
    part.get_by_label("达到阶段").select_option("completed")
    part.get_by_label("发生日期").fill("2023-09-28")
    part.get_by_label("说明").fill("联合验收意见待发")
    page.get_by_label(re.compile("报送后写下一份")).uncheck()
    page.get_by_role("button", name="报送", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("月报已报送")
    expect(page.locator("#messages")).to_contain_text("2023-10-10")
    assert report().state == "submitted"
    assert Phase.objects.get(project__code=CODE).reached_on == datetime.date(2023, 9, 28)


def test_what_is_missing_is_told_and_nothing_is_lost(to_write: Open) -> None:
    official = to_write().sign_in("reporter")
    page = official.open(ADDRESS)
    page.get_by_label("本月完成投资").fill("1200")
    official.watch.expect(422)
    page.get_by_role("button", name="报送", exact=True).click()
    expect(page.locator(".notice-error")).to_be_focused()
    expect(page.locator("#id_image_error")).to_be_visible()
    expect(page.get_by_label("本月完成投资")).to_have_value("1200")
    assert report().state == "due"
    page.get_by_label("形象进度").fill("设备安装完成")
    page.get_by_label("下月计划", exact=True).fill("试生产")
    page.get_by_role("button", name="报送", exact=True).click()
    expect(page.locator("h1")).not_to_contain_text("油缸")  # on to the next one
    expect(page.locator("#messages")).to_contain_text("月报已报送")
    assert report().state == "submitted"


def test_two_people_and_a_draft_that_saves_itself(to_write: Open) -> None:
    slow, fast = to_write().sign_in("reporter"), to_write().sign_in("office")
    mine = slow.open(ADDRESS)
    theirs = fast.open(ADDRESS)
    theirs.get_by_label("形象进度").fill("重点办填写的进度")
    expect(theirs.locator(".autosave")).to_contain_text("已自动保存")
    slow.watch.expect(409)
    mine.get_by_label("形象进度").fill("镇里填写的进度")
    expect(mine.locator(".autosave")).to_contain_text("未保存")
    mine.get_by_role("button", name="存草稿").click()
    expect(mine.locator(".comparison")).to_contain_text("重点办填写的进度")
    expect(mine.get_by_label("形象进度")).to_have_value("镇里填写的进度")
    mine.get_by_role("button", name="存草稿").click()
    expect(mine.locator("#messages")).to_contain_text("草稿已保存")
    assert report().image == "镇里填写的进度"


def test_saving_by_hand_while_the_page_saves_by_itself(to_write: Open) -> None:
    page = to_write().sign_in("reporter").open(ADDRESS)

    held: list[Any] = []

    def hold(route: Any) -> None:
        if "autosave" in (route.request.post_data or "") and not held:
            held.append(route)
        else:
            route.continue_()

    page.route(f"**{ADDRESS}", hold)
    page.get_by_label("形象进度").fill("设备安装完成")
    with page.expect_request(lambda request: "autosave" in (request.post_data or "")):
        pass
    page.get_by_label("形象进度").press("End")
    page.keyboard.type("，开始调试")
    page.get_by_role("button", name="存草稿").click()
    page.wait_for_timeout(300)
    held[0].continue_()
    expect(page.locator("#messages")).to_contain_text("草稿已保存")
    assert report().image == "设备安装完成，开始调试"


def test_photos_go_in_with_the_month(to_write: Open, folder: Path, settings: Settings) -> None:
    page = to_write(size="phone").sign_in("reporter").open(ADDRESS)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.headers.get("content-type", "")))
    box, files = page.get_by_label("照片和文件"), page.locator("#files")
    box.set_input_files([named("现场.jpg", JPG), named("监理月报.pdf", PDF)])
    page.get_by_label("形象进度").fill("设备安装完成")
    expect(page.locator(".autosave")).to_contain_text("已自动保存")
    assert not [kind for kind in sent if kind.startswith("multipart/")]
    page.get_by_label("名称", exact=True).fill("九月现场")
    page.get_by_role("button", name="立即上传").click()
    expect(page.locator("#messages")).to_contain_text("已添加2个文件")
    expect(files.locator("img")).to_have_count(1)
    files.locator("img").scroll_into_view_if_needed()  # it is fetched when it comes into sight
    expect(files.locator("img")).not_to_have_js_property("naturalWidth", 0)
    assert fits(page)

    amount = page.get_by_label("本月完成投资")
    amount.fill("1200")
    amount.press("Enter")  # saves, and removes nothing
    expect(page.locator("#messages")).not_to_contain_text("已添加")
    expect(page.locator("#messages")).to_contain_text("草稿已保存")
    assert report().files.count() == 2
    files.get_by_role("button", name=re.compile("移除")).first.click()
    expect(page.locator("#messages")).to_contain_text("已移除")
    expect(files.locator("img")).to_have_count(0)
    assert report().files.count() == 1


def test_too_much_at_a_time_is_said_before_it_is_sent(to_write: Open, folder: Path, settings: Settings) -> None:
    settings.UPLOAD_CEILING = 1024 * 1024 + 100
    page = to_write().sign_in("reporter").open(ADDRESS)
    box = page.get_by_label("照片和文件")
    box.set_input_files([named("现场.pdf", PDF + bytes(101 - len(PDF)))])
    assert "请减少本次所选文件" in box.evaluate("box => box.validationMessage")
    box.set_input_files([named("现场.pdf", PDF + bytes(100 - len(PDF)))])
    assert box.evaluate("box => box.validationMessage") == ""


def test_without_javascript(to_write: Open) -> None:
    page = to_write(java_script_enabled=False).sign_in("reporter").open(ADDRESS)
    page.get_by_label("本月完成投资").fill("1200")
    page.get_by_label("本月无变化").check()
    page.get_by_label("下月计划", exact=True).fill("试生产")
    page.get_by_role("button", name="存草稿").click()
    expect(page.locator("#messages")).to_contain_text("草稿已保存")
    expect(page.locator("[data-sum]")).to_have_text("6,100")
    page.get_by_role("button", name="报送", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("月报已报送")
    assert report().image_unchanged


PASTE = """([cell, text, html]) => {
  const clipboard = new DataTransfer();
  clipboard.setData("text/plain", text);
  if (html) clipboard.setData("text/html", html);
  cell.dispatchEvent(new ClipboardEvent("paste", { clipboardData: clipboard, bubbles: true, cancelable: true }));
}"""


def test_a_table_is_pasted_from_a_sheet(to_write: Open) -> None:
    official = to_write().sign_in("reporter")
    page = official.open(GRID)
    top = page.locator("tbody tr").first
    pk = int(top.locator("input[name=row]").get_attribute("value") or 0)
    first = top.locator("[data-column]")
    sheet = '６３０\t610\t"设备安装\r\n完成"\t800\t试生产\t设备集中到货\t多余\r\n300\t\t打桩\r\n'
    first.first.evaluate(f"(cell, [text, html]) => ({PASTE})([cell, text, html])", [sheet, ""])
    expect(page.locator("[data-pasted]")).to_contain_text("2行7列")
    expect(page.locator("[data-pasted]")).to_contain_text("超出表格的部分未粘贴")
    expect(first.nth(2)).to_have_value("设备安装\n完成")
    expect(page.locator("tbody tr").nth(1).locator("[data-column]").nth(2)).to_have_value("打桩")

    first.first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("tbody tr").nth(1).locator("[data-column]").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("tbody tr").nth(2).locator("[data-column]").first).to_be_focused()
    page.keyboard.type("12a")
    official.watch.expect(422)
    page.get_by_role("button", name="全部存草稿").click()
    expect(page.locator(".notice-error")).to_contain_text("第3行")
    assert MonthlyReport.objects.get(pk=pk).state == "due"
    page.locator("tbody tr").nth(2).locator("[data-column]").first.fill("12")
    page.get_by_role("button", name="全部存草稿").click()
    expect(page.locator("#messages")).to_contain_text("已保存3份草稿")
    saved = MonthlyReport.objects.get(pk=pk)
    assert (saved.invested_this_month, saved.image) == (6_300_000, "设备安装\n完成")
    assert saved.explanation == "设备集中到货"
    page.get_by_role("button", name="报送全部已完成").click()
    expect(page.locator("#messages")).to_contain_text("已报送1份月报")
    assert MonthlyReport.objects.get(pk=pk).state == "submitted"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_accessible(to_write: Open, scheme: str) -> None:
    official = to_write(color_scheme=scheme, bypass_csp=True).sign_in("reporter")
    for path in (ADDRESS, GRID):
        page = official.open(path)
        page.wait_for_load_state("networkidle")
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response["violations"]
        assert [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"][:3]] == []
