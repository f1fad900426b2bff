"""The page of one bulletin: the document with its figures, what changed, the annexes, and how it was corrected."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from projects.accounts.models import Unit, User
from projects.accounts.queries import may
from projects.accounts.roles import Role, Verb
from projects.bulletins.actions.offers import CORRECT, offers
from projects.bulletins.composing import groups_of
from projects.bulletins.content import LineCopy, Sums, UnitCopy
from projects.bulletins.models import Bulletin, Objection
from projects.bulletins.models.bulletins import PUBLISHED
from projects.bulletins.queries.drafting import look
from projects.bulletins.queries.reading import Reading, reading_of
from projects.bulletins.views.found import found_bulletin
from projects.bulletins.wording import GROUP_NAMES, Told, told_differences
from projects.core.clock import now, today
from projects.core.display import NONE
from projects.rating.levels import Standing
from projects.rating.wording import shade_meaning, standing_meaning
from projects.register.views.answers import person

MOST_ROWS = 300  # of an annex on this page; the list of the bulletin shows all
PREPARATION = "preparation"


@dataclass(frozen=True)
class Annex:
    """A folded table: projects of one kind, cut off where it is too long for a page."""

    number: int
    anchor: str
    title: str
    lines: list[LineCopy]

    @property
    def shown(self) -> list[LineCopy]:
        return self.lines[:MOST_ROWS]

    @property
    def is_cut(self) -> bool:
        return len(self.lines) > MOST_ROWS


@require_safe
def bulletin(request: HttpRequest, pk: int) -> HttpResponseBase:
    user, found = person(request), found_bulletin(request, pk)
    reading = reading_of(found)
    whole, planned = reading.content.whole, reading.content.implementation
    context = {
        "month_switch": None,  # the month is in the address
        "bulletin": found,
        "month": found.month,
        "is_draft": found.state != PUBLISHED,
        "reading": reading,
        "whole": whole,
        "planned": planned,
        "lead": planned.lead(found.month),
        "overridden": [_overridden(line, reading) for line in reading.content.lines if line.is_overridden],
        "legend": _legend(reading),
        "district_rows": list(_district_rows(reading)),
        "towns": _units(reading, "town"),
        "departments": _units(reading, "department"),
        "colour_annexes": _colour_annexes(reading),
        "worst_word": _words(reading, [reading.content.levels - 1]),
        "between_word": _words(reading, range(1, reading.content.levels - 1)),
        "problems": [(line, problem) for line in reading.content.lines for problem in line.problems],
        **_projects(reading),
        **_editions(found),
        **_own(user, reading),
        **_office(user, found),
    }
    return render(request, "bulletins/bulletin.html", context)


def _overridden(line: LineCopy, reading: Reading) -> tuple[LineCopy, tuple[str, str, str]]:
    """A line decided otherwise than by the rules, with the look of the level that they found."""
    word, hue, shape = look(line.computed_level, line.standing, reading.palette)
    return line, (hue, shape, word)


def _words(reading: Reading, levels: Iterable[int]) -> str:
    """What these levels are called, in one expression; with two levels there is none between."""
    words = [look(level, "", reading.palette)[0] for level in levels]
    return pgettext("between two names", ", ").join(words) or NONE


def _legend(reading: Reading) -> list[dict[str, Any]]:
    shades = [
        {"hue": shade.hue, "shape": shade.shape, "word": word, "meaning": shade_meaning(shade)}
        for level, shade in reversed(list(enumerate(reading.palette.shades)))
        for word in (look(level, "", reading.palette)[0],)
    ]
    standings = [row for row in reading.colours if row.level is None]
    return shades + [
        {"hue": row.hue, "shape": row.shape, "word": row.word, "meaning": standing_meaning(Standing(row.hue))}
        for row in standings
    ]


def _district_rows(reading: Reading) -> Iterator[tuple[str, str, Sums]]:
    """The whole, then each class, category, label and nature."""
    yield "", "", reading.content.whole
    for kind, rows in groups_of(reading.content):
        for name, sums in rows:
            yield str(GROUP_NAMES[kind]), name, sums


def _colour_annexes(reading: Reading) -> list[Annex]:
    """One for each level but the best, the worst first."""
    found = []
    for place, level in enumerate(reversed(range(1, reading.content.levels))):
        word = look(level, "", reading.palette)[0]
        found.append(Annex(4 + place, f"level-{level}", word, reading.content.at_level(level)))
    return found


def _projects(reading: Reading) -> dict[str, Any]:
    number = 4 + reading.content.levels - 1
    lines = reading.content.lines
    return {
        "details": Annex(number, "details", "", [line for line in lines if line.is_implementation]),
        "preparation": Annex(number + 1, PREPARATION, "", [ln for ln in lines if ln.project_class == PREPARATION]),
        "problems_number": number + 2,
        "rules_number": number + 3,
    }


def _units(reading: Reading, group: str) -> list[tuple[UnitCopy, tuple[str, str, str] | None]]:
    """The units of a group with their look; one without a level has no colour."""
    found: list[tuple[UnitCopy, tuple[str, str, str] | None]] = []
    for unit in reading.content.of_kind("unit", group):
        if unit.level is None:
            found.append((unit, None))
        else:
            word, hue, shape = look(unit.level, "", reading.palette)
            found.append((unit, (hue, shape, word)))
    return found


@dataclass(frozen=True)
class EditionRow:
    """One edition of the month, with what it says otherwise than the one before."""

    bulletin: Bulletin
    differences: list[Told]


def _editions(found: Bulletin) -> dict[str, Any]:
    """All published editions of the month, the latest first; nothing to show where there is one alone."""
    rows = Bulletin.objects.published().filter(district=found.district_id, month=found.month)
    editions = list(rows.select_related("published_by").order_by("-edition"))
    later = [each for each in editions if each.edition > found.edition]
    return {
        "editions": [EditionRow(each, told_differences(each.differences)) for each in editions]
        if len(editions) > 1
        else [],
        "corrected_by": later[0] if later and found.state == PUBLISHED else None,
    }


def _own(user: User, reading: Reading) -> dict[str, Any]:
    """For who reports for a unit: its own results first, and what it has objected to."""
    if user.role != Role.REPORTER:
        return {}
    units = set(Unit.objects.below(user.unit).values_list("pk", flat=True))
    objections = Objection.objects.visible_to(user).filter(month=reading.bulletin.month)
    said: dict[int, list[Objection]] = {}
    for objection in objections.select_related("attachment", "decided_by", "project").order_by("id"):
        said.setdefault(objection.project_id, []).append(objection)
    own = [(line, said.get(line.project, [])) for line in reading.content.lines if line.unit in units]
    return {
        "own": [(line, objections) for line, objections in own if line.level or line.standing or objections],
        "own_best": [(line, objections) for line, objections in own if line.level == 0 and not objections],
        "own_count": len(own),
        "objects": may(user, Verb.OBJECT) and reading.bulletin.takes_objections_on(today()),
    }


def _office(user: User, found: Bulletin) -> dict[str, Any]:
    offered = offers(found, to=user, at=now())
    return {"offers": offered, "edits": bool(offered) and found.state != PUBLISHED, "correction": offered.get(CORRECT)}
