"""Ordinary nodes (P5), missing reports (P6) and preparations that do not move (P7), on both sides of each limit."""

from datetime import date, timedelta

import pytest

from projects.rating.facts import IncidentFacts, NodeFacts, ProjectFacts
from projects.rating.levels import Standing
from projects.rating.policy import Band, Policy, Rule
from projects.rating.rules import rate
from tests.rating.example import SEPTEMBER, bare, finding, level, project

END = SEPTEMBER.last_day


def ordinary(days: int, name: str = "围挡", done: date | None = None) -> NodeFacts:
    return NodeFacts(name, END - timedelta(days), done, is_key=False)


def moved(day: date | None, **changes: object) -> ProjectFacts:
    return bare(**{"is_preparing": True, "last_moved_on": day, "project_class": "preparation", **changes})


# P5: ordinary node overdue


@pytest.mark.parametrize(("days", "expected"), [(-1, None), (0, 0), (1, 0), (10, 0), (11, 1), (30, 1), (400, 1)])
def test_p5_counts_days_since_the_due_day_and_is_never_worse_than_a_reminder(days: int, expected: int | None) -> None:
    facts = bare(nodes=(ordinary(days),))
    assert level(facts, Rule.P5) == expected
    assert rate(facts).level == expected


@pytest.mark.parametrize(("done", "expected"), [(END, 0), (END + timedelta(1), 1)])
def test_p5_a_node_done_later_was_open(done: date, expected: int) -> None:
    assert level(bare(nodes=(ordinary(40, done=done),)), Rule.P5) == expected


def test_p5_leaves_key_nodes_alone_and_p4_the_ordinary_ones() -> None:
    facts = bare(nodes=(NodeFacts("封顶", END - timedelta(35)), ordinary(12), ordinary(3, "绿化")))
    key, other = finding(facts, Rule.P4), finding(facts, Rule.P5)
    assert key is not None
    assert other is not None
    assert (key.level, key.figures["name"], key.figures["count"]) == (2, "封顶", 1)
    assert (other.level, other.figures["name"], other.figures["days"], other.figures["count"]) == (1, "围挡", 12, 2)


def test_p5_nodes_met_earn_a_colour_in_their_year_only() -> None:
    met = ordinary(90, done=END - timedelta(85))
    last_year = NodeFacts("清表", date(2022, 6, 1), date(2022, 6, 1), is_key=False)
    assert rate(bare(nodes=(last_year,))).standing is Standing.NOT_RATED
    hit = finding(bare(nodes=(last_year, met)), Rule.P5)
    assert hit is not None
    assert (hit.level, hit.figures) == (0, {"due": 1})


def test_p5_a_place_sets_its_own_days() -> None:
    assert level(bare(nodes=(ordinary(31),)), Rule.P5, Policy(node_days=Band((10, 30)))) == 2


# P6: report missing


@pytest.mark.parametrize(("periods", "expected"), [(None, None), (0, 0), (1, 1), (2, 2), (7, 2)])
def test_p6_counts_periods_in_a_row(periods: int | None, expected: int | None) -> None:
    facts = project(missed_periods=periods)
    assert level(facts, Rule.P6) == expected
    assert rate(facts).level == (expected or 0)


def test_p6_a_report_that_is_in_does_not_stand_for_its_approved_figure() -> None:
    assert rate(project(missed_periods=0, invested_to_date=None)).standing is Standing.NOT_REPORTED
    assert rate(project(missed_periods=1, invested_to_date=None)).level == 1


def test_p6_nothing_is_missing_from_a_project_that_is_halted_or_exempt() -> None:
    assert rate(bare(missed_periods=3, halted="suspended")).standing is Standing.NOT_RATED
    assert rate(bare(missed_periods=3, exempt_reason="other")).standing is Standing.EXEMPT


# P7: nothing moved


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2023, 10, 1), None, None),
        (END, 0, 0),
        (date(2023, 9, 1), 0, 0),
        (date(2023, 8, 31), 1, 0),
        (date(2023, 8, 1), 1, 0),
        (date(2023, 7, 31), 2, 1),
        (date(2023, 7, 1), 2, 1),
        (date(2023, 6, 30), 3, 2),
        (date(2022, 12, 1), 9, 2),
    ],
)
def test_p7_counts_whole_months_to_the_months_end(day: date, months: int | None, expected: int | None) -> None:
    hit = finding(moved(day), Rule.P7)
    assert (hit.level if hit else None) == expected
    assert (hit.figures["months"] if hit else None) == months
    assert rate(moved(day)).level == expected


@pytest.mark.parametrize(("day", "exit_proposed"), [(date(2023, 4, 1), False), (date(2023, 3, 31), True)])
def test_p7_proposes_an_exit_after_six_months(day: date, exit_proposed: bool) -> None:
    hit = finding(moved(day), Rule.P7)
    assert hit is not None
    assert (hit.level, "exit" in hit.figures) == (2, exit_proposed)


def test_p7_nobody_who_is_in_order_is_told_to_leave() -> None:
    hit = finding(moved(date(2023, 7, 1)), Rule.P7, Policy(idle_months=Band((5,)), exit_months=1))
    assert hit is not None
    assert (hit.level, "exit" in hit.figures) == (0, False)


@pytest.mark.parametrize("kind", ["preparation", "reserve", "lead", "implementation", ""])
def test_p7_is_for_every_class_before_its_start(kind: str) -> None:
    assert level(moved(date(2023, 6, 1), project_class=kind), Rule.P7) == 2
    assert finding(moved(date(2023, 6, 1), project_class=kind, is_preparing=False), Rule.P7) is None


def test_p7_needs_a_day_to_count_from() -> None:
    assert finding(moved(None), Rule.P7) is None


def test_p7_a_halted_project_may_rest_unless_nobody_approved_it() -> None:
    facts = moved(date(2023, 1, 1), halted="suspended", incidents=(IncidentFacts("unapproved_stop", END),))
    assert [hit.rule for hit in rate(facts).hits] == [Rule.P8]


def test_p7_a_place_says_which_bounds_are_inclusive() -> None:
    policy = Policy(idle_months=Band((2, 3)))
    days = (date(2023, 7, 1), date(2023, 6, 1), date(2023, 5, 1))
    assert [level(moved(day), Rule.P7, policy) for day in days] == [0, 1, 2]
