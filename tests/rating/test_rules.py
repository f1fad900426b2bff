"""Each rule on both sides of its thresholds, where it does not apply, and what wins."""

import dataclasses
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from projects.core.month import Month
from projects.rating.facts import IncidentFacts, NodeFacts
from projects.rating.levels import Standing
from projects.rating.policy import Band, Policy, Rule
from projects.rating.rules import RULES, rate
from tests.rating.example import ON_SCHEDULE, SEPTEMBER, bare, finding, level, project

END = SEPTEMBER.last_day


def days_ago(days: int) -> date:
    return END - timedelta(days)


@pytest.mark.parametrize(
    ("planned", "expected"),
    [
        (date(2023, 10, 1), None),
        (date(2023, 9, 30), 0),
        (date(2023, 9, 1), 0),
        (date(2023, 8, 31), 1),
        (date(2023, 7, 1), 1),
        (date(2023, 6, 30), 2),
        (date(2022, 9, 1), 2),
        (date(1998, 1, 1), 2),
    ],
)
def test_p2_counts_month_ends_since_the_planned_month(planned: date, expected: int | None) -> None:
    facts = bare(project_class="implementation", planned_start=planned)
    assert level(facts, Rule.P2) == expected
    assert rate(facts).level == expected


@pytest.mark.parametrize(("started", "expected"), [(END, None), (END + timedelta(1), 2)])
def test_p2_a_start_counts_only_once_it_has_come(started: date, expected: int | None) -> None:
    facts = bare(project_class="implementation", planned_start=date(2023, 5, 1), actual_start=started)
    assert level(facts, Rule.P2) == expected


def test_p2_is_for_the_implementation_class_not_started() -> None:
    overdue = bare(project_class="implementation", planned_start=date(2023, 5, 1))
    for change in (
        {"project_class": "preparation"},
        {"planned_start": None},
        {"continued": True},
        {"actual_finish": END},
    ):
        assert finding(dataclasses.replace(overdue, **change), Rule.P2) is None


# P3: not entered in the statistics pool


@pytest.mark.parametrize(("days", "expected"), [(-1, None), (0, 0), (30, 0), (31, 1), (60, 1), (61, 2), (4000, 2)])
def test_p3_counts_days_since_the_start(days: int, expected: int | None) -> None:
    assert level(bare(actual_start=days_ago(days), total_investment=5_000_000), Rule.P3) == expected


@pytest.mark.parametrize(("total", "expected"), [(None, None), (4_999_999, None), (5_000_000, 2)])
def test_p3_is_a_duty_from_five_million_yuan(total: int | None, expected: int | None) -> None:
    assert level(bare(actual_start=days_ago(90), total_investment=total), Rule.P3) == expected


@pytest.mark.parametrize(("entered", "expected"), [(END, None), (END + timedelta(1), 2)])
def test_p3_an_entry_counts_only_once_it_has_come(entered: date, expected: int | None) -> None:
    facts = bare(actual_start=days_ago(90), total_investment=5_000_000, entered_statistics_on=entered)
    assert level(facts, Rule.P3) == expected


# P4: key node overdue


@pytest.mark.parametrize(
    ("days", "expected"), [(-1, None), (0, 0), (1, 0), (10, 0), (11, 1), (30, 1), (31, 2), (400, 2)]
)
def test_p4_counts_days_since_the_due_day(days: int, expected: int | None) -> None:
    facts = bare(nodes=(NodeFacts("主体封顶", days_ago(days)),))
    assert level(facts, Rule.P4) == expected
    assert rate(facts).level == expected


@pytest.mark.parametrize(("done", "expected"), [(END, 0), (END + timedelta(1), 2)])
def test_p4_a_node_done_later_was_open(done: date, expected: int) -> None:
    assert level(bare(nodes=(NodeFacts("主体封顶", days_ago(40), done),)), Rule.P4) == expected


def test_p4_a_node_due_on_the_last_day_is_not_overdue() -> None:
    hit = finding(bare(nodes=(NodeFacts("主体封顶", END),)), Rule.P4)
    assert hit is not None
    assert hit.figures == {"due": 1}


def test_p4_leaves_ordinary_nodes_alone() -> None:
    assert finding(bare(nodes=(NodeFacts("围挡", days_ago(90), None, is_key=False),)), Rule.P4) is None


