"""What changed from one bulletin to another: colours, projects that came and went, and money that moved.

Made from two `Content`s, so that a draft, a published bulletin and its documents all tell the same.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from projects.bulletins.content import Content, LineCopy

MONEY = ("total_investment", "year_plan")  # what is revised and not added up


@dataclass(frozen=True, slots=True)
class Move:
    """A project whose colour is another than before. `before` is the level it had, None: none, or not in the list."""

    line: LineCopy
    before: int | None
    before_word: str


@dataclass(frozen=True, slots=True)
class Revision:
    """An amount of a project that is another than before, in whole yuan; `name` is that of the line's value.

    Of `invested_to_date` only what this month's investment does not account for: earlier months were corrected.
    """

    line: LineCopy
    name: str
    old: int | None
    new: int | None

    @property
    def change(self) -> int:
        return (self.new or 0) - (self.old or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed. Levels beyond the worst of the palette count as the worst.

    `new_worst`: at the worst level now and not before, whatever was before; `fallen` are those of them that
    were at a level between; `eased` came from the worst to one between. `new_between`: at a level between the
    best and the worst now and at the best or without a level before. `better`: every level better than
    before. `running`: at one level, not the best, for two periods or more, the longest first. `added` and
    `removed` are None when the bulletin before is not known, and so are `revised` and `invested` (yuan
    invested since, of all projects together).
    """

    new_worst: tuple[Move, ...]
    fallen: tuple[Move, ...]
    new_between: tuple[Move, ...]
    eased: tuple[Move, ...]
    better: tuple[Move, ...]
    running: tuple[LineCopy, ...]
    added: tuple[LineCopy, ...] | None = None
    removed: tuple[LineCopy, ...] | None = None
    revised: tuple[Revision, ...] | None = None
    invested: int | None = None

    @property
    def is_known(self) -> bool:
        """Whether there was a bulletin before to hold this one against."""
        return self.added is not None


def changes_between(now: Content, before: Content | None) -> Changes:
    """What changed from `before` to `now`; without `before` the colours as the lines of `now` remember them."""
    worst = now.levels - 1
    then = None if before is None else {line.project: line for line in before.lines}
    moves = [_move(line, then, worst) for line in now.lines]
    new_worst = tuple(move for move in moves if _level(move.line, worst) == worst and move.before != worst)
    between = [move for move in moves if 0 < _known(_level(move.line, worst)) < worst]
    return Changes(
        new_worst=new_worst,
        fallen=tuple(move for move in new_worst if 0 < _known(move.before) < worst),
        new_between=tuple(move for move in between if not move.before),
        eased=tuple(move for move in between if move.before == worst),
        better=tuple(
            move for move in moves if move.before is not None and 0 <= _known(_level(move.line, worst)) < move.before
        ),
        running=tuple(
            sorted((line for line in now.lines if line.level and line.streak > 1), key=lambda line: -line.streak)
        ),
        **({} if before is None or then is None else _set_against(now, before, then)),
    )


def _known(level: int | None) -> int:
    """A level to compare, below every other when there is none."""
    return -1 if level is None else level


def _level(line: LineCopy, worst: int) -> int | None:
    return None if line.level is None else min(line.level, worst)


def _move(line: LineCopy, then: Mapping[int, LineCopy] | None, worst: int) -> Move:
    if then is None:
        level = None if line.previous_level is None else min(line.previous_level, worst)
        return Move(line, level, line.previous_word)
    former = then.get(line.project)
    return Move(line, _level(former, worst), former.colour_word) if former else Move(line, None, "")


def _set_against(now: Content, before: Content, then: Mapping[int, LineCopy]) -> dict[str, Any]:
    here = {line.project for line in now.lines}
    same_year = now.month.year == before.month.year
    return {
        "added": tuple(line for line in now.lines if line.project not in then),
        "removed": tuple(line for line in before.lines if line.project not in here),
        "revised": tuple(_revised(now.lines, then, is_next=now.month - before.month == 1, same_year=same_year)),
        "invested": _invested(now) - (_invested(before) if same_year else 0),
    }


def _invested(content: Content) -> int:
    return sum(line.invested_to_date or 0 for line in content.lines)


def _revised(
    lines: Iterable[LineCopy], then: Mapping[int, LineCopy], *, is_next: bool, same_year: bool
) -> Iterator[Revision]:
    for line in lines:
        former = then.get(line.project)
        if former is None:
            continue
        for name in MONEY if same_year else MONEY[:1]:
            old, new = getattr(former, name), getattr(line, name)
            if old != new:
                yield Revision(line, name, old, new)
        if is_next and same_year:
            expected = (former.invested_to_date or 0) + (line.invested_this_month or 0)
            if expected != (line.invested_to_date or 0):
                yield Revision(line, "invested_to_date", expected, line.invested_to_date)
