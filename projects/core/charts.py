"""Charts as SVG text without style or script: each answers one question and is labelled at its lines."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from projects.core.display import number, wan, yi
from projects.core.yuan import WAN, YI

LEFT, TOP, BOTTOM = 52, 26, 24  # room around the plot for the axis and the unit
RIGHT, NARROW_RIGHT = 92, 14  # room for the label of the last line; a narrow chart writes it above the line
NARROW = 480  # pixels; below it every second month is named


@dataclass(frozen=True, slots=True)
class YearPoint:
    """One month of a year; sums since January in whole yuan, None where nothing is planned or reported."""

    label: str | Promise
    plan: int | None
    invested: int | None


def month_columns(points: Sequence[YearPoint]) -> list[int | None]:
    """What each month alone added (yuan, negative for a correction); None where a sum is missing."""
    before: int | None = 0
    columns: list[int | None] = []
    for point in points:
        columns.append(None if point.invested is None or before is None else point.invested - before)
        before = point.invested
    return columns


def _axis(lowest: int, highest: int) -> tuple[int, int, int]:
    """Bottom, top and step of an axis of about four steps, all whole multiples of 1, 2 or 5 tens."""
    span = max(highest - lowest, 4)
    size = 10 ** int(math.log10(span / 4))
    step = next(size * factor for factor in (1, 2, 5, 10) if size * factor * 4 >= span)
    return lowest // step * step, -(-highest // step) * step or step, step


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where a month (0 to 11) and an amount (yuan) lie in the drawing."""

    width: int
    height: int
    low: int
    high: int
    months: int

    @property
    def is_narrow(self) -> bool:
        return self.width < NARROW

    @property
    def right(self) -> int:
        return self.width - (NARROW_RIGHT if self.is_narrow else RIGHT)

    @property
    def pitch(self) -> float:
        return (self.right - LEFT) / self.months

    def x(self, index: int) -> float:
        return round(LEFT + self.pitch * (index + 0.5), 1)

    def y(self, yuan: int) -> float:
        return round(TOP + (self.high - yuan) / (self.high - self.low) * (self.height - TOP - BOTTOM), 1)

    def line(self, values: Sequence[int | None]) -> str:
        """The path through the values; it breaks where one is missing."""
        steps = []
        pen_up = True
        for index, value in enumerate(values):
            if value is not None:
                steps.append(f"{'M' if pen_up else 'L'}{self.x(index)} {self.y(value)}")
            pen_up = value is None
        return "".join(steps)


def year_chart(points: Sequence[YearPoint], label: str | Promise, width: int = 720, height: int = 260) -> SafeString:
    """Invested to date against the schedule, with what each month added; `label` says it in one sentence.

    Amounts are drawn in 亿元 from one 亿元 on and in 万元 below. `ValueError` without points.
    """
    if not points:
        raise ValueError("a chart needs at least one month")
    plans = [point.plan for point in points]
    sums = [point.invested for point in points]
    columns = month_columns(points)
    known = [value for value in (*plans, *sums, *columns) if value is not None]
    low, high, step = _axis(min([0, *known]), max([0, *known]))
    plot = _Plot(width, height, low, high, len(points))
    in_yi = max([0, *known]) >= YI
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}{}{}</svg>',
        width,
        height,
        escape(str(label)),
        _joined(_grid(plot, step, in_yi)),
        _joined(_columns(plot, points, columns, in_yi)),
        format_html('<path class="chart-plan" d="{}"/>', plot.line(plans)),
        format_html('<path class="chart-invested" d="{}"/>', plot.line(sums)),
        _joined(_labels(plot, plans, sums, in_yi)),
    )


