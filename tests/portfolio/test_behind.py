"""The first page: who changes projects sees what lags among their own, who only reads the worst of all."""

import datetime
import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.core.month import Month
from projects.register.models import Project
from projects.register.stages import Stage
from tests import cast as actors
from tests.cast import WAN, Cast, signed_in
from tests.pages import words
from tests.portfolio.conftest import ENTERED, placed
from tests.portfolio.reading import codes, counts, html_of, text_of


def work(cast: Cast, who: str, **query: Any) -> Any:
    response = signed_in(cast.person(who)).get("/", {"month": "2023-09", **query})
    assert response.status_code == 200
    return response


LAGGING = {
    "admin": ["A-3", "A-8", "A-2"], "office": ["A-3", "A-8", "A-2"], "reporter": ["A-3"],
    "other_reporter": ["A-8", "A-2"], "leader": ["A-3", "A-8", "A-2"], "auditor": ["A-3", "A-8", "A-2"],
    "stranger": ["E-1"],
}  # fmt: skip
MISSING = {
    "admin": {"A-1", "A-2", "A-3", "A-4", "A-12"}, "office": {"A-1", "A-2", "A-3", "A-4", "A-12"},
    "reporter": set(), "other_reporter": set(), "leader": set(), "auditor": set(),
    "stranger": {"E-1"},
}  # fmt: skip


def lacking(response: Any) -> set[str]:
    """The projects that the section of missing figures names."""
    section = re.search(r'<section[^>]*id="missing".*?</section>', html_of(response), flags=re.DOTALL)
    return set(re.findall(r'href="/projects/([\w-]+)/\?month=', section[0])) if section else set()


@pytest.mark.parametrize("who", LAGGING)
def test_each_role_has_its_own(cast: Cast, district: dict[str, Project], who: str) -> None:
    response = work(cast, who)
    section = re.search(r'<section[^>]*id="behind".*?</section>', html_of(response), flags=re.DOTALL)
    assert section
    found = re.findall(r'href="/projects/([\w-]+)/\?month=', section[0])
    assert found == LAGGING[who], "the worst first"
    assert f"{len(found)} 个项目" in text_of(section[0])
    assert lacking(response) == MISSING[who]


class TestWhatIsMissing:
    def test_is_offered_to_be_entered_to_who_may(self, cast: Cast, district: dict[str, Project]) -> None:
        assert 'href="/projects/A-1/figures/2023-09/"' in html_of(work(cast, "office"))
        assert "/figures/" not in html_of(work(cast, "reporter"))

    def test_is_gone_once_it_is_entered(self, cast: Cast, district: dict[str, Project]) -> None:
        office = signed_in(cast.office)
        office.post("/projects/A-1/figures/2023-09/", {"invested_this_month": "50"})
        assert "A-1" not in lacking(work(cast, "office"))

    def test_leaves_out_what_is_exempt_halted_or_without_a_plan(self, cast: Cast, district: dict[str, Project]) -> None:
        assert not lacking(work(cast, "office")) & {"A-9", "A-10", "A-5", "A-8"}

    def test_is_asked_of_the_month_chosen(self, cast: Cast, district: dict[str, Project]) -> None:
        assert lacking(work(cast, "office", month="2023-08")) == {"A-4"}

    def test_and_nothing_says_so(self, cast: Cast) -> None:
        said = words(work(cast, "office"))
        assert "数据已全部录入" in said
        assert "2023年9月" in said


class TestLongLists:
    def test_show_the_first_twelve_and_the_whole_count(self, cast: Cast) -> None:
        for number in range(15):
            placed(f"L-{number}", cast, Stage.BUILDING, planned=1200, invested=number, **ENTERED)
        response = work(cast, "office")
        assert len(codes(response)) == 18  # six that lag, twelve without figures
        assert (response.context["lagging"], response.context["missing"]) == (15, 15)


class TestTheWayOn:
    def test_every_colour_leads_to_the_list_in_that_colour(self, cast: Cast, district: dict[str, Project]) -> None:
        response, office = work(cast, "office"), signed_in(cast.office)
        for link in re.findall(r'<a class="colour-count.*?</a>', html_of(response), flags=re.DOTALL):
            address = unescape(re.findall(r'href="([^"]*)"', link)[0])
            assert len(codes(office.get(address))) == int(text_of(link).rsplit(" ", 1)[1]), address

    def test_a_reporters_colours_count_and_show_the_own_projects(
        self, cast: Cast, district: dict[str, Project]
    ) -> None:
        response, reporter = work(cast, "reporter"), signed_in(cast.reporter)
        assert sum(counts(response).values()) == 8
        for link in re.findall(r'<a class="colour-count.*?</a>', html_of(response), flags=re.DOTALL):
            address = unescape(re.findall(r'href="([^"]*)"', link)[0])
            assert len(codes(reporter.get(address))) == int(text_of(link).rsplit(" ", 1)[1]), address

    @pytest.mark.parametrize(
        ("who", "entries"),
        [
            ("admin", ["我的工作", "项目", "月报", "问题清单", "督办", "概览", "操作日志", "管理"]),
            ("office", ["我的工作", "项目", "月报", "问题清单", "督办", "概览", "管理"]),
            ("reporter", ["我的工作", "项目", "月报", "问题清单", "督办", "概览"]),
            ("leader", ["我的工作", "项目", "月报", "问题清单", "督办", "概览"]),
            ("auditor", ["我的工作", "项目", "月报", "问题清单", "督办", "概览", "操作日志"]),
        ],
    )  # fmt: skip
    def test_the_navigation_holds_what_opens(
        self, cast: Cast, district: dict[str, Project], who: str, entries: list[str]
    ) -> None:
        response, client = work(cast, who), signed_in(cast.person(who))
        assert [str(entry.label) for entry in response.context["navigation"]] == entries
        for entry in response.context["navigation"]:
            assert client.get(entry.url).status_code == 200


def test_it_is_only_read(cast: Cast) -> None:
    assert signed_in(cast.office).post("/").status_code == 405


def test_a_new_installation_says_what_is_there(cast: Cast) -> None:
    assert "没有滞后项目" in words(work(cast, "office"))


def test_three_projects_cost_as_many_queries_as_one(cast: Cast) -> None:
    office, found = signed_in(cast.office), []
    for numbers in ([1], [2, 3]):
        for number in numbers:
            row = actors.project(cast, f"P-{number}", planned_start=datetime.date(2022, 1, 1))
            actors.plan(row, 1200 * WAN)
            actors.figures(row, Month(2023, 8), 100 * WAN)
        office.get("/")
        with CaptureQueriesContext(connection) as counted:
            office.get("/")
        found.append(len(counted))
    assert found[0] == found[1]
