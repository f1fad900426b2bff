"""The office at its draft: wording, circulating, publishing, dropping, correcting; and what others are told."""

import datetime
from typing import Any

import pytest
from pytest_django import Settings

from projects.bulletins.actions import publishing
from projects.bulletins.actions.deciding import object_to, propose_override
from projects.bulletins.actions.offers import offers
from projects.bulletins.models import Bulletin
from projects.bulletins.models.bulletins import CIRCULATED, DRAFT, PUBLISHED
from projects.journal.models import Entry
from projects.progress.models import MonthlyReport
from projects.register.models import Project
from tests.bulletins.month import LATER, begun, circulated, published
from tests.cast import AT, SEPTEMBER, TODAY, Cast, project, signed_in

DAY = datetime.timedelta(days=1)
VERBS = ("edit", "compose", "circulate", "publish", "drop", "correct")
TEXT = {"title": "九月通报", "addressees": "各镇街：", "heading_1": "总体进展", "text_1": "共{projects}个。"}


def after_objections(settings: Settings) -> None:
    settings.TODAY = TODAY + 3 * DAY


def in_state(cast: Cast, state: str) -> Bulletin:
    return {DRAFT: begun, CIRCULATED: circulated, PUBLISHED: published}[state](cast)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", [DRAFT, CIRCULATED, PUBLISHED])
@pytest.mark.parametrize("who", ["reporter", "leader", "auditor"])
def test_others_are_told_why_not(cast: Cast, rows: list[Project], who: str, state: str, verb: str) -> None:
    bulletin, client = in_state(cast, state), signed_in(cast.person(who))
    for response in (client.get(f"/bulletins/{bulletin.pk}/{verb}/"), client.post(f"/bulletins/{bulletin.pk}/{verb}/")):
        assert response.status_code == 403
        assert "无权发布通报" in response.content.decode()
    assert Bulletin.objects.get().state == state


@pytest.mark.parametrize("verb", VERBS)
def test_the_office_of_another_district_finds_nothing(cast: Cast, rows: list[Project], verb: str) -> None:
    assert signed_in(cast.stranger).post(f"/bulletins/{circulated(cast).pk}/{verb}/").status_code == 404


OFFERED = {  # state: what the office may do, and whether it is refused on the day of the cast
    DRAFT: {"word": False, "compose": False, "circulate": False, "publish": True, "drop": False},
    CIRCULATED: {"word": False, "compose": False, "circulate": True, "publish": True, "drop": False},
    PUBLISHED: {"correct": False},
}


@pytest.mark.parametrize("state", OFFERED)
def test_what_is_offered(cast: Cast, rows: list[Project], state: str) -> None:
    bulletin = in_state(cast, state)
    for who in ("office", "admin"):
        found = offers(bulletin, to=cast.person(who), at=AT)
        assert {name: bool(offer.because) for name, offer in found.items()} == OFFERED[state]
    for who in ("reporter", "leader", "auditor", "stranger"):
        assert offers(bulletin, to=cast.person(who), at=AT) == {}


