"""Leave to report late on the pages: asked by the unit, answered by the office, seen by both."""

import datetime
import re
from typing import Any

import pytest
from pytest_django import Settings

from projects.accounts.models import User
from projects.progress.actions.leave import ask_leave, refuse_leave
from projects.progress.actions.reviewing import allow_late
from projects.progress.models import MonthlyReport
from projects.register.models import Project
from tests.cast import Cast, project, signed_in
from tests.progress.month import LOCK, asked, at, opened
from tests.progress.views.counting import at_one_and_three

DAY = datetime.timedelta(days=1)
LATE = LOCK + DAY
PAGE, WRITE = "/reports/2023-09/P-1/", "/reports/2023-09/P-1/write/"
ASK, NO, YES = f"{PAGE}leave/", f"{PAGE}leave/refuse/", f"{PAGE}late/"


@pytest.fixture
def row(cast: Cast, settings: Settings) -> Project:
    found = project(cast)
    opened()
    settings.TODAY = LATE
    return found


def post(who: User, address: str, row: Project, **typed: Any) -> Any:
    return signed_in(who).post(address, {"version": asked(row).version, **typed})


def text_of(who: User, address: str) -> str:
    return signed_in(who).get(address).content.decode()


def ask(row: Project, by: User, reason: str = "停电两天") -> MonthlyReport:
    return ask_leave(asked(row), reason=reason, by=by, at=at(LATE), seen=None)


class TestTheUnit:
    def test_is_led_to_asking_from_every_page(self, cast: Cast, row: Project) -> None:
        for address in ("/", "/reports/?month=2023-09", WRITE):
            assert re.search(rf'href="{PAGE}#state"[^>]*>.*?申请补报', text_of(cast.reporter, address)), address

    def test_asks_on_the_page_of_the_report(self, cast: Cast, row: Project) -> None:
        assert f'action="{ASK}"' in text_of(cast.reporter, PAGE)
        answer = post(cast.reporter, ASK, row, reason="停电两天")
        assert (answer.status_code, answer["Location"]) == (302, PAGE)
        page = text_of(cast.reporter, PAGE)
        assert "停电两天" in page
        assert "重点项目办尚未答复" in page
        assert f'action="{ASK}"' not in page

    def test_waits_for_the_answer_on_every_page(self, cast: Cast, row: Project) -> None:
        ask(row, cast.reporter)
        assert "已于2023-10-16申请补报，尚未答复" in text_of(cast.reporter, "/")
        own = text_of(cast.reporter, "/reports/?month=2023-09")
        assert "已申请补报" in own
        assert f'button-small" href="{PAGE}">' in own

    def test_may_ask_nothing_before_the_lock(self, cast: Cast, row: Project, settings: Settings) -> None:
        settings.TODAY = LOCK
        assert f'action="{ASK}"' not in text_of(cast.reporter, PAGE)
        assert "申请补报" not in text_of(cast.reporter, WRITE)

    def test_loses_nothing_without_a_reason(self, cast: Cast, row: Project) -> None:
        answer = post(cast.reporter, ASK, row, reason=" ")
        assert answer.status_code == 422
        assert "id_reason" in answer.content.decode() or 'name="reason"' in answer.content.decode()

    def test_reads_the_answer(self, cast: Cast, row: Project) -> None:
        ask(row, cast.reporter)
        refuse_leave(asked(row), answer="下月一并补报", by=cast.office, at=at(LATE), seen=None)
        page = text_of(cast.reporter, PAGE)
        assert "下月一并补报" in page
        assert "未准补报" in page
        assert f'action="{ASK}"' in page

    def test_writes_once_it_has_leave(self, cast: Cast, row: Project) -> None:
        ask(row, cast.reporter)
        allow_late(asked(row), until=LATE, reason="同意", by=cast.office, at=at(LATE))
        assert 'name="invested_this_month"' in text_of(cast.reporter, WRITE)


class TestTheOffice:
    def test_sees_who_asks_in_its_work_and_in_the_queue(self, cast: Cast, row: Project) -> None:
        assert 'id="leave"' not in text_of(cast.office, "/")
        ask(row, cast.reporter)
        work = text_of(cast.office, "/")
        assert "停电两天" in work
        assert f'href="{PAGE}#state"' in work
        assert "已申请补报" in text_of(cast.office, "/reports/?kind=missing")

    def test_says_yes_with_one_press(self, cast: Cast, row: Project) -> None:
        ask(row, cast.reporter)
        page = text_of(cast.office, PAGE)
        until = re.search(r'name="until" value="([\d-]+)"', page)
        assert until
        assert until[1] == (LATE + 3 * DAY).isoformat()
        assert re.search(r'name="reason" value="停电两天"', page)
        assert post(cast.office, YES, row, until=until[1], reason="停电两天").status_code == 302
        assert asked(row).late_until == LATE + 3 * DAY

    def test_says_no_with_a_sentence(self, cast: Cast, row: Project) -> None:
        ask(row, cast.reporter)
        assert f'action="{NO}"' in text_of(cast.office, PAGE)
        assert post(cast.office, NO, row, answer="").status_code == 422
        assert post(cast.office, NO, row, answer="下月一并补报").status_code == 302
        assert asked(row).leave_asked_at is None
        assert f'action="{NO}"' not in text_of(cast.office, PAGE)

    def test_a_list_of_three_costs_what_one_costs(self, cast: Cast, row: Project) -> None:
        def add(number: int) -> None:
            other = project(cast, f"Q-{number}")
            MonthlyReport.objects.create(project=other, month=asked(row).month)
            ask(other, cast.reporter)

        one, three = at_one_and_three(signed_in(cast.office), "/", add)
        assert one == three


@pytest.mark.parametrize("who", ["leader", "auditor"])
def test_readers_are_offered_nothing(cast: Cast, row: Project, who: str) -> None:
    ask(row, cast.reporter)
    page = text_of(cast.person(who), PAGE)
    assert f'action="{NO}"' not in page
    assert f'action="{ASK}"' not in page
    assert post(cast.person(who), NO, row, answer="x").status_code == 403


def test_strangers_find_nothing(cast: Cast, row: Project) -> None:
    for address in (ASK, NO):
        assert post(cast.stranger, address, row).status_code == 404
