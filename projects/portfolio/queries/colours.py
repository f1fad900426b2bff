"""Colours over the months: as published where a month is, otherwise as its lines stand now."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from projects.accounts.models import Unit
from projects.bulletins.content import Sums, UnitCopy
from projects.bulletins.models import BulletinLine, BulletinUnit, Line, LineStamp
from projects.bulletins.queries import reasons
from projects.bulletins.queries.drafting import look
from projects.bulletins.queries.published import unit_from_row
from projects.bulletins.queries.told import Told, told_months
from projects.core.month import Month
from projects.portfolio.queries.lines import kept_below
from projects.rating.facts import IMPLEMENTATION
from projects.rating.schedule import district_schedule
from projects.rating.units import UnitFacts, rate_units


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthColour:
    """The colour of a project in a month; rates and lead in tenths. `unit` answered for it then."""

    project: int
    month: Month
    code: str
    name: str
    unit: int
    level: int | None
    word: str
    hue: str
    shape: str
    is_overridden: bool
    is_published: bool
    reasons: tuple[str, ...]
    completion_tenths: int | None
    schedule_tenths: int | None
    lead_tenths: int | None

    @property
    def starred(self) -> str:
        """The word, with an asterisk where the level was decided otherwise than by the rules."""
        return f"{self.word}*" if self.is_overridden else self.word


COPIED = (
    "project", "bulletin__month", "code", "short_name", "unit", "level", "colour_word", "colour_hue", "colour_shape",
    "computed_level", "more__reasons", "completion_tenths", "schedule_tenths", "lead_tenths",
)  # fmt: skip


def colours_of(projects: Sequence[int], tells: Mapping[Month, Told]) -> dict[int, dict[Month, MonthColour]]:
    """Of each project its colours in these months; two queries."""
    found: dict[int, dict[Month, MonthColour]] = {pk: {} for pk in projects}
    for colour in [*_published(projects, tells.values()), *_live(projects, tells)]:
        found[colour.project][colour.month] = colour
    return found


def _published(projects: Sequence[int], tells: Iterable[Told]) -> Iterator[MonthColour]:
    bulletins = [each.bulletin.pk for each in tells if each.bulletin]
    rows = BulletinLine.objects.filter(project__in=projects, bulletin__in=bulletins).order_by("bulletin", "number")
    for project, month, code, name, unit, level, word, hue, shape, computed, why, *rates in rows.values_list(*COPIED):
        yield MonthColour(
            project=project, month=month, code=code, name=name, unit=unit, level=level, word=word, hue=hue,
            shape=shape, is_overridden=level != computed, is_published=True, reasons=tuple(why),
            completion_tenths=rates[0], schedule_tenths=rates[1], lead_tenths=rates[2],
        )  # fmt: skip


def _live(projects: Sequence[int], tells: Mapping[Month, Told]) -> Iterator[MonthColour]:
    months = [month for month, each in tells.items() if not each.is_published]
    for line in Line.objects.filter(project__in=projects, month__in=months).order_by("month", "id"):
        palette = tells[line.month].palette
        word, hue, shape = look(line.level, line.standing, palette)
        yield MonthColour(
            project=line.project_id, month=line.month, code=line.code, name=line.short_name, unit=line.unit_id,
            level=line.level, word=word, hue=hue, shape=shape, is_overridden=line.level != line.computed_level,
            is_published=False, reasons=tuple(reasons(line, palette)), completion_tenths=line.completion_tenths,
            schedule_tenths=line.schedule_tenths, lead_tenths=line.lead_tenths,
        )  # fmt: skip


@dataclass(frozen=True)
class ProjectYear:
    """A project of a unit through the months of a year; None where the unit did not answer for it."""

    code: str
    name: str
    months: tuple[MonthColour | None, ...]

    @property
    def last(self) -> MonthColour | None:
        return self.months[-1]

    @property
    def badness(self) -> tuple[int, int, int, str]:
        """The worst now first, then who was worst longest, then who lags furthest."""
        levels = [-1 if each is None or each.level is None else each.level for each in self.months]
        lead = self.last.lead_tenths if self.last and self.last.lead_tenths is not None else 10**9
        return -levels[-1], -sum(level for level in levels if level > 0), lead, self.code


@dataclass(frozen=True)
class UnitYear:
    """A unit from January on: how it stood each month (None: nothing known of it), and each of its projects."""

    tells: dict[Month, Told]
    unit: tuple[UnitCopy | None, ...]
    projects: list[ProjectYear]

    @property
    def months(self) -> list[Month]:
        return list(self.tells)


def unit_year(district: Unit, unit: Unit, through: Month) -> UnitYear:
    """The year of `unit` up to `through`, the worst project first; eight queries for any number of projects."""
    tells = told_months(district, through.year_so_far())
    units = _published_unit(unit, tells) | _live_units(district, tells).get(unit.pk, {})
    held = Line.objects.filter(unit=unit, month__in=list(tells)).order_by("project")
    colours = colours_of(list(held.values_list("project", flat=True).distinct()), tells)
    projects = [_project_year(unit, months, tells) for months in colours.values()]
    return UnitYear(
        tells,
        tuple(units.get(month) for month in tells),
        sorted((each for each in projects if each), key=lambda each: each.badness),
    )


def _project_year(unit: Unit, colours: Mapping[Month, MonthColour], tells: Mapping[Month, Told]) -> ProjectYear | None:
    own = {month: colour for month, colour in colours.items() if colour.unit == unit.pk}
    if not own:
        return None
    last = own[max(own)]
    return ProjectYear(last.code, last.name, tuple(own.get(month) for month in tells))


def _published_unit(unit: Unit, tells: Mapping[Month, Told]) -> dict[Month, UnitCopy]:
    bulletins = [each.bulletin.pk for each in tells.values() if each.bulletin]
    rows = BulletinUnit.objects.filter(bulletin__in=bulletins, kind="unit", key=unit.pk)
    months = {each.bulletin.pk: month for month, each in tells.items() if each.bulletin}
    return {months[row.bulletin_id]: unit_from_row(row) for row in rows.order_by("bulletin", "number")}


Standing = dict[int, dict[Month, UnitCopy]]


def _live_units(district: Unit, tells: Mapping[Month, Told]) -> Standing:
    """Of each unit how it stands in the months not published yet, by the rules for units; kept while lines stand."""
    stamps = LineStamp.objects.filter(month__in=[month for month, each in tells.items() if not each.is_published])
    written = {row.month: row.number for row in stamps.order_by("month")}
    if not written:
        return {}
    key = ",".join(f"{month}:{number}:{tells[month].rules}" for month, number in written.items())
    return kept_below(f"district:{district.pk}", key, "units", lambda: _rated_units(district, list(written), tells))


def _rated_units(district: Unit, months: Sequence[Month], tells: Mapping[Month, Told]) -> Standing:
    sums = _sums(district, months, tells)
    found: Standing = {}
    for month in months:
        here = {unit: each for (of, unit), each in sums.items() if of == month}
        facts = [
            UnitFacts(unit, group, each.year_plan, each.invested_to_date, each.rated, each.worst)
            for unit, (group, each) in here.items()
        ]
        for rating in rate_units(facts, district_schedule(month), tells[month].unit_policy):
            group, each = here[rating.unit]
            found.setdefault(rating.unit, {})[month] = UnitCopy(
                kind="unit", name="", key=rating.unit, group=group, sums=each, rank=rating.rank, of=rating.of,
                level=rating.level, reasons=rating.reasons,
            )  # fmt: skip
    return found


def _sums(
    district: Unit, months: Sequence[Month], tells: Mapping[Month, Told]
) -> dict[tuple[Month, int], tuple[str, Sums]]:
    """Of each month and unit its group, and what its rating needs: the same as `content.sums_of` finds; one query."""
    planned = Q(project_class=IMPLEMENTATION, year_plan__gt=0)
    rows = Line.objects.filter(month__in=months, unit__in=Unit.objects.below(district)).order_by()
    found: dict[tuple[Month, int], tuple[str, Sums]] = {}
    for month, unit, kind, level, count, plan, invested in rows.values_list(
        "month", "unit", "unit__kind", "level"
    ).annotate(
        count=Count("id"),
        plan=Sum("year_plan", filter=planned, default=0),
        invested=Sum("invested_to_date", filter=planned, default=0),
    ):
        levels = [0] * len(tells[month].palette.shades)
        if level is not None:
            levels[min(level, len(levels) - 1)] = count
        group = "department" if kind == "department" else "town"
        _group, before = found.get((month, unit), (group, Sums()))
        found[month, unit] = group, before + Sums(
            projects=count, year_plan=plan, invested_to_date=invested, levels=tuple(levels)
        )  # fmt: skip
    return found