class TestWording:
    def save(self, cast: Cast, draft: Bulletin, who: str = "office", **values: Any) -> Any:
        given = {"version": draft.version, **TEXT, **values}
        return signed_in(cast.person(who)).post(f"/bulletins/{draft.pk}/edit/", given)

    def test_is_saved_paragraph_by_paragraph(self, cast: Cast, rows: list[Project]) -> None:
        draft = begun(cast)
        more = {"text_1": "一段。\r\n\r\n 二段。", "heading_2": "", "text_2": "", "heading_3": "二", "text_3": "尾"}
        assert self.save(cast, draft, **more).status_code == 302
        draft.refresh_from_db()
        assert (draft.title, draft.addressees) == ("九月通报", "各镇街：")
        assert draft.sections == [
            {"heading": "总体进展", "paragraphs": ["一段。", "二段。"]}, {"heading": "二", "paragraphs": ["尾"]},
        ]  # fmt: skip

    def test_an_unknown_mark_is_named_and_nothing_typed_is_lost(self, cast: Cast, rows: list[Project]) -> None:
        response = self.save(cast, begun(cast), text_1="投资{nonsense}亿元")
        page = response.content.decode()
        assert response.status_code == 422
        assert "“{nonsense}”" in page
        assert "投资{nonsense}亿元" in page
        assert Bulletin.objects.get().version == 0

    @pytest.mark.parametrize(
        "wrong", [{"title": ""}, {"heading_1": ""}, {"heading_1": "", "text_1": ""}, {"title": "x" * 201}]
    )
    def test_what_lacks_something_is_refused(self, cast: Cast, rows: list[Project], wrong: dict[str, str]) -> None:
        assert self.save(cast, begun(cast), **wrong).status_code == 422
        assert Bulletin.objects.get().version == 0

    def test_the_second_of_two_is_told_and_sees_both(self, cast: Cast, rows: list[Project]) -> None:
        draft = begun(cast)
        self.save(cast, draft, who="admin", text_1="甲写的。")
        response = self.save(cast, draft, text_1="乙写的。")
        page = response.content.decode()
        assert response.status_code == 409
        assert "admin" in page
        assert "甲写的。" in page  # stored, in the comparison
        assert "乙写的。" in page
        assert 'name="version" value="1"' in page
        assert self.save(cast, Bulletin.objects.get(), text_1="乙写的。").status_code == 302

    def test_shows_the_marks_with_their_figures(self, cast: Cast, rows: list[Project]) -> None:
        context = signed_in(cast.office).get(f"/bulletins/{begun(cast).pk}/edit/").context
        assert dict(context["figures"])["项目数"] == "3"

    def test_is_read_and_typed_in_words(self, cast: Cast, rows: list[Project]) -> None:
        draft = begun(cast)
        page = signed_in(cast.office).get(f"/bulletins/{draft.pk}/edit/").content.decode()
        assert "全区共有重点项目{项目数}个" in page
        assert "{projects}" not in page
        assert self.save(cast, draft, text_1="累计｛累计完成投资｝亿元。").status_code == 302
        assert Bulletin.objects.get().sections[0]["paragraphs"] == ["累计{invested}亿元。"]

    def test_is_composed_again(self, cast: Cast, rows: list[Project]) -> None:
        draft = begun(cast)
        self.save(cast, draft)
        client, address = signed_in(cast.office), f"/bulletins/{draft.pk}/compose/"
        assert client.post(address, {"version": 0}).status_code == 409
        assert client.post(address, {"version": 1}).status_code == 302
        assert len(Bulletin.objects.get().sections) == 5

    def test_of_a_published_one_leads_to_its_page(self, cast: Cast, rows: list[Project]) -> None:
        bulletin = published(cast)
        assert signed_in(cast.office).get(f"/bulletins/{bulletin.pk}/edit/").headers["Location"] == (
            f"/bulletins/{bulletin.pk}/"
        )
        assert self.save(cast, bulletin).status_code == 409
        assert Bulletin.objects.get().title != "九月通报"


class TestCirculating:
    def test_offers_two_working_days(self, cast: Cast, rows: list[Project]) -> None:
        form = signed_in(cast.office).get(f"/bulletins/{begun(cast).pk}/edit/").context["circulate"]
        assert form.initial["objections_until"] == datetime.date(2023, 10, 12)

    @pytest.mark.parametrize(("day", "status"), [("2023-10-10", 302), ("2023-10-09", 422), ("", 422), ("bald", 422)])
    def test_until_today_or_later(self, cast: Cast, rows: list[Project], day: str, status: int) -> None:
        draft = begun(cast)
        response = signed_in(cast.office).post(
            f"/bulletins/{draft.pk}/circulate/", {"version": 0, "objections_until": day}
        )
        assert response.status_code == status
        assert Bulletin.objects.get().state == (CIRCULATED if status == 302 else DRAFT)

    def test_twice_is_told(self, cast: Cast, rows: list[Project]) -> None:
        draft = circulated(cast)
        values = {"version": draft.version, "objections_until": "2023-10-12"}
        assert signed_in(cast.office).post(f"/bulletins/{draft.pk}/circulate/", values).status_code == 422


