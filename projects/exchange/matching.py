"""Which project a row means: by its code, then by its name, in full or short, and owner; else those alike."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

LIKE = 0.5  # share of neighbouring signs in common from which two names look alike
MOST_OFFERED = 3
_MEANT = re.compile(r"[\W_]+")


def normal(text: str) -> str:
    """A name for comparing: full-width signs made plain, small letters, without blanks and punctuation.

    >>> normal("５０GW　电池（一期） ") == normal("50gw 电池(一期)")
    True
    """
    return _MEANT.sub("", unicodedata.normalize("NFKC", text).casefold())


def neighbours(text: str) -> frozenset[str]:
    """Each pair of neighbouring signs of a normal name."""
    return frozenset(text[at : at + 2] for at in range(len(text) - 1)) or frozenset((text,))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How much two sets of pairs have in common, from 0 to 1 (Dice)."""
    return 2 * len(one & other) / (len(one) + len(other))


@dataclass(frozen=True, slots=True)
class Known:
    """A project that rows may mean."""

    pk: int
    code: str
    name: str
    owner: str = ""
    short_name: str = ""

    def is_called(self, name: str) -> bool:
        return normal(name) in {normal(self.name), normal(self.short_name)}


@dataclass(frozen=True, slots=True)
class Match:
    """The project that is meant, or those that look like it; `disputed` when code and name are of different ones."""

    found: Known | None = None
    alikes: Sequence[Known] = ()
    disputed: bool = False


@dataclass
class Register:
    """The projects within reach, found by code, by name and by likeness."""

    projects: Sequence[Known]
    _by_code: dict[str, Known] = field(init=False)
    _by_name: dict[str, list[Known]] = field(init=False)
    _by_pair: dict[str, list[int]] | None = field(init=False, default=None)
    _pairs: list[frozenset[str]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self._by_code = {each.code.casefold(): each for each in self.projects}
        self._by_name = defaultdict(list)
        for each in self.projects:
            for called in {normal(each.name), normal(each.short_name)} - {""}:
                self._by_name[called].append(each)

    def match(self, *, code: str, name: str, owner: str) -> Match:
        """A code that is known decides, unless the name is another project's exactly; else name and owner do.

        An owner that the sheet or the register does not tell stands in nobody's way, but beside a code that
        nobody knows: then both have to be told. Another owner makes the project one that looks alike.
        """
        named = self._named(name, owner)
        by_code = self._by_code.get(code.strip().casefold()) if code.strip() else None
        if by_code is not None:
            others = [each for each in named if each.pk != by_code.pk]
            if others and not by_code.is_called(name):
                return Match(alikes=[by_code, *others][:MOST_OFFERED], disputed=True)
            return Match(found=by_code)
        if code.strip():
            named = [each for each in named if owner.strip() and normal(each.owner) == normal(owner)]
        return Match(found=named[0]) if len(named) == 1 else Match(alikes=named[:MOST_OFFERED] or self._alike(name))

    def by_code(self, code: str) -> Known | None:
        """The project that somebody chose for a row."""
        return self._by_code.get(code.casefold())

    def _named(self, name: str, owner: str) -> list[Known]:
        key, of = normal(name), normal(owner)
        if not key:
            return []
        found = self._by_name.get(key, [])
        same = [each for each in found if of and normal(each.owner) == of]
        return same or [each for each in found if not of or not each.owner]

    def _alike(self, name: str) -> list[Known]:
        key = normal(name)
        if not key:
            return []
        mine = neighbours(key)
        index = self._index()
        near: dict[int, int] = defaultdict(int)
        for pair in mine:
            for at in index.get(pair, ()):
                near[at] += 1
        scored = ((2 * shared / (len(mine) + len(self._pairs[at])), at) for at, shared in near.items())
        best: Iterable[tuple[float, int]] = sorted(
            (each for each in scored if each[0] >= LIKE), key=lambda s: (-s[0], s[1])
        )
        return [self.projects[at] for _score, at in best][:MOST_OFFERED]

    def _index(self) -> dict[str, list[int]]:
        if self._by_pair is None:
            self._by_pair = defaultdict(list)
            for at, each in enumerate(self.projects):
                self._pairs.append(neighbours(normal(each.name)))
                for pair in self._pairs[at]:
                    self._by_pair[pair].append(at)
        return self._by_pair
