"""The bell and the page of notices: one's own and nobody else's, marked as read by a POST, at a fixed price."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from projects.notices.models import Notice
from tests.cast import AT, TODAY, Cast, signed_in
from tests.notices.told import PARAMS, tell

PAGE = "/notices/"
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _standing_clock(settings: Settings) -> None:
    settings.TODAY = TODAY


def body(client: Client, url: str = PAGE) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def bell(html: str) -> str:
    return html.partition('class="bell"')[2].partition("</a>")[0]


# ── the page ────────────────────────────────────────────────────────────────────────────────────


def test_it_shows_ones_own_notices_unread_first(cast: Cast) -> None:
    old = tell(cast.reporter, "1", params={**PARAMS, "project": "甲"}, at=AT)
    new = tell(cast.reporter, "2", params={**PARAMS, "project": "乙"}, at=AT + MINUTE)
    read = tell(cast.reporter, "3", params={**PARAMS, "project": "丙"}, at=AT + 2 * MINUTE)
    tell(cast.office, "4", params={**PARAMS, "project": "丁"})
    client = signed_in(cast.reporter)
    client.post(reverse("read_notice", args=[read.pk]))
    html = body(client)
    places = [html.index(f"“{name}”") for name in "乙甲丙"]
    assert places == sorted(places)
    assert "“丁”" not in html
    assert html.count("标为已读") == 3  # two of them, and all
    assert [notice.pk for notice in client.get(PAGE).context["page"]] == [new.pk, old.pk, read.pk]


def test_it_speaks_the_readers_language(cast: Cast) -> None:
    tell(cast.reporter)
    client = signed_in(cast.reporter)
    assert "2023年9月月报已审核通过" in body(client)
    client.post(reverse("set_language"), {"language": "en"})
    assert "The report of 项目P-1 for September 2023 was approved." in body(client)


def test_without_notices_it_says_what_comes_here(cast: Cast) -> None:
    assert "暂无通知" in body(signed_in(cast.reporter))


def test_what_was_told_is_text(cast: Cast) -> None:
    tell(cast.reporter, kind="report_returned", params={**PARAMS, "reason": "<script>x</script>"})
    html = body(signed_in(cast.reporter))
    assert "<script>x" not in html
    assert "&lt;script&gt;x" in html


def test_pages_are_turned(cast: Cast) -> None:
    for number in range(21):
        tell(cast.reporter, str(number), params={**PARAMS, "project": f"第{number}个"}, at=AT + number * MINUTE)
    client = signed_in(cast.reporter)
    assert len(client.get(PAGE).context["page"]) == 20
    assert "“第0个”" in body(client, f"{PAGE}?page=2")
    assert len(client.get(PAGE, {"per_page": "50"}).context["page"]) == 21


@pytest.mark.parametrize("asked", ["page=999", "page=x", "page=-1", "per_page=7", "per_page=x"])
def test_a_page_that_is_none_shows_one_that_is(cast: Cast, asked: str) -> None:
    tell(cast.reporter)
    assert "“项目P-1”" in body(signed_in(cast.reporter), f"{PAGE}?{asked}")


def test_who_is_not_signed_in_signs_in_first(cast: Cast, client: Client) -> None:
    assert client.get(PAGE).status_code == 302


# ── marking as read ─────────────────────────────────────────────────────────────────────────────


def test_one_is_ticked_off(cast: Cast) -> None:
    notice = tell(cast.reporter)
    response = signed_in(cast.reporter).post(reverse("read_notice", args=[notice.pk]))
    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert Notice.objects.get().read_at is not None


def test_one_is_opened(cast: Cast) -> None:
    notice = tell(cast.reporter, url="/projects/?month=2023-09")
    response = signed_in(cast.reporter).post(reverse("read_notice", args=[notice.pk]), {"open": "1"})
    assert response["Location"] == "/projects/?month=2023-09"
    assert Notice.objects.get().read_at is not None


def test_one_without_a_page_is_opened_here(cast: Cast) -> None:
    notice = tell(cast.reporter, url="")
    response = signed_in(cast.reporter).post(reverse("read_notice", args=[notice.pk]), {"open": "1"})
    assert response["Location"] == PAGE


def test_one_that_is_read_already_stays_as_it_was(cast: Cast) -> None:
    notice = tell(cast.reporter)
    Notice.objects.update(read_at=AT)
    assert signed_in(cast.reporter).post(reverse("read_notice", args=[notice.pk])).status_code == 302
    assert Notice.objects.get().read_at == AT


@pytest.mark.parametrize("who", ["office", "admin", "stranger"])
def test_another_persons_notice_is_none(cast: Cast, who: str) -> None:
    notice = tell(cast.reporter)
    assert signed_in(cast.person(who)).post(reverse("read_notice", args=[notice.pk])).status_code == 404
    assert Notice.objects.get().read_at is None


@pytest.mark.parametrize("number", ["0", "999", "x", "-1", "9" * 30])
def test_a_number_that_is_none(cast: Cast, number: str) -> None:
    assert signed_in(cast.reporter).post(f"{PAGE}{number}/read/").status_code == 404


def test_looking_marks_nothing(cast: Cast) -> None:
    notice = tell(cast.reporter)
    client = signed_in(cast.reporter)
    body(client)
    for url in (reverse("read_notice", args=[notice.pk]), reverse("read_all_notices")):
        assert client.get(url).status_code == 405
    assert Notice.objects.get().read_at is None


def test_all_are_ticked_off_but_none_that_came_since(cast: Cast) -> None:
    for key in "12":
        tell(cast.reporter, key)
    client = signed_in(cast.reporter)
    through = client.get(PAGE).context["through"]
    late = tell(cast.reporter, "3")
    response = client.post(reverse("read_all_notices"), {"through": str(through)}, follow=True)
    assert "已将2条通知标为已读。" in response.content.decode()
    assert Notice.objects.unread().get() == late


@pytest.mark.parametrize(("through", "status"), [("", 400), ("x", 400), ("-1", 400), ("9" * 30, 302), ("0", 302)])
def test_all_up_to_a_number_that_is_none(cast: Cast, through: str, status: int) -> None:
    tell(cast.reporter)
    assert signed_in(cast.reporter).post(reverse("read_all_notices"), {"through": through}).status_code == status


# ── the bell ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("unread", "shown"), [(1, ">1<"), (99, ">99<"), (100, ">99+<")])
def test_it_counts_what_is_unread(cast: Cast, unread: int, shown: str) -> None:
    rows = [Notice(recipient=cast.reporter, kind="nudge", key=str(number), at=AT) for number in range(unread)]
    Notice.objects.bulk_create(rows)
    tell(cast.office)
    html = bell(body(signed_in(cast.reporter), "/"))
    assert shown in html
    assert f"{unread}条未读通知" in html


def test_it_is_quiet_when_all_is_read(cast: Cast) -> None:
    tell(cast.reporter)
    Notice.objects.update(read_at=AT)
    html = bell(body(signed_in(cast.reporter), "/"))
    assert "bell-count" not in html
    assert "没有未读" in html


def test_it_hangs_on_no_page_for_strangers(client: Client, db: None) -> None:
    assert bell(body(client, reverse("account_login"))) == ""


# ── the price ───────────────────────────────────────────────────────────────────────────────────


def price(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as counted:
        assert client.get(url).status_code == 200
    return len(counted)


def test_rows_cost_no_queries(cast: Cast) -> None:
    client = signed_in(cast.reporter)
    tell(cast.reporter, "1")
    at_one = price(client, PAGE)
    for key in "23":
        tell(cast.reporter, key)
    assert price(client, PAGE) == at_one == 6  # the badges of reports and slips, one query, among them


def test_the_bell_costs_no_query_of_its_own(cast: Cast) -> None:
    """The list of projects keeps to its six: session, person with bell, and its own four."""
    client = signed_in(cast.reporter)
    without = price(client, "/projects/")
    tell(cast.reporter)
    assert price(client, "/projects/") == without <= 6
