"""What a bulletin holds, as values: the line of each project, the figures of the whole, and the tables by unit.

The draft is made from the live lines and the published one from its copies; both are the same `Content`, so
that pages and documents cannot tell them apart.
"""

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from fractions import Fraction
from itertools import zip_longest
from typing import Any

from projects.core.month import Month
from projects.rating.facts import IMPLEMENTATION
from projects.rating.schedule import completion_rate, district_schedule, lead
from projects.rating.units import UnitFacts, UnitPolicy, UnitRating, rate_units


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemCopy:
    """A problem of a project as it stood: kind and body asked in words, days as ISO dates."""

    kind: str
    description: str
    request: str = ""
    asked: str = ""
    due_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineCopy:
    """A project in a bulletin: values, names and words. Money in whole yuan, rates in tenths of a percent,
    the lead in tenths of a point, days as ISO dates (empty: none). `level` is the final one; it differs from
    `computed_level` by an override. `streak` counts the periods in a row, this one included, at this level
    or worse than 0. `punctual` says whether the report was in by the lock; None when none was asked."""

    number: int
    project: int
    code: str
    name: str
    short_name: str
    unit: int
    unit_name: str
    colour_word: str
    colour_hue: str
    colour_shape: str
    unit_group: str = ""  # town or department
    owner: str = ""
    leader: int | None = None
    leader_name: str = ""
    responsible: str = ""
    category: int | None = None
    category_name: str = ""
    sector_name: str = ""
    nature_name: str = ""
    project_class: str = ""
    class_name: str = ""
    labels: tuple[str, ...] = ()
    location: str = ""
    content: str = ""
    total_investment: int | None = None
    year_plan: int | None = None
    original_plan: int | None = None
    goal: str = ""
    planned_this_month: int | None = None
    invested_this_month: int | None = None
    invested_to_date: int | None = None
    invested_since_start: int | None = None
    invested_statistics: int | None = None
    completion_tenths: int | None = None
    schedule_tenths: int | None = None
    lead_tenths: int | None = None
    planned_start: str = ""
    actual_start: str = ""
    planned_finish: str = ""
    actual_finish: str = ""
    entered_statistics_on: str = ""
    stage_name: str = ""
    phases: tuple[str, ...] = ()
    is_started: bool = False
    is_due_to_start: bool = False
    is_due_for_statistics: bool = False
    is_in_statistics: bool = False
    image: str = ""
    approvals: str = ""
    next_steps: str = ""
    problems: tuple[ProblemCopy, ...] = ()
    contact_name: str = ""
    contact_phone: str = ""
    level: int | None = None
    computed_level: int | None = None
    standing: str = ""
    override_reason: str = ""
    exempt_reason: str = ""
    rules: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    previous_level: int | None = None
    previous_word: str = ""
    is_new: bool = False
    streak: int = 0
    punctual: bool | None = None
    is_example: bool = False

    @property
    def is_implementation(self) -> bool:
        return self.project_class == IMPLEMENTATION

    @property
    def is_overridden(self) -> bool:
        return self.level != self.computed_level

    def as_json(self) -> dict[str, Any]:
        """Every value by its name, fit for JSON."""
        values = dict(zip(_NAMES, _VALUES(self), strict=True))
        for name in _TUPLES:
            values[name] = list(values[name])
        values["problems"] = [{name: getattr(p, name) for name in p.__dataclass_fields__} for p in self.problems]
        return values

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "LineCopy":
        """The line that `as_json` wrote; values that were unknown then are empty."""
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in stored.items() if name in _KNOWN
        }
        values["problems"] = tuple(ProblemCopy(**problem) for problem in stored.get("problems", ()))
        return cls(**values)


