"""Several projects' phases at once: all that are ticked or none, whatever came between."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from projects.journal.models import Entry
from projects.register.models import Phase, Project, StageChange
from projects.register.stages import Stage
from tests import cast as actors
from tests.cast import TODAY, Cast, signed_in
from tests.pages import complaints, fields, words

ADDRESS = "/projects/move/"
MAY = datetime.date(2023, 5, 1)


@pytest.fixture
def rows(cast: Cast) -> list[Phase]:
    """A phase of each of two projects of the town, of one of the other town, and of one of another district."""
    units = (cast.town, cast.town, cast.other_town, cast.elsewhere)
    found = [actors.project(cast, f"P-{number}", unit=unit) for number, unit in enumerate(units, 1)]
    return [actors.phase(row, 1, Stage.PREPARING, MAY) for row in found]


def chosen(client: Client, *codes: str, **more: Any) -> Any:
    """The page after these projects were ticked in the list."""
    return client.post(ADDRESS, {"chosen": list(codes), "next": "/projects/?q=1", **more})


def confirmed(client: Client, page: Any, **typed: Any) -> Any:
    """The form of the page, filled in and sent."""
    move = {"target": "started", "happened_on": "2023-10-01", "note": "集中开工", "gate_reason": "手续正在补办"}
    return client.post(ADDRESS, {**fields(page), **move, **typed})


def stages() -> dict[str, str]:
    return dict(Phase.objects.order_by("project__code").values_list("project__code", "stage"))


class TestChoosing:
    def test_shows_what_can_be_moved_with_its_stage(self, cast: Cast, rows: list[Phase]) -> None:
        composed = actors.phase(rows[0].project, 2)
        actors.component(composed, 1, Stage.BUILDING)
        page = chosen(signed_in(cast.office), "P-1", "P-2")
        assert page.status_code == 200
        assert {(row[2].code, row[1].name, row[3]) for row in page.context["rows"]} == {
            ("P-1", "一期", "前期"),
            ("P-1", "1号线", "在建"),
            ("P-2", "一期", "前期"),
        }
        assert all(ticked for *_row, ticked in page.context["rows"])

    @pytest.mark.parametrize(
        ("who", "codes"),
        [
            ("reporter", {"P-1", "P-2"}), ("other_reporter", {"P-3"}), ("office", {"P-1", "P-2", "P-3"}),
            ("stranger", {"P-4"}),
        ],
    )  # fmt: skip
    def test_reaches_the_own_projects_only(self, cast: Cast, rows: list[Phase], who: str, codes: set[str]) -> None:
        page = chosen(signed_in(cast.person(who)), "P-1", "P-2", "P-3", "P-4")
        assert {row[2].code for row in page.context["rows"]} == codes

    @pytest.mark.parametrize("codes", [[], ["P-4"], ["none"], ["\x00"], ["项目"], ["x" * 5000], ["P-1'--"]])
    def test_nothing_leads_back_with_a_word(self, cast: Cast, rows: list[Phase], codes: list[str]) -> None:
        client = signed_in(cast.office)
        response = chosen(client, *codes)
        assert (response.status_code, response.headers["Location"]) == (302, "/projects/?q=1")
        assert "请先" in words(client.get("/projects/"))

    def test_a_project_without_phases_leads_back_too(self, cast: Cast) -> None:
        actors.project(cast)
        assert chosen(signed_in(cast.office), "P-1").status_code == 302

    @pytest.mark.parametrize("who", ["leader", "auditor"])
    def test_is_closed_to_who_only_reads(self, cast: Cast, rows: list[Phase], who: str) -> None:
        client = signed_in(cast.person(who))
        for response in (chosen(client, "P-1"), client.get(ADDRESS, {"chosen": "P-1"})):
            assert response.status_code == 403
            assert "您的角色" in words(response)

    def test_moves_nothing_by_itself(self, cast: Cast, rows: list[Phase]) -> None:
        client, before = signed_in(cast.office), Entry.objects.count()
        chosen(client, "P-1")
        client.get(ADDRESS, {"chosen": "P-1", "target": "started", "happened_on": "2023-10-01", "part": "phase-1"})
        assert Entry.objects.count() == before
        assert client.delete(ADDRESS).status_code == 405


class TestMoving:
    def test_all_that_are_ticked(self, cast: Cast, rows: list[Phase]) -> None:
        client, before = signed_in(cast.reporter), Entry.objects.count()
        response = confirmed(client, chosen(client, "P-1", "P-2"))
        assert (response.status_code, response.headers["Location"]) == (302, "/projects/?q=1")
        assert stages() == {"P-1": "started", "P-2": "started", "P-3": "preparing", "P-4": "preparing"}
        assert Entry.objects.count() == before + 2
        assert "2" in words(client.get("/projects/"))
        assert set(StageChange.objects.filter(by=cast.reporter).values_list("note", flat=True)) == {"集中开工"}

    def test_and_only_those(self, cast: Cast, rows: list[Phase]) -> None:
        client = signed_in(cast.office)
        page = chosen(client, "P-1", "P-2")
        assert confirmed(client, page, part=[f"phase-{rows[1].pk}"]).status_code == 302
        assert stages() == {"P-1": "preparing", "P-2": "started", "P-3": "preparing", "P-4": "preparing"}

    def test_none_when_nothing_is_ticked(self, cast: Cast, rows: list[Phase]) -> None:
        client = signed_in(cast.office)
        response = confirmed(client, chosen(client, "P-1", "P-2"), part=[])
        assert response.status_code == 422
        assert not any(ticked for *_row, ticked in response.context["rows"])
        assert fields(response)["note"] == "集中开工"

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"target": ""}, "target"), ({"target": "nowhere"}, "target"), ({"happened_on": ""}, "happened_on"),
            ({"happened_on": "2023-10-11"}, "happened_on"), ({"happened_on": "2023-02-30"}, "happened_on"),
            ({"happened_on": "2023-04-30"}, "happened_on"), ({"target": "signed"}, "reason"),
        ],
    )  # fmt: skip
    def test_none_when_the_move_is_refused(
        self, cast: Cast, rows: list[Phase], typed: dict[str, str], field: str
    ) -> None:
        client, before = signed_in(cast.office), Entry.objects.count()
        response = confirmed(client, chosen(client, "P-1", "P-2"), **typed)
        assert response.status_code == 422
        assert field in complaints(response)
        assert Entry.objects.count() == before
        assert fields(response)["note"] == "集中开工"
        assert fields(response)["chosen"] == ["P-1", "P-2"]


class TestAllOrNone:
    """Each case spoils one of two that were ticked; the other stays where it was."""

    def refused(self, cast: Cast, page: Any, status: int, *, who: str = "reporter", **typed: Any) -> Any:
        before = Entry.objects.count()
        response = confirmed(signed_in(cast.person(who)), page, **typed)
        assert response.status_code == status, words(response)
        assert stages()["P-1"] == "preparing"
        assert Entry.objects.count() == before
        assert fields(response)["note"] == "集中开工"
        return response

    def test_when_one_was_moved_meanwhile(self, cast: Cast, rows: list[Phase]) -> None:
        page = chosen(signed_in(cast.reporter), "P-1", "P-2")
        office = signed_in(cast.office)
        confirmed(office, chosen(office, "P-2"))
        response = self.refused(cast, page, 409, target="completed", happened_on="2023-10-09")
        assert "office" in words(response)
        assert "项目P-2" in words(response)

    def test_and_can_be_sent_again_then(self, cast: Cast, rows: list[Phase]) -> None:
        page = chosen(signed_in(cast.reporter), "P-1", "P-2")
        office = signed_in(cast.office)
        confirmed(office, chosen(office, "P-2"))
        response = self.refused(cast, page, 409, target="completed", happened_on="2023-10-09")
        again = signed_in(cast.reporter).post(ADDRESS, fields(response))
        assert again.status_code == 302
        assert (stages()["P-1"], stages()["P-2"]) == ("completed", "completed")

    def test_when_one_was_terminated_meanwhile(self, cast: Cast, rows: list[Phase]) -> None:
        page = chosen(signed_in(cast.reporter), "P-1", "P-2")
        Project.objects.filter(code="P-2").update(halted="terminated", halted_on=TODAY, halt_reason="land")
        assert "终止" in words(self.refused(cast, page, 422))

    def test_when_one_was_given_to_another_unit_meanwhile(self, cast: Cast, rows: list[Phase]) -> None:
        page = chosen(signed_in(cast.reporter), "P-1", "P-2")
        Project.objects.filter(code="P-2").update(unit=cast.other_town)
        self.refused(cast, page, 409)

    def test_when_one_was_cut_into_components_meanwhile(self, cast: Cast, rows: list[Phase]) -> None:
        page = chosen(signed_in(cast.reporter), "P-1", "P-2")
        actors.component(rows[1], 1)
        self.refused(cast, page, 409)

    def test_when_one_belongs_to_another_unit(self, cast: Cast, rows: list[Phase]) -> None:
        page = chosen(signed_in(cast.reporter), "P-1", "P-2")
        parts = [f"phase-{rows[0].pk}", f"phase-{rows[2].pk}"]
        self.refused(cast, page, 409, part=parts, chosen=["P-1", "P-3"], **{f"seen-{parts[1]}": "0"})
        assert stages()["P-3"] == "preparing"

    def test_when_one_belongs_to_another_district(self, cast: Cast, rows: list[Phase]) -> None:
        page = chosen(signed_in(cast.office), "P-1", "P-2")
        parts = [f"phase-{rows[0].pk}", f"phase-{rows[3].pk}"]
        typed = {"part": parts, "chosen": ["P-1", "P-4"], f"seen-{parts[1]}": "0"}
        assert "P-4" not in words(self.refused(cast, page, 409, who="office", **typed))

    @pytest.mark.parametrize("seen", ["", "-1", "abc", "99", "９９", "9" * 30, "9" * 5000])
    def test_when_one_lost_its_version(self, cast: Cast, rows: list[Phase], seen: str) -> None:
        page = chosen(signed_in(cast.reporter), "P-1", "P-2")
        self.refused(cast, page, 409, **{f"seen-phase-{rows[1].pk}": seen})

    @pytest.mark.parametrize(
        "part", ["phase-99", "component-1", "phase-", "phase-0", "x", "\x00", "phase-" + "9" * 5000]
    )
    def test_when_one_is_none(self, cast: Cast, rows: list[Phase], part: str) -> None:
        page = chosen(signed_in(cast.reporter), "P-1", "P-2")
        self.refused(cast, page, 409, part=[f"phase-{rows[0].pk}", part])


def test_three_projects_cost_as_many_queries_as_one(cast: Cast) -> None:
    for number in range(1, 4):
        row = actors.project(cast, f"P-{number}")
        actors.component(actors.phase(row, 1), 1, Stage.BUILDING)
        actors.phase(row, 2, Stage.PREPARING, MAY)
    client = signed_in(cast.office)
    chosen(client, "P-1")
    counts = []
    for codes in (["P-1"], ["P-1", "P-2", "P-3"]):
        with CaptureQueriesContext(connection) as counted:
            assert chosen(client, *codes).status_code == 200
        counts.append(len(counted))
    assert counts[0] == counts[1]