def _joined(parts: Iterator[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def _amount(yuan: int, in_yi: bool) -> str:
    return yi(yuan) if in_yi else wan(yuan)


def _grid(plot: _Plot, step: int, in_yi: bool) -> Iterator[SafeString]:
    unit = YI if in_yi else WAN
    places = next((places for places in (0, 1, 2) if step * 10**places % unit == 0), 2)
    for value in range(plot.low, plot.high + 1, step):
        yield format_html(
            '<path class="{}" d="M{} {}H{}"/><text x="{}" y="{}" text-anchor="end">{}</text>',
            "chart-zero" if value == 0 else "chart-grid",
            LEFT,
            plot.y(value),
            plot.right,
            LEFT - 8,
            plot.y(value) + 4,
            number(Fraction(value, unit), places),
        )
    unit_name = gettext("100 million yuan") if in_yi else gettext("10,000 yuan")
    yield format_html('<text class="chart-unit" x="{}" y="12">{}</text>', 4, unit_name)


def _columns(
    plot: _Plot, points: Sequence[YearPoint], columns: Sequence[int | None], in_yi: bool
) -> Iterator[SafeString]:
    thick = round(plot.pitch * 0.5, 1)
    for index, (point, value) in enumerate(zip(points, columns, strict=True)):
        if index % 2 == 0 or not plot.is_narrow:
            yield format_html(
                '<text x="{}" y="{}" text-anchor="middle">{}</text>',
                plot.x(index),
                plot.height - 6,
                escape(point.label),
            )
        if value:
            top, foot = sorted((plot.y(value), plot.y(0)))
            yield format_html(
                '<rect class="chart-column" x="{}" y="{}" width="{}" height="{}"><title>{} {}</title></rect>',
                round(plot.x(index) - thick / 2, 1),
                top,
                thick,
                round(max(foot - top, 1), 1),
                escape(point.label),
                _amount(value, in_yi),
            )


@dataclass(slots=True)
class _Label:
    """The name and last figure of a line, and where they stand."""

    css: str
    text: str
    x: float
    y: float
    anchor: str


def _labels(plot: _Plot, plans: Sequence[int | None], sums: Sequence[int | None], in_yi: bool) -> Iterator[SafeString]:
    """A dot and a label where the investment ends, a label where the plan ends, kept apart."""
    labels = []
    if end := _last(sums):
        index, value = end
        plan_there = plans[index]
        above = plan_there is None or value >= plan_there
        yield format_html('<circle class="chart-dot" cx="{}" cy="{}" r="4"/>', plot.x(index), plot.y(value))
        invested = gettext("Invested")
        text = f"{invested} {_amount(value, in_yi)}"
        labels.append(_placed(plot, "chart-label", text, end, -10 if above else 22))
    if end := _last(plans):
        schedule = gettext("Schedule")
        text = f"{schedule} {_amount(end[1], in_yi)}"
        labels.append(_placed(plot, "chart-label-plan", text, end, -10 if plot.is_narrow else 4))
    if len(labels) == 2 and abs(labels[0].y - labels[1].y) < 16 and abs(labels[0].x - labels[1].x) < 110:
        upper, lower = sorted(labels, key=lambda label: label.y)
        lower.y = upper.y + 16
    for label in labels:
        yield format_html(
            '<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>',
            label.css,
            round(label.x, 1),
            round(label.y, 1),
            label.anchor,
            label.text,
        )


def _placed(plot: _Plot, css: str, text: str, end: tuple[int, int], drop: float) -> _Label:
    """A label beside the last month of a wide chart; inside a narrow one; over its dot elsewhere."""
    index, value = end
    x, y = plot.x(index), plot.y(value)
    if index < plot.months - (3 if plot.is_narrow else 1):
        return _Label(css, text, x, y + drop, "middle")
    if plot.is_narrow:
        return _Label(css, text, plot.right, y + drop, "end")
    return _Label(css, text, x + 10, y + 4, "start")


def _last(values: Sequence[int | None]) -> tuple[int, int] | None:
    return next(((index, value) for index, value in reversed(list(enumerate(values))) if value is not None), None)
