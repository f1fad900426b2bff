"""The board: of each unit and month of a year how many reports stand where."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Count, QuerySet

from projects.accounts.models import Unit
from projects.core.month import Month
from projects.progress.models import MonthlyReport, Period
from projects.progress.queries.reports import is_excused, with_excuse

BATCH = 2000


@dataclass(frozen=True)
class Counts:
    """How many reports stand where. `late` came in after the lock and are counted in their state too;
    `excused` are those that nobody asks after, and are in no state."""

    due: int = 0
    draft: int = 0
    submitted: int = 0
    returned: int = 0
    approved: int = 0
    late: int = 0
    excused: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    @property
    def missing(self) -> int:
        return self.due + self.draft

    @property
    def handed_in(self) -> int:
        return self.submitted + self.returned + self.approved

    @property
    def asked(self) -> int:
        return self.missing + self.handed_in


@dataclass(frozen=True)
class UnitRow:
    """A unit and its months, in the order of the board's."""

    unit: Unit
    cells: list[Counts]

    @property
    def total(self) -> Counts:
        return sum(self.cells, Counts())


@dataclass(frozen=True)
class Board:
    """The months of a year that have reports, with their periods where they were opened; units in their order."""

    months: list[Month]
    periods: dict[Month, Period]
    rows: list[UnitRow]

    @property
    def totals(self) -> list[Counts]:
        """Of all units together, month by month."""
        return [sum((row.cells[place] for row in self.rows), Counts()) for place in range(len(self.months))]

    @property
    def total(self) -> Counts:
        return sum(self.totals, Counts())


def board_of(reports: QuerySet[MonthlyReport], year: int) -> Board:
    """Everything of `reports` in `year`; four queries for any number of reports."""
    asked = reports.filter(month__gte=Month(year, 1), month__lte=Month(year, 12)).order_by()
    grouped = asked.values_list("project__unit", "month", "state", "is_late").annotate(Count("id"))
    excused = asked.missing().filter(is_excused())  # type: ignore[attr-defined]
    cells: dict[tuple[int, Month], Counts] = defaultdict(Counts)
    for unit, month, state, is_late, count in grouped:
        cells[unit, month] += Counts(**{state: count}) + Counts(late=count if is_late else 0)
    for unit, month, state, count in excused.values_list("project__unit", "month", "state").annotate(Count("id")):
        cells[unit, month] += Counts(**{state: -count}) + Counts(excused=count)
    months = sorted({month for _unit, month in cells})
    units = Unit.objects.filter(pk__in={unit for unit, _month in cells}).order_by("position", "id")
    periods = Period.objects.filter(month__gte=Month(year, 1), month__lte=Month(year, 12))
    rows = [UnitRow(unit, [cells.get((unit.pk, month), Counts()) for month in months]) for unit in units]
    return Board(months, {period.month: period for period in periods}, rows)


def years_with_periods() -> list[int]:
    """The years in which months were opened, the latest first."""
    return sorted({month.year for month in Period.objects.values_list("month", flat=True)}, reverse=True)


EXPORTED = (
    "month", "project__unit__short_name", "project__code", "project__name", "state", "is_late",
    "first_submitted_at", "submitted_at", "submitted_by__name", "approved_at", "excused",
)  # fmt: skip


def listed(reports: QuerySet[MonthlyReport], year: int, units: Iterable[int]) -> Iterator[tuple[Any, ...]]:
    """Every report of these units in `year` with the values of EXPORTED, the latest month first; read in batches."""
    of_year = reports.filter(month__gte=Month(year, 1), month__lte=Month(year, 12), project__unit__in=list(units))
    rows = with_excuse(of_year)
    order = ("-month", "project__unit__position", "project__unit", "project__name_key", "id")
    return rows.order_by(*order).values_list(*EXPORTED).iterator(chunk_size=BATCH)
