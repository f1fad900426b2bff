"""Reading many lines at once: sums by colour, a page of them, and what is mine to do."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from hashlib import sha256
from typing import Any, TypeVar

from django.core.cache import caches
from django.db import connection
from django.db.models import Count, F, Q, QuerySet, Sum, TextField
from django.db.models.expressions import OrderBy
from django.db.models.functions import Cast
from django.db.models.lookups import IsNull

from projects.accounts.models import User
from projects.accounts.queries import failed_sign_ins, within_reading
from projects.bulletins.models import Line
from projects.core.month import Month
from projects.journal.models import Entry
from projects.rating.facts import IMPLEMENTATION
from projects.rating.palettes import Palette
from projects.rating.schedule import completion_rate, district_schedule, lead
from projects.register.models import Problem, Project
from projects.register.models.problems import CLOSED, OPEN
from projects.register.stages import Stage

Found = TypeVar("Found")

OVER_100_MILLION = 100_000_000  # yuan: the size from which signed leads are counted


@dataclass(frozen=True)
class Sums:
    """Projects counted and their money added up (yuan); rates compare only those that have a plan."""

    count: int = 0
    total_investment: int = 0
    year_plan: int = 0
    invested_to_date: int = 0
    invested_of_plan: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.count + other.count,
            self.total_investment + other.total_investment,
            self.year_plan + other.year_plan,
            self.invested_to_date + other.invested_to_date,
            self.invested_of_plan + other.invested_of_plan,
        )

    @property
    def completion_rate(self) -> Fraction | None:
        return completion_rate(self.invested_of_plan, self.year_plan)

    def lead(self, month: Month) -> Fraction | None:
        """Points ahead of M/12, by which any total of projects is measured."""
        return lead(self.completion_rate, district_schedule(month))


SUMMED: dict[str, Any] = {  # in the order of the fields of `Sums`
    "sum_count": Count("id"),
    "sum_total": Sum("total_investment", default=0),
    "sum_plan": Sum("year_plan", default=0),
    "sum_invested": Sum("invested_to_date", default=0),
    "sum_of_plan": Sum("invested_to_date", filter=Q(year_plan__gt=0), default=0),
}


def sums_by_colour(lines: QuerySet[Line], palette: Palette) -> dict[str, Sums]:
    """Of each colour and standing what there is, by its code in addresses; one query."""
    found: dict[str, Sums] = {}
    for (_class, code), sums in sums_by_class_and_colour(lines, palette).items():
        found[code] = found.get(code, Sums()) + sums
    return found


def sums_by_class_and_colour(lines: QuerySet[Line], palette: Palette) -> dict[tuple[str, str], Sums]:
    """The same for each class; in the order of an index that holds all that is summed."""
    found: dict[tuple[str, str], Sums] = {}
    rows = lines.order_by().values_list("project_class", "level", "standing").annotate(**SUMMED)
    for name, level, standing, *values in rows:
        key = name, standing if level is None else palette.shade(level).hue
        found[key] = found.get(key, Sums()) + Sums(*values)
    return found


def added_up(sums: Iterable[Sums]) -> Sums:
    return sum(sums, Sums())


def kept(user: User, written: str, what: str, compute: Callable[[], Found]) -> Found:
    """What `compute` gives, kept while the lines stand as `written`: month and stamp are part of the key."""
    return kept_below(f"{user.unit_id}:{user.role}", written, what, compute)


def kept_below(scope: str, written: str, what: str, compute: Callable[[], Found]) -> Found:
    """The same for all who read as far as `scope` says."""
    key = f"sums:{written}:{scope}:{sha256(what.encode()).hexdigest()}"
    found: Found | None = caches["totals"].get(key)
    if found is None:
        found = compute()
        caches["totals"].set(key, found)
    return found


@dataclass(frozen=True)
class Order:
    """One way to sort lines: by `columns`, with the lines that have nothing to sort by (`blank`) always last.

    Where a column behind the first may be empty (`may_lack`), lines without it come last among their equals.
    """

    columns: tuple[str, ...]
    blank: Q | None = None
    may_lack: str = ""

    def sorted(self, lines: QuerySet[Line], *, descending: bool, from_end: bool = False) -> QuerySet[Line]:
        """`lines` in this order, or in the very reverse of it."""
        return lines.order_by(*self._terms(descending, from_end))

    def _terms(self, descending: bool, from_end: bool) -> Iterator[OrderBy]:
        for column in (*self.columns, "id"):
            name = column.removeprefix("-")
            if name == self.may_lack:  # said, for the databases disagree on where an empty one stands
                yield OrderBy(IsNull(F(name), True), descending=from_end)
            turned = descending != column.startswith("-")
            yield OrderBy(F(name), descending=turned != from_end)


ORDERS: dict[str, Order] = {
    "colour": Order(("-severity", "lead_tenths"), may_lack="lead_tenths"),
    "name": Order(("name_key",)),
    "unit": Order(("unit_name",)),
    "leader": Order(("leader_name",), Q(leader_name="")),
    "stage": Order(("stage_order",), Q(stage_order=0)),
    "total": Order(("total_investment",), Q(total_investment__isnull=True)),
    "plan": Order(("year_plan",), Q(year_plan__isnull=True)),
    "invested": Order(("invested_to_date",), Q(invested_to_date__isnull=True)),
    "rate": Order(("completion_tenths",), Q(completion_tenths__isnull=True)),
    "lead": Order(("lead_tenths",), Q(lead_tenths__isnull=True)),
    "reason": Order(("worst_rule",), Q(worst_rule="")),
    "changed": Order(("changed_at",)),
}


def order_asked(text: str) -> tuple[Order, bool]:
    """The order of this name, and whether it is descending (`-name`); by colour when there is no such order."""
    name = text.removeprefix("-")
    return (ORDERS[name], text.startswith("-")) if name in ORDERS else (ORDERS["colour"], False)


def slice_ids(lines: QuerySet[Line], order: Order, *, descending: bool, start: int, stop: int, count: int) -> list[int]:
    """The ids of lines `start` to `stop` of all `count` in this order, read from an index alone.

    What lies in the second half is read from the end. Lines without a value come last in both
    directions, on every database: they are a list of their own behind the others.
    """
    stop, from_end = min(stop, count), start > count // 2
    if order.blank is None:
        if from_end:
            return _from_end(order.sorted(lines, descending=descending, from_end=True), count - stop, count - start)
        return _ids(order.sorted(lines, descending=descending), start, stop)
    valued, blank = lines.exclude(order.blank), lines.filter(order.blank).order_by("-id")
    tail = _from_end(blank, count - stop, count - start) if from_end else []
    if tail:
        lacking = stop - start - len(tail)
        return (
            _from_end(order.sorted(valued, descending=descending, from_end=True), 0, lacking) + tail
            if lacking
            else tail
        )
    head = _ids(order.sorted(valued, descending=descending), start, stop)
    if from_end or len(head) == stop - start:
        return head
    return head + _from_end(blank, count - stop, count - start - len(head))


def _ids(lines: QuerySet[Line], start: int, stop: int) -> list[int]:
    return list(lines.values_list("id", flat=True)[start:stop])


def _from_end(reverse: QuerySet[Line], start: int, stop: int) -> list[int]:
    """The ids at `start` to `stop` of an order turned round, turned back."""
    return _ids(reverse, start, stop)[::-1]


SHOWN = (
    "code", "name", "short_name", "unit_name", "leader_name", "level", "standing", "halted", "exempt_reason",
    "total_investment", "year_plan", "invested_to_date", "completion_tenths", "schedule_tenths", "lead_tenths",
    "changed_at", "phases", "hits", "checks",
)  # fmt: skip
STORED = ("changed_at", "phases", "hits", "checks")
AS_TEXT: dict[str, Any] = {f"{name}_text": Cast(name, TextField()) for name in STORED}


def shown(ids: list[int]) -> list[tuple[Any, ...]]:
    """Of these lines the id, the path of the unit, and what the list shows, as `SHOWN` has it; one query.

    Moments and lists stay the text that they are stored as: it can be compared, and is seldom read.
    """
    if not ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_shown_sql(len(ids)), ids)
        return list(cursor.fetchall())


@lru_cache(maxsize=256)
def _shown_sql(count: int) -> str:
    """The query for so many ids: to write it takes longer than to answer it."""
    names = (f"{name}_text" if name in STORED else name for name in SHOWN)
    rows = Line.objects.filter(pk__in=range(count)).annotate(**AS_TEXT).values_list("id", "unit__path", *names)
    sql, _ids = rows.query.sql_with_params()
    return str(sql)


def lines_by_id(ids: list[int]) -> list[Line]:
    """These lines in the order of `ids`; one query."""
    found = Line.objects.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def signed_leads(lines: QuerySet[Line]) -> Sums:
    """Investment leads with a signed agreement of 100 million yuan or more, also where only that much is known.

    Two queries: most are found in the index of the sums, and only those without a total at their projects.
    """
    signed = lines.filter(project_class="lead", stage_order__gte=Stage.SIGNED.number)
    large = signed.filter(total_investment__gte=OVER_100_MILLION)
    unknown = signed.filter(total_investment__isnull=True, project__total_at_least__gte=OVER_100_MILLION)
    return added_up(Sums(*rows.aggregate(**SUMMED).values()) for rows in (large, unknown))


@dataclass(frozen=True)
class Overview:
    """The district's month in figures."""

    signed: Sums
    in_talks: int
    implementation: Sums
    started: int
    by_colour: dict[str, Sums]
    by_class: dict[str, Sums]
    units: list[tuple[int, str, Sums]]


