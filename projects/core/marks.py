"""The small marks that carry a status, as HTML: badge, chip, bars, month strip; safe for any text put in.

Tables build hundreds of them for one page, so they are plain functions and remember what repeats.
Every mark says its status by word and shape as well as by hue.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

Words = str | Promise

HUES = frozenset({"blue", "green", "yellow", "orange", "red", "none", "exempt", "not_rated", "not_reported"})
SHAPES = {
    "circle": "●",
    "triangle": "▲",
    "square": "■",
    "hexagon": "⬢",
    "diamond": "◆",
    "lozenge": "◇",
    "ring": "○",
    "question": "?",
    "dash": "–",
}
STANDING_SHAPES = {"exempt": "lozenge", "not_rated": "ring", "not_reported": "question"}
TONES = frozenset({"planned", "active", "done", "halted", "back"})  # the stylesheet draws their frames, ✓, ‖ and ↩

BAR_WIDTH = 60
BAR_LIMIT = 120  # percent; what lies beyond is drawn as an overflow mark


def _known(value: str, allowed: Iterable[str], what: str) -> str:
    if value not in allowed:
        raise ValueError(f"unknown {what} {value!r}, expected one of {', '.join(sorted(allowed))}")
    return value


def edge(hue: str) -> str:
    """The classes of a table row or card that carries the 3 px bar of `hue` at its edge."""
    return f"edge {edge_hue(hue)}"


def edge_hue(hue: str) -> str:
    """The class that sets the hue, where all have an edge."""
    return f"edge-{_known(hue, HUES, 'hue')}"


@lru_cache(maxsize=256)
def _badge(hue: str, shape: str, word: str) -> SafeString:
    _known(hue, HUES, "hue")
    glyph = SHAPES[_known(shape, SHAPES, "shape")]
    # escape() and not conditional escaping: the cache cannot tell a safe string from a plain one
    return format_html('<span class="badge badge-{}"><i aria-hidden="true">{}</i>{}</span>', hue, glyph, escape(word))


def badge(hue: str, shape: str, word: Words) -> SafeString:
    """The colour of a project: shape and word on a tint of the hue; `ValueError` for an unknown one."""
    return _badge(hue, shape, str(word))


@lru_cache(maxsize=4096)
def _stage_chip(label: str, tone: str, title: str) -> SafeString:
    hint = format_html(' title="{}"', escape(title)) if title else ""
    return format_html('<span class="{}"{}>{}</span>', _tone(tone), hint, escape(label))


def stage_chip(label: Words, tone: str = "planned", title: Words = "") -> SafeString:
    """A phase with its stage. `tone`: planned, active, done, halted or back; `ValueError` for another."""
    return _stage_chip(str(label), tone, str(title))


def stage_link(label: Words, tone: str, href: str) -> SafeString:
    """The same as the way to `href`."""
    return format_html('<a class="{}" href="{}">{}</a>', _tone(tone), href, escape(label))


def _tone(tone: str) -> str:
    """The classes of a chip; what is planned is the plain one."""
    return "chip" if _known(tone, TONES, "tone") == "planned" else f"chip {tone}"


@lru_cache(maxsize=256)
def _flag(word: str, title: str, strong: bool) -> SafeString:
    hint = format_html(' title="{}"', escape(title)) if title else ""
    return format_html('<span class="flag{}"{}>{}</span>', " flag-strong" if strong else "", hint, escape(word))


def flag(word: Words, title: Words = "", strong: bool = False) -> SafeString:
    """A word that draws the eye to something, without a colour of its own; `title` says more on hover."""
    return _flag(str(word), str(title), strong)


@lru_cache(maxsize=8192)
def _rate_bar(rate: int | None, schedule: int | None, hue: str, label: str) -> SafeString:
    """Both rates in half pixels, `rate` above the limit when it overflows; the stylesheet draws the track."""
    parts, limit = [], BAR_WIDTH * 2
    if rate is not None and rate > 0:
        parts.append(format_html('<rect width="{}"/>', f"{min(rate, limit) / 2:g}"))
    if rate is not None and rate > limit:
        parts.append(format_html('<path class="bar-over" d="M{} 1l4 4-4 4"/>', BAR_WIDTH - 6))
    if rate is not None and rate < 0:
        parts.append(format_html('<path class="bar-under" d="M{} 1l-4 4 4 4"/>', 5))
    if schedule is not None:
        parts.append(format_html('<path d="M{} 0v10"/>', f"{max(2, min(schedule, limit - 2)) / 2:g}"))
    shapes = format_html_join("", "{}", ((part,) for part in parts))
    fill = f" fill-{_known(hue, HUES, 'hue')}" if hue else ""
    return format_html('<svg class="rate-bar{}" {}>{}</svg>', fill, _named(label), shapes)


def _half_pixels(percent: float | None) -> int | None:
    if percent is None:
        return None
    steps = round(max(-1.0, min(float(percent), BAR_LIMIT + 1)) * BAR_WIDTH * 2 / BAR_LIMIT)
    if percent > BAR_LIMIT:
        return BAR_WIDTH * 2 + 1
    return -1 if percent < 0 else steps


def _named(label: str) -> SafeString:
    """The attributes of a drawing: an image of this name, or decoration beside its own figures."""
    if label:
        return format_html('role="img" aria-label="{}"', escape(label))
    return format_html('aria-hidden="{}"', "true")


def rate_bar(
    rate_percent: float | None, schedule_percent: float | None, hue: str = "", label: Words = ""
) -> SafeString:
    """Completion as a bar from 0 to 120 % with a tick where the schedule stands; of `hue`, or as its row's edge.

    Percentages, not ratios. Beyond 120 % the bar is full and carries an arrow; below zero only an
    arrow to the left; None draws no bar or no tick. Without `label` it is hidden from screen
    readers, for a cell that writes the figures too.
    """
    return _rate_bar(_half_pixels(rate_percent), _half_pixels(schedule_percent), hue, str(label))


def capacity_bar(commissioned: float, planned: float | None, label: Words) -> SafeString:
    """Capacity commissioned out of planned, same unit; more than planned draws full with an arrow.

    `label` says it in words, such as “3 / 6 GW”.
    """
    width = 120
    share = float(commissioned) / float(planned) if planned else 0.0
    length = max(0.0, min(share, 1.0)) * (width - 1)
    over = format_html('<path class="bar-over" d="M{} 2l4 4-4 4"/>', width - 8) if share > 1 else ""
    shapes = format_html(
        '<rect class="capacity-frame" x=".5" y="2.5" width="{}" height="7" rx="1.5"/>'
        '<rect class="capacity-fill" x=".5" y="2.5" width="{}" height="7" rx="1.5"/>{}',
        width - 1,
        f"{length:.1f}",
        over,
    )
    return format_html(
        '<svg class="capacity-bar" width="120" height="12" viewBox="0 0 120 12" {}>{}</svg>',
        _named(str(label)),
        shapes,
    )


@dataclass(frozen=True, slots=True)
class MonthMark:
    """One cell of a month strip: the month in words and the colour it had; no hue when it had none."""

    month: Words
    hue: str = ""
    shape: str = ""
    word: Words = ""
    url: str = ""
    current: bool = False
    because: Words = ""  # on hovering, behind month and word


def month_strip(marks: Iterable[MonthMark]) -> SafeString:
    """The colours of the months of a year as a row of cells, each with shape, month and hidden word."""
    return format_html('<ol class="strip">{}</ol>', format_html_join("", "{}", ((_strip_cell(m),) for m in marks)))


def _strip_cell(mark: MonthMark) -> SafeString:
    glyph = SHAPES[_known(mark.shape, SHAPES, "shape")] if mark.hue else "·"
    hue = _known(mark.hue, HUES, "hue") if mark.hue else "empty"
    word = str(mark.word) if mark.hue else gettext("no colour")
    inside = format_html(
        '<i aria-hidden="true">{}</i><span class="strip-month">{}</span><span class="unseen"> {}</span>',
        glyph,
        escape(mark.month),
        escape(word),
    )
    if mark.url:
        inside = format_html('<a href="{}">{}</a>', escape(mark.url), inside)
    return format_html(
        '<li class="strip-cell strip-{}"{} title="{}">{}</li>',
        hue,
        format_html(' aria-current="{}"', "true") if mark.current else "",
        escape(": ".join(str(part) for part in (f"{mark.month} {word}", mark.because) if part)),
        inside,
    )


def example_mark() -> SafeString:
    """The tag 示例 on everything that is made up for the demonstration."""
    return format_html('<span class="example-mark">{}</span>', gettext("Example"))
