"""One line of the list as HTML, written in one go and kept until the lines of its month are written again.

Fifty rows of a dozen cells are most of what the list page costs; a template that visits every cell
takes five times as long as this.
"""

from collections.abc import Sequence

from django.core.cache import caches
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from projects.bulletins.models import Line
from projects.bulletins.queries import reason_text
from projects.core import display, marks
from projects.core.month import Month
from projects.portfolio.queries import lines_by_id
from projects.portfolio.wording import ColourName, colour_code
from projects.rating.palettes import Palette
from projects.register.stages import has_started, is_completed
from projects.register.wording import HALT_NAMES, stage_name

Labels = dict[str, str]


def tone(stage: str, halted: str = "") -> str:
    """How far a chip's stage is: planned, active, done, or halted."""
    if halted:
        return "halted"
    return "done" if is_completed(stage) else "active" if has_started(stage) else "planned"


def chip(name: str, stage: str, step: str, *, partly: bool = False, halted: str = "") -> SafeString:
    """A phase with its stage in words, in the tone of how far it is."""
    words = stage_name(stage, step, partly=partly)
    return marks.stage_chip(f"{name} {words}" if name else words, tone(stage, halted))


def chips(line: Line, *, may_move: bool) -> SafeString:
    """The phases with their stages; for whoever may move them each is the way to its move."""
    several = len(line.phases) > 1  # the only phase of a project needs no name
    drawn = [
        _linked(line, number, may_move, chip(name if several else "", stage, step, partly=partly, halted=line.halted))
        for number, name, stage, step, partly in line.phases
    ]
    if line.halted:
        drawn.insert(0, marks.stage_chip(HALT_NAMES[line.halted], "halted"))
    return SafeString("".join(drawn))


def _linked(line: Line, number: int, may_move: bool, drawn: SafeString) -> SafeString:
    if not may_move:
        return drawn
    href = reverse("move_phase", args=[line.code, number])
    return SafeString(f'<a class="chip-link" href="{href}" hx-get="{href}">{drawn}</a>')


class Writer:
    """Writes rows for one month, palette and language; `stamp` is the number of the lines' last writing."""

    def __init__(
        self, month: Month, stamp: int, *, palette: Palette, names: Sequence[ColourName], labels: Labels, picks: bool
    ) -> None:
        self.month, self.stamp, self.palette, self.labels, self.picks = month, stamp, palette, labels, picks
        self.names = {name.code: name for name in names}

    def rows(self, ids: list[int], *, editable: set[int]) -> list[SafeString]:
        """The rows of these lines in order; one query at the most. Lines in `editable` may be moved."""
        keys = {pk: self._key(pk, pk in editable) for pk in ids}
        kept: dict[str, SafeString] = caches["totals"].get_many(keys.values())
        missing = lines_by_id([pk for pk in ids if keys[pk] not in kept])
        fresh = {keys[line.pk]: self._row(line, may_move=line.pk in editable) for line in missing}
        caches["totals"].set_many(fresh)
        return [row for pk in ids if (row := kept.get(keys[pk]) or fresh.get(keys[pk]))]

    def _key(self, pk: int, may_move: bool) -> str:
        return f"row:{self.month}:{self.stamp}:{pk}:{get_language()}:{may_move:d}{self.picks:d}"

    def _row(self, line: Line, *, may_move: bool) -> SafeString:
        name = self.names[colour_code(line.level, line.standing, self.palette)]
        href = f"{reverse('project', args=[line.code])}?month={self.month}"
        full, reason = escape(f"{line.name} · {line.code}"), escape(reason_text(line, self.palette))
        return SafeString(
            f'<tr class="{marks.edge(name.hue)}">{self._pick(line, may_move)}'
            f'<td class="colour">{marks.badge(name.hue, name.shape, name.word)}</td>'
            f'<td class="name frozen frozen-last"><a class="clamp" href="{href}" title="{full}">'
            f"{escape(line.short_name)}</a></td>"
            f"{self._cell('unit', escape(line.unit_name), 'wraps')}"
            f"{self._cell('leader', escape(line.leader_name or display.NONE), 'wraps')}"
            f'<td class="wide"><div class="chips">{chips(line, may_move=may_move)}</div></td>'
            f"{self._cell('total', display.wan(line.total_investment))}"
            f"{self._cell('plan', display.wan(line.year_plan))}"
            f"{self._cell('invested', display.wan(line.invested_to_date))}"
            f"{self._cell('rate', self._bar(line, name))}"
            f"{self._cell('lead', display.points_tenths(line.lead_tenths), self._behind(line))}"
            f'<td class="reason wide"><span class="clamp" title="{reason}">{reason}</span></td>'
            f'<td class="nowrap off-card">{display.day(line.changed_at)}</td></tr>\n'
        )

    def _cell(self, column: str, content: str, kind: str = "number") -> str:
        return f'<td class="{kind}" data-label="{self.labels[column]}">{content}</td>'

    def _pick(self, line: Line, may_move: bool) -> str:
        if not self.picks:
            return ""
        name = escape(line.short_name)
        box = f'<label><input type="checkbox" name="chosen" value="{line.code}" aria-label="{name}"></label>'
        return f'<td class="pick frozen">{box if may_move else ""}</td>'

    @staticmethod
    def _bar(line: Line, name: ColourName) -> str:
        if line.completion_tenths is None:
            return display.NONE
        bar = marks.rate_bar(line.completion_tenths / 10, (line.schedule_tenths or 0) / 10, name.hue)
        return f'<span class="bar-with-figure">{display.percent_tenths(line.completion_tenths)}{bar}</span>'

    @staticmethod
    def _behind(line: Line) -> str:
        return "number behind" if line.lead_tenths is not None and line.lead_tenths < 0 else "number"