class TestPublishing:
    def publish(self, cast: Cast, draft: Bulletin, who: str = "office", **more: Any) -> Any:
        values = {"version": draft.version, **more}
        return signed_in(cast.person(who)).post(f"/bulletins/{draft.pk}/publish/", values, follow=True)

    def test_lists_what_is_still_to_be_done(self, cast: Cast, rows: list[Project]) -> None:
        draft = circulated(cast)
        propose_override(rows[2], SEPTEMBER, reason="洪涝", by=cast.office, at=AT)
        object_to(rows[1], SEPTEMBER, text="有误", by=cast.reporter, at=AT)
        MonthlyReport.objects.create(project=project(cast, "P-9"), month=SEPTEMBER)
        response = signed_in(cast.office).get(f"/bulletins/{draft.pk}/publish/")
        assert [each.code for each in response.context["hindrances"]] == ["objections", "decisions"]
        page = response.content.decode()
        assert 'href="/reports/2023-09/P-9/"' in page
        assert "税郭镇" in page
        assert "disabled" in page

    def test_needs_the_tick_while_reports_are_missing(
        self, cast: Cast, rows: list[Project], settings: Settings
    ) -> None:
        MonthlyReport.objects.create(project=project(cast, "P-9"), month=SEPTEMBER)
        draft = circulated(cast)
        after_objections(settings)
        assert self.publish(cast, draft).status_code == 422
        assert self.publish(cast, draft, despite_missing="on").status_code == 200
        assert Bulletin.objects.get().state == PUBLISHED

    @pytest.mark.parametrize("second", ["office", "admin"])
    def test_the_second_click_and_the_second_person_land_on_what_was_published(
        self, cast: Cast, rows: list[Project], settings: Settings, second: str
    ) -> None:
        draft = circulated(cast)
        after_objections(settings)
        self.publish(cast, draft)
        response = self.publish(cast, draft, who=second)
        assert response.redirect_chain == [(f"/bulletins/{draft.pk}/", 302)]
        assert "office" in response.content.decode()
        assert Entry.objects.filter(verb="publish").count() == 1

    def test_of_a_text_that_somebody_changed_meanwhile_is_refused(
        self, cast: Cast, rows: list[Project], settings: Settings
    ) -> None:
        draft = circulated(cast)
        publishing.compose_again(draft, by=cast.admin, at=AT, seen=draft.version)
        after_objections(settings)
        assert self.publish(cast, Bulletin(pk=draft.pk, version=1)).status_code == 409
        assert Bulletin.objects.get().state == CIRCULATED


class TestDroppingAndCorrecting:
    def test_a_draft_is_dropped(self, cast: Cast, rows: list[Project]) -> None:
        draft, client = begun(cast), signed_in(cast.office)
        assert client.get(f"/bulletins/{draft.pk}/drop/").status_code == 200
        assert client.post(f"/bulletins/{draft.pk}/drop/", {"version": 0}).headers["Location"] == "/bulletins/"
        assert not Bulletin.objects.exists()

    def test_a_published_one_is_not(self, cast: Cast, rows: list[Project]) -> None:
        bulletin = published(cast)
        response = signed_in(cast.office).post(f"/bulletins/{bulletin.pk}/drop/", {"version": bulletin.version})
        assert response.status_code == 409
        assert Bulletin.objects.exists()

    def test_a_correction_needs_a_reason_and_leads_to_its_draft(self, cast: Cast, rows: list[Project]) -> None:
        bulletin, client = published(cast), signed_in(cast.office)
        address = f"/bulletins/{bulletin.pk}/correct/"
        assert client.post(address, {"reason": ""}).status_code == 422
        response = client.post(address, {"reason": "数据有误"})
        draft = Bulletin.objects.get(edition=2)
        assert response.headers["Location"] == f"/bulletins/{draft.pk}/edit/"
        assert client.post(address, {"reason": "再改"}).status_code == 422
        assert offers(bulletin, to=cast.office, at=LATER)["correct"].because

    def test_what_is_not_published_is_not_corrected(self, cast: Cast, rows: list[Project]) -> None:
        response = signed_in(cast.office).post(f"/bulletins/{begun(cast).pk}/correct/", {"reason": "x"})
        assert response.status_code == 422
