"""The coloured list and the journal: columns, headings, sorting and paging. `rows.Writer` writes the list's rows."""

import datetime
from dataclasses import dataclass
from typing import Any

import django_tables2 as tables
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from projects.core import display
from projects.journal.models import Entry
from projects.journal.wording import VERB_NAMES
from projects.portfolio.history import Event
from projects.portfolio.queries import ORDERS, Order, slice_ids

PAGE_SIZES = (20, 50, 100, 200)


@dataclass(frozen=True)
class Heading:
    """A column's heading: what a click on it asks for, and how the list is sorted by it now."""

    name: str
    label: str
    unit: str
    sort: str
    following: str


class ProjectTable(tables.Table):
    """One month's lines. django-tables2 keeps columns, headings, order and pages."""

    colour = tables.Column(verbose_name=_("Colour"))
    name = tables.Column(verbose_name=_("Project"))
    unit = tables.Column(verbose_name=pgettext_lazy("heading", "Unit"))
    leader = tables.Column(verbose_name=_("Leader"))
    stage = tables.Column(verbose_name=_("Phases and stages"))
    total = tables.Column(verbose_name=pgettext_lazy("heading", "Total"))
    plan = tables.Column(verbose_name=pgettext_lazy("heading", "Year plan"))
    invested = tables.Column(verbose_name=pgettext_lazy("heading", "To date"))
    rate = tables.Column(verbose_name=pgettext_lazy("heading", "Rate / schedule"))
    lead = tables.Column(verbose_name=pgettext_lazy("heading", "Ahead / behind"))
    reason = tables.Column(verbose_name=_("Reason"))
    changed = tables.Column(verbose_name=pgettext_lazy("heading", "Updated"))

    units = {
        "total": _("10,000 yuan"),
        "plan": _("10,000 yuan"),
        "invested": _("10,000 yuan"),
        "rate": "%",
        "lead": _("points"),
    }

    below = {"leader", "invested", "lead"}  # share the cell of the column before, so that all fit an official's screen

    class Meta:
        orderable = True
        order_by = ("colour",)

    def __init__(self, lines: Any, *, request: HttpRequest) -> None:
        self.lines = lines
        asked = request.GET.get("sort", "")
        super().__init__([], order_by=asked if asked.removeprefix("-") in ORDERS else None)

    @property
    def sorting(self) -> tuple[Order, bool]:
        """The order asked for, and whether it is descending."""
        alias = str((self.order_by or ("colour",))[0])
        return ORDERS[alias.removeprefix("-")], alias.startswith("-")

    def ids_of_page(self, count: int, *, number: int, size: int) -> list[int]:
        """Turn to page `number` (the nearest there is) of `count` lines, `size` a page; the ids of its lines."""
        self.paginator = Paginator(range(count), size)
        self.page = self.paginator.get_page(number)
        order, descending = self.sorting
        start = (self.page.number - 1) * size
        return slice_ids(self.lines, order, descending=descending, start=start, stop=min(start + size, count))

    def headings(self) -> list[list[Heading]]:
        """The headings in order, those that share a cell together."""
        found: list[list[Heading]] = []
        for column in self.columns:
            alias = column.order_by_alias
            ordered = "descending" if alias.is_descending else "ascending"
            heading = Heading(
                name=column.name,
                label=str(column.header),
                unit=str(self.units.get(column.name, "")),
                sort=ordered if column.is_ordered else "",
                following=str(alias.next),
            )
            if column.name in self.below:
                found[-1].append(heading)
            else:
                found.append([heading])
        return found


class EntryTable(tables.Table):
    """The journal, the latest entry first; what changed is told in words by `history`."""

    at = tables.Column(verbose_name=_("When"), order_by="seq", attrs={"td": {"class": "nowrap"}})
    actor_name = tables.Column(verbose_name=_("Who"), attrs={"td": {"class": "nowrap"}})
    verb = tables.Column(verbose_name=_("What"), attrs={"td": {"class": "nowrap"}})
    subject_name = tables.Column(verbose_name=_("Of what"))
    changes = tables.Column(verbose_name=_("Before and after"), empty_values=(), orderable=False)
    address = tables.Column(verbose_name=_("From where"), attrs={"td": {"class": "nowrap"}}, orderable=False)

    class Meta:
        model = Entry
        fields = ("at", "actor_name", "verb", "subject_name", "changes", "address")
        order_by = ("-at",)
        empty_text = _("Nothing was done that matches.")

    told: dict[int, Event] = {}

    def render_at(self, value: datetime.datetime) -> str:
        return display.moment(value)

    def render_verb(self, value: str) -> str:
        return str(VERB_NAMES.get(value, value))

    def render_changes(self, record: Entry) -> str:
        """Each value before and after, then the note."""
        event = self.told[record.pk]
        changed = [f"{change.label}: {change.before} → {change.after}" for change in event.changes]
        return pgettext("between two reasons", "; ").join([*changed, *([event.note] if event.note else [])])
