"""The coloured list, the journal, the problems: columns, headings, sorting, paging; `rows` writes the list."""

import datetime
from collections.abc import Callable
from copy import copy
from functools import lru_cache
from itertools import groupby
from typing import Any

import django_tables2 as tables
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_tables2.columns import BoundColumn

from projects.core import display
from projects.journal.models import Entry
from projects.journal.wording import VERB_NAMES
from projects.portfolio.history import Event
from projects.portfolio.queries import ORDERS, Order, order_asked, slice_ids
from projects.register.models import Problem

PAGE_SIZES = (20, 50, 100, 200)


class Column(tables.Column):
    """A column of which each page has its own copy, though all pages share what it holds: nothing changes it."""

    def __deepcopy__(self, memo: object) -> "Column":
        return copy(self)


class ProjectTable(tables.Table):
    """One month's lines. django-tables2 keeps columns, headings, order and pages."""

    colour = Column(verbose_name=_("Colour"))
    name = Column(verbose_name=_("Project"))
    unit = Column(verbose_name=pgettext_lazy("heading", "Unit"))
    leader = Column(verbose_name=_("Leader"))
    stage = Column(verbose_name=_("Phases and stages"))
    total = Column(verbose_name=pgettext_lazy("heading", "Total"))
    plan = Column(verbose_name=pgettext_lazy("heading", "Year plan"))
    invested = Column(verbose_name=pgettext_lazy("heading", "To date"))
    rate = Column(verbose_name=pgettext_lazy("heading", "Rate / schedule"))
    lead = Column(verbose_name=pgettext_lazy("heading", "Ahead / behind"))
    reason = Column(verbose_name=_("Reason"))
    changed = Column(verbose_name=pgettext_lazy("heading", "Updated"))

    units = {
        "total": _("10,000 yuan"),
        "plan": _("10,000 yuan"),
        "invested": _("10,000 yuan"),
        "rate": "%",
        "lead": _("points"),
    }

    # What shares the cell of the column before, so that all of them fit an official's screen.
    below = {"leader": "unit", "invested": "plan", "lead": "rate"}

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
        return order_asked(str((self.order_by or ("colour",))[0]))

    def ids_of_page(self, count: int, *, number: int, size: int) -> list[int]:
        """Turn to page `number` (the nearest there is) of `count` lines, `size` a page; the ids of its lines."""
        self.paginator = Paginator(range(count), size)
        self.page = self.paginator.get_page(number)
        order, descending = self.sorting
        start = (self.page.number - 1) * size
        return slice_ids(self.lines, order, descending=descending, start=start, stop=start + size, count=count)

    def headings(self, *, picks: bool = False, address: Callable[[str], str] | None = None) -> SafeString:
        """The row of headings; with `address`, which gives that of an order, each is the way to sort by it.

        `picks`: it begins with a box that chooses all rows.
        """
        cells = [_box()] if picks else []
        for first, stack in groupby(self.columns, lambda column: self.below.get(column.name, column.name)):
            columns = list(stack)
            sort = next((_direction(column) for column in columns if column.is_ordered), "") if address else ""
            cells.append(
                format_html(
                    '<th scope="col" class="at-{}"{}>{}</th>',
                    first,
                    format_html(' aria-sort="{}"', sort) if sort else "",
                    format_html_join("", "{}", ((self._heading(column, address),) for column in columns)),
                )
            )
        return format_html("<tr>{}</tr>", format_html_join("", "{}", ((cell,) for cell in cells)))

    def _heading(self, column: BoundColumn, address: Callable[[str], str] | None) -> SafeString:
        words = _words(str(column.header), str(self.units.get(column.name, "")))
        if address is None:
            return format_html("<span>{}</span>", words)
        link = '<a href="{}" class="by-this">{}</a>' if column.is_ordered else '<a href="{}">{}</a>'
        return format_html(link, address(str(column.order_by_alias.next)), words)


@lru_cache(maxsize=64)
def _words(label: str, unit: str) -> SafeString:
    return format_html("{} <small>{}</small>", label, unit) if unit else format_html("{}", label)


def _direction(column: BoundColumn) -> str:
    return "descending" if column.order_by_alias.is_descending else "ascending"


def _box() -> SafeString:
    box = '<th><input type="checkbox" data-choose-all aria-label="{}"></th>'
    return format_html(box, gettext("Select all"))


class EntryTable(tables.Table):
    """The journal, the latest entry first; what changed is told in words by `history`."""

    at = tables.Column(verbose_name=_("When"), order_by="seq", attrs={"td": {"class": "nowrap"}})
    actor_name = tables.Column(
        verbose_name=_("Who"), order_by=("actor_name", "-seq"), attrs={"td": {"class": "nowrap"}}
    )
    verb = tables.Column(verbose_name=_("What"), order_by=("verb", "-seq"), attrs={"td": {"class": "nowrap"}})
    subject_name = tables.Column(verbose_name=_("Of what"), order_by=("subject_name", "-seq"))
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


class ProblemTable(tables.Table):
    """Problems, the one due first on top; on a phone a card each, with the problem over its whole width."""

    as_cards = True

    project = tables.Column(
        verbose_name=_("Project"), order_by=("project__name_key", "id"),
        attrs={"th": {"class": "name"}, "td": {"class": "name"}},
    )  # fmt: skip
    kind = tables.Column(verbose_name=_("Kind"), attrs={"th": {"class": "nowrap"}})
    description = tables.Column(
        verbose_name=_("What the problem is"), orderable=False, attrs={"td": {"class": "problem wide"}}
    )
    asked = tables.Column(
        verbose_name=_("Asked of"), order_by=("asked_of__short_name", "asked_name", "id"), empty_values=()
    )
    due_on = tables.Column(verbose_name=_("To be solved by"), order_by=("due_on", "id"))
    state = tables.Column(verbose_name=_("State"), order_by=("state", "due_on", "id"))

    class Meta:
        orderable = True
        order_by = ("due_on",)
        empty_text = _("No problem matches.")

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def render_project(self, record: Problem) -> SafeString:
        url = reverse("project", args=[record.project.code])
        return format_html('<a href="{}">{}</a>', url, record.project.short_name)

    def render_description(self, record: Problem) -> SafeString:
        asked = format_html('<br><span class="quiet">{}</span>', record.request) if record.request else ""
        return format_html('<a href="{}">{}</a>{}', reverse("problem", args=[record.pk]), record.description, asked)

    def render_asked(self, record: Problem) -> str:
        return record.asked or display.NONE

    def render_due_on(self, record: Problem) -> str:
        day = display.day(record.due_on)
        if not record.is_overdue(self.today):
            return day
        return gettext("%(day)s, %(days)s days overdue") % {"day": day, "days": (self.today - record.due_on).days}

    def render_state(self, record: Problem) -> str:
        return str(record.get_state_display())
