"""The league tables row by row: in the order asked for, with the way from figures to their projects, and as a file."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from projects.bulletins.content import Share, Sums, UnitCopy
from projects.core import marks
from projects.core.month import Month
from projects.core.rounding import half_up
from projects.core.sheets import Cell
from projects.core.yuan import WAN
from projects.portfolio.queries.league import League
from projects.portfolio.wording import TAB_NAMES, ColourName, colour_name, colour_names, unit_because
from projects.rating.facts import IMPLEMENTATION
from projects.rating.palettes import Palette
from projects.rating.schedule import district_schedule

WIDTHS = (6, 8, 22, 8, 40, 10, 16, 16, 16, 12, 12, 14, 12, 12, 14)

Value = Callable[[UnitCopy, Month], Any]
SORTS: dict[
    str, Value
] = {  # what each heading sorts by; the first click shows the largest first but for ranks and names
    "rank": lambda row, month: row.rank,
    "name": lambda row, month: row.name,
    "projects": lambda row, month: row.sums.projects,
    "total": lambda row, month: row.sums.total_investment,
    "plan": lambda row, month: row.sums.year_plan,
    "invested": lambda row, month: row.sums.invested_to_date,
    "rate": lambda row, month: row.sums.completion_rate,
    "lead": lambda row, month: row.sums.lead(month),
    "started": lambda row, month: row.sums.started.share,
    "statistics": lambda row, month: row.sums.in_statistics.share,
    "punctual": lambda row, month: row.sums.punctual.share,
    "worst": lambda row, month: row.sums.worst,
}


def in_order(league: League, sort: str) -> list[UnitCopy]:
    """The rows by `sort`, such as `-rate`; those without a value last, equals as they are ranked."""
    value = SORTS.get(sort.removeprefix("-"))
    if value is None:
        return list(league.rows)
    month = league.month
    known = [row for row in league.rows if value(row, month) is not None]
    known.sort(key=lambda row: value(row, month), reverse=sort.startswith("-"))
    return known + [row for row in league.rows if value(row, month) is None]


@dataclass(frozen=True)
class Counted:
    """How many projects of a row have a colour, and where they are listed."""

    name: ColourName
    count: int
    url: str


@dataclass(frozen=True)
class Row:
    """A row as the page shows it. `url` leads to all its projects, `planned_url` to those that its rate counts."""

    copy: UnitCopy | None
    name: str
    sums: Sums
    colour: ColourName | None
    because: str
    url: str
    planned_url: str
    colours: list[Counted]
    lead: Fraction | None
    bar: SafeString | str
    year_url: str = ""

    @property
    def is_behind(self) -> bool:
        return self.lead is not None and self.lead < 0

    @property
    def rank(self) -> int | None:
        return self.copy.rank if self.copy else None

    @property
    def climbed(self) -> str:
        """The change of rank since last month: ↑2, ↓1, or that there is none; nothing when unknown."""
        steps = self.copy.climbed if self.copy else None
        if steps is None:
            return ""
        return f"{'↑' if steps > 0 else '↓'}{abs(steps)}" if steps else _("unchanged")


def rows_of(league: League, sort: str) -> list[Row]:
    return [_row(league, row) for row in in_order(league, sort)]


def _row(league: League, row: UnitCopy) -> Row:
    palette = league.told.palette
    narrowed = {row.kind: str(row.key)}
    if row.kind == "unit" and row.key in league.nested:
        narrowed["itself"] = "only"
    return Row(
        copy=row,
        name=row.name,
        colour=None if row.level is None else colour_name(row.level, "", palette),
        because=unit_because(row, league.month, palette) if row.kind == "unit" else "",
        year_url=reverse("unit_year", args=[row.key]) if row.kind == "unit" else "",
        **_figures(league, row.sums, narrowed),
    )


def whole_of(league: League) -> Row:
    """The line of all projects."""
    return Row(None, _("The whole district"), colour=None, because="", **_figures(league, league.whole, {}))


def rest_of(league: League) -> Row | None:
    """The line of the projects that belong to no row."""
    if league.rest is None:
        return None
    kind = {"leaders": "leader", "categories": "category"}[league.tab]
    return Row(None, _("Not stated"), colour=None, because="", **_figures(league, league.rest, {kind: "none"}))


def together_of(league: League) -> Row | None:
    """The line of all rows, where they are not the whole; no filter lists them."""
    if league.rest is not None or league.together.projects == league.whole.projects:
        return None
    name = _("%(group)s together") % {"group": TAB_NAMES[league.tab]}
    return Row(None, name, colour=None, because="", **_figures(league, league.together, None))


def _figures(league: League, sums: Sums, narrowed: dict[str, str] | None) -> dict[str, Any]:
    """What every line shows; `narrowed` is the filter that lists its projects, None where there is none."""

    def listed(**more: str) -> str:
        if narrowed is None:
            return ""
        return f"{reverse('project_list')}?{urlencode({'month': str(league.month), **narrowed, **more})}"

    rate, schedule = sums.completion_rate, district_schedule(league.month)
    return {
        "sums": sums,
        "lead": sums.lead(league.month),
        "bar": "" if rate is None else marks.rate_bar(float(rate * 100), float(schedule * 100)),
        "url": listed(),
        "planned_url": listed(project_class=IMPLEMENTATION, plan="with"),
        "colours": [
            Counted(name, count, listed(colour=name.code))
            for name, count in _by_colour(sums, league.told.palette)
            if count
        ],
    }


def _by_colour(sums: Sums, palette: Palette) -> Iterator[tuple[ColourName, int]]:
    """Each colour and standing with its projects, the worst first."""
    levels = {shade.hue: level for level, shade in enumerate(palette.shades)}
    for name in colour_names(palette):
        if name.code in levels:
            level = levels[name.code]
            yield name, sums.levels[level] if level < len(sums.levels) else 0
        else:
            yield name, getattr(sums, name.code)


# ── as a file ───────────────────────────────────────────────────────────────────────────────────


def heading(league: League) -> list[str]:
    words = [name.word for name in colour_names(league.told.palette)]
    return [
        _("Rank"), _("Change of rank"), str(TAB_NAMES[league.tab]), _("Colour"), _("Reason"), _("Projects"),
        _("Total investment (10,000 yuan)"), _("Year plan (10,000 yuan)"), _("Invested to date (10,000 yuan)"),
        _("Rate (%)"), _("Schedule (%)"), _("Ahead or behind (points)"), _("Started of those due (%)"),
        _("Entered in statistics (%)"), _("Reports in time (%)"), *words,
    ]  # fmt: skip


def cells(league: League, sort: str) -> Iterator[list[Cell]]:
    """Every row, what belongs to none, and the sums."""
    below = (rest_of(league), together_of(league), whole_of(league))
    for row in [*rows_of(league, sort), *(row for row in below if row)]:
        yield _cells(league, row)


def _cells(league: League, row: Row) -> list[Cell]:
    sums, copy = row.sums, row.copy
    return [
        copy.rank if copy and league.is_ranked else None,
        copy.climbed if copy and league.is_ranked else None,
        row.name,
        row.colour.word if row.colour else None,
        row.because,
        sums.projects,
        *(wan(amount) for amount in (sums.total_investment, sums.year_plan, sums.invested_to_date)),
        _percent(sums.completion_rate),
        _percent(district_schedule(league.month)),
        None if row.lead is None else float(half_up(row.lead, 1)),
        *(_percent(share.share) for share in _shares(sums)),
        *(count for _name, count in _by_colour(sums, league.told.palette)),
    ]


def _shares(sums: Sums) -> Iterable[Share]:
    return sums.started, sums.in_statistics, sums.punctual


def _percent(share: Fraction | None) -> Cell:
    return None if share is None else float(half_up(share * 100, 1))


def wan(yuan: int | None) -> Cell:
    """An amount for a cell: 万元, whole where it is."""
    if yuan is None:
        return None
    return yuan // WAN if yuan % WAN == 0 else yuan / WAN
