"""The rules of the project colour: which level a project has in a month, and every reason for it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from projects.rating.facts import NodeFacts, ProjectFacts
from projects.rating.hits import Hit
from projects.rating.levels import Standing
from projects.rating.policy import DEFAULT_POLICY, Band, Basis, Measure, Policy, Rule
from projects.rating.schedule import basis_for, completion_rate, is_new, lead, schedule_rate


@dataclass(frozen=True, slots=True)
class Rating:
    """The result for one project in one month: a level, or a standing, never both and never neither.

    `hits` are the reasons (level 1 or worse, worst first, then in the order of the rules); `checks`
    the findings of rules that applied and found nothing wrong. Rates are exact shares, the lead is
    in points; each is None where the project has no plan or no figure. `because` is the code of an
    exemption or halt.
    """

    level: int | None
    standing: Standing | None
    hits: tuple[Hit, ...]
    checks: tuple[Hit, ...]
    completion_rate: Fraction | None
    schedule_rate: Fraction | None
    lead_points: Fraction | None
    basis: Basis
    because: str = ""


def rate(facts: ProjectFacts, policy: Policy = DEFAULT_POLICY) -> Rating:
    """Apply the rules that `policy` switches on; the worst hit wins. Answers for any facts."""
    found = list(_findings(facts, policy))
    found += ladder(facts, policy, level=max((hit.level for hit in found), default=0))
    hits = tuple(sorted((hit for hit in found if hit.level > 0), key=lambda hit: -hit.level))
    checks = tuple(hit for hit in found if hit.level == 0)
    completion = completion_rate(facts.invested_to_date, facts.year_plan)
    schedule = schedule_rate(facts, policy.basis, policy.quarters)
    standing = None if hits else _standing(facts, schedule, checks)
    return Rating(
        level=hits[0].level if hits else 0 if standing is None else None,
        standing=standing,
        hits=hits,
        checks=checks,
        completion_rate=completion,
        schedule_rate=schedule,
        lead_points=lead(completion, schedule),
        basis=basis_for(facts, policy.basis),
        because=facts.exempt_reason or facts.halted,
    )


def _standing(facts: ProjectFacts, schedule: Fraction | None, checks: tuple[Hit, ...]) -> Standing | None:
    """Where a project without a hit stands outside the scale; None when it has earned level 0."""
    if facts.exempt_reason:
        return Standing.EXEMPT
    if facts.halted:
        return Standing.NOT_RATED
    if facts.is_planned and schedule is not None and schedule > 0 and facts.invested_to_date is None:
        return Standing.NOT_REPORTED
    return None if checks else Standing.NOT_RATED


def _findings(facts: ProjectFacts, policy: Policy) -> Iterator[Hit]:
    if facts.exempt_reason:
        return
    for rule, check in RULES.items():
        # Nothing is due from a halted project, but a stop that nobody approved is red all the same.
        if rule in policy.rules and (not facts.halted or rule is Rule.P8):
            yield from check(facts, policy)


def investment_lag(facts: ProjectFacts, policy: Policy) -> Iterator[Hit]:
    """P1: how far behind schedule, of planned projects whose time has begun and that have a figure.

    Goes on after completion: what was planned for the year and not invested stays a lag.
    """
    completion = completion_rate(facts.invested_to_date, facts.year_plan)
    schedule = schedule_rate(facts, policy.basis, policy.quarters)
    ahead = lead(completion, schedule)
    if not facts.is_planned or completion is None or schedule is None or ahead is None or schedule <= 0:
        return
    ratio = completion / schedule if policy.measure is Measure.SHORTFALL else None
    level = policy.investment_lag.level(-ahead if ratio is None else (1 - ratio) * 100)
    figures: dict[str, int | Fraction] = {
        "completed": completion,
        "scheduled": schedule,
        "lead": ahead,
        **policy.investment_lag.limits(level),
    }
    if ratio is not None:
        figures["ratio"] = ratio
    if level > policy.new_project_cap and is_new(facts, policy.new_project_months):
        level = policy.new_project_cap
        figures["capped"] = policy.new_project_months
    yield Hit.of(Rule.P1, level, **figures)


def start_overdue(facts: ProjectFacts, policy: Policy) -> Iterator[Hit]:
    """P2: month-ends passed since the planned month of an implementation-class project not started."""
    planned = facts.planned_start
    if not facts.is_implementation or facts.is_started or planned is None or facts.months_since(planned) < 0:
        return
    months = facts.months_since(planned)
    level = policy.start_overdue.level(months)
    limits = policy.start_overdue.limits(level)
    yield Hit.of(Rule.P2, level, planned=planned.isoformat(), months=months, **limits)


def statistics_missing(facts: ProjectFacts, policy: Policy) -> Iterator[Hit]:
    """P3: days since the start of a project large enough to be entered in the statistics pool, and not.

    A project of unknown total has no such duty yet.
    """
    started, total = facts.actual_start, facts.total_investment
    if started is None or not facts.has_come(started) or facts.has_come(facts.entered_statistics_on):
        return
    if total is None or total < policy.statistics_floor:
        return
    days = facts.days_since(started)
    level = policy.statistics_days.level(days)
    yield Hit.of(Rule.P3, level, days=days, **policy.statistics_days.limits(level))


def key_node_overdue(facts: ProjectFacts, policy: Policy) -> Iterator[Hit]:
    """P4: the key node longest overdue, and how many are; level 0 when this year's came due and none is."""
    yield from _node_overdue(Rule.P4, [node for node in facts.nodes if node.is_key], policy.key_node_days, facts)


