"""The ladder (P9): reminded three periods in a row and not mended is a warning."""

from datetime import date
from typing import Any

import pytest

from projects.rating.facts import IncidentFacts, NodeFacts
from projects.rating.levels import Standing
from projects.rating.policy import Policy, Rule
from projects.rating.rules import rate
from tests.rating.example import SEPTEMBER, ahead_by, bare, project

OVERDUE = (NodeFacts("封顶", date(2023, 9, 15)),)
STOPPED = (IncidentFacts("unapproved_stop", SEPTEMBER.last_day),)


@pytest.mark.parametrize(
    ("earlier", "expected"),
    [
        ((), 1),
        ((1,), 1),
        ((1, 0), 1),
        ((0, 1), 1),
        ((1, None), 1),
        ((None, 1), 1),
        ((1, 1), 2),
        ((1, 1, 0), 2),
        ((2, 1), 2),  # the month before had climbed already
        ((2, 2), 2),
    ],
)
def test_the_third_reminder_in_a_row_is_a_warning(earlier: tuple[int | None, ...], expected: int) -> None:
    rating = rate(ahead_by(-8, earlier_levels=earlier))
    assert rating.level == expected
    assert [hit.rule for hit in rating.hits] == ([Rule.P9, Rule.P1] if expected == 2 else [Rule.P1])


@pytest.mark.parametrize(("points", "expected"), [(-5, 0), ("-5.0001", 2), (-20, 2), ("-20.0001", 2)])
def test_only_a_reminder_climbs(points: int | str, expected: int) -> None:
    rating = rate(ahead_by(points, earlier_levels=(1, 1)))
    assert rating.level == expected
    assert (Rule.P9 in {hit.rule for hit in rating.hits}) == (points in ("-5.0001", -20))


def test_it_says_what_it_counted() -> None:
    climbed = rate(ahead_by(-8, earlier_levels=(1, 1))).hits[0]
    assert (climbed.rule, climbed.level, climbed.figures) == (Rule.P9, 2, {"periods": 3, "reminded": 1})


def test_any_rule_may_remind() -> None:
    months: list[dict[str, Any]] = [{"nodes": OVERDUE}, {"missed_periods": 1}]
    assert [rate(bare(earlier_levels=(1, 1), **facts)).level for facts in months] == [2, 2]


def test_a_project_that_is_not_rated_does_not_climb() -> None:
    exempt = rate(project(nodes=OVERDUE, earlier_levels=(1, 1), exempt_reason="other"))
    halted = rate(project(nodes=OVERDUE, earlier_levels=(1, 1), halted="suspended"))
    assert (exempt.standing, halted.standing) == (Standing.EXEMPT, Standing.NOT_RATED)
    assert rate(bare(earlier_levels=(1, 1))).standing is Standing.NOT_RATED


def test_a_place_sets_its_own_ladder() -> None:
    twice = Policy(ladder_periods=2)
    assert [rate(ahead_by(-8, earlier_levels=before), twice).level for before in ((1,), (0, 1), ())] == [2, 1, 1]
    four = Policy(ladder_periods=4)
    assert [rate(ahead_by(-8, earlier_levels=before), four).level for before in ((1, 1), (1, 1, 1))] == [1, 2]
    worse = Policy(ladder_level=2)
    assert rate(project(incidents=STOPPED, earlier_levels=(2, 2)), worse).level == 3
    assert rate(project(incidents=STOPPED, earlier_levels=(2, 1)), worse).level == 2
    assert rate(ahead_by(-8, earlier_levels=(2, 2)), worse).level == 1


def test_it_may_be_switched_off() -> None:
    assert rate(ahead_by(-8, earlier_levels=(1, 1)), Policy(rules=frozenset(Rule) - {Rule.P9})).level == 1
    assert rate(ahead_by(-8, earlier_levels=(1, 1)), Policy(rules=frozenset({Rule.P9}))).standing is Standing.NOT_RATED
