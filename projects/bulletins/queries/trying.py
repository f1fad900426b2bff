"""What an edition of the rules would change in a month, were it in force: found by rating anew, stored nowhere."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from projects.accounts.models import User
from projects.accounts.queries import district_of
from projects.bulletins.models import Line, LineStamp
from projects.bulletins.queries.editions import Edition, edition_for
from projects.bulletins.queries.lines import reasons
from projects.bulletins.queries.published import closed_districts
from projects.bulletins.queries.rated import rated_lines
from projects.core.month import Month
from projects.rating.facts import IMPLEMENTATION
from projects.rating.palettes import Palette
from projects.rating.schedule import district_schedule
from projects.rating.units import UnitFacts, rate_units
from projects.register.models import Project

BATCH = 2000  # projects rated at a time, so that memory stays flat for a province
MOST = 200  # projects named; more are only counted
MONTHS = 24  # offered to try

Colour = tuple[int | None, str]  # the level as a palette shows it and "", or None and the standing


@dataclass(frozen=True)
class Moved:
    """A project whose colour would change, and why it would have the other one."""

    now: Line
    then: Line
    reasons: list[str]


@dataclass(frozen=True)
class MovedUnit:
    """A unit whose colour would change; None: it has none."""

    name: str
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Trial:
    """A month as it stands in `palette`, and as the edition would have it.

    `before` and `after` count the projects by what is shown. `moved` are the first of the `changing` projects, the
    worst colour first. `published`: what stands was published and stays.
    """

    month: Month
    published: bool
    palette: Palette
    before: Counter[Colour]
    after: Counter[Colour]
    moved: list[Moved]
    changing: int
    units: list[MovedUnit]


@dataclass
class _Units:
    """The projects of each unit added up, to rate the units as one edition does."""

    edition: Edition
    sums: dict[int, list[int]] = field(default_factory=dict)  # year plan, invested, rated, red
    names: dict[int, tuple[str, str]] = field(default_factory=dict)  # name, group

    def add(self, line: Line, group: str) -> None:
        sums = self.sums.setdefault(line.unit_id, [0, 0, 0, 0])
        self.names[line.unit_id] = line.unit_name, group
        if line.project_class == IMPLEMENTATION and line.year_plan:
            sums[0] += line.year_plan
            sums[1] += line.invested_to_date or 0
        if line.level is not None:
            sums[2] += 1
            sums[3] += line.level >= len(self.edition.palette.shades) - 1

    def levels(self, month: Month) -> dict[int, int | None]:
        facts = [UnitFacts(unit, self.names[unit][1], *sums) for unit, sums in self.sums.items()]
        ratings = rate_units(facts, district_schedule(month), self.edition.unit_policy)
        return {rating.unit: rating.level for rating in ratings}


def months_to_try(through: Month) -> list[Month]:
    """The months that have lines, the latest first."""
    stamps = LineStamp.objects.filter(month__lte=through).order_by("-month")
    return list(stamps.values_list("month", flat=True)[:MONTHS])


def trial(user: User, month: Month, edition: Edition, *, current: bool) -> Trial:
    """Rate all that `user` reads in `month` by `edition`, through the function that writes the lines, beside the
    lines that stand; earlier months (P9) count as they stand. `current` as there.

    A fixed number of queries for each two thousand projects.
    """
    in_force = edition_for(month)
    before: Counter[Colour] = Counter()
    after: Counter[Colour] = Counter()
    changed: list[tuple[Line, Line]] = []
    units_before, units_after = _Units(in_force), _Units(edition)
    for now, then in _beside(user, month, edition, current):
        was, would_be = _shown(now, in_force.palette), _shown(then, edition.palette)
        before[was] += 1
        after[would_be] += 1
        if was != would_be:
            changed.append((now, then))
        group = "department" if then.unit.kind == "department" else "town"
        units_before.add(now, group)
        units_after.add(then, group)
    changed.sort(key=lambda pair: (-pair[1].severity, -pair[0].severity, pair[0].project_id))
    moved = [Moved(now, then, reasons(then, edition.palette)) for now, then in changed[:MOST]]
    levels = units_before.levels(month), units_after.levels(month)
    units = [
        MovedUnit(name, levels[0][pk], levels[1][pk])
        for pk, (name, _group) in units_after.names.items()
        if levels[0][pk] != levels[1][pk]
    ]
    published = _is_published(user, month)
    return Trial(month, published, in_force.palette, before, after, moved, len(changed), units)


def _beside(user: User, month: Month, edition: Edition, current: bool) -> Iterator[tuple[Line, Line]]:
    """Each line as it stands and as `edition` would have it."""
    lines = Line.objects.visible_to(user).of(month).order_by("project")
    pks = list(lines.values_list("project", flat=True))
    for start in range(0, len(pks), BATCH):
        batch = pks[start : start + BATCH]
        stand = {line.project_id: line for line in Line.objects.of(month).filter(project__in=batch)}
        for then in rated_lines(Project.objects.filter(pk__in=batch), month, current=current, edition=edition):
            yield stand[then.project_id], then


def _shown(line: Line, palette: Palette) -> Colour:
    return (None, line.standing) if line.level is None else (min(line.level, len(palette.shades) - 1), "")


def _is_published(user: User, month: Month) -> bool:
    return any(path.startswith(district_of(user.unit).path) for path in closed_districts(month))
