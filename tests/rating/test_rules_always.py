"""What holds for any facts and any policy: an answer always, and never a better colour for doing worse."""

import dataclasses
import datetime
import json

from hypothesis import given
from hypothesis import strategies as st

from projects.core.month import Month
from projects.rating.facts import IncidentFacts, NodeFacts, ProjectFacts
from projects.rating.hits import Hit
from projects.rating.policy import Band, Basis, Measure, Policy, Rule
from projects.rating.rules import rate
from tests.rating.example import level

NEAR = st.dates(datetime.date(2021, 1, 1), datetime.date(2025, 12, 31))
DAYS = st.none() | NEAR | st.dates()
YUAN = st.integers(-(10**15), 10**15)
NODES = st.builds(NodeFacts, st.text(max_size=5), NEAR, DAYS, st.booleans())
INCIDENTS = st.builds(IncidentFacts, st.text(max_size=5), NEAR, DAYS)
FACTS = st.builds(
    ProjectFacts,
    month=st.builds(Month, st.integers(2000, 2100) | st.just(2023), st.integers(1, 12)),
    project_class=st.sampled_from(["implementation", "implementation", "preparation", ""]),
    total_investment=st.none() | YUAN,
    year_plan=st.none() | YUAN,
    month_plan=st.none() | st.tuples(*[YUAN] * 12),
    planned_start=DAYS,
    planned_finish=DAYS,
    actual_start=DAYS,
    actual_finish=DAYS,
    continued=st.booleans(),
    invested_to_date=st.none() | YUAN,
    entered_statistics_on=DAYS,
    nodes=st.lists(NODES, max_size=3).map(tuple),
    incidents=st.lists(INCIDENTS, max_size=2).map(tuple),
    missed_periods=st.none() | st.integers(0, 5),
    is_preparing=st.booleans(),
    last_moved_on=DAYS,
    earlier_levels=st.lists(st.none() | st.integers(0, 3), max_size=4).map(tuple),
    exempt_reason=st.sampled_from(["", "", "", "other"]),
    halted=st.sampled_from(["", "", "", "suspended"]),
)
BANDS = st.builds(
    lambda bounds, ends: Band(tuple(sorted(bounds)), tuple(ends[: len(bounds)])),
    st.sets(st.integers(-10, 100), min_size=1, max_size=4),
    st.tuples(*[st.booleans()] * 4),
)
POLICIES = st.builds(
    Policy,
    investment_lag=BANDS,
    measure=st.sampled_from(Measure),
    new_project_months=st.integers(0, 4),
    new_project_cap=st.integers(0, 3),
    start_overdue=BANDS,
    statistics_days=BANDS,
    key_node_days=BANDS,
    node_days=BANDS,
    missed_periods=BANDS,
    idle_months=BANDS,
    exit_months=st.integers(1, 12),
    one_vote_level=st.integers(1, 4),
    ladder_level=st.integers(1, 3),
    ladder_periods=st.integers(2, 4),
    basis=st.sampled_from(Basis),
    quarters=st.sets(st.integers(1, 99), min_size=3, max_size=3).map(lambda shares: (*sorted(shares), 100)),
    rules=st.frozensets(st.sampled_from(Rule)),
)


@given(FACTS, POLICIES)
def test_any_facts_get_exactly_one_answer(facts: ProjectFacts, policy: Policy) -> None:
    rating = rate(facts, policy)
    assert (rating.level is None) != (rating.standing is None)
    levels = [hit.level for hit in rating.hits]
    assert levels == sorted(levels, reverse=True)
    assert all(found >= 1 for found in levels)
    assert all(check.level == 0 for check in rating.checks)
    if rating.level is not None:
        assert rating.level == max(levels, default=0)
    assert {hit.rule for hit in (*rating.hits, *rating.checks)} <= policy.rules


@given(FACTS, POLICIES)
def test_every_finding_survives_storage(facts: ProjectFacts, policy: Policy) -> None:
    rating = rate(facts, policy)
    for hit in (*rating.hits, *rating.checks):
        assert Hit.from_json(json.loads(json.dumps(hit.as_json()))) == hit


@given(FACTS, POLICIES, YUAN, st.integers(0, 10**15))
def test_investing_more_never_worsens_p1(facts: ProjectFacts, policy: Policy, invested: int, more: int) -> None:
    before = level(dataclasses.replace(facts, invested_to_date=invested), Rule.P1, policy)
    after = level(dataclasses.replace(facts, invested_to_date=invested + more), Rule.P1, policy)
    assert (before is None) == (after is None)
    assert before is None or after is None or after <= before


@given(FACTS, POLICIES)
def test_another_incident_never_improves_the_colour(facts: ProjectFacts, policy: Policy) -> None:
    incident = IncidentFacts("false_data", facts.month.last_day)
    worse = dataclasses.replace(facts, incidents=(*facts.incidents, incident))
    assert (rate(worse, policy).level or 0) >= (rate(facts, policy).level or 0)


@given(FACTS, POLICIES, st.integers(0, 5), st.integers(0, 5))
def test_missing_more_reports_never_improves_the_colour(
    facts: ProjectFacts, policy: Policy, periods: int, more: int
) -> None:
    before = rate(dataclasses.replace(facts, missed_periods=periods), policy)
    after = rate(dataclasses.replace(facts, missed_periods=periods + more), policy)
    assert (after.level or 0) >= (before.level or 0)


@given(FACTS, POLICIES, NEAR, st.integers(0, 400))
def test_moving_later_never_worsens_p7(facts: ProjectFacts, policy: Policy, day: datetime.date, days: int) -> None:
    later = min(day + datetime.timedelta(days), max(day, facts.month.last_day))
    before = level(dataclasses.replace(facts, last_moved_on=day), Rule.P7, policy)
    after = level(dataclasses.replace(facts, last_moved_on=later), Rule.P7, policy)
    assert (before is None) == (after is None)
    assert before is None or after is None or after <= before


@given(FACTS, POLICIES)
def test_a_done_node_never_worsens_the_colour(facts: ProjectFacts, policy: Policy) -> None:
    done = tuple(dataclasses.replace(node, done_on=node.due) for node in facts.nodes)
    assert (rate(dataclasses.replace(facts, nodes=done), policy).level or 0) <= (rate(facts, policy).level or 0)


@given(FACTS, POLICIES)
def test_the_ladder_lifts_by_one_level_from_its_own_and_nothing_else(facts: ProjectFacts, policy: Policy) -> None:
    with_it = rate(facts, dataclasses.replace(policy, rules=policy.rules | {Rule.P9}))
    without = rate(facts, dataclasses.replace(policy, rules=policy.rules - {Rule.P9}))
    climbed = [hit for hit in with_it.hits if hit.rule is Rule.P9]
    assert with_it.level == (policy.ladder_level + 1 if climbed else without.level)
    assert not climbed or without.level == policy.ladder_level
    assert [hit for hit in with_it.hits if hit.rule is not Rule.P9] == list(without.hits)
    assert with_it.standing is without.standing


@given(FACTS, POLICIES)
def test_better_months_before_never_worsen_the_colour(facts: ProjectFacts, policy: Policy) -> None:
    mended = dataclasses.replace(facts, earlier_levels=(0,) * len(facts.earlier_levels))
    assert (rate(mended, policy).level or 0) <= (rate(facts, policy).level or 0)
