"""Trying an edition: what it says is what setting it does, and nothing is stored."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.bulletins.actions import rate_month
from projects.bulletins.actions.recolouring import recolour
from projects.bulletins.models import Line, PolicyEdition
from projects.bulletins.queries import trying
from projects.bulletins.queries.trying import MovedUnit, months_to_try, trial
from projects.core.month import Month
from projects.journal.models import Entry
from projects.rating.palettes import HONOURS, TRAFFIC_LIGHT, Palette
from projects.rating.policy import POLICIES, Band, Policy
from projects.rating.units import UnitPolicy
from projects.register.models import Project
from tests.bulletins.month import district_of_three, published
from tests.bulletins.rules import STRICT, edition, edition_set
from tests.cast import SEPTEMBER, WAN, Cast, figures, plan, project

AUGUST = Month(2023, 8)


@pytest.fixture
def rows(cast: Cast) -> list[Project]:
    return district_of_three(cast)


def test_names_the_projects_that_would_change_and_why(cast: Cast, rows: list[Project]) -> None:
    found = trial(cast.office, SEPTEMBER, edition(STRICT), current=True)
    assert dict(found.before) == {(0, ""): 1, (1, ""): 1, (2, ""): 1}
    assert dict(found.after) == {(0, ""): 1, (2, ""): 2}
    assert [(each.now.code, each.now.level, each.then.level) for each in found.moved] == [("P-2", 1, 2)]
    assert found.moved[0].reasons == ["完成60.0%，序时75.0%，慢15.0个百分点（红：慢于10以上）"]
    assert (found.changing, found.published) == (1, False)


def test_stores_nothing(cast: Cast, rows: list[Project]) -> None:
    lines, entries = list(Line.objects.order_by("id").values()), Entry.objects.count()
    trial(cast.office, SEPTEMBER, edition(STRICT, HONOURS), current=True)
    assert list(Line.objects.order_by("id").values()) == lines
    assert (Entry.objects.count(), PolicyEdition.objects.count()) == (entries, 0)


@pytest.mark.parametrize("policy", POLICIES)
def test_says_what_setting_it_does(cast: Cast, rows: list[Project], policy: str) -> None:
    given = edition(POLICIES[policy])
    found = trial(cast.office, SEPTEMBER, given, current=True)
    edition_set(given)
    recolour(through=SEPTEMBER)
    stands = Line.objects.of(SEPTEMBER).values_list("level", "standing")
    assert sorted(found.after.elements(), key=str) == sorted(stands, key=str)


def test_another_look_is_no_change_but_fewer_levels_are(cast: Cast, rows: list[Project]) -> None:
    assert trial(cast.office, SEPTEMBER, edition(palette=HONOURS), current=True).changing == 0
    two = Palette("own", "二色", TRAFFIC_LIGHT.shades[:2])
    found = trial(cast.office, SEPTEMBER, edition(palette=two), current=True)
    assert dict(found.after) == {(0, ""): 1, (1, ""): 2}
    assert [each.now.code for each in found.moved] == ["P-3"]


def test_of_an_earlier_month(cast: Cast, rows: list[Project]) -> None:
    assert months_to_try(SEPTEMBER) == [SEPTEMBER, AUGUST]
    assert months_to_try(AUGUST) == [AUGUST]
    stricter = edition(Policy(investment_lag=Band((1, 5))))
    found = trial(cast.office, AUGUST, stricter, current=False)
    assert (found.month, [each.now.code for each in found.moved]) == (AUGUST, ["P-2"])


def test_a_published_month_is_compared_with_what_was_published(cast: Cast, rows: list[Project]) -> None:
    published(cast)
    Project.objects.filter(pk=rows[0].pk).update(short_name="改名")
    found = trial(cast.office, SEPTEMBER, edition(STRICT), current=True)
    assert found.published
    assert [each.now.code for each in found.moved] == ["P-2"]
    assert not trial(cast.office, AUGUST, edition(STRICT), current=False).published
    assert not trial(cast.stranger, SEPTEMBER, edition(STRICT), current=True).published


def test_units_change_colour_by_their_own_rules(cast: Cast, rows: list[Project]) -> None:
    ahead = project(cast, "E-1", unit=cast.other_town)
    plan(ahead, 100 * WAN)
    figures(ahead, SEPTEMBER, 90 * WAN)
    rate_month(SEPTEMBER, current=True)
    assert trial(cast.office, SEPTEMBER, edition(), current=True).units == []
    lenient = trial(cast.office, SEPTEMBER, edition(units=UnitPolicy(red_share=34)), current=True)
    assert lenient.units == [MovedUnit("税郭镇", 2, 1)]
    ranked = trial(cast.office, SEPTEMBER, edition(units=UnitPolicy(top=0, smallest_group=2)), current=True)
    assert ranked.units == [MovedUnit("孟庄镇", 0, None)]


def test_only_what_the_person_reads(cast: Cast, rows: list[Project]) -> None:
    assert not trial(cast.stranger, SEPTEMBER, edition(STRICT), current=True).before


def test_costs_the_same_for_any_number(cast: Cast) -> None:
    counted = []
    for number in (1, 3):
        while Project.objects.count() < number:
            row = project(cast, f"P-{Project.objects.count()}")
            plan(row, 100 * WAN)
            figures(row, SEPTEMBER, 60 * WAN)
        rate_month(SEPTEMBER, current=True)
        with CaptureQueriesContext(connection) as queries:
            assert trial(cast.office, SEPTEMBER, edition(STRICT), current=True).changing == number
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_many_are_taken_in_batches_and_the_first_are_named(
    cast: Cast, rows: list[Project], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = trial(cast.office, SEPTEMBER, edition(Policy(new_project_months=0), HONOURS), current=True)
    monkeypatch.setattr(trying, "BATCH", 2)
    monkeypatch.setattr(trying, "MOST", 1)
    assert trial(cast.office, SEPTEMBER, edition(Policy(new_project_months=0), HONOURS), current=True) == whole
    harsh = edition(POLICIES["sanya"])
    found = trial(cast.office, SEPTEMBER, harsh, current=True)
    strict = trial(cast.office, SEPTEMBER, edition(Policy(rules=frozenset())), current=True)
    assert (len(strict.moved), strict.changing) == (1, 3)
    assert found.before.total() == 3
