"""Two months side by side: which projects stand otherwise, and how the whole and each unit moved. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from projects.bulletins.content import Content, LineCopy, UnitCopy


@dataclass(frozen=True, slots=True)
class Pair:
    """A project in both months."""

    before: LineCopy
    now: LineCopy

    @property
    def steps(self) -> int | None:
        """By how many levels it is worse, below zero for better; None when one of the months has no level."""
        if self.before.level is None or self.now.level is None:
            return None
        return self.now.level - self.before.level

    @property
    def is_other_colour(self) -> bool:
        """Another level, or in or out of the scale."""
        return (self.before.level, self.before.standing) != (self.now.level, self.now.standing)

    @property
    def lead_change(self) -> int | None:
        """In tenths of a point; None when one of the months has no lead."""
        if self.before.lead_tenths is None or self.now.lead_tenths is None:
            return None
        return self.now.lead_tenths - self.before.lead_tenths

    @property
    def invested_change(self) -> int:
        """What was invested between the months (yuan), negative for a correction."""
        return (self.now.invested_to_date or 0) - (self.before.invested_to_date or 0)

    @property
    def is_worse(self) -> bool:
        return self.steps is not None and self.steps > 0

    @property
    def is_better(self) -> bool:
        return self.steps is not None and self.steps < 0


def pairs(before: Content, now: Content) -> list[Pair]:
    """Every project of both months: who became worse first, the furthest down on top; then who became better; then
    the other changes of colour; then by how much the lead fell."""
    then = {line.project: line for line in before.lines}
    both = [Pair(then[line.project], line) for line in now.lines if line.project in then]
    return sorted(both, key=_place)


def _place(pair: Pair) -> tuple[int, int, int, str]:
    steps, lead = pair.steps or 0, pair.lead_change or 0
    group = 0 if steps > 0 else 1 if steps < 0 else 2 if pair.is_other_colour else 3
    return group, -abs(steps), lead, pair.now.code


SHOWS: dict[str, Callable[[Pair], bool]] = {
    "colour": lambda pair: pair.is_other_colour,
    "worse": lambda pair: pair.is_worse,
    "better": lambda pair: pair.is_better,
    "lead": lambda pair: pair.is_other_colour or bool(pair.lead_change),
}


@dataclass(frozen=True, slots=True)
class UnitPair:
    """A unit in one of the months or both."""

    before: UnitCopy | None
    now: UnitCopy | None

    @property
    def either(self) -> UnitCopy:
        if self.now is not None:
            return self.now
        if self.before is not None:
            return self.before
        raise ValueError("a unit of neither month")


def unit_pairs(before: Sequence[UnitCopy], now: Sequence[UnitCopy]) -> list[UnitPair]:
    """The units of both months as they are ranked now, then those that are only in the first."""
    then = {unit.key: unit for unit in _units(before)}
    found = [UnitPair(then.pop(unit.key, None), unit) for unit in _units(now)]
    return found + [UnitPair(unit, None) for unit in then.values()]


def _units(copies: Iterable[UnitCopy]) -> list[UnitCopy]:
    return [copy for copy in copies if copy.kind == "unit"]
