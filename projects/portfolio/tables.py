"""The coloured list, the journal, the problems: columns, headings, sorting, paging; `rows.Writer` writes the list."""

import datetime
from dataclasses import dataclass
from typing import Any

import django_tables2 as tables
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from projects.core import display
from projects.journal.models import Entry
from projects.journal.wording import VERB_NAMES
from projects.portfolio.history import Event
from projects.portfolio.queries import ORDERS, Order, slice_ids
from projects.register.models import Problem

PAGE_SIZES = (20, 50, 100, 200)
NUMBER = {"th": {"class": "number"}}


@dataclass(frozen=True)
class Heading:
    """A column's heading: what a click on it asks for, and how the list is sorted by it now."""

    name: str
    label: str
    unit: str
    css: str
    sort: str
    following: str


class ProjectTable(tables.Table):
    """One month's lines. django-tables2 keeps columns, headings, order and pages."""

    colour = tables.Column(verbose_name=_("Colour"), attrs={"th": {"class": "colour"}})
    name = tables.Column(verbose_name=_("Project"), attrs={"th": {"class": "name frozen frozen-last"}})
    unit = tables.Column(verbose_name=pgettext_lazy("heading", "Unit"))
    leader = tables.Column(verbose_name=_("Leader"))
    stage = tables.Column(verbose_name=_("Phases and stages"))
    total = tables.Column(verbose_name=pgettext_lazy("heading", "Total"), attrs=NUMBER)
    plan = tables.Column(verbose_name=pgettext_lazy("heading", "Year plan"), attrs=NUMBER)
    invested = tables.Column(verbose_name=pgettext_lazy("heading", "To date"), attrs=NUMBER)
    rate = tables.Column(verbose_name=pgettext_lazy("heading", "Rate / schedule"), attrs=NUMBER)
    lead = tables.Column(verbose_name=pgettext_lazy("heading", "Ahead / behind"), attrs=NUMBER)
    reason = tables.Column(verbose_name=_("Reason"), attrs={"th": {"class": "reason"}})
    changed = tables.Column(verbose_name=pgettext_lazy("heading", "Updated"), attrs={"th": {"class": "nowrap"}})

    units = {
        "total": _("10,000 yuan"),
        "plan": _("10,000 yuan"),
        "invested": _("10,000 yuan"),
        "rate": "%",
        "lead": _("points"),
    }

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

    @property
    def labels(self) -> dict[str, str]:
        """What each column is called, for cells that stand alone on a phone."""
        return {column.name: str(column.header) for column in self.columns}

    def headings(self) -> list[Heading]:
        """The columns in order, for a heading that sorts."""
        found = []
        for column in self.columns:
            alias = column.order_by_alias
            ordered = "descending" if alias.is_descending else "ascending"
            found.append(
                Heading(
                    name=column.name,
                    label=str(column.header),
                    unit=str(self.units.get(column.name, "")),
                    css=column.column.attrs.get("th", {}).get("class", ""),
                    sort=ordered if column.is_ordered else "",
                    following=str(alias.next),
                )
            )
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


class ProblemTable(tables.Table):
    """Problems, the one due first on top."""

    project = tables.Column(
        verbose_name=_("Project"), order_by=("project__name_key", "id"), attrs={"th": {"class": "name"}}
    )
    kind = tables.Column(verbose_name=_("Kind"), attrs={"td": {"class": "nowrap"}})
    description = tables.Column(verbose_name=_("What the problem is"), orderable=False)
    asked = tables.Column(
        verbose_name=_("Asked of"), order_by=("asked_of__short_name", "asked_name", "id"), empty_values=()
    )
    due_on = tables.Column(
        verbose_name=_("To be solved by"), order_by=("due_on", "id"), attrs={"td": {"class": "nowrap"}}
    )
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
