"""Two months side by side in rows: counts per colour, sums, units, and the cells of a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from projects.bulletins.changes import Changes
from projects.bulletins.content import Content, LineCopy, Sums, UnitCopy
from projects.bulletins.models import STANDINGS
from projects.bulletins.queries.told import Told
from projects.core import display
from projects.core.month import Month
from projects.core.sheets import Cell
from projects.portfolio.comparing import Pair, UnitPair
from projects.portfolio.league import wan
from projects.portfolio.wording import ColourName, colour_name

WIDTHS = (10, 12, 34, 16, 10, 10, 10, 10, 10, 16, 16, 16, 60)
SHOW_NAMES: dict[str, Promise] = {
    "colour": gettext_lazy("Another colour"),
    "worse": gettext_lazy("Worse"),
    "better": gettext_lazy("Better"),
    "lead": gettext_lazy("All that moved"),
}
AMOUNTS: dict[str, Promise] = {
    "total_investment": gettext_lazy("Total investment"),
    "year_plan": gettext_lazy("Year plan"),
    "invested_to_date": pgettext_lazy("correction", "Invested in earlier months"),
}


@dataclass(frozen=True)
class Counts:
    """How many projects stood at a level or outside the scale in each month; None: it had no such level."""

    before: ColourName | None
    now: ColourName | None
    count_before: int | None
    count_now: int | None

    @property
    def change(self) -> str:
        return signed((self.count_now or 0) - (self.count_before or 0))


def signed(number: int) -> str:
    """A difference with its sign."""
    return f"+{display.number(number)}" if number > 0 else display.number(number)


def counts(told_before: Told, told_now: Told, before: Sums, now: Sums) -> Iterator[Counts]:
    """The worst level first, then the standings; each month in the words of its own palette."""
    for level in reversed(range(max(len(before.levels), len(now.levels)))):
        yield Counts(_shade(told_before, level), _shade(told_now, level), _at(before, level), _at(now, level))
    for standing in reversed(STANDINGS):
        name = colour_name(None, standing, told_now.palette)
        yield Counts(name, name, getattr(before, standing), getattr(now, standing))


def _shade(told: Told, level: int) -> ColourName | None:
    return colour_name(level, "", told.palette) if level < len(told.palette.shades) else None


def _at(sums: Sums, level: int) -> int | None:
    return sums.levels[level] if level < len(sums.levels) else None


@dataclass(frozen=True)
class Sum:
    """A figure of all projects in both months, and its change, as they are written."""

    label: str
    unit: str
    before: str
    now: str
    change: str


def sums(before: Content, now: Content) -> Iterator[Sum]:
    """All projects together; plan, investment and rate are those of planned projects of the implementation class."""
    old, new = before.whole, now.whole
    yield Sum(_("Projects"), "", display.number(old.projects), display.number(new.projects),
              signed(new.projects - old.projects))  # fmt: skip
    for label, mine, theirs in (
        (_("Total investment"), old.total_investment, new.total_investment),
        (_("Year plan"), old.year_plan, new.year_plan),
        (_("Invested to date"), old.invested_to_date, new.invested_to_date),
    ):
        yield Sum(label, _("10,000 yuan"), display.wan(mine), display.wan(theirs), display.wan_change(theirs - mine))
    for label, first, second in (
        (_("Rate"), old.completion_rate, new.completion_rate),
        (_("Started of those due"), old.started.share, new.started.share),
        (_("In statistics"), old.in_statistics.share, new.in_statistics.share),
        (_("Reports in time"), old.punctual.share, new.punctual.share),
    ):
        yield Sum(label, "%", display.percent(first), display.percent(second), _points_between(first, second))
    first, second = old.lead(before.month), new.lead(now.month)
    change = None if first is None or second is None else second - first
    yield Sum(_("Ahead or behind"), _("points"), display.points(first), display.points(second), display.points(change))


def _points_between(first: Fraction | None, second: Fraction | None) -> str:
    return display.NONE if first is None or second is None else display.points((second - first) * 100)


@dataclass(frozen=True)
class UnitSide:
    """A unit in one of the months, empty when it had no projects then."""

    colour: ColourName | None = None
    rank: int | None = None
    rate: Fraction | None = None
    lead: Fraction | None = None


@dataclass(frozen=True)
class UnitRow:
    """A unit in both months as the page shows it."""

    name: str
    key: int | None
    before: UnitSide
    now: UnitSide

    @property
    def lead_change(self) -> Fraction | None:
        before, now = self.before.lead, self.now.lead
        return None if before is None or now is None else now - before


def unit_row(pair: UnitPair, told_before: Told, told_now: Told) -> UnitRow:
    return UnitRow(pair.either.name, pair.either.key, _side(pair.before, told_before), _side(pair.now, told_now))


def _side(unit: UnitCopy | None, told: Told) -> UnitSide:
    if unit is None:
        return UnitSide()
    is_ranked = unit.of >= told.unit_policy.smallest_group
    return UnitSide(
        None if unit.level is None else colour_name(unit.level, "", told.palette),
        unit.rank if is_ranked else None,
        unit.sums.completion_rate,
        unit.sums.lead(told.month),
    )


# ── as a file ───────────────────────────────────────────────────────────────────────────────────


def heading(before: Month, now: Month) -> list[str]:
    a, b = str(before), str(now)
    return [
        pgettext("difference", "Change"), _("Code"), _("Project"), _("Unit"),
        f"{_('Colour')} {a}", f"{_('Colour')} {b}",
        f"{_('Ahead or behind (points)')} {a}", f"{_('Ahead or behind (points)')} {b}", _("Change (points)"),
        f"{_('Invested to date (10,000 yuan)')} {a}", f"{_('Invested to date (10,000 yuan)')} {b}",
        _("Change (10,000 yuan)"), _("Reason"),
    ]  # fmt: skip


def cells(found: Sequence[Pair], changes: Changes, *, same_year: bool) -> Iterator[list[Cell]]:
    """The projects of both months as shown, then those that came and those that went."""
    for pair in found:
        yield _cells(_word(pair), pair.before, pair.now, pair.lead_change, pair.invested_change if same_year else None)
    for line in changes.added or ():
        yield _cells(pgettext("compared", "new"), None, line, None, None)
    for line in changes.removed or ():
        yield _cells(pgettext("compared", "removed"), line, None, None, None)


def _word(pair: Pair) -> str:
    if pair.is_worse:
        return _("worse")
    if pair.is_better:
        return _("better")
    return _("another") if pair.is_other_colour else _("same colour")


def _cells(
    word: str, before: LineCopy | None, now: LineCopy | None, lead: int | None, invested: int | None
) -> list[Cell]:
    either = now or before
    if either is None:
        raise ValueError("a project of neither month")
    return [
        word, either.code, either.name, either.unit_name,
        *(each.colour_word if each else None for each in (before, now)),
        *(_tenths(each.lead_tenths) if each else None for each in (before, now)), _tenths(lead),
        *(wan(each.invested_to_date) if each else None for each in (before, now)), wan(invested),
        "; ".join(now.reasons) if now else "",
    ]  # fmt: skip


def _tenths(tenths: int | None) -> Cell:
    return None if tenths is None else tenths / 10
