"""Notices in a browser: the bell, opening one, ticking off the rest; at a desk, on a phone, in the dark."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from projects.accounts.models import User
from projects.notices.models import Notice
from tests.journeys.browser.conftest import Open
from tests.journeys.browser.test_every_page import violations
from tests.notices.told import PARAMS, tell

Visit = Callable[..., Page]


@pytest.fixture
def visit(opened: Open) -> Visit:
    """The page of somebody with two notices unread and one read."""
    person = User.objects.get(username="reporter")
    Notice.objects.of(person).delete()  # what the demonstration's year has told
    for key, kind in {"1": "report_returned", "2": "report_due_today", "3": "report_approved"}.items():
        notice = tell(person, key, kind, params={**PARAMS, "reason": "请核对" * 30}, url="/projects/SZ-001/")
    Notice.objects.filter(pk=notice.pk).update(read_at=notice.at)
    return lambda **settings: opened(**settings).sign_in("reporter").open("/notices/")


def test_one_is_opened_and_the_rest_ticked_off(visit: Visit) -> None:
    page = visit()
    bell = page.get_by_role("link", name="2条未读通知")
    expect(bell).to_be_visible()
    page.get_by_role("button", name="被退回").click()
    expect(page).to_have_url(re.compile("/projects/SZ-001/$"))
    page.get_by_role("link", name="1条未读通知").click()
    page.get_by_role("button", name="全部标为已读").click()
    expect(page.get_by_role("link", name="通知，没有未读")).to_be_visible()
    expect(page.get_by_text("已将1条通知标为已读。")).to_be_visible()


def test_it_works_without_scripts(visit: Visit) -> None:
    page = visit(java_script_enabled=False)
    page.get_by_role("button", name="标为已读", exact=True).first.click()
    expect(page.get_by_role("link", name="1条未读通知")).to_be_visible()


@pytest.mark.parametrize("size", ["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_and_fits(visit: Visit, size: str, scheme: str) -> None:
    page = visit(size=size, color_scheme=scheme, bypass_csp=True)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert violations(page) == []
