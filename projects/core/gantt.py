"""A timeline as SVG text without style or script: stages as bars, nodes as marks for planned, expected and done."""

import datetime
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from projects.core.display import day as written
from projects.core.month import months_later

TONES = frozenset({"planned", "active", "done"})
NARROW = 480  # pixels; below it a lane has its name above instead of beside it
BESIDE, EDGE = 168, 8  # pixels at the left for names beside the lanes, and free at either side
AXIS = 22  # pixels above the lanes for the months
LANE, LANE_NARROW = 24, 38  # pixels for one lane
STEPS = (1, 2, 3, 6, 12, 24, 36, 60, 120)  # months between two that are named
LABEL = 58  # pixels that the name of a month takes
SIGN = 6.6  # pixels of a narrow sign at 12 px; a Chinese one is about twice as wide


@dataclass(frozen=True, slots=True)
class Bar:
    """A stage from a day until another; None is open: it began before, or it lasts still."""

    start: datetime.date | None
    end: datetime.date | None
    name: str
    tone: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One row: a phase with its bars, or a node with its days; the table behind the chart tells `note` as well.

    One that is not `drawn` stands in the table alone.
    """

    name: str
    bars: tuple[Bar, ...] = ()
    planned: datetime.date | None = None
    expected: datetime.date | None = None
    done: datetime.date | None = None
    note: str = ""
    drawn: bool = True

    def days(self) -> Iterator[datetime.date]:
        ends = (day for bar in self.bars for day in (bar.start, bar.end))
        yield from (day for day in (self.planned, self.expected, self.done, *ends) if day is not None)


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where a day lies in the drawing."""

    width: int
    left: int
    first: datetime.date
    last: datetime.date

    @property
    def lane(self) -> int:
        return LANE_NARROW if self.width < NARROW else LANE

    @property
    def right(self) -> int:
        return self.width - EDGE

    def x(self, day: datetime.date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return round(self.left + share * (self.right - self.left), 1)


def timeline_chart(
    lanes: Sequence[Lane], *, today: datetime.date, label: str | Promise, width: int = 720
) -> SafeString:
    """The lanes that are drawn, below one axis of months, with a line for `today`; `label` says it in a sentence.

    `ValueError` when no lane has a day: there is nothing to draw then.
    """
    lanes = [lane for lane in lanes if lane.drawn]
    days = [day for lane in lanes for day in lane.days()]
    if not days:
        raise ValueError("a timeline needs at least one day")
    first, last = min([today, *days]).replace(day=1), months_later(max([today, *days]).replace(day=1), 1)
    plot = _Plot(width, EDGE if width < NARROW else BESIDE, first, last)
    height = AXIS + plot.lane * len(lanes) + 6
    return format_html(
        '<svg class="chart timeline-chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}</svg>',
        width,
        height,
        escape(str(label)),
        _joined(_axis(plot, height)),
        _joined(_today(plot, today, height)),
        _joined(part for number, lane in enumerate(lanes) for part in _lane(plot, lane, number, today)),
    )


def _joined(parts: Iterator[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _axis(plot: _Plot, height: int) -> Iterator[SafeString]:
    """A line for every month that is named; as many as there is room for."""
    months = (plot.last.year - plot.first.year) * 12 + plot.last.month - plot.first.month
    room = max((plot.right - plot.left) // LABEL, 1)
    step = next((step for step in STEPS if months / step <= room), -(-months // room))
    start = months_later(plot.first, -(plot.first.month - 1) % step)
    for number in range(0, months, step):
        day = months_later(start, number)
        if day > plot.last:
            return
        x = plot.x(day)
        yield format_html('<path class="chart-grid" d="M{} {}V{}"/>', x, AXIS - 4, height)
        if x + LABEL <= plot.width:
            yield format_html('<text x="{}" y="12">{}</text>', x, f"{day.year}-{day.month:02d}")


def _today(plot: _Plot, today: datetime.date, height: int) -> Iterator[SafeString]:
    yield format_html(
        '<path class="chart-now" d="M{} {}V{}"><title>{} {}</title></path>',
        plot.x(today), AXIS - 4, height, gettext("Today"), written(today),
    )  # fmt: skip


def _lane(plot: _Plot, lane: Lane, number: int, today: datetime.date) -> Iterator[SafeString]:
    top = AXIS + number * plot.lane
    narrow = plot.width < NARROW
    middle = top + (plot.lane - 11 if narrow else plot.lane / 2)
    room = plot.width - 2 * EDGE if narrow else plot.left - EDGE - 4
    yield format_html(
        '<text class="chart-name" x="{}" y="{}">{}<title>{}</title></text>',
        EDGE if narrow else 0,
        top + 14 if narrow else middle + 4,
        escape(fitted(lane.name, room)),
        escape(lane.name),
    )
    for bar in lane.bars:
        yield from _bar(plot, lane, bar, middle, today)
    yield from _marks(plot, lane, middle)


def _bar(plot: _Plot, lane: Lane, bar: Bar, middle: float, today: datetime.date) -> Iterator[SafeString]:
    """A stage; its name stands inside when it fits, and always on hovering."""
    if bar.tone not in TONES:
        raise ValueError(f"unknown tone {bar.tone!r}")
    start = plot.x(bar.start) if bar.start else plot.left
    end = plot.x(max(bar.end or today, bar.start or plot.first))
    wide = round(max(end - start, 2), 1)
    since = written(bar.start) if bar.start else "…"
    until = written(bar.end) if bar.end else "…"
    yield format_html(
        '<rect class="chart-bar chart-bar-{}" x="{}" y="{}" width="{}" height="12" rx="2">'
        "<title>{} · {} {} – {}</title></rect>",
        bar.tone, start, round(middle - 6, 1), wide, escape(lane.name), escape(bar.name), since, until,
    )  # fmt: skip
    if length(bar.name) + 6 <= wide:
        yield format_html(
            '<text class="chart-in chart-in-{}" x="{}" y="{}">{}</text>',
            bar.tone, round(start + 4, 1), round(middle + 4, 1), escape(bar.name),
        )  # fmt: skip


def _marks(plot: _Plot, lane: Lane, middle: float) -> Iterator[SafeString]:
    """A diamond for the plan, a triangle for what is expected, a dot for what is done; a line shows the slip."""
    reached = lane.done or lane.expected
    y = round(middle, 1)
    if lane.planned and reached and lane.planned != reached:
        yield format_html('<path class="chart-slip" d="M{} {}H{}"/>', plot.x(lane.planned), y, plot.x(reached))
    if lane.planned and lane.planned != lane.done:
        yield _mark("planned", "m0 -5l5 5l-5 5l-5 -5z", plot.x(lane.planned), y, lane, lane.planned)
    if lane.expected and not lane.done:
        yield _mark("expected", "m-5 4l5 -9l5 9z", plot.x(lane.expected), y, lane, lane.expected)
    if lane.done:
        yield _mark("done", "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z", plot.x(lane.done), y, lane, lane.done)


def _mark(kind: str, shape: str, x: float, y: float, lane: Lane, day: datetime.date) -> SafeString:
    return format_html(
        '<path class="chart-mark chart-mark-{}" d="M{} {}{}"><title>{} · {} {}</title></path>',
        kind, x, y, shape, escape(lane.name), mark_name(kind), written(day),
    )  # fmt: skip


def mark_name(kind: str) -> str:
    """What a mark stands for, in words."""
    return {"planned": gettext("planned"), "expected": gettext("expected"), "done": gettext("done")}[kind]


def length(text: str) -> float:
    """About how many pixels a text of 12 px takes."""
    return sum(12 if unicodedata.east_asian_width(sign) in "WF" else SIGN for sign in text)


def fitted(text: str, pixels: float) -> str:
    """The text, or as much of its beginning as fits, with … behind it."""
    if length(text) <= pixels:
        return text
    kept = ""
    for sign in text:
        if length(kept + sign) + 12 > pixels:
            break
        kept += sign
    return f"{kept}…"