def ordinary_node_overdue(facts: ProjectFacts, policy: Policy) -> Iterator[Hit]:
    """P5: the same for the nodes that are not key."""
    yield from _node_overdue(Rule.P5, [node for node in facts.nodes if not node.is_key], policy.node_days, facts)


def _node_overdue(rule: Rule, nodes: list[NodeFacts], band: Band, facts: ProjectFacts) -> Iterator[Hit]:
    due = [node for node in nodes if facts.has_come(node.due)]
    overdue = [node for node in due if not facts.has_come(node.done_on) and facts.days_since(node.due) > 0]
    if not overdue:
        this_year = sum(node.due.year == facts.month.year for node in due)
        if this_year:
            yield Hit.of(rule, 0, due=this_year)
        return
    worst = min(overdue, key=lambda node: node.due)
    days = facts.days_since(worst.due)
    level = band.level(days)
    yield Hit.of(rule, level, name=worst.name, days=days, count=len(overdue), **band.limits(level))


def report_missing(facts: ProjectFacts, policy: Policy) -> Iterator[Hit]:
    """P6: periods in a row, this month's the last, whose lock has passed without a report."""
    periods = facts.missed_periods
    if periods is None:
        return
    level = policy.missed_periods.level(periods)
    yield Hit.of(Rule.P6, level, periods=periods, **policy.missed_periods.limits(level))


def nothing_moved(facts: ProjectFacts, policy: Policy) -> Iterator[Hit]:
    """P7: whole months since a project that is not built yet moved, and whether it had better leave the list.

    At a month's last day every month-end passed since the month of a day is a whole month since that day.
    """
    moved = facts.last_moved_on
    if not facts.is_preparing or moved is None or not facts.has_come(moved):
        return
    months = facts.months_since(moved)
    level = policy.idle_months.level(months)
    figures: dict[str, int | str] = {"moved": moved.isoformat(), "months": months, **policy.idle_months.limits(level)}
    if level > 0 and months >= policy.exit_months:
        figures["exit"] = policy.exit_months
    yield Hit.of(Rule.P7, level, **figures)


def one_vote(facts: ProjectFacts, policy: Policy) -> Iterator[Hit]:
    """P8: each incident that was not cleared by the month's last day."""
    for incident in facts.incidents:
        if facts.has_come(incident.happened_on) and not facts.has_come(incident.cleared_on):
            happened = incident.happened_on.isoformat()
            yield Hit.of(Rule.P8, policy.one_vote_level, kind=incident.kind, happened_on=happened)


RULES: dict[Rule, Callable[[ProjectFacts, Policy], Iterator[Hit]]] = {
    Rule.P1: investment_lag,
    Rule.P2: start_overdue,
    Rule.P3: statistics_missing,
    Rule.P4: key_node_overdue,
    Rule.P5: ordinary_node_overdue,
    Rule.P6: report_missing,
    Rule.P7: nothing_moved,
    Rule.P8: one_vote,
}


def ladder(facts: ProjectFacts, policy: Policy, *, level: int) -> Iterator[Hit]:
    """P9: a project that the other rules give the `level` of a reminder now, as in each of the periods before.

    Who is reminded and does not mend climbs: the result is one level worse. An earlier period in which it
    had climbed already counts on (so an earlier level may be worse than a reminder): it stays up there as
    long as it is still failing. Earlier periods that do not count come as None.
    """
    if Rule.P9 not in policy.rules or level != policy.ladder_level:
        return
    before = facts.earlier_levels[: policy.ladder_periods - 1]
    if len(before) == policy.ladder_periods - 1 and all(one is not None and one >= level for one in before):
        yield Hit.of(Rule.P9, level + 1, periods=policy.ladder_periods, reminded=level)
