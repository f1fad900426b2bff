"""The annexes that add up: the whole district by kind, and the towns and departments in their ranks."""

from collections.abc import Sequence
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from projects.bulletins.composing import groups_of
from projects.bulletins.content import Content, Share, Sums, UnitCopy, sums_of
from projects.bulletins.documents.paper import Cell, Column, Kind, Table
from projects.bulletins.documents.wording import UNIT_REASONS, unit_mark
from projects.core.month import Month
from projects.core.rounding import half_up
from projects.rating.palettes import Palette
from projects.rating.units import UnitPolicy
from projects.rating.wording import shade_word


def tenths(value: Fraction | None, scale: int) -> int | None:
    """A share (`scale` 1000) or points (`scale` 10) in tenths, rounded half up once."""
    return None if value is None else int(half_up(value * scale, 0))


def _money_columns() -> list[Column]:
    return [
        Column(_("Projects (number)"), Kind.COUNT),
        Column(_("Total investment"), Kind.MONEY),
        Column(_("Year plan"), Kind.MONEY),
        Column(_("This month"), Kind.MONEY),
        Column(_("Invested to date"), Kind.MONEY),
        Column(_("Rate (%)"), Kind.PERCENT),
        Column(_("Ahead or behind (points)"), Kind.POINTS),
        Column(_("Due to start"), Kind.COUNT),
        Column(pgettext("annex", "Started"), Kind.COUNT),
        Column(_("Start rate (%)"), Kind.PERCENT),
        Column(_("Due for statistics"), Kind.COUNT),
        Column(_("In statistics"), Kind.COUNT),
        Column(_("Statistics rate (%)"), Kind.PERCENT),
    ]


def _money_cells(sums: Sums, month: Month) -> list[Cell]:
    return [
        sums.projects, sums.total_investment, sums.year_plan, sums.invested_this_month, sums.invested_to_date,
        tenths(sums.completion_rate, 1000), tenths(sums.lead(month), 10), *_share(sums.started),
        *_share(sums.in_statistics),
    ]  # fmt: skip


def _share(share: Share) -> list[Cell]:
    return [share.whole, share.part, tenths(share.share, 1000)]


def _level_columns(palette: Palette) -> list[Column]:
    words = [shade_word(shade) for shade in palette.shades]
    words += [_("Exempt"), pgettext("standing", "not rated"), pgettext("standing", "not reported")]
    return [Column(word, Kind.COUNT) for word in words]


def _level_cells(sums: Sums) -> list[Cell]:
    return [*sums.levels, sums.exempt, sums.not_rated, sums.not_reported]


def whole_table(number: int, content: Content, palette: Palette, notes: Sequence[str]) -> Table:
    """All projects together, those of the implementation class, and these by level, category and nature."""
    names = {
        "class": _("By class"), "label": _("By level"), "category": _("By category"), "nature": _("By nature"),
    }  # fmt: skip
    found = [(_("Together"), _("All projects"), content.whole)]
    for kind, rows in groups_of(content):
        found += [(names[kind], name, sums) for name, sums in rows]
    columns = [
        Column(_("Grouping"), width=10),
        Column(pgettext("annex", "Name"), width=14),
        *_money_columns(),
        *_level_columns(palette),
    ]
    return Table(
        number=number, title=pgettext("annex", "Overview"), unit=_("Amounts in 10,000 yuan"), columns=tuple(columns),
        rows=tuple((by, name, *_money_cells(s, content.month), *_level_cells(s)) for by, name, s in found),
        sums=frozenset({0}),
        notes=(
            _("Plan and investment are those of implementation-class projects with a year plan; by level a project with"
              " several labels counts under each."),
            *notes,
        ),
    )  # fmt: skip


def unit_table(
    number: int, title: str, content: Content, group: str, palette: Palette, policy: UnitPolicy
) -> Table:  # fmt: skip
    """The units of a group, the best rank first, each with its colour and why, and their sum below."""
    units = content.of_kind("unit", group)
    lines = [line for line in content.lines if line.unit_group == group]
    columns = [
        Column(_("Rank"), Kind.PLACE), Column(_("Unit"), width=14), Column(_("Colour"), Kind.COLOUR),
        *_money_columns(), Column(_("Reports in time (%)"), Kind.PERCENT), *_level_columns(palette),
        Column(_("Rank last month"), Kind.COUNT), Column(_("Why"), width=24),
    ]  # fmt: skip
    rows = [_unit_row(unit, content.month, palette) for unit in units]
    notes = [_rank_note(len([unit for unit in units if unit.rank is not None]), policy)]
    if rows:
        whole = sums_of(lines, levels=content.levels)
        rows.append(
            (None, _("Together"), None, *_money_cells(whole, content.month), tenths(whole.punctual.share, 1000),
             *_level_cells(whole), None, "")
        )  # fmt: skip
    return Table(
        number=number, title=title, unit=_("Amounts in 10,000 yuan"), columns=tuple(columns), rows=tuple(rows),
        sums=frozenset({len(rows) - 1} if rows else ()), notes=tuple(notes),
    )  # fmt: skip


def _rank_note(ranked: int, policy: UnitPolicy) -> str:
    if ranked < policy.smallest_group:
        return _("With fewer than %(count)s units in the group no rank counts for the colour.") % {
            "count": policy.smallest_group
        }
    return _("Ranked by the share of the year plan that was invested; equal rates share a rank.")


def _unit_row(unit: UnitCopy, month: Month, palette: Palette) -> tuple[Cell, ...]:
    why = pgettext("between two parts", "; ").join(str(UNIT_REASONS.get(code, code)) for code in unit.reasons)
    return (
        unit.rank, unit.name, unit_mark(unit.level, palette), *_money_cells(unit.sums, month),
        tenths(unit.sums.punctual.share, 1000), *_level_cells(unit.sums), unit.previous_rank, why,
    )  # fmt: skip