def overview_of(lines: QuerySet[Line], palette: Palette) -> Overview:
    """The totals of a month; six queries."""
    both = sums_by_class_and_colour(lines, palette)
    by_class: dict[str, Sums] = {}
    for (name, _code), sums in both.items():
        by_class[name] = by_class.get(name, Sums()) + sums
    started = lines.filter(project_class=IMPLEMENTATION, stage_order__gte=Stage.STARTED.number)
    return Overview(
        signed=signed_leads(lines),
        in_talks=lines.filter(project_class="lead", stage_order=Stage.IN_TALKS.number).count(),
        implementation=by_class.get(IMPLEMENTATION, Sums()),
        started=started.count(),
        by_colour={code: sums for (name, code), sums in both.items() if name == IMPLEMENTATION},
        by_class=by_class,
        units=rate_of_units(lines),
    )


def rate_of_units(lines: QuerySet[Line]) -> list[tuple[int, str, Sums]]:
    """Each unit with planned projects: what was planned and invested, the furthest ahead first."""
    planned = lines.filter(project_class=IMPLEMENTATION, year_plan__gt=0).order_by()
    # By colour too, which is then added up: in that order the index of the sums holds them.
    rows = planned.values_list("level", "standing", "unit", "unit_name").annotate(**SUMMED)
    found: dict[tuple[int, str], Sums] = {}
    for _level, _standing, pk, name, *values in rows:
        found[pk, name] = found.get((pk, name), Sums()) + Sums(*values)
    units = [(pk, name, sums) for (pk, name), sums in found.items()]
    return sorted(units, key=lambda row: (-(row[2].completion_rate or 0), row[1]))


