"""A new installation: what leads to its first month, for whom, and until when."""

import pytest
from pytest_django import Settings

from tests.cast import TODAY, Cast, project, signed_in
from tests.pages import words
from tests.progress.month import opened


@pytest.fixture(autouse=True)
def _on_the_day_of_the_cast(settings: Settings) -> None:
    settings.TODAY = TODAY


def steps(cast: Cast, who: str) -> list[tuple[str, bool, bool]]:
    found = signed_in(cast.person(who)).get("/").context["first_steps"]
    return [(str(each.step), each.done, each.allowed) for each in found]


class TestFirstSteps:
    def test_of_the_administrator_and_the_office(self, cast: Cast) -> None:
        assert steps(cast, "admin") == [
            ("units", True, True), ("accounts", True, True), ("projects", False, True), ("month", False, True),
        ]  # fmt: skip
        assert steps(cast, "office")[:2] == [("units", True, False), ("accounts", True, False)]

    @pytest.mark.parametrize("who", ["reporter", "leader", "auditor"])
    def test_are_not_for_others(self, cast: Cast, who: str) -> None:
        assert steps(cast, who) == []

    def test_an_open_month_is_done(self, cast: Cast) -> None:
        opened()
        assert steps(cast, "office")[-1] == ("month", True, True)

    def test_lead_where_they_are_done(self, cast: Cast) -> None:
        client = signed_in(cast.person("admin"))
        page = client.get("/").content.decode()
        assert "启用步骤" in page
        for address in ("/exchange/import/", "/reports/periods/"):
            assert f'href="{address}"' in page
            assert client.get(address).status_code == 200

    def test_end_with_the_first_project(self, cast: Cast) -> None:
        project(cast, "P-1")
        assert steps(cast, "admin") == []
        assert "启用步骤" not in signed_in(cast.person("admin")).get("/").content.decode()


class TestTheEmptyList:
    @pytest.mark.parametrize(("who", "told"), [("office", "可直接导入"), ("leader", "由重点项目办录入")])
    def test_says_what_comes_first(self, cast: Cast, who: str, told: str) -> None:
        page = words(signed_in(cast.person(who)).get("/projects/"))
        assert "项目库尚无项目" in page
        assert told in page
        assert "没有符合条件的项目" not in page

    def test_of_a_filter_says_that_nothing_matches(self, cast: Cast) -> None:
        project(cast, "P-1")
        page = words(signed_in(cast.office).get("/projects/?q=没有"))
        assert "没有符合条件的项目" in page
        assert "项目库尚无项目" not in page
