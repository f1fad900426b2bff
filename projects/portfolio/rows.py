"""One line of the list as HTML, written in one go and not again while what it shows stays the same.

Fifty rows of ten cells are most of what the list page costs; a template that visits every cell takes
ten times as long as this. Columns are told apart by their order: see `.lines` in tables.css.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from projects.bulletins.models import Line
from projects.bulletins.queries import reason_text
from projects.core import display, marks
from projects.core.month import Month
from projects.portfolio.queries import SHOWN, shown
from projects.portfolio.wording import colour_name
from projects.rating.palettes import Palette
from projects.register.stages import has_started, is_completed
from projects.register.wording import HALT_NAMES, stage_name

KEPT = 4096  # rows of a process, about 3 KB each


@dataclass(frozen=True, slots=True)
class Look:
    """What makes the same line look another way: for whom and in what words it is written."""

    month: Month
    palette: Palette
    language: str | None
    picks: bool
    may_move: bool


def tone(stage: str, halted: str = "") -> str:
    """How far a chip's stage is: planned, active, done, or halted."""
    if halted:
        return "halted"
    return "done" if is_completed(stage) else "active" if has_started(stage) else "planned"


def chip(name: str, stage: str, step: str, *, partly: bool = False, halted: str = "", href: str = "") -> SafeString:
    """A phase with its stage in words, in the tone of how far it is; with `href` the way to its move."""
    words = stage_name(stage, step, partly=partly)
    label, colour = f"{name} {words}" if name else words, tone(stage, halted)
    return marks.stage_link(label, colour, href) if href else marks.stage_chip(label, colour)


def rows(ids: list[int], month: Month, palette: Palette, *, picks: bool = False, reach: str = "") -> list[SafeString]:
    """The rows of these lines in order; one query.

    `picks`: each begins with a cell for a box to choose it by. `reach`: the path of the unit whose
    projects may be moved from here, none when empty.
    """
    looks = {may: Look(month, palette, get_language(), picks, may) for may in (False, True)}
    found = {pk: (path, values) for pk, path, *values in shown(ids)}
    return [
        _row(tuple(values), looks[bool(reach) and path.startswith(reach)])
        for path, values in (found[pk] for pk in ids if pk in found)
    ]


@lru_cache(maxsize=KEPT)
def _row(values: tuple[Any, ...], look: Look) -> SafeString:
    """Written from `values` and `look` alone, so that a row kept is never a row of yesterday."""
    line = Line(**dict(zip(SHOWN, values, strict=True)))
    line.phases, line.hits, line.checks = (json.loads(each) for each in (line.phases, line.hits, line.checks))
    colour = colour_name(line.level, line.standing, look.palette)
    href = f"{_address('project', 'CODE') % line.code}?month={look.month}"
    whole = escape(f"{line.name} · {line.code}")
    return SafeString(
        f'<tr class="{marks.edge(colour.hue)}">{_pick(line, look)}'
        f"<td>{marks.badge(colour.hue, colour.shape, colour.word)}</td>"
        f'<th scope="row"><a class="clamp" href="{href}" title="{whole}">{escape(line.short_name)}</a></th>'
        f"<td>{escape(line.unit_name)}<br>{escape(line.leader_name or display.NONE)}</td>"
        f"<td>{_chips(line, look)}</td>"
        f"<td>{display.wan(line.total_investment)}</td>"
        f"<td>{display.wan(line.year_plan)}<br>{display.wan(line.invested_to_date)}</td>"
        f"<td>{_rate(line, colour.hue)}<br>{_lead(line)}</td>"
        f'<td><div class="clamp">{escape(reason_text(line, look.palette))}</div></td>'
        f"<td>{display.day(line.changed_at).replace('-', '-<wbr>', 1)}</td></tr>\n"
    )


def _pick(line: Line, look: Look) -> str:
    if not look.picks:
        return ""
    name = escape(line.short_name)
    box = f'<input type="checkbox" name="chosen" value="{line.code}" aria-label="{name}">' if look.may_move else ""
    return f'<td class="pick">{box}</td>'


def _chips(line: Line, look: Look) -> str:
    """The phases with their stages; for whoever may move them each is the way to its move."""
    several = len(line.phases) > 1  # the only phase of a project needs no name
    drawn = [marks.stage_chip(HALT_NAMES[line.halted], "halted")] if line.halted else []
    for number, name, stage, step, partly in line.phases:
        href = _address("move_phase", "CODE", 0) % (line.code, number) if look.may_move else ""
        drawn.append(chip(name if several else "", stage, step, partly=partly, halted=line.halted, href=href))
    return "".join(drawn)


@lru_cache(maxsize=4)
def _address(name: str, *places: str | int) -> str:
    """The address of this name with %s in its places: to ask for each address would cost more than its row."""
    address = reverse(name, args=places)
    for place in places:
        address = address.replace(f"/{place}/", "/%s/")
    return address


def _rate(line: Line, hue: str) -> str:
    if line.completion_tenths is None:
        return display.NONE
    bar = marks.rate_bar(line.completion_tenths / 10, (line.schedule_tenths or 0) / 10, hue)
    return f"{bar}{display.percent_tenths(line.completion_tenths)}"


def _lead(line: Line) -> str:
    lead = display.points_tenths(line.lead_tenths)
    return f"<b>{lead}</b>" if line.lead_tenths is not None and line.lead_tenths < 0 else lead
