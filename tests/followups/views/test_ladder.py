"""The pages of the ladder: read by all in sentences, set and taken back by the office."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from projects.core.month import Month
from projects.followups.actions.ladder import take_back_ladder
from projects.followups.ladder import LADDER, Rank
from projects.followups.models import LadderEdition
from projects.followups.queries import ladder_for
from projects.followups.wording import rung_sentence
from projects.rating.palettes import FOUR_COLOURS
from tests.bulletins.month import district_of_three, published
from tests.bulletins.rules import edition, edition_set
from tests.cast import AT, SEPTEMBER, TODAY, Cast, signed_in
from tests.followups.test_ladder_editions import ladder_set, with_step
from tests.pages import complaints, fields, opened, sent, words

NEW = "/rules/ladder/new/"
OCTOBER = Month(2023, 10)


@pytest.fixture(autouse=True)
def _in_october(settings: Settings) -> None:
    settings.TODAY = TODAY


@pytest.fixture
def office(cast: Cast) -> Client:
    return signed_in(cast.office)


class TestReading:
    @pytest.mark.parametrize("who", ["admin", "office", "reporter", "leader", "auditor"])
    def test_everybody_reads_every_step_in_a_sentence(self, cast: Cast, who: str) -> None:
        page = words(signed_in(cast.person(who)).get("/rules/ladder/"))
        for rung in LADDER:
            assert rung_sentence(rung) in page
        assert "2023年9月 · 执行默认阶梯" in page
        assert ("调整督办阶梯" in page) == (who in ("admin", "office"))

    def test_nobody_else_does(self, cast: Cast) -> None:
        assert Client().get("/rules/ladder/").status_code == 302

    def test_stands_beside_the_rules(self, cast: Cast) -> None:
        client = signed_in(cast.leader)
        assert 'href="/rules/ladder/"' in client.get("/rules/").content.decode()
        assert 'href="/rules/"' in client.get("/rules/ladder/").content.decode()

    def test_each_month_has_its_own(self, cast: Cast) -> None:
        ladder_set(with_step("red_1", reply_in=2), by=cast.office)
        client = signed_in(cast.leader)
        page = words(client.get("/rules/ladder/?month=2023-09"))
        assert "执行第1版" in page
        assert "签发后2个工作日内报送整改方案" in page
        assert "与上一版相比有1处不同" in page
        assert "执行默认阶梯" in words(client.get("/rules/ladder/?month=2023-08"))

    def test_a_step_that_is_off_says_so(self, cast: Cast) -> None:
        ladder_set(with_step("yellow_1", used=False))
        assert "首次提醒 未启用。" in words(signed_in(cast.leader).get("/rules/ladder/"))

    def test_red_and_yellow_are_shown_in_the_palette_of_the_month(self, cast: Cast) -> None:
        edition_set(edition(palette=FOUR_COLOURS))
        page = words(signed_in(cast.leader).get("/rules/ladder/"))
        assert "最重一级： ■ 红" in page
        assert "▲ 黄 ◆ 橙" in page

    def test_costs_the_same_for_any_number(self, cast: Cast, office: Client) -> None:
        counted = []
        for number in (1, 3):
            while LadderEdition.objects.count() < number:
                ladder_set(by=cast.office)
            office.get("/rules/ladder/")
            with CaptureQueriesContext(connection) as queries:
                office.get("/rules/ladder/")
            counted.append(len(queries))
        assert counted[0] == counted[1]


class TestSetting:
    @pytest.mark.parametrize("who", ["reporter", "leader", "auditor"])
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_readers_are_told_who_may(self, cast: Cast, who: str, method: str) -> None:
        assert getattr(signed_in(cast.person(who)), method)(NEW).status_code == 403
        assert not LadderEdition.objects.exists()

    def test_saved_as_it_opens_it_says_the_same(self, office: Client) -> None:
        answer = sent(office, NEW, reason="重新发布")
        assert answer.url == "/rules/ladder/"
        assert ladder_for(SEPTEMBER) == LADDER
        assert "第1版督办阶梯已发布，自2023年9月通报起执行" in words(office.get("/rules/ladder/"))

    def test_all_that_is_typed_is_kept(self, office: Client) -> None:
        typed = {
            **opened(office, NEW), "reason": "按督查室要求", "holds_from": "2023-11", "red_2_kind": "supervision",
            "red_2_issue_in": "2", "red_2_reply_in": "4", "red_2_finish": "days", "red_2_finish_in": "45",
            "red_2_raised_to": "head", "red_2_copies_leader": "on", "yellow_2_finish": "days",
            "yellow_2_finish_in": "15", "red_3_finish": "next", "red_3_finish_in": "9",
        }  # fmt: skip
        del typed["yellow_1_used"]
        assert office.post(NEW, typed).status_code == 302
        held = {rung.code: rung for rung in ladder_for(Month(2023, 11))}
        red = held["red_2"]
        assert (red.kind, red.issue_in, red.reply_in, red.finish_in) == ("supervision", 2, 4, 45)
        assert (red.raised_to, red.copies_leader, red.used) == (Rank.HEAD, True, True)
        assert (held["yellow_2"].finish_in, held["red_3"].finish_in, held["red_3"].decides) == (15, None, False)
        assert not held["yellow_1"].used
        assert ladder_for(OCTOBER) == LADDER
        assert opened(office, NEW)["holds_from"] == "2023-09"

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"red_1_issue_in": "0"}, "red_1_issue_in"),
            ({"red_1_issue_in": "31"}, "red_1_issue_in"),
            ({"red_1_issue_in": ""}, "red_1_issue_in"),
            ({"red_1_reply_in": "0"}, "red_1_reply_in"),
            ({"red_1_reply_in": "61"}, "red_1_reply_in"),
            ({"red_1_reply_in": "x"}, "red_1_reply_in"),
            ({"red_1_finish_in": "0"}, "red_1_finish_in"),
            ({"red_1_finish_in": "366"}, "red_1_finish_in"),
            ({"red_1_finish_in": ""}, "red_1_finish_in"),
            ({"red_1_finish_in": "4"}, "red_1_finish_in"),
            ({"red_1_finish": "decided"}, "red_1_finish_in"),
            ({"red_1_kind": "letter"}, "red_1_kind"),
            ({"red_1_raised_to": "pope"}, "red_1_raised_to"),
            ({"reason": ""}, "reason"),
            ({"holds_from": "2022-12"}, "holds_from"),
        ],
    )
    def test_what_is_wrong_is_said_beside_its_box(self, office: Client, typed: dict[str, str], field: str) -> None:
        answer = sent(office, NEW, **{"reason": "按督查室要求", **typed})
        assert answer.status_code == 422
        assert list(complaints(answer)) == [field]
        assert not LadderEdition.objects.exists()

    @pytest.mark.parametrize(
        "typed",
        [
            {"red_1_issue_in": "1"}, {"red_1_issue_in": "30"}, {"red_1_reply_in": "1"}, {"red_1_reply_in": ""},
            {"red_1_reply_in": "60", "red_1_finish_in": "60"}, {"red_1_finish_in": "5"}, {"red_1_finish_in": "365"},
            {"red_1_finish": "decided", "red_1_kind": "talk"},
        ],
    )  # fmt: skip
    def test_the_ends_of_the_ranges_are_taken(self, office: Client, typed: dict[str, Any]) -> None:
        assert sent(office, NEW, **{"reason": "按督查室要求", **typed}).status_code == 302

    def test_who_comes_second_is_told_and_may_save_again(self, cast: Cast, office: Client) -> None:
        typed = opened(office, NEW)
        ladder_set(by=cast.admin)
        answer = office.post(NEW, {**typed, "reason": "按督查室要求", "red_1_reply_in": "7"})
        assert answer.status_code == 409
        assert "admin已于" in words(answer)
        kept = fields(answer)
        assert kept["red_1_reply_in"] == "7"
        assert office.post(NEW, kept).status_code == 302
        assert LadderEdition.objects.count() == 2


class TestTakingBack:
    def test_takes_back_and_says_so(self, cast: Cast, office: Client) -> None:
        ladder_set(holds_from=OCTOBER, by=cast.office)
        url = "/rules/ladder/1/take-back/"
        assert url in office.get("/rules/ladder/").content.decode()
        assert "2023年10月起恢复执行上一版" in words(office.get(url))
        assert sent(office, url, reason="").status_code == 422
        assert sent(office, url, reason="暂缓").url == "/rules/ladder/"
        page = office.get("/rules/ladder/")
        assert "第1版 已撤回" in words(page)
        assert url not in page.content.decode()
        assert "已于" in words(office.get(url))

    def test_is_not_offered_and_refused_for_what_was_followed_up(self, cast: Cast, office: Client) -> None:
        district_of_three(cast)
        ladder_set()
        published(cast)
        assert "take-back" not in office.get("/rules/ladder/").content.decode()
        answer = office.get("/rules/ladder/1/take-back/")
        assert answer.status_code == 400
        assert "不能撤回" in words(answer)

    @pytest.mark.parametrize("who", ["reporter", "leader", "auditor"])
    def test_readers_are_told_who_may(self, cast: Cast, who: str) -> None:
        ladder_set()
        client = signed_in(cast.person(who))
        assert client.get("/rules/ladder/1/take-back/").status_code == 403
        assert client.post("/rules/ladder/1/take-back/", {"reason": "x"}).status_code == 403
        assert "take-back" not in client.get("/rules/ladder/").content.decode()

    def test_what_is_none_is_no_page(self, office: Client) -> None:
        assert office.get("/rules/ladder/1/take-back/").status_code == 404

    def test_what_was_taken_back_is_no_edition_in_force(self, cast: Cast, office: Client) -> None:
        take_back_ladder(ladder_set(), reason="暂缓", by=cast.office, at=AT)
        assert "执行默认阶梯" in words(office.get("/rules/ladder/"))
