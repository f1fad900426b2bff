"""One line of the list as HTML, written in one go and not again while what it shows stays the same.

Fifty rows of ten cells are most of what the list page costs; a template that visits every cell takes
ten times as long as this. Columns are told apart by their order: see `.lines` in tables.css.
"""

import datetime
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
    at: str
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


def rows(
    ids: list[int], month: Month, palette: Palette, *, at: str = "", picks: bool = False, reach: str = ""
) -> list[SafeString]:
    """The rows of these lines in order; one query.

    `at`: the way to the list from the page that they stand on. `picks`: each begins with a cell for a box
    to choose it by. `reach`: the path of the unit whose projects may be moved from here, none when empty.
    """
    looks = {may: Look(month, palette, get_language(), at, picks, may) for may in (False, True)}
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
    line.changed_at = _moment(str(line.changed_at))
    colour = colour_name(line.level, line.standing, look.palette)
    lead = display.points_tenths(line.lead_tenths)
    href = f"{look.at}{_address('project', 'CODE') % line.code}?month={look.month}"
    # A cell ends where the next begins; HTML does not ask for more, and a page has five hundred of them.
    return SafeString(
        f'<tr class="{marks.edge_hue(colour.hue)}">{_pick(line, look)}'
        f"<td>{marks.badge(colour.hue, colour.shape, colour.word)}"
        f'<th><a href="{href}" title="{escape(line.name)}">{escape(line.short_name)}</a>'
        f"<td>{escape(line.unit_name)}<br>{escape(line.leader_name or display.NONE)}"
        f"<td>{_chips(line, look)}"
        f"<td>{display.wan(line.total_investment)}"
        f"<td>{display.wan(line.year_plan)}<br>{display.wan(line.invested_to_date)}"
        f"<td>{_rate(line)}<br>{f'<b>{lead}</b>' if lead.startswith(display.MINUS) else lead}"
        f"<td><p>{escape(reason_text(line, look.palette))}"
        f"<td>{display.day(line.changed_at).replace('-', '-<wbr>', 1)}\n"
    )


def _pick(line: Line, look: Look) -> str:
    if not look.picks:
        return ""
    name = escape(line.short_name)
    box = f'<input type="checkbox" name="chosen" value="{line.code}" aria-label="{name}">' if look.may_move else ""
    return f"<td>{box}"


def _chips(line: Line, look: Look) -> str:
    """The phases with their stages; for whoever may move them each is the way to its move."""
    several = len(line.phases) > 1  # the only phase of a project needs no name
    drawn = [marks.stage_chip(HALT_NAMES[line.halted], "halted")] if line.halted else []
    for number, name, stage, step, partly in line.phases:
        href = f"{look.at}{_address('move_phase', 'CODE', 0)}" % (line.code, number) if look.may_move else ""
        drawn.append(chip(name if several else "", stage, step, partly=partly, halted=line.halted, href=href))
    return "".join(drawn)


def _moment(stored: str) -> datetime.datetime:
    """The moment that a database keeps as `stored`: with its zone, or in UTC without saying so."""
    read = datetime.datetime.fromisoformat(stored)
    return read if read.tzinfo else read.replace(tzinfo=datetime.UTC)


@lru_cache(maxsize=4)
def _address(name: str, *places: str | int) -> str:
    """The address of this name from the list on, %s in its places: to ask for each would cost more than its row."""
    address = reverse(name, args=places).removeprefix(reverse("project_list"))
    for place in places:
        address = address.replace(f"{place}/", "%s/")
    return address


def _rate(line: Line) -> str:
    if line.completion_tenths is None:
        return display.NONE
    bar = marks.rate_bar(line.completion_tenths / 10, (line.schedule_tenths or 0) / 10)
    return f"{bar}{display.percent_tenths(line.completion_tenths)}"
