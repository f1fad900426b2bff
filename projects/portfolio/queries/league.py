"""The league tables of a month: towns, departments, leaders and categories, each with its sums, rank and colour."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from projects.accounts.models import Unit, User
from projects.accounts.queries import district_of, reading_root
from projects.bulletins.content import Sums, UnitCopy, units_of
from projects.bulletins.queries.published import line_copies, unit_copies
from projects.bulletins.queries.tables import tables_below, tables_of_draft
from projects.bulletins.queries.told import Told, told
from projects.core.month import Month
from projects.portfolio.queries.lines import kept_below
from projects.portfolio.queries.months import told_to

TABS: dict[str, tuple[str, str]] = {  # which copies each tab shows: their kind, and their group
    "towns": ("unit", "town"),
    "departments": ("unit", "department"),
    "leaders": ("leader", ""),
    "categories": ("category", ""),
}


@dataclass(frozen=True)
class League:
    """One table: its rows as they are ranked, and the sums of all projects read, which they are part of.

    `rest` are the projects that belong to no row, such as those without a leader; None where there are
    other tables of the same kind. `nested` are units under which others of the month stand.
    """

    told: Told
    tab: str
    rows: tuple[UnitCopy, ...]
    whole: Sums
    rest: Sums | None
    nested: frozenset[int]

    @property
    def month(self) -> Month:
        return self.told.month

    @property
    def is_ranked(self) -> bool:
        """Whether there are enough rows with a plan for a rank to mean anything."""
        return any(row.of >= self.told.unit_policy.smallest_group for row in self.rows)

    @property
    def together(self) -> Sums:
        return total(row.sums for row in self.rows)


def total(sums: Iterable[Sums]) -> Sums:
    return sum(sums, Sums())


def league_of(user: User, month: Month, stamp: int, tab: str) -> League:
    """The table `tab` for this person: as published, else as the lines stand under `stamp`."""
    district, root = district_of(user.unit), reading_root(user)
    tells = told_to(user, month, stamp)
    bulletin = tells.bulletin
    rows = unit_copies(bulletin) if bulletin else _live(tells, district, stamp)
    if root != district:
        rows = _read_below(root, rows, tells)
    kind, group = TABS[tab]
    units = [row for row in rows if row.kind == "unit"]
    whole = total(row.sums for row in units)
    shown = tuple(row for row in rows if row.kind == kind and (not group or row.group == group))
    rest = whole - total(row.sums for row in shown)
    return League(
        tells, tab, shown, whole,
        rest=rest if rest.projects and not group else None,
        nested=_nested(units) if group else frozenset(),
    )  # fmt: skip


def _live(tells: Told, district: Unit, stamp: int) -> list[UnitCopy]:
    """As they would be published now, kept while the lines stand."""
    last = told(district, tells.month.earlier(1)).bulletin
    written = f"{tells.month}:{stamp}:{tells.rules}:{last.pk if last else 0}"
    return kept_below(f"district:{district.pk}", written, "league", lambda: tables_of_draft(district, tells.month))


def _read_below(root: Unit, rows: list[UnitCopy], tells: Told) -> list[UnitCopy]:
    """For who reads one unit only: its place among all units, and leaders and categories by its own projects."""
    own = set(Unit.objects.below(root).values_list("pk", flat=True))
    if tells.bulletin:
        lines = list(line_copies(tells.bulletin, unit__in=own))
        made = units_of(lines, tells.month, levels=len(tells.palette.shades), policy=tells.unit_policy, before={})
    else:
        made = tables_below(root, tells.month, before={})
    others = [replace(row, rank=None, of=0) for row in made if row.kind != "unit"]
    return [row for row in rows if row.kind == "unit" and row.key in own] + others


def _nested(units: Iterable[UnitCopy]) -> frozenset[int]:
    keys = [row.key for row in units if row.key is not None]
    paths = dict(Unit.objects.filter(pk__in=keys).values_list("pk", "path"))
    return frozenset(
        pk for pk, path in paths.items() if any(other.startswith(path) and other != path for other in paths.values())
    )