def test_p4_keeps_the_worst_node_and_the_number_of_those_overdue() -> None:
    nodes = (
        NodeFacts("封顶", days_ago(12)),
        NodeFacts("基础", days_ago(35)),
        NodeFacts("设备", days_ago(3)),
        NodeFacts("验收", days_ago(-9)),
        NodeFacts("开挖", days_ago(90), days_ago(80)),
    )
    hit = finding(bare(nodes=nodes), Rule.P4)
    assert hit is not None
    assert hit.level == 2
    assert (hit.figures["name"], hit.figures["days"], hit.figures["count"]) == ("基础", 35, 3)


def test_p4_nodes_met_in_an_earlier_year_earn_no_colour_now() -> None:
    last_year = NodeFacts("基础", date(2022, 6, 1), date(2022, 6, 1))
    this_year = NodeFacts("封顶", date(2023, 6, 1), date(2023, 6, 1))
    assert rate(bare(nodes=(last_year,))).standing is Standing.NOT_RATED
    assert rate(bare(nodes=(last_year, this_year))).level == 0
    assert level(bare(nodes=(NodeFacts("基础", date(2022, 6, 1)),)), Rule.P4) == 2


# P8: one vote


@pytest.mark.parametrize("kind", ["unapproved_stop", "serious_accident", "false_data"])
def test_p8_one_incident_is_enough(kind: str) -> None:
    rating = rate(project(incidents=(IncidentFacts(kind, date(2023, 2, 1)),)))
    assert rating.level == 2
    assert [(hit.rule, hit.figures["kind"]) for hit in rating.hits] == [(Rule.P8, kind)]


@pytest.mark.parametrize(
    ("happened", "cleared", "expected"),
    [
        (END, None, 2),
        (END + timedelta(1), None, 0),
        (days_ago(9), END, 0),
        (days_ago(9), END + timedelta(1), 2),
        (END, END, 0),
    ],
)
def test_p8_counts_from_the_incident_until_it_is_cleared(happened: date, cleared: date | None, expected: int) -> None:
    rating = rate(project(incidents=(IncidentFacts("false_data", happened, cleared),)))
    assert rating.level == expected


def test_p8_says_every_incident() -> None:
    incidents = tuple(IncidentFacts(kind, END) for kind in ("false_data", "unapproved_stop"))
    assert [hit.figures["kind"] for hit in rate(bare(incidents=incidents)).hits] == [
        "false_data",
        "unapproved_stop",
    ]


# What wins, and what stands outside


def test_the_worst_hit_wins_and_all_are_kept_worst_first() -> None:
    facts = project(
        invested_to_date=80_000_000,
        entered_statistics_on=None,
        nodes=(NodeFacts("封顶", days_ago(15)),),
        incidents=(IncidentFacts("false_data", END),),
    )
    rating = rate(facts)
    assert rating.level == 2
    assert [(hit.rule, hit.level) for hit in rating.hits] == [
        (Rule.P3, 2),
        (Rule.P8, 2),
        (Rule.P1, 1),
        (Rule.P4, 1),
    ]
    assert rating.checks == ()


def test_what_is_in_order_is_kept_as_a_check() -> None:
    rating = rate(ON_SCHEDULE)
    assert (rating.level, rating.standing, rating.hits) == (0, None, ())
    assert [(check.rule, check.level) for check in rating.checks] == [(Rule.P1, 0)]
    assert rating.checks[0].figures == {"completed": "3/4", "scheduled": "3/4", "lead": "0", "to": 5}


SWITCHED_OFF: dict[Rule, dict[str, Any]] = {  # what each needs to find something
    Rule.P3: {"actual_start": days_ago(99), "entered_statistics_on": None},
    Rule.P5: {"nodes": (NodeFacts("围挡", days_ago(60), is_key=False),)},
    Rule.P6: {"missed_periods": 1},
    Rule.P7: {"is_preparing": True, "last_moved_on": days_ago(99)},
}


@pytest.mark.parametrize("rule", list(RULES))
def test_a_rule_switched_off_finds_nothing(rule: Rule) -> None:
    facts = project(
        actual_start=None,
        planned_start=date(2023, 2, 1),
        invested_to_date=0,
        nodes=(NodeFacts("封顶", days_ago(60)),),
        incidents=(IncidentFacts("false_data", END),),
    )
    facts = dataclasses.replace(facts, **SWITCHED_OFF.get(rule, {}))
    assert rule in {hit.rule for hit in rate(facts).hits}
    others = Policy(rules=frozenset(Rule) - {rule})
    assert rule not in {hit.rule for hit in rate(facts, others).hits}
    assert {hit.rule for hit in rate(facts, Policy(rules=frozenset({rule}))).hits} == {rule}


