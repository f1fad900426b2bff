"""A published month is told as it was published: its list, its project pages, in its own words and colours."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from projects.accounts.models import Unit
from projects.bulletins.actions import rerate_changed
from projects.bulletins.actions.deciding import decide_override, propose_override
from projects.bulletins.models import PolicyEdition
from projects.bulletins.queries.told import told, told_months
from projects.core.month import Month
from projects.rating.editions import palette_as_json, policy_as_json, unit_policy_as_json
from projects.rating.palettes import DEFAULT_PALETTE, HONOURS, Palette
from projects.rating.policy import DEFAULT_POLICY
from projects.rating.units import DEFAULT_UNIT_POLICY
from projects.register.models import Category, Leader, Project
from projects.register.stages import Stage
from tests.bulletins.month import district_of_three, published
from tests.cast import AT, SEPTEMBER, TODAY, Cast, moved, signed_in
from tests.pages import words
from tests.portfolio.ranked import AUGUST, invested
from tests.portfolio.reading import codes, foot, html_of, row_of

JANUARY = Month(2023, 1)


@pytest.fixture(autouse=True)
def _standing_clock(settings: Settings) -> None:
    settings.TODAY = TODAY


def rows_of(client: Client, month: str = "2023-08", **query: str) -> str:
    """The whole table of the list, cell by cell."""
    found = re.search(r"<tbody>.*</tfoot>", html_of(client.get("/projects/", {"month": month, **query})), re.DOTALL)
    assert found
    return found[0]


def changed(rows: list[Project], cast: Cast) -> None:
    """Everything that a list names, called otherwise, moved, and worth something else."""
    other = Category.objects.create(name="基础设施")
    Unit.objects.filter(pk=cast.town.pk).update(name="新税郭镇", short_name="新税郭")
    Leader.objects.filter(pk=cast.boss.pk).update(name="赵区长")
    invested(rows[0], AUGUST, 1)
    moved(rows[1].phases.get().components.get(), Stage.COMPLETED)
    Project.objects.update(
        name="改了名的项目", short_name="改名", unit=cast.other_town, category=other, total_investment=7,
        rerate_from=Month(2023, 1),
    )  # fmt: skip


def flip(palette: Palette, month: Month = JANUARY, **policy: Any) -> None:
    """A later edition of the rules that holds from `month` on."""
    PolicyEdition.objects.create(
        number=PolicyEdition.objects.count() + 1, name="新规则", holds_from=month, reason="统一口径", by=None, at=AT,
        policy=policy_as_json(replace(DEFAULT_POLICY, **policy)), palette=palette_as_json(palette),
        unit_policy=unit_policy_as_json(DEFAULT_UNIT_POLICY),
    )  # fmt: skip
    Project.objects.update(rerate_from=month)  # as the action does that sets rules


class TestTheList:
    def test_of_a_published_month_stays_sign_for_sign(self, cast: Cast) -> None:
        rows = district_of_three(cast)
        published(cast, AUGUST)
        office = signed_in(cast.office)
        before, live = rows_of(office), rows_of(office, "2023-09")
        changed(rows, cast)
        assert rows_of(office) == before
        assert "项目P-1" in before
        assert "税郭镇" in before
        assert "王区长" in before
        now = rows_of(office, "2023-09")
        assert now != live
        assert "新税郭" not in now  # the projects were given to another town
        assert "改名" in now

    def test_of_an_open_month_follows(self, cast: Cast) -> None:
        rows = district_of_three(cast)
        office = signed_in(cast.office)
        before = rows_of(office)
        changed(rows, cast)
        assert rows_of(office) != before

    def test_says_that_it_was_published(self, cast: Cast) -> None:
        district_of_three(cast)
        published(cast, AUGUST)
        office = signed_in(cast.office)
        assert "按2023-10-13发布的通报（第8期）" in words(office.get("/projects/?month=2023-08"))
        assert "发布的通报" not in words(office.get("/projects/?month=2023-09"))

    def test_still_finds_who_held_a_project_then(self, cast: Cast) -> None:
        rows = district_of_three(cast)
        published(cast, AUGUST)
        changed(rows, cast)
        office = signed_in(cast.office)
        response = office.get(f"/projects/?month=2023-08&unit={cast.town.pk}")
        assert len(codes(response)) == 3
        assert not response.context["refused"]
        # in the month at hand the town holds none any more, and is no choice
        assert office.get(f"/projects/?month=2023-09&unit={cast.town.pk}").context["refused"]

    def test_is_narrowed_to_projects_with_a_plan_and_without_a_leader(self, cast: Cast) -> None:
        rows = district_of_three(cast)
        Project.objects.filter(pk=rows[2].pk).update(leader=None, rerate_from=SEPTEMBER)
        rows[0].plans.all().delete()
        Project.objects.filter(pk=rows[0].pk).update(rerate_from=SEPTEMBER)
        office = signed_in(cast.office)
        for query, expected in (
            ("plan=with", {"P-2", "P-3"}), ("plan=without", {"P-1"}), ("leader=none", {"P-3"}),
            ("plan=with&leader=none", {"P-3"}), ("plan=both", {"P-1", "P-2", "P-3"}),
            ("itself=only", {"P-1", "P-2", "P-3"}),
        ):  # fmt: skip
            assert set(codes(office.get(f"/projects/?month=2023-09&{query}"))) == expected, query

    def test_of_a_unit_itself_leaves_out_the_units_below(self, cast: Cast) -> None:
        rows = district_of_three(cast)
        Project.objects.filter(pk=rows[0].pk).update(unit=cast.district, rerate_from=SEPTEMBER)
        office = signed_in(cast.office)
        all_of_it = office.get(f"/projects/?month=2023-09&unit={cast.district.pk}")
        assert len(codes(all_of_it)) == 3
        own = office.get(f"/projects/?month=2023-09&unit={cast.district.pk}&itself=only")
        assert codes(own) == ["P-1"]
        assert "下级单位" in words(own)  # said among what narrows the list, where it can be lifted
        assert "下级单位" not in words(all_of_it)


class TestThePalette:
    """DOMAIN 8: the palette is flipped after published periods."""

    def test_of_a_published_month_keeps_its_words(self, cast: Cast) -> None:
        district_of_three(cast)
        published(cast, AUGUST)
        office = signed_in(cast.office)
        before = rows_of(office)
        flip(HONOURS)
        assert rows_of(office) == before
        assert row_of(office.get("/projects/?month=2023-08"), "P-3").startswith("■ 红")
        assert row_of(office.get("/projects/?month=2023-09"), "P-3").startswith("■ 蓝")  # the worst is blue there

    def test_of_a_month_is_what_its_filter_goes_by(self, cast: Cast) -> None:
        district_of_three(cast)
        published(cast, AUGUST)
        flip(HONOURS)
        office = signed_in(cast.office)
        assert codes(office.get("/projects/?month=2023-08&colour=red")) == ["P-3"]
        assert codes(office.get("/projects/?month=2023-09&colour=red")) == ["P-1"]

    def test_holds_from_its_month_on(self, cast: Cast) -> None:
        flip(HONOURS, SEPTEMBER)
        assert told(cast.district, AUGUST).palette == DEFAULT_PALETTE
        assert told(cast.district, SEPTEMBER).palette == HONOURS
        both = told_months(cast.district, [AUGUST, SEPTEMBER])
        assert [each.palette for each in both.values()] == [DEFAULT_PALETTE, HONOURS]

    def test_the_sums_kept_are_those_of_the_palette(self, cast: Cast) -> None:
        district_of_three(cast)
        office = signed_in(cast.office)
        assert codes(office.get("/projects/?month=2023-09&colour=blue")) == ["P-1"]
        office.get("/overview/?month=2023-09")
        flip(HONOURS)
        assert codes(office.get("/projects/?month=2023-09&colour=blue")) == ["P-3"]
        assert office.get("/overview/?month=2023-09").context["found"].by_colour["blue"].count == 1


class TestTold:
    def test_is_one_query_for_a_published_month_and_two_for_another(self, cast: Cast) -> None:
        district_of_three(cast)
        bulletin = published(cast, AUGUST)
        for month, queries in ((AUGUST, 1), (SEPTEMBER, 2)):
            with CaptureQueriesContext(connection) as counted:
                found = told(cast.district, month)
            assert len(counted) == queries
            assert found.is_published is (month == AUGUST)
        assert told(cast.district, AUGUST).bulletin == bulletin
        assert told(cast.elsewhere, AUGUST).bulletin is None

    def test_of_many_months_is_the_same_in_two_queries(self, cast: Cast) -> None:
        district_of_three(cast)
        published(cast, AUGUST)
        months = [Month(2023, 7), AUGUST, SEPTEMBER]
        with CaptureQueriesContext(connection) as counted:
            found = told_months(cast.district, months)
        assert len(counted) == 2
        assert found == {month: told(cast.district, month) for month in months}


class TestTheProject:
    def test_shows_published_months_as_published(self, cast: Cast) -> None:
        rows = district_of_three(cast)
        published(cast, AUGUST)
        office = signed_in(cast.office)
        changed(rows, cast)
        flip(HONOURS)
        response = office.get("/projects/P-3/?month=2023-09")
        september, august = response.context["coloured"][:2]
        assert (august.word, august.is_published) == ("红", True)
        assert (september.word, september.is_published) == ("蓝", False)
        assert "按2023-10-13发布的通报" in words(office.get("/projects/P-3/?month=2023-08"))
        assert 'href="/projects/?month=2023-08"' in html_of(response)

    def test_marks_what_was_decided_otherwise_than_by_the_rules(self, cast: Cast) -> None:
        row = district_of_three(cast)[2]
        override = propose_override(row, SEPTEMBER, reason="汛期停工", by=cast.office, at=AT)
        decide_override(override, "approved", by=None, at=AT)
        rerate_changed(through=SEPTEMBER)
        response = signed_in(cast.leader).get("/projects/P-3/?month=2023-09")
        assert response.context["now"].starred == "黄*"
        html = html_of(response)
        assert "黄*" in words(response)
        assert re.search(r'<li class="strip-cell strip-yellow"[^>]*title="2023-09 黄\*: [^"]*慢', html), html

    def test_says_on_hovering_why(self, cast: Cast) -> None:
        district_of_three(cast)
        html = html_of(signed_in(cast.leader).get("/projects/P-2/?month=2023-09"))
        assert re.search(r'title="2023-09 黄: [^"]*慢15.0个百分点', html)


def test_the_foot_of_a_published_list_stays_too(cast: Cast) -> None:
    rows = district_of_three(cast)
    published(cast, AUGUST)
    office = signed_in(cast.office)
    before = foot(office.get("/projects/?month=2023-08"))
    changed(rows, cast)
    assert foot(office.get("/projects/?month=2023-08")) == before
