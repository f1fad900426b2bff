"""Taking back an edition of the rules: as long as nothing was published by it, with the reason, and what follows."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from projects.bulletins.actions.editions import take_back
from projects.bulletins.actions.recolouring import recolour
from projects.bulletins.models import Line, PolicyEdition, Recolouring
from projects.bulletins.queries.editions import before_each, edition_for, editions_for, spans
from projects.core.month import Month
from projects.core.refusals import NotAllowed, Refused, Stale
from projects.journal.models import Entry
from tests.bulletins.month import district_of_three, published
from tests.bulletins.rules import STRICT, edition, edition_set
from tests.cast import AT, SEPTEMBER, TODAY, Cast, signed_in
from tests.pages import complaints, sent, words

AUGUST, OCTOBER, NOVEMBER = Month(2023, 8), Month(2023, 10), Month(2023, 11)


def taken_back(row: PolicyEdition, **more: Any) -> PolicyEdition:
    take_back(row, **{"reason": "口径未定", "by": None, "at": AT, "open_month": SEPTEMBER, **more})
    found: PolicyEdition = PolicyEdition.objects.get(pk=row.pk)
    return found


def levels(month: Month = SEPTEMBER) -> list[int | None]:
    return list(Line.objects.of(month).order_by("project").values_list("level", flat=True))


class TestTheVerb:
    def test_the_edition_before_counts_again_and_the_row_stays(self, cast: Cast) -> None:
        edition_set(edition(STRICT), OCTOBER)
        row = taken_back(edition_set(edition(), OCTOBER), by=cast.office)
        assert (row.taken_back_at, row.taken_back_by, row.taken_back_because) == (AT, cast.office, "口径未定")
        assert edition_for(OCTOBER).number == editions_for([OCTOBER])[OCTOBER].number == 1
        assert edition_set(edition()).number == 3

    def test_the_colours_follow(self, cast: Cast) -> None:
        district_of_three(cast)
        row = edition_set(edition(STRICT))
        recolour(through=SEPTEMBER)
        assert levels() == [0, 2, 2]
        taken_back(row)
        assert Recolouring.objects.get().since == SEPTEMBER
        recolour(through=SEPTEMBER)
        assert levels() == [0, 1, 2]

    def test_of_a_later_month_nothing_follows_yet(self, cast: Cast) -> None:
        district_of_three(cast)
        taken_back(edition_set(edition(STRICT), OCTOBER))
        assert not Recolouring.objects.exists()

    def test_what_something_was_published_by_stays(self, cast: Cast) -> None:
        district_of_three(cast)
        used, later = edition_set(edition(), AUGUST), edition_set(edition(), OCTOBER)
        recolour(through=SEPTEMBER)
        published(cast)
        with pytest.raises(Refused, match="2023年9月"):
            taken_back(used)
        assert edition_for(SEPTEMBER).number == used.number
        taken_back(later)

    def test_it_is_taken_back_once(self, cast: Cast) -> None:
        row = edition_set(edition())
        taken_back(row, by=cast.admin)
        with pytest.raises(Stale, match="admin"):
            taken_back(row)

    def test_a_reason_is_asked(self, cast: Cast) -> None:
        with pytest.raises(Refused) as refusal:
            taken_back(edition_set(edition()), reason="")
        assert refusal.value.field == "reason"
        assert edition_for(SEPTEMBER).number == 1

    @pytest.mark.parametrize("who", ["reporter", "leader", "auditor"])
    def test_the_office_does_it(self, cast: Cast, who: str) -> None:
        with pytest.raises(NotAllowed):
            taken_back(edition_set(edition()), by=cast.person(who))

    def test_the_journal_says_what_counts_instead(self, cast: Cast) -> None:
        row = taken_back(edition_set(edition(STRICT)), by=cast.office)
        entry = Entry.objects.latest("seq")
        assert (entry.verb, entry.subject_id, entry.note) == ("take_back_rules", row.pk, "口径未定")
        assert set(entry.after) == {"name", "P1"}
        assert "慢于1至10" in entry.before["P1"]
        assert "慢于5至20" in entry.after["P1"]

    def test_counts_in_no_month_and_nothing_is_compared_with_it(self, cast: Cast) -> None:
        first = edition_set(edition(), SEPTEMBER)
        taken_back(edition_set(edition(), OCTOBER))
        third = edition_set(edition(), NOVEMBER)
        rows = list(PolicyEdition.objects.order_by("number"))
        assert [span.until for span in spans(rows)] == [OCTOBER, OCTOBER, None]
        assert before_each(rows) == [None, first, first]
        assert third.number == 3


class TestThePage:
    @pytest.fixture(autouse=True)
    def _in_october(self, settings: Settings) -> None:
        settings.TODAY = TODAY

    @pytest.fixture
    def office(self, cast: Cast) -> Client:
        return signed_in(cast.office)

    def test_takes_back_and_says_so(self, cast: Cast, office: Client) -> None:
        edition_set(edition(), OCTOBER)
        assert "/rules/1/take-back/" in office.get("/rules/1/").content.decode()
        assert "2023年10月起恢复执行上一版" in words(office.get("/rules/1/take-back/"))
        answer = sent(office, "/rules/1/take-back/", reason="口径未定")
        assert answer.url == "/rules/"
        page = words(office.get("/rules/"))
        assert "第1版规则已撤回" in page
        assert "第1版“试行规则” 已撤回" in page
        assert "口径未定" in words(office.get("/rules/1/"))
        assert "take-back" not in office.get("/rules/1/").content.decode()
        assert "已于" in words(office.get("/rules/1/take-back/"))

    def test_leads_to_the_work_where_colours_follow(self, cast: Cast, office: Client) -> None:
        district_of_three(cast)
        edition_set(edition())
        assert "颜色将重新评定" in words(office.get("/rules/1/take-back/"))
        assert sent(office, "/rules/1/take-back/", reason="口径未定").url.startswith("/jobs/")

    def test_asks_for_the_reason(self, cast: Cast, office: Client) -> None:
        edition_set(edition())
        answer = sent(office, "/rules/1/take-back/", reason="")
        assert answer.status_code == 422
        assert list(complaints(answer)) == ["reason"]

    def test_is_not_offered_and_refused_for_what_was_published(self, cast: Cast, office: Client) -> None:
        district_of_three(cast)
        edition_set(edition())
        recolour(through=SEPTEMBER)
        published(cast)
        assert "take-back" not in office.get("/rules/1/").content.decode()
        answer = office.get("/rules/1/take-back/")
        assert answer.status_code == 400
        assert "不能撤回" in words(answer)

    @pytest.mark.parametrize("who", ["reporter", "leader", "auditor"])
    def test_readers_are_told_who_may(self, cast: Cast, who: str) -> None:
        edition_set(edition())
        client = signed_in(cast.person(who))
        assert client.get("/rules/1/take-back/").status_code == 403
        assert client.post("/rules/1/take-back/", {"reason": "x"}).status_code == 403
        assert "take-back" not in client.get("/rules/1/").content.decode()
        assert edition_for(SEPTEMBER).number == 1

    @pytest.mark.parametrize("number", [0, 2])
    def test_what_is_none_is_no_page(self, cast: Cast, office: Client, number: int) -> None:
        edition_set(edition())
        assert office.get(f"/rules/{number}/take-back/").status_code == 404
