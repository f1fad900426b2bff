"""The coloured list: its columns, headings, sorting and paging, and its rows written in one go."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import django_tables2 as tables
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from projects.bulletins.models import Line
from projects.bulletins.queries import reason_text
from projects.core import display, marks
from projects.portfolio.queries import ORDERS, Order, lines_by_id, slice_ids
from projects.portfolio.wording import ColourName, colour_code
from projects.rating.palettes import Palette
from projects.register.stages import has_started, is_completed
from projects.register.wording import HALT_NAMES, stage_name

PAGE_SIZES = (25, 50, 100, 200)
Column = tables.Column


def tone(stage: str, halted: str = "") -> str:
    """How far a chip's stage is: planned, active, done, or halted."""
    if halted:
        return "halted"
    return "done" if is_completed(stage) else "active" if has_started(stage) else "planned"


class Row(NamedTuple):
    """What the template unpacks for one line: texts already escaped, marks already drawn."""

    edge: str
    code: str
    href: str
    badge: SafeString
    name: SafeString
    full_name: SafeString
    sub: SafeString
    example: SafeString
    unit: SafeString
    leader: SafeString
    chips: SafeString
    total: str
    plan: str
    invested: str
    rate: str
    bar: SafeString
    lead: str
    behind: str
    reason: SafeString
    changed: str
    pick: bool


class ProjectTable(tables.Table):
    """One month's lines. django-tables2 keeps columns, headings, order and pages; `rows_written` draws the rows."""

    colour = Column(verbose_name=_("Colour"), attrs={"th": {"class": "colour"}})
    name = Column(verbose_name=_("Project"), attrs={"th": {"class": "name frozen frozen-last"}})
    unit = Column(verbose_name=_("Unit"))
    leader = Column(verbose_name=_("Leader"))
    stage = Column(verbose_name=_("Phases and stages"))
    total = Column(verbose_name=_("Total investment"), attrs={"th": {"class": "number"}})
    plan = Column(verbose_name=_("Year plan"), attrs={"th": {"class": "number"}})
    invested = Column(verbose_name=_("Invested to date"), attrs={"th": {"class": "number"}})
    rate = Column(verbose_name=_("Rate against schedule"), attrs={"th": {"class": "number"}})
    lead = Column(verbose_name=_("Ahead or behind"), attrs={"th": {"class": "number"}})
    reason = Column(verbose_name=_("Reason"), attrs={"th": {"class": "reason"}})
    changed = Column(verbose_name=_("Last update"), attrs={"th": {"class": "nowrap"}})

    class Meta:
        orderable = True
        order_by = ("colour",)

    def __init__(self, lines: Any, *, request: HttpRequest, palette: Palette, names: Sequence[ColourName]) -> None:
        self.lines, self.palette = lines, palette
        self.names = {name.code: name for name in names}
        asked = request.GET.get("sort", "")
        super().__init__([], order_by=asked if asked.removeprefix("-") in ORDERS else None)
        self.request = request

    @property
    def sorting(self) -> tuple[Order, bool]:
        """The order asked for, and whether it is descending."""
        alias = str((self.order_by or ("colour",))[0])
        return ORDERS[alias.removeprefix("-")], alias.startswith("-")

    def page_of(self, count: int, *, number: int, size: int) -> None:
        """Turn to page `number` (clamped to those there are) of `count` lines, `size` lines a page."""
        self.paginator = Paginator(range(count), size)
        self.page = self.paginator.get_page(number)
        order, descending = self.sorting
        start = (self.page.number - 1) * size
        self.ids = slice_ids(self.lines, order, descending=descending, start=start, stop=min(start + size, count))

    def rows_written(self, *, editable: set[str], month: str) -> list[Row]:
        """The rows of the page; two queries with the ids that `page_of` read."""
        query = urlencode({"month": month})
        return [self._row(line, query, line.code in editable) for line in lines_by_id(self.ids)]

    def _row(self, line: Line, query: str, pick: bool) -> Row:
        name = self.names[colour_code(line.level, line.standing, self.palette)]
        rate, schedule = line.completion_tenths, line.schedule_tenths
        behind = line.lead_tenths is not None and line.lead_tenths < 0
        return Row(
            edge=marks.edge(name.hue),
            code=line.code,
            href=f"{reverse('project', args=[line.code])}?{query}",
            badge=marks.badge(name.hue, name.shape, name.word),
            name=escape(line.short_name),
            full_name=escape(line.name),
            sub=escape(line.code),
            example=marks.example_mark() if line.is_example else SafeString(""),
            unit=escape(line.unit_name),
            leader=escape(line.leader_name or display.NONE),
            chips=chips(line, pick),
            total=display.wan(line.total_investment),
            plan=display.wan(line.year_plan),
            invested=display.wan(line.invested_to_date),
            rate=display.percent_tenths(rate),
            bar=SafeString("") if rate is None else marks.rate_bar(rate / 10, (schedule or 0) / 10, name.hue),
            lead=display.points_tenths(line.lead_tenths),
            behind=" behind" if behind else "",
            reason=escape(reason_text(line, self.palette)),
            changed=display.day(line.changed_at),
            pick=pick,
        )


def chips(line: Line, may_move: bool) -> SafeString:
    """The phases with their stages; for whoever may move them each is the way to its move."""
    drawn = [
        _linked(line, number, may_move, chip(phase_name, stage, step, partly=partly, halted=line.halted))
        for number, phase_name, stage, step, partly in line.phases
    ]
    if line.halted:
        drawn.insert(0, marks.stage_chip(HALT_NAMES[line.halted], "halted"))
    return SafeString("".join(drawn))


def chip(name: str, stage: str, step: str, *, partly: bool = False, halted: str = "") -> SafeString:
    """A phase with its stage in words, in the tone of how far it is."""
    words = stage_name(stage, step, partly=partly)
    return marks.stage_chip(f"{name} {words}" if name else words, tone(stage, halted))


def _linked(line: Line, number: int, may_move: bool, drawn: SafeString) -> SafeString:
    if not may_move:
        return drawn
    href = reverse("move_phase", args=[line.code, number])
    return SafeString(f'<a class="chip-link" href="{href}" hx-get="{href}">{drawn}</a>')
