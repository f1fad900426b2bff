"""One project's page: what it is, how far it is, its money and colours of the month chosen, and its history."""

import datetime
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from projects.core.month import Month
from projects.journal.models import Entry
from projects.register.models import Capacity, Incident, Milestone, Project
from projects.register.stages import Stage
from tests import cast as actors
from tests.cast import TODAY, WAN, Cast, signed_in
from tests.pages import words
from tests.portfolio.reading import html_of


def read(cast: Cast, code: str = "A-1", who: str = "office", **query: Any) -> Any:
    response = signed_in(cast.person(who)).get(f"/projects/{code}/", query)
    assert response.status_code == 200
    return response


class TestWhatItSays:
    def test_the_facts(self, cast: Cast, district: dict[str, Project]) -> None:
        said = words(read(cast))
        for fact in (
            "年产6GW高效电池项目", "泉为", "Quanwei 新能源有限公司", "税郭镇", "王区长", "省重点、市重点", "新能源",
            "实施类", "36,000", "2022-03-01", "2022-03-20",
        ):  # fmt: skip
            assert fact in said, fact

    def test_the_colour_of_the_month_with_its_reason(self, cast: Cast, district: dict[str, Project]) -> None:
        assert "快8.3个百分点" in words(read(cast))
        assert "项目已停建" in words(read(cast, "A-10"))
        assert "不可抗力" in words(read(cast, "A-9"))

    def test_the_figures_up_to_the_month(self, cast: Cast, district: dict[str, Project]) -> None:
        in_july = read(cast, month="2023-07")
        assert in_july.context["this_month"].invested_to_date is None
        assert in_july.context["since_start"] is None
        in_august = read(cast, month="2023-08")
        assert in_august.context["this_month"].invested_to_date == 1000 * WAN
        assert "1,000" in words(in_august)

    def test_of_a_total_only_known_from_below(self, cast: Cast, district: dict[str, Project]) -> None:
        assert "不低于15,000" in words(read(cast, "A-7")).replace(" ", "")

    def test_before_it_was_listed(self, cast: Cast) -> None:
        actors.project(cast, listed_from=Month(2023, 6))
        assert "2023年6月" in words(read(cast, "P-1", month="2023-05"))

    def test_with_nothing_but_a_name(self, cast: Cast) -> None:
        actors.project(cast)
        assert "项目P-1" in words(read(cast, "P-1"))

    def test_capacities_and_what_stands_beside(self, cast: Cast, district: dict[str, Project]) -> None:
        row = district["A-1"]
        Capacity.objects.create(phase=row.phases.get(), product="组件", planned=6, commissioned=3, unit="GW")
        Milestone.objects.create(project=row, name="主体封顶", planned_on=datetime.date(2023, 12, 1), is_key=True)
        Incident.objects.create(project=row, kind="false_data", happened_on=TODAY, note="多报产值")
        said = words(read(cast))
        for fact in ("3 / 6 GW", "主体封顶", "2023-12-01", "虚报数据", "多报产值"):
            assert fact in said, fact

    def test_every_move_with_who_and_why(self, cast: Cast, district: dict[str, Project]) -> None:
        office = signed_in(cast.office)
        typed = {"target": "preparing", "happened_on": "2023-10-09", "reason": "手续作废", "version": "0"}
        assert office.post("/projects/A-2/phases/1/move/", typed).status_code == 302
        said = words(read(cast, "A-2"))
        assert "开工 → 前期" in said
        assert "手续作废" in said


