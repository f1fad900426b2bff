"""The list of bulletins: what is published, the draft at hand, and the one thing to do next."""

import pytest

from projects.bulletins.actions import publishing
from projects.bulletins.models import Bulletin
from projects.core.month import Month
from projects.register.models import Project
from tests.bulletins.month import LATER, begun, circulated, published
from tests.cast import SEPTEMBER, Cast, signed_in
from tests.progress.views.counting import at_one_and_three


def listed(cast: Cast, who: str, month: str = "2023-09") -> str:
    response = signed_in(cast.person(who)).get(f"/bulletins/?month={month}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("who", ["admin", "office", "reporter", "leader", "auditor"])
def test_everybody_of_the_district_reads_what_is_published(cast: Cast, rows: list[Project], who: str) -> None:
    bulletin = published(cast)
    page = listed(cast, who)
    assert bulletin.title in page
    assert "60.0" in page  # the rate of the whole
    assert "−15.0" in page


def test_strangers_find_nothing(cast: Cast, rows: list[Project]) -> None:
    bulletin = published(cast)
    assert bulletin.title not in listed(cast, "stranger")


def test_says_what_to_do_where_nothing_is_published(cast: Cast, rows: list[Project]) -> None:
    assert "开始起草" in listed(cast, "office")
    assert "开始起草" not in listed(cast, "leader")
    assert "尚未发布通报" in listed(cast, "leader")


@pytest.mark.parametrize(("who", "shown"), [("office", True), ("leader", True), ("auditor", True), ("reporter", False)])
def test_a_draft_is_not_for_the_units(cast: Cast, rows: list[Project], who: str, shown: bool) -> None:
    draft = begun(cast)
    assert (f"/bulletins/{draft.pk}/" in listed(cast, who)) is shown


def test_a_circulated_draft_is(cast: Cast, rows: list[Project]) -> None:
    draft = circulated(cast)
    assert f"/bulletins/{draft.pk}/" in listed(cast, "reporter")


def test_a_corrected_edition_is_marked(cast: Cast, rows: list[Project]) -> None:
    first = published(cast)
    draft = publishing.begin_correction(first, reason="数据有误", by=cast.office, at=LATER)
    publishing.publish(draft, by=cast.office, at=LATER, through=SEPTEMBER, seen=draft.version)
    found = signed_in(cast.leader).get("/bulletins/").context["rows"]
    assert [(row.bulletin.edition, row.is_corrected) for row in found] == [(2, False), (1, True)]


def test_rows_cost_no_queries(cast: Cast, rows: list[Project]) -> None:
    def add(number: int) -> None:
        bulletin = published(cast, Month(2023, 9 - number)) if number < 2 else None
        if bulletin is None:
            first = Bulletin.objects.published().earliest("id")
            draft = publishing.begin_correction(first, reason="更正", by=cast.office, at=LATER)
            publishing.publish(draft, by=cast.office, at=LATER, through=SEPTEMBER, seen=draft.version)

    at_one, at_three = at_one_and_three(signed_in(cast.leader), "/bulletins/", add)
    assert at_one == at_three


class TestBeginning:
    def test_leads_to_the_workbench(self, cast: Cast, rows: list[Project]) -> None:
        response = signed_in(cast.office).post("/bulletins/begin/", {"month": "2023-09"})
        assert response.headers["Location"] == f"/bulletins/{Bulletin.objects.get().pk}/edit/"

    @pytest.mark.parametrize("month", ["2023-10", "soon", ""])
    def test_of_what_has_not_ended_is_refused(self, cast: Cast, rows: list[Project], month: str) -> None:
        response = signed_in(cast.office).post("/bulletins/begin/", {"month": month}, follow=True)
        assert "请选择已结束的月份" in response.content.decode()
        assert not Bulletin.objects.exists()

    def test_twice_begins_once(self, cast: Cast, rows: list[Project]) -> None:
        begun(cast)
        response = signed_in(cast.admin).post("/bulletins/begin/", {"month": "2023-09"}, follow=True)
        assert response.status_code == 200
        assert Bulletin.objects.count() == 1