_NAMES = tuple(each.name for each in fields(LineCopy))
_KNOWN = frozenset(_NAMES)
_VALUES = operator.attrgetter(*_NAMES)
_TUPLES = tuple(each.name for each in fields(LineCopy) if each.default == ())


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`; no share of nothing."""

    part: int
    whole: int

    def __add__(self, other: "Share") -> "Share":
        return Share(self.part + other.part, self.whole + other.whole)

    def __sub__(self, other: "Share") -> "Share":
        return Share(self.part - other.part, self.whole - other.whole)

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.part, self.whole) if self.whole else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """Some projects together. Money in whole yuan; plan and investment are those of the planned projects."""

    projects: int = 0
    total_investment: int = 0
    planned: int = 0
    year_plan: int = 0
    invested_to_date: int = 0
    invested_this_month: int = 0
    started: Share = Share(0, 0)
    in_statistics: Share = Share(0, 0)
    punctual: Share = Share(0, 0)
    levels: tuple[int, ...] = ()  # how many at each level, the best first
    exempt: int = 0
    not_rated: int = 0
    not_reported: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        """Both together, of projects that are in one of them only."""
        return self._with(other, operator.add)

    def __sub__(self, other: "Sums") -> "Sums":
        """What is left without `other`, whose projects are all among these."""
        return self._with(other, operator.sub)

    def _with(self, other: "Sums", together: Callable[[Any, Any], Any]) -> "Sums":
        values = {
            each.name: together(getattr(self, each.name), getattr(other, each.name))
            for each in fields(self)
            if each.name != "levels"
        }
        pairs = zip_longest(self.levels, other.levels, fillvalue=0)
        return Sums(**values, levels=tuple(together(mine, theirs) for mine, theirs in pairs))

    @property
    def completion_rate(self) -> Fraction | None:
        return completion_rate(self.invested_to_date, self.year_plan)

    def lead(self, month: Month) -> Fraction | None:
        """Points ahead of the months passed, or behind."""
        return lead(self.completion_rate, district_schedule(month))

    @property
    def rated(self) -> int:
        return sum(self.levels)

    @property
    def worst_first(self) -> tuple[int, ...]:
        return self.levels[::-1]

    @property
    def worst(self) -> int:
        """How many stand at the worst level."""
        return self.levels[-1] if self.levels else 0


def sums_of(lines: Iterable[LineCopy], *, levels: int) -> Sums:
    """The projects of `lines` together; `levels` is how many the palette has."""
    rows = list(lines)
    planned = [line for line in rows if line.is_implementation and line.year_plan]
    by_level = [0] * levels
    for line in rows:
        if line.level is not None:
            by_level[min(line.level, levels - 1)] += 1
    standing = [line.standing for line in rows]
    return Sums(
        projects=len(rows),
        total_investment=sum(line.total_investment or 0 for line in rows),
        planned=len(planned),
        year_plan=sum(line.year_plan or 0 for line in planned),
        invested_to_date=sum(line.invested_to_date or 0 for line in planned),
        invested_this_month=sum(line.invested_this_month or 0 for line in planned),
        started=_share(rows, lambda line: line.is_due_to_start, lambda line: line.is_started),
        in_statistics=_share(rows, lambda line: line.is_due_for_statistics, lambda line: line.is_in_statistics),
        punctual=_share(rows, lambda line: line.punctual is not None, lambda line: bool(line.punctual)),
        levels=tuple(by_level),
        exempt=standing.count("exempt"),
        not_rated=standing.count("not_rated"),
        not_reported=standing.count("not_reported"),
    )


Test = Callable[[LineCopy], bool]


def _share(lines: Sequence[LineCopy], counts: Test, holds: Test) -> Share:
    due = [line for line in lines if counts(line)]
    return Share(sum(holds(line) for line in due), len(due))


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCopy:
    """A unit, a leader or a category in a bulletin: its sums, its rank in the group, and the colour of a unit."""

    kind: str  # unit, leader, category
    name: str
    key: int | None
    group: str = ""
    sums: Sums
    rank: int | None = None
    of: int = 0
    previous_rank: int | None = None
    level: int | None = None
    reasons: tuple[str, ...] = ()

    @property
    def climbed(self) -> int | None:
        """How many ranks better than last month; negative for worse, None when unknown."""
        return None if self.rank is None or self.previous_rank is None else self.previous_rank - self.rank


@dataclass(frozen=True, slots=True)
class Content:
    """All that one bulletin shows."""

    month: Month
    lines: tuple[LineCopy, ...]
    levels: int
    units: tuple[UnitCopy, ...] = field(default=())

    @property
    def whole(self) -> Sums:
        """All projects together."""
        return sums_of(self.lines, levels=self.levels)

    @property
    def implementation(self) -> Sums:
        return sums_of((line for line in self.lines if line.is_implementation), levels=self.levels)

    def of_kind(self, kind: str, group: str = "") -> list[UnitCopy]:
        return [unit for unit in self.units if unit.kind == kind and (not group or unit.group == group)]

    def at_level(self, level: int) -> list[LineCopy]:
        """The projects at a level; at the worst one of the palette also what lies beyond."""
        last = self.levels - 1
        return [line for line in self.lines if line.level is not None and min(line.level, last) == level]


Who = tuple[str, int | None]  # what a unit, leader or category is called, and its number


def units_of(
    lines: Sequence[LineCopy],
    month: Month,
    *,
    levels: int,
    policy: UnitPolicy,
    before: Mapping[tuple[str, str], int],
) -> list[UnitCopy]:
    """The tables by unit, leader and category, the best first; `before` holds last month's ranks by kind and name."""
    by_unit = _grouped(lines, lambda line: line.unit_name, lambda line: line.unit)
    by_leader = _grouped(lines, lambda line: line.leader_name, lambda line: line.leader)
    by_category = _grouped(lines, lambda line: line.category_name, lambda line: line.category)
    groups = {key: rows[0].unit_group for (_name, key), rows in by_unit.items()}
    sums = [
        {who: sums_of(rows, levels=levels) for who, rows in grouped.items()}
        for grouped in (by_unit, by_leader, by_category)
    ]
    return tables_of(sums[0], groups, sums[1], sums[2], month, policy=policy, before=before)


def _grouped(
    lines: Sequence[LineCopy], name: Callable[[LineCopy], str], key: Callable[[LineCopy], int | None]
) -> dict[Who, list[LineCopy]]:
    groups: dict[Who, list[LineCopy]] = {}
    for line in lines:
        if name(line):
            groups.setdefault((name(line), key(line)), []).append(line)
    return groups


def tables_of(
    units: Mapping[Who, Sums],
    groups: Mapping[int | None, str],
    leaders: Mapping[Who, Sums],
    categories: Mapping[Who, Sums],
    month: Month,
    *,
    policy: UnitPolicy,
    before: Mapping[tuple[str, str], int],
) -> list[UnitCopy]:
    """The same from sums; `groups` says of each unit whether it is a town or a department."""
    found = _units(units, groups, month, policy, before)
    for kind, sums in (("leader", leaders), ("category", categories)):
        found += _ranked(kind, sums, before)
    return found


def _units(
    named: Mapping[Who, Sums],
    groups: Mapping[int | None, str],
    month: Month,
    policy: UnitPolicy,
    before: Mapping[tuple[str, str], int],
) -> list[UnitCopy]:
    sums, names = {key: each for (_name, key), each in named.items()}, {key: name for name, key in named}
    facts = [
        UnitFacts(
            unit=int(key or 0), group=groups[key], year_plan=each.year_plan,
            invested_to_date=each.invested_to_date, rated=each.rated, red=each.worst,
        )
        for key, each in sums.items()
    ]  # fmt: skip
    ratings: list[UnitRating] = rate_units(facts, district_schedule(month), policy)
    return [
        UnitCopy(
            kind="unit", name=names[rating.unit], key=rating.unit, group=rating.group, sums=sums[rating.unit],
            rank=rating.rank, of=rating.of, previous_rank=before.get(("unit", names[rating.unit])),
            level=rating.level, reasons=rating.reasons,
        )
        for rating in ratings
    ]  # fmt: skip


def _ranked(kind: str, sums: Mapping[Who, Sums], before: Mapping[tuple[str, str], int]) -> list[UnitCopy]:
    """Ranked by the completion rate; equal rates share a rank, and who has no plan comes last without one."""
    rates = sorted((each.completion_rate for each in sums.values() if each.completion_rate is not None), reverse=True)
    found = []
    for (name, key), each in sums.items():
        rank = None if each.completion_rate is None else rates.index(each.completion_rate) + 1
        found.append(
            UnitCopy(
                kind=kind, name=name, key=key, sums=each, rank=rank, of=len(rates),
                previous_rank=before.get((kind, name)),
            )
        )  # fmt: skip
    return sorted(found, key=lambda unit: (unit.rank is None, unit.rank or 0, unit.name))
