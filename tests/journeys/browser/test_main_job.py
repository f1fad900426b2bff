"""The main job in a real browser: sign in, filter, open 泉为, move the line, see it everywhere."""

import re

import pytest
from playwright.sync_api import Page, expect

from projects.accounts.models import User
from projects.register.models import Component
from tests.journeys.browser.conftest import Open

QUANWEI = "SZ-001"
PASSWORD = "only-in-the-browser-5531"


def rest_of_the_lines() -> Component:
    """The second half of phase 1, which is being installed."""
    return Component.objects.get(phase__project__code=QUANWEI, phase__number=1, stage="installing")


def sign_in(page: Page) -> None:
    office = User.objects.get(username="office")
    office.set_password(PASSWORD)
    office.save()
    page.get_by_label("用户名").fill("office")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()


@pytest.mark.parametrize("size", ["desk", "phone"])
def test_an_official_does_the_main_job(opened: Open, size: str) -> None:
    official = opened(size=size)
    page = official.open("/projects/")
    expect(page).to_have_url(re.compile("/accounts/login/"))
    sign_in(page)
    expect(page).to_have_url(re.compile(r"/projects/$"))

    page.locator(".colour-counts").get_by_role("link", name=re.compile("红")).click()
    expect(page).to_have_url(re.compile("colour=red"))
    badges = page.locator("tbody .badge")
    expect(badges.first).to_have_text(re.compile("红"))
    assert {text.split()[-1] for text in badges.all_inner_texts()} == {"红"}

    official.open("/projects/?q=qw")
    row = page.locator("tbody tr", has_text="泉为")
    expect(row.locator(".chip").first).to_contain_text("部分投产")
    row.get_by_role("link", name="泉为15GW异质结项目").click()

    line = rest_of_the_lines()
    phase = page.locator("#phase-1")
    expect(phase).to_contain_text("3 / 6 GW")
    kept = page.evaluate_handle("document.querySelector('.frame')")
    phase.get_by_role("link", name=re.compile(f"更新阶段.*{line.name}")).click()
    page.get_by_label("达到阶段").select_option("building")
    expect(page.get_by_label("先行推进的原因")).not_to_be_visible()
    page.get_by_label("达到阶段").select_option("operating")
    page.get_by_label("先行推进的原因").fill("验收已受理，先行试生产")
    expect(phase.locator(".gate")).to_contain_text("排污许可")
    expect(page.get_by_label("先行推进的原因")).to_have_value("验收已受理，先行试生产")
    page.get_by_label("说明").fill("第二条线点火成功")
    page.get_by_role("button", name="更新阶段").click()

    expect(phase).to_contain_text("6 / 6 GW")
    expect(phase.locator(".chip").first).to_contain_text("投产")
    expect(phase.locator(".chip").first).not_to_contain_text("部分")
    assert page.evaluate("frame => frame.isConnected", kept), "the page was loaded anew"
    expect(page.locator("#moves")).to_contain_text("设备安装调试 → 投产")
    expect(page.locator("#moves")).to_contain_text("第二条线点火成功")
    expect(page.locator("#moves")).to_contain_text("验收已受理，先行试生产")
    expect(page.locator("#history")).to_contain_text("阶段变更")
    assert Component.objects.get(pk=line.pk).stage == "operating"

    official.open("/projects/?q=qw")
    expect(page.locator("tbody tr", has_text="泉为").locator(".chip").first).to_contain_text("一期 投产")


def test_from_the_list_in_place(opened: Open) -> None:
    page = opened().sign_in("office").open("/projects/?colour=red")
    first = page.locator("tbody tr").first
    before = first.locator(".chip").inner_text()
    first.locator("a.chip").click()
    page.locator("#moving").get_by_role("button", name="更新阶段").click()
    expect(page.get_by_text("已更新为")).to_be_visible()
    expect(page).to_have_url(re.compile("colour=red"))
    expect(page.locator("tbody tr").first.locator(".chip")).not_to_have_text(before)
    expect(page.locator("nav").first).to_be_attached()


def test_without_javascript(opened: Open) -> None:
    page = opened(java_script_enabled=False).sign_in("office").open("/projects/?q=qw")
    page.get_by_role("link", name="泉为15GW异质结项目").click()
    line = rest_of_the_lines()
    page.locator("#phase-1").get_by_role("link", name=re.compile(f"更新阶段.*{line.name}")).click()
    page.get_by_label("达到阶段").select_option("operating")
    page.get_by_role("button", name="查看缺项").click()
    expect(page.locator(".gate")).to_contain_text("排污许可")
    page.get_by_label("先行推进的原因").fill("验收已受理，先行试生产")
    page.get_by_role("button", name="更新阶段").click()
    expect(page.locator("#phase-1")).to_contain_text("6 / 6 GW")


def test_the_second_of_two_is_told_and_loses_nothing(opened: Open) -> None:
    line = rest_of_the_lines()
    address = f"/projects/{QUANWEI}/phases/1/{line.number}/move/"
    slow, fast = opened().sign_in("office"), opened().sign_in("admin")
    typed = slow.open(address)
    typed.get_by_label("说明").fill("我的说明")
    quick = fast.open(address)
    quick.get_by_label("达到阶段").select_option("completed")
    quick.get_by_label("先行推进的原因").fill("验收已受理")
    quick.get_by_role("button", name="更新阶段").click()
    expect(quick.get_by_text("已更新为")).to_be_visible()
    slow.watch.expect(409)
    typed.get_by_role("button", name="更新阶段").click()
    expect(typed.get_by_text(re.compile("由“设备安装调试”改为“竣工”"))).to_be_visible()
    expect(typed.get_by_label("说明")).to_have_value("我的说明")
    assert Component.objects.get(pk=line.pk).stage == "completed"


def test_going_back_keeps_the_frame(opened: Open) -> None:
    page = opened().sign_in("office").open("/projects/")
    page.locator(".colour-counts").get_by_role("link", name=re.compile("黄")).click()
    expect(page).to_have_url(re.compile("colour=yellow"))
    page.go_back()
    expect(page).not_to_have_url(re.compile("colour"))
    expect(page.get_by_role("link", name="我的工作").first).to_be_attached()


def test_by_keyboard(opened: Open) -> None:
    page = opened().sign_in("office").open("/projects/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="跳至正文")
    expect(skip).to_be_focused()
    assert skip.evaluate("link => getComputedStyle(link).outlineStyle") != "none"
    page.keyboard.press("Control+k")
    expect(page.locator("#find")).to_be_focused()
    page.keyboard.type("qw")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=qw"))
    expect(page.locator("tbody")).to_contain_text("泉为")