def reading_along_pays(hits: int, stop: int) -> bool:
    """Whether the first `stop` of so many hits are sooner found by reading names along an order than by
    gathering all hits and sorting them: read are `stop / hits` of perhaps 100,000 lines."""
    return stop * 100_000 < hits * hits


def worst_ids(lines: QuerySet[Line], *, most: int) -> list[int]:
    """The first lines that have a colour worse than the best, the worst first."""
    lagging = ORDERS["colour"].sorted(lines.filter(severity__gte=1), descending=False)
    return list(lagging.values_list("id", flat=True)[:most])


def without_figures(lines: QuerySet[Line], month: Month, *, most: int) -> tuple[int, list[Line]]:
    """Planned projects without an approved figure for the month: how many, and the first."""
    missing = lines.filter(
        Q(reported_month__isnull=True) | Q(reported_month__lt=month), year_plan__gt=0, halted=""
    ).exclude(standing="exempt")
    return missing.count(), list(missing.order_by("name_key", "id")[:most])


def entries_visible_to(user: User) -> QuerySet[Entry]:
    """What was done to the projects that `user` may read, and what the people of the own district did besides;
    and who tried in vain to sign in: as one of these people, or by a name that nobody has."""
    projects = Project.objects.visible_to(user).values("pk")
    people = User.objects.filter(within_reading(user))
    own = Q(project_id__in=projects) | Q(project_id__isnull=True, actor__in=people.values("pk"))
    own |= failed_sign_ins(people)
    return Entry.objects.filter(own).select_related("actor__unit")


@dataclass(frozen=True)
class Holder:
    """Who is asked: how many projects wait for that unit or body, and how many of its problems are overdue."""

    name: str
    unit: int | None
    projects: int
    problems: int
    overdue: int


def who_holds_up(problems: QuerySet[Problem], today: datetime.date, *, most: int = 5) -> list[Holder]:
    """The units and bodies for which most projects wait, the most first; from problems that are not closed."""
    rows = (
        problems.exclude(state=CLOSED)
        .filter(Q(asked_of__isnull=False) | ~Q(asked_name=""))
        .order_by()
        .values_list("asked_of", "asked_of__short_name", "asked_name")
        .annotate(
            projects=Count("project", distinct=True),
            problems=Count("id"),
            overdue=Count("id", filter=Q(state=OPEN, due_on__lt=today)),
        )
        .order_by("-projects", "-overdue", "asked_of", "asked_name")
    )
    return [Holder(short or name, unit, *counts) for unit, short, name, *counts in rows[:most]]