def test_every_rule_has_its_check() -> None:
    assert [*RULES, Rule.P9] == list(Rule)  # the ladder comes after all the others


def test_a_place_sets_its_own_numbers() -> None:
    facts = bare(project_class="implementation", planned_start=date(2023, 8, 1))
    assert rate(facts, Policy(start_overdue=Band((1, 5)))).level == 0
    assert rate(facts, Policy(start_overdue=Band((1, 5), (True, False)))).level == 1
    stopped = bare(incidents=(IncidentFacts("unapproved_stop", END),))
    assert rate(stopped, Policy(one_vote_level=3)).level == 3


def test_an_exempt_project_is_not_rated_whatever_is_wrong_but_keeps_its_rates() -> None:
    rating = rate(
        project(invested_to_date=0, exempt_reason="force_majeure", incidents=(IncidentFacts("false_data", END),))
    )
    assert (rating.level, rating.standing, rating.because) == (None, Standing.EXEMPT, "force_majeure")
    assert (rating.hits, rating.checks) == ((), ())
    assert rating.lead_points == -75


@pytest.mark.parametrize("halted", ["suspended", "terminated"])
def test_a_halted_project_is_not_rated_unless_nobody_approved_the_stop(halted: str) -> None:
    facts = project(invested_to_date=None, halted=halted, nodes=(NodeFacts("封顶", days_ago(60)),))
    rating = rate(facts)
    assert (rating.standing, rating.because, rating.hits) == (Standing.NOT_RATED, halted, ())
    stopped = rate(dataclasses.replace(facts, incidents=(IncidentFacts("unapproved_stop", END),)))
    assert stopped.level == 2
    assert [hit.rule for hit in stopped.hits] == [Rule.P8]


def test_exempt_comes_before_halted() -> None:
    rating = rate(project(exempt_reason="litigation", halted="suspended"))
    assert (rating.standing, rating.because) == (Standing.EXEMPT, "litigation")


def test_no_approved_figure_is_not_reported_and_not_the_best_colour() -> None:
    rating = rate(project(invested_to_date=None))
    assert (rating.level, rating.standing) == (None, Standing.NOT_REPORTED)
    assert rating.schedule_rate == Fraction(3, 4)
    assert rate(project(invested_to_date=0, month=Month(2023, 1))).level == 1


def test_the_smallest_plan_is_a_plan() -> None:
    assert rate(project(year_plan=1, invested_to_date=None)).standing is Standing.NOT_REPORTED
    assert level(project(year_plan=1, invested_to_date=1), Rule.P1) == 0


def test_another_hit_outweighs_the_missing_figure() -> None:
    rating = rate(project(invested_to_date=None, nodes=(NodeFacts("封顶", days_ago(15)),)))
    assert (rating.level, [hit.rule for hit in rating.hits]) == (1, [Rule.P4])


def test_a_check_in_order_does_not_outweigh_the_missing_figure() -> None:
    rating = rate(project(invested_to_date=None, nodes=(NodeFacts("封顶", days_ago(5)),)))
    assert (rating.level, rating.standing) == (None, Standing.NOT_REPORTED)


@pytest.mark.parametrize(
    "change",
    [
        {"year_plan": 0},
        {"project_class": "preparation"},
        {"planned_start": date(2023, 10, 1), "actual_start": None},
        {"month_plan": (0,) * 9 + (40_000_000,) * 3},
    ],
)
def test_nothing_due_yet_is_not_rated(change: dict[str, object]) -> None:
    facts = dataclasses.replace(project(invested_to_date=None), **change)  # type: ignore[arg-type]
    assert rate(facts).standing is Standing.NOT_RATED


def test_a_past_month_comes_out_the_same_when_later_facts_are_known() -> None:
    then = project(
        project_class="implementation",
        planned_start=date(2023, 5, 1),
        actual_start=None,
        entered_statistics_on=None,
        nodes=(NodeFacts("封顶", days_ago(15)),),
        invested_to_date=0,
    )
    later = END + timedelta(20)
    now = dataclasses.replace(
        then,
        actual_start=later,
        actual_finish=later,
        entered_statistics_on=later,
        nodes=(NodeFacts("封顶", days_ago(15), later),),
        incidents=(IncidentFacts("false_data", later),),
        last_moved_on=later,
        is_preparing=True,
    )
    assert rate(now) == rate(then)
