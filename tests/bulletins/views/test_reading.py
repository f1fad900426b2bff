"""The page of a bulletin: from its copies alone, with what changed, the marks of overrides, and its corrections."""

import datetime

import pytest
from pytest_django import Settings

from projects.bulletins.actions import publishing, rerate_changed
from projects.bulletins.actions.deciding import decide_override, object_to, propose_override
from projects.bulletins.models import BulletinLine
from projects.core.append_only import lifted
from projects.core.month import Month
from projects.register.models import Project
from tests.bulletins.month import LATER, begun, circulated, published
from tests.cast import AT, SEPTEMBER, TODAY, Cast, signed_in
from tests.progress.views.counting import queries


def read(cast: Cast, who: str, pk: int) -> str:
    response = signed_in(cast.person(who)).get(f"/bulletins/{pk}/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("who", ["office", "reporter", "leader", "auditor"])
def test_a_published_one_is_read_by_all(cast: Cast, rows: list[Project], who: str) -> None:
    bulletin = published(cast)
    page = read(cast, who, bulletin.pk)
    assert bulletin.short_digest in page
    assert "总体进展" in page
    assert "征求意见稿" not in page


def test_a_stranger_finds_none(cast: Cast, rows: list[Project]) -> None:
    bulletin, client = published(cast), signed_in(cast.stranger)
    assert client.get(f"/bulletins/{bulletin.pk}/").status_code == 404
    assert client.get(f"/bulletins/{bulletin.pk}/list/").status_code == 404
    assert signed_in(cast.leader).get("/bulletins/999/").status_code == 404


@pytest.mark.parametrize(("who", "status"), [("office", 200), ("leader", 200), ("auditor", 200), ("reporter", 404)])
def test_a_draft_is_not_for_the_units(cast: Cast, rows: list[Project], who: str, status: int) -> None:
    assert signed_in(cast.person(who)).get(f"/bulletins/{begun(cast).pk}/").status_code == status


def test_a_circulated_draft_is_marked(cast: Cast, rows: list[Project]) -> None:
    draft = circulated(cast)
    for who in ("reporter", "leader"):
        assert "征求意见稿" in read(cast, who, draft.pk)


def test_stays_as_published_when_a_project_is_renamed(cast: Cast, rows: list[Project]) -> None:
    bulletin = published(cast)
    Project.objects.filter(pk=rows[2].pk).update(short_name="改名了", code="X-9")
    page = read(cast, "leader", bulletin.pk)
    assert rows[2].short_name in page
    assert "改名了" not in page


def test_an_override_shows_both_levels_and_its_reason(cast: Cast, rows: list[Project]) -> None:
    override = propose_override(rows[2], SEPTEMBER, reason="洪涝灾害", by=cast.office, at=AT)
    decide_override(override, "approved", by=cast.admin, at=AT)
    rerate_changed(through=SEPTEMBER)
    bulletin = published(cast, by=cast.admin)
    response = signed_in(cast.leader).get(f"/bulletins/{bulletin.pk}/")
    [(line, computed)] = response.context["overridden"]
    assert (computed[2], line.colour_word, line.override_reason) == ("红", "黄", "洪涝灾害")
    assert response.content.decode().count('class="overridden"') == 2  # in the list of its colour, and in all


def test_tells_what_changed_against_the_month_before(cast: Cast, rows: list[Project]) -> None:
    published(cast, Month(2023, 8))
    found = signed_in(cast.leader).get(f"/bulletins/{published(cast).pk}/").context["reading"]
    assert found.changes.is_known
    assert [line.code for line in found.changes.running] == ["P-3", "P-2"]
    assert [(row.word, row.count, row.change) for row in found.colours[:3]] == [
        ("红", 1, 0), ("黄", 1, 0), ("蓝", 1, 0),
    ]  # fmt: skip


def test_a_correction_tells_why_and_what_differs(cast: Cast, rows: list[Project]) -> None:
    first = published(cast)
    Project.objects.filter(pk=rows[0].pk).update(total_investment=30_000_000)
    draft = publishing.begin_correction(first, reason="总投资有误", by=cast.office, at=LATER)
    second = publishing.publish(draft, by=cast.office, at=LATER, through=SEPTEMBER, seen=draft.version)
    context = signed_in(cast.leader).get(f"/bulletins/{second.pk}/").context
    latest, oldest = context["editions"]
    assert [(told.code, told.old, told.new) for told in latest.differences] == [("P-1", "1,000", "3,000")]
    assert oldest.differences == []
    before = signed_in(cast.leader).get(f"/bulletins/{first.pk}/")
    assert before.context["corrected_by"] == second
    assert "总投资有误" in before.content.decode()


def test_the_draft_of_a_correction_shows_what_it_will_publish(cast: Cast, rows: list[Project]) -> None:
    """The live lines of the month stay as they were published until then."""
    first = published(cast)
    Project.objects.filter(pk=rows[0].pk).update(total_investment=30_000_000)
    draft = publishing.begin_correction(first, reason="总投资有误", by=cast.office, at=LATER)
    lines = signed_in(cast.office).get(f"/bulletins/{draft.pk}/").context["reading"].content.lines
    assert [line.code for line in lines] == ["P-3", "P-2", "P-1"]
    assert lines[2].total_investment == 30_000_000


def test_lines_cost_no_queries(cast: Cast, rows: list[Project]) -> None:
    address, client = f"/bulletins/{published(cast).pk}/", signed_in(cast.leader)
    at_three = queries(client, address)
    with lifted("projects_bulletinline"):
        BulletinLine.objects.filter(number__gt=1).delete()
    assert queries(client, address) == at_three


class TestMyUnit:
    def test_a_unit_sees_its_own_first(self, cast: Cast, rows: list[Project]) -> None:
        draft = circulated(cast)
        context = signed_in(cast.reporter).get(f"/bulletins/{draft.pk}/").context
        assert [line.code for line, _said in context["own"]] == ["P-3", "P-2"]
        assert [line.code for line, _said in context["own_best"]] == ["P-1"]
        assert signed_in(cast.other_reporter).get(f"/bulletins/{draft.pk}/").context["own_count"] == 0
        assert "own" not in signed_in(cast.leader).get(f"/bulletins/{draft.pk}/").context

    @pytest.mark.parametrize(("days", "objects"), [(2, True), (3, False)])
    def test_objects_up_to_the_day(
        self, cast: Cast, rows: list[Project], settings: Settings, days: int, objects: bool
    ) -> None:
        draft = circulated(cast)
        settings.TODAY = TODAY + datetime.timedelta(days=days)
        page = read(cast, "reporter", draft.pk)
        assert (f"/bulletins/{draft.pk}/objections/P-3/" in page) is objects

    def test_sees_its_objections(self, cast: Cast, rows: list[Project]) -> None:
        draft = circulated(cast)
        object_to(rows[1], SEPTEMBER, text="口径有误", by=cast.reporter, at=AT)
        assert "口径有误" in read(cast, "reporter", draft.pk)
        assert "口径有误" not in read(cast, "other_reporter", draft.pk)


class TestTheList:
    def test_is_narrowed_by_colour_unit_and_text(self, cast: Cast, rows: list[Project]) -> None:
        address, client = f"/bulletins/{published(cast).pk}/list/", signed_in(cast.leader)
        for query, codes in (
            ("", ["P-3", "P-2", "P-1"]), ("?colour=red", ["P-3"]), ("?unit=税郭镇&q=P-2", ["P-2"]), ("?q=没有", []),
            ("?colour=nonsense", ["P-3", "P-2", "P-1"]), ("?unit=孟庄镇", ["P-3", "P-2", "P-1"]),
        ):  # fmt: skip
            assert [line.code for line, _code in client.get(address + query).context["rows"]] == codes, query

    def test_a_draft_has_none(self, cast: Cast, rows: list[Project]) -> None:
        assert signed_in(cast.office).get(f"/bulletins/{circulated(cast).pk}/list/").status_code == 404

    def test_leads_to_the_project_of_today(self, cast: Cast, rows: list[Project]) -> None:
        bulletin = published(cast)
        Project.objects.filter(pk=rows[2].pk).update(code="X-9")
        page = signed_in(cast.leader).get(f"/bulletins/{bulletin.pk}/list/").content.decode()
        assert 'href="/projects/X-9/?month=2023-09"' in page

    def test_rows_cost_no_queries(self, cast: Cast, rows: list[Project]) -> None:
        address, client = f"/bulletins/{published(cast).pk}/list/", signed_in(cast.leader)
        assert queries(client, f"{address}?colour=red") == queries(client, address)
