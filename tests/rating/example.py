"""A project to vary: implementation class, nine months into an even year, exactly on schedule."""

import dataclasses
from datetime import date
from fractions import Fraction
from typing import Any

from projects.core.month import Month
from projects.rating.facts import ProjectFacts
from projects.rating.hits import Hit
from projects.rating.policy import DEFAULT_POLICY, Policy, Rule
from projects.rating.rules import rate

SEPTEMBER = Month(2023, 9)
ON_SCHEDULE = ProjectFacts(
    month=SEPTEMBER,
    project_class="implementation",
    total_investment=500_000_000,
    year_plan=120_000_000,
    planned_start=date(2022, 3, 1),
    actual_start=date(2022, 3, 1),
    entered_statistics_on=date(2022, 3, 20),
    invested_to_date=90_000_000,
)
BARE = ProjectFacts(month=SEPTEMBER)


def project(**changes: Any) -> ProjectFacts:
    return dataclasses.replace(ON_SCHEDULE, **changes)


def bare(**changes: Any) -> ProjectFacts:
    return dataclasses.replace(BARE, **changes)


def ahead_by(points: Fraction | int | str, plan: int = 1_000_000_000, **changes: Any) -> ProjectFacts:
    """The project `points` percentage points ahead of its linear 75 %; behind when negative."""
    invested = (Fraction(75) + Fraction(points)) / 100 * plan
    assert invested.denominator == 1
    return project(year_plan=plan, invested_to_date=int(invested), **changes)


def finding(facts: ProjectFacts, rule: Rule, policy: Policy = DEFAULT_POLICY) -> Hit | None:
    """What `rule` found, whether wrong or not; None when it did not apply."""
    rating = rate(facts, policy)
    found = [hit for hit in (*rating.hits, *rating.checks) if hit.rule is rule]
    assert len(found) <= 1
    return found[0] if found else None


def level(facts: ProjectFacts, rule: Rule, policy: Policy = DEFAULT_POLICY) -> int | None:
    hit = finding(facts, rule, policy)
    return None if hit is None else hit.level
