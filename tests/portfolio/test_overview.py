"""The district's month in figures says the same as the list, and leads there."""

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.core import display
from projects.register.models import Project
from projects.register.stages import Stage
from tests import cast as actors
from tests.cast import SEPTEMBER, WAN, Cast, signed_in
from tests.pages import words
from tests.portfolio.conftest import lines
from tests.portfolio.reading import codes, counts, foot, html_of, text_of


def overview(cast: Cast, who: str = "office", **query: Any) -> Any:
    response = signed_in(cast.person(who)).get("/overview/", {"month": "2023-09", **query})
    assert response.status_code == 200
    return response


def table(response: Any, title: str) -> list[list[str]]:
    """The rows of the table in the panel with this title, the line of sums last."""
    panel = re.search(rf"<h2>{title}.*?</table>", html_of(response), flags=re.DOTALL)
    assert panel, title
    rows = re.findall(r"<tr\b.*?</tr>", panel[0], flags=re.DOTALL)
    return [[text_of(cell) for cell in re.findall(r"<td\b.*?</td>", row, flags=re.DOTALL)] for row in rows[1:]]


class TestTheTotals:
    def test_are_those_of_the_list(self, cast: Cast, district: dict[str, Project]) -> None:
        found = overview(cast).context["found"]
        for code, sums in found.by_class.items():
            response = signed_in(cast.office).get(
                "/projects/", {"month": "2023-09", "project_class": code or "none", "per_page": "200"}
            )
            assert len(codes(response)) == sums.count
            for amount in (sums.total_investment, sums.year_plan, sums.invested_to_date):
                assert display.wan(amount) in foot(response)
        assert sum(sums.count for sums in found.by_class.values()) == 12

    def test_by_class_add_up(self, cast: Cast, district: dict[str, Project]) -> None:
        *rows, total = table(overview(cast), "按类型")
        assert total[1] == "12"
        assert sum(int(row[1]) for row in rows) == 12
        assert [row[0] for row in rows] == ["实施类", "储备类", "招商", "未明确"]

    def test_by_unit_are_those_of_its_planned_projects(self, cast: Cast, district: dict[str, Project]) -> None:
        rows = table(overview(cast), "按责任单位")
        planned = [line for line in lines(cast) if line.project_class == "implementation" and line.year_plan]
        assert {row[0]: int(row[1]) for row in rows} == {
            unit: sum(line.unit_name == unit for line in planned) for unit in {line.unit_name for line in planned}
        }
        assert [row[0] for row in rows] == ["市中区", "孟庄镇", "税郭镇"], "the furthest ahead first"
        assert [row[4] for row in rows] == ["100.0", "65.0", "27.6"]

    def test_of_the_implementation_class(self, cast: Cast, district: dict[str, Project]) -> None:
        found = overview(cast).context["found"]
        rows = [line for line in lines(cast) if line.project_class == "implementation"]
        assert found.implementation.count == len(rows) == 8
        assert found.started == 7
        assert found.implementation.year_plan == 6_700 * WAN
        assert found.implementation.invested_of_plan == 2_730 * WAN
        assert display.percent(found.implementation.completion_rate) == "40.7"
        assert display.points(found.implementation.lead(SEPTEMBER)) == "−34.3"
        said = words(overview(cast))
        assert "40.7" in said
        assert "−34.3" in said

    def test_of_the_leads(self, cast: Cast, district: dict[str, Project]) -> None:
        found = overview(cast).context["found"]
        assert (found.signed.count, found.signed.total_investment, found.in_talks) == (1, 20_000 * WAN, 1)

    @pytest.mark.parametrize(
        ("total", "least", "counted"), [(9_999, None, 0), (10_000, None, 1), (None, 10_000, 1), (None, 9_999, 0)]
    )
    def test_a_signed_lead_counts_from_100_million_on(
        self, cast: Cast, total: int | None, least: int | None, counted: int
    ) -> None:
        row = actors.project(
            cast, project_class="lead", total_investment=total and total * WAN, total_at_least=least and least * WAN
        )
        actors.phase(row, 1, Stage.SIGNED)
        assert overview(cast).context["found"].signed.count == counted

    def test_of_a_year_without_plans_are_none(self, cast: Cast) -> None:
        actors.project(cast)
        assert "—" in words(overview(cast))

    def test_of_an_empty_district(self, cast: Cast) -> None:
        assert overview(cast).context["all"].count == 0


class TestTheWayOn:
    def test_every_link_shows_as_many_projects_as_it_says(self, cast: Cast, district: dict[str, Project]) -> None:
        response, office = overview(cast), signed_in(cast.office)
        seen = 0
        for link in re.findall(r'<a class="colour-count.*?</a>', html_of(response), flags=re.DOTALL):
            address = unescape(re.findall(r'href="([^"]*)"', link)[0])
            assert len(codes(office.get(address))) == int(text_of(link).rsplit(" ", 1)[1]), address
            seen += 1
        for row in re.findall(r"<tr><td><a href=.*?</tr>", html_of(response), flags=re.DOTALL):
            address = unescape(re.findall(r'href="([^"]*)"', row)[0])
            cells = [text_of(cell) for cell in re.findall(r"<td\b.*?</td>", row, flags=re.DOTALL)]
            shown = office.get(address)
            if "unit=" not in address:
                assert len(codes(shown)) == int(cells[1]), address
            assert codes(shown), address
            seen += 1
        assert seen == 6 + 4 + 3

    def test_the_colours_are_those_of_the_implementation_class(self, cast: Cast, district: dict[str, Project]) -> None:
        listed = signed_in(cast.office).get("/projects/?month=2023-09&project_class=implementation")
        of_list = {word: number for word, number in counts(listed).items() if word != "全部"}
        assert counts(overview(cast)) == of_list


class TestWhoSeesIt:
    @pytest.mark.parametrize("who", ["admin", "office", "reporter", "leader", "auditor"])
    def test_everybody_of_the_district(self, cast: Cast, district: dict[str, Project], who: str) -> None:
        assert overview(cast, who).context["all"].count == 12

    def test_a_stranger_their_own(self, cast: Cast, district: dict[str, Project]) -> None:
        response = overview(cast, "stranger")
        assert response.context["all"].count == 1
        assert "税郭镇" not in html_of(response)

    def test_it_is_only_read(self, cast: Cast, district: dict[str, Project]) -> None:
        assert signed_in(cast.office).post("/overview/").status_code == 405


def test_twelve_projects_cost_as_many_queries_as_one(cast: Cast, district: dict[str, Project]) -> None:
    counted = []
    for who in ("stranger", "office"):
        client = signed_in(cast.person(who))
        client.get("/overview/?month=2023-09")
        with CaptureQueriesContext(connection) as queries:
            client.get("/overview/?month=2023-09")
        counted.append(len(queries))
    assert counted[0] == counted[1]