class TestWhatItOffers:
    OFFICE = ("/edit/", "/phases/new/", "/halt/", "/exempt/", "/incidents/new/", "/milestones/new/")

    def offered(self, response: Any) -> set[str]:
        return {
            re.sub(r"^/projects/[\w-]+|\?.*$", "", link)
            for link in re.findall(r'href="(/projects/[\w-]+/[^"]*)"', html_of(response))
        }

    def test_the_office_everything(self, cast: Cast, district: dict[str, Project]) -> None:
        offered = self.offered(read(cast))
        assert {*self.OFFICE, "/plan/2023/", "/phases/1/move/", "/figures/2023-09/"} <= offered

    def test_the_reporter_the_moves_and_plans_of_the_own_projects(
        self, cast: Cast, district: dict[str, Project]
    ) -> None:
        offered = self.offered(read(cast, who="reporter"))
        assert {"/phases/1/move/", "/plan/2023/"} <= offered
        assert not offered & set(self.OFFICE)
        assert "/phases/1/move/" not in self.offered(read(cast, who="other_reporter"))

    @pytest.mark.parametrize("who", ["leader", "auditor"])
    def test_a_reader_nothing_that_would_be_refused(self, cast: Cast, district: dict[str, Project], who: str) -> None:
        offered = self.offered(read(cast, who=who))
        assert not {each for each in offered if each not in {"/"}}

    def test_what_it_offers_opens(self, cast: Cast, district: dict[str, Project]) -> None:
        office = signed_in(cast.office)
        for code in ("A-1", "A-11", "A-10"):
            for path in self.offered(read(cast, code)):
                assert office.get(f"/projects/{code}{path}").status_code == 200, (code, path)

    def test_figures_for_the_months_that_may_have_them(self, cast: Cast) -> None:
        actors.project(cast, listed_from=Month(2023, 6))
        offered = self.offered(read(cast, "P-1"))
        months = {each for each in offered if each.startswith("/figures/")}
        assert months == {f"/figures/2023-{number:02}/" for number in (6, 7, 8, 9)}


class TestItsHistory:
    def test_tells_who_changed_what(self, cast: Cast, district: dict[str, Project]) -> None:
        office = signed_in(cast.office)
        office.post("/projects/A-1/figures/2023-09/", {"invested_this_month": "50"})
        said = words(read(cast))
        assert "50" in said
        assert "office" in said

    def test_has_pages(self, cast: Cast, district: dict[str, Project]) -> None:
        office = signed_in(cast.office)
        for number in range(1, 25):
            typed = {
                "invested_this_month": str(number),
                "reason": "更正",
                "version": "" if number == 1 else str(number - 2),
            }
            assert office.post("/projects/A-1/figures/2023-09/", typed).status_code == 302
        entries = Entry.objects.filter(project_id=district["A-1"].pk).count()
        assert len(read(cast).context["history"]) == 20
        assert len(read(cast, history="2").context["history"]) == entries - 20
        assert "history=2" in html_of(read(cast))

    @pytest.mark.parametrize("number", ["0", "-1", "99", "二", "9" * 5000, "1.5", ""])
    def test_of_a_page_that_is_none_is_still_one(self, cast: Cast, district: dict[str, Project], number: str) -> None:
        assert read(cast, history=number).context["history"]


class TestWhoSeesIt:
    @pytest.mark.parametrize("who", ["admin", "office", "reporter", "other_reporter", "leader", "auditor"])
    def test_everybody_of_the_district(self, cast: Cast, district: dict[str, Project], who: str) -> None:
        assert "泉为" in words(read(cast, who=who))

    def test_no_stranger(self, cast: Cast, district: dict[str, Project]) -> None:
        response = signed_in(cast.stranger).get("/projects/A-1/")
        assert response.status_code == 404
        assert "泉为" not in html_of(response)

    def test_only_the_own_unit_where_reading_is_narrowed(
        self, cast: Cast, district: dict[str, Project], settings: Settings
    ) -> None:
        settings.READING = "unit"
        assert signed_in(cast.other_reporter).get("/projects/A-1/").status_code == 404
        assert signed_in(cast.reporter).get("/projects/A-1/").status_code == 200
        assert signed_in(cast.leader).get("/projects/A-1/").status_code == 200

    def test_it_is_only_read(self, cast: Cast, district: dict[str, Project]) -> None:
        office = signed_in(cast.office)
        for method in (office.post, office.put, office.delete):
            assert method("/projects/A-1/").status_code == 405


def test_three_of_everything_cost_as_many_queries_as_one(cast: Cast) -> None:
    row, office, found = actors.project(cast), signed_in(cast.office), []
    actors.plan(row, 1200 * WAN)
    for numbers in ([1], [2, 3]):
        for number in numbers:
            part = actors.phase(row, number)
            actors.component(part, 1, Stage.BUILDING)
            Capacity.objects.create(phase=part, product="组件", planned=6, unit="GW")
            Milestone.objects.create(project=row, name=f"节点{number}", planned_on=TODAY)
            actors.figures(row, Month(2023, number), WAN)
        office.get("/projects/P-1/")
        with CaptureQueriesContext(connection) as counted:
            assert office.get("/projects/P-1/").status_code == 200
        found.append(len(counted))
    assert found[0] == found[1]
