"""The files that can be fetched: which there are, what each holds for this person, and what it is called."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from projects.accounts.models import Unit, User
from projects.accounts.queries import district_of
from projects.core import display
from projects.core.month import Month
from projects.exchange.columns import Kind, column
from projects.exchange.exports import register_rows
from projects.exchange.exports.layout import Heading, headings, month_headings
from projects.exchange.exports.month_rows import MonthRow, month_rows, projects_of_sheet
from projects.exchange.exports.month_sheet import Frame, write_month_sheet
from projects.exchange.exports.notes import month_notes
from projects.exchange.exports.workbooks import Table, csv_of, write_tables
from projects.progress.models import ReportingRules
from projects.progress.queries.reports import period_of
from projects.register.models import Category, Sector
from projects.register.queries import leaders_for
from projects.register.wording import CLASS_NAMES, MILESTONE_KINDS, NATURE_NAMES

Rows = Callable[[Sequence[int], Month], register_rows.Rows]
Watch = Callable[[Iterable[Any]], Iterable[Any]]

TITLES: dict[str, Promise] = {
    "month": pgettext_lazy("sheet", "Month sheet"),
    "everything": pgettext_lazy("sheet", "Register in full"),
    "register": pgettext_lazy("sheet", "Projects"),
    "phases": pgettext_lazy("sheet", "Phases"),
    "plans": pgettext_lazy("sheet", "Year plans"),
    "milestones": pgettext_lazy("sheet", "Nodes and approvals"),
}
TABLES = ("register", "phases", "plans", "milestones")
ROWS: dict[str, Rows] = {
    "register": register_rows.register_rows,
    "phases": register_rows.phase_rows,
    "plans": register_rows.plan_rows,
    "milestones": register_rows.milestone_rows,
}


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to fetch: a kind of TITLES, of which unit and those below it, for which month."""

    kind: str
    unit: Unit
    month: Month


@dataclass(frozen=True)
class File:
    """A file that can be written: what it is called, how many projects it holds, and what it is written by."""

    name: str
    title: str
    count: int
    steps: int
    _write: Callable[[IO[bytes], Watch], None]
    _lines: Callable[[], Iterator[str]]

    def write(self, file: IO[bytes], *, watch: Watch = iter) -> None:
        """The workbook; `watch` is given the rows on their way, `steps` in all."""
        with in_chinese():
            self._write(file, watch)

    def lines(self) -> Iterator[str]:
        """The same as CSV; between two pieces others may speak their own language."""
        pieces = self._lines()
        while True:
            with in_chinese():
                piece = next(pieces, None)
            if piece is None:
                return
            yield piece


def in_chinese() -> Any:
    """What is made to be sent back is in Chinese whatever the pages are: so it circulates, and so it is recognised."""
    return translation.override(settings.LANGUAGE_CODE)


def file_for(user: User, wanted: Wanted, *, today: datetime.date) -> File:
    """What `user` may see of what is wanted, in the order of units and names; the rows are read while it is written."""
    with in_chinese():
        if wanted.kind == "month":
            return _month_file(user, wanted, today)
        return _register_file(user, wanted)


def _month_file(user: User, wanted: Wanted, today: datetime.date) -> File:
    unit, month = wanted.unit, wanted.month
    projects = projects_of_sheet(user, unit.path, month)
    period, columns = period_of(month), month_headings(month)
    frame = Frame(
        sheet=_("Month sheet"),
        title=_("Progress of the key projects of %(place)s, month sheet of %(month)s")
        % {"place": _place(unit), "month": display.month_label(month)},
        unit=_("Unit: %(unit)s") % {"unit": unit.name},
        due=_("To be handed in by %(day)s") % {"day": display.day(period.due_on)} if period else "",
        notes=month_notes(month, period, variance_percent=ReportingRules.current().variance_percent),
    )

    def write(file: IO[bytes], watch: Watch) -> None:
        rows: Iterable[MonthRow] = watch(month_rows(user, projects, month, today))
        write_month_sheet(file, frame, columns, rows)

    count = projects.count()
    name = f"{unit.short_name}-{month}-{_('Month sheet')}"
    return File(name, f"{TITLES['month']} {month} {unit.short_name}", count, count, write, lambda: iter(()))


def _place(unit: Unit) -> str:
    """The district with its city before it, as it stands in titles."""
    district = district_of(unit)
    city = district.parent if district.kind == "district" else None
    return district.name if city is None or district.name.startswith(city.name) else f"{city.name}{district.name}"


def _register_file(user: User, wanted: Wanted) -> File:
    projects = register_rows.projects_to_take_along(user, wanted.unit.path)
    kinds = TABLES if wanted.kind == "everything" else (wanted.kind,)
    count = projects.count()

    def tables() -> list[Table]:
        ids = list(projects.values_list("pk", flat=True))
        choices = _choices(user)
        return [
            Table(str(TITLES[kind]), _headings(kind, wanted.month), ROWS[kind](ids, wanted.month), choices)
            for kind in kinds
        ]

    def write(file: IO[bytes], watch: Watch) -> None:
        write_tables(tables(), file, watch=watch)

    name = f"{wanted.unit.short_name}-{TITLES[wanted.kind]}"
    return File(
        name,
        f"{TITLES[wanted.kind]} {wanted.unit.short_name}",
        count,
        count * len(kinds),
        write,
        lambda: csv_of(tables()[0]),
    )


def _headings(kind: str, month: Month) -> list[Heading]:
    codes = {
        "register": register_rows.REGISTER, "phases": register_rows.PHASES, "plans": register_rows.PLANS,
        "milestones": register_rows.MILESTONES,
    }  # fmt: skip
    return headings([column(Kind(kind), code) for code in codes[kind]], month)


def _choices(user: User) -> dict[str, list[str]]:
    """The words of the drop-downs, by column."""
    units = Unit.objects.below(district_of(user.unit)).filter(is_active=True)
    names: dict[str, list[str]] = {
        "unit": [unit.name for unit in units],
        "town": [unit.name for unit in units if unit.kind in {"town", "zone"}],
        "leader": [leader.name for leader in leaders_for(user)],
        "category": [str(each) for each in Category.objects.filter(is_active=True)],
        "sector": [str(each) for each in Sector.objects.filter(is_active=True)],
        "project_class": [str(name) for name in CLASS_NAMES.values()],
        "nature": [str(name) for name in NATURE_NAMES.values()],
        "kind": [str(name) for name in MILESTONE_KINDS.values()],
        "is_key": [_("yes"), _("no")],
        "not_applicable": [_("yes"), _("no")],
    }
    return {code: words for code, words in names.items() if words}
