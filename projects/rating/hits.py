"""What a rule found: its level, and the figures that its sentence needs for ever."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Self, TypedDict

from projects.rating.policy import Rule

Figure = str | int


class HitJson(TypedDict):
    rule: str
    level: int
    figures: dict[str, Figure]


@dataclass(frozen=True, slots=True)
class Hit:
    """One finding of one rule, level 0 or worse; carries the limits it was judged by.

    Figures are whole numbers, codes, names, ISO dates, and exact fractions written like "21/50".
    """

    rule: Rule
    level: int
    pairs: tuple[tuple[str, Figure], ...] = ()  # pairs and not a dict, so that hits are hashable

    @classmethod
    def of(cls, rule: Rule, level: int, **figures: Figure | Fraction) -> Self:
        """A hit with `figures`; fractions are kept exactly."""
        pairs = ((name, str(one) if isinstance(one, Fraction) else one) for name, one in figures.items())
        return cls(rule, level, tuple(sorted(pairs)))

    @property
    def figures(self) -> dict[str, Figure]:
        return dict(self.pairs)

    def as_json(self) -> HitJson:
        """A form that survives JSON."""
        return {"rule": self.rule.value, "level": self.level, "figures": self.figures}

    @classmethod
    def from_json(cls, stored: HitJson) -> Self:
        """The hit that `as_json` wrote; `ValueError` for an unknown rule."""
        return cls(Rule(stored["rule"]), stored["level"], tuple(sorted(stored["figures"].items())))
