"""How levels look: the same level is blue in one place and green, or no colour at all, in another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

HUES = ("blue", "yellow", "red", "green", "orange", "none")
SHAPES = ("circle", "triangle", "square", "diamond", "ring")
PARTS = ("word", "hue", "shape")  # in which any two levels differ
FEWEST, MOST = 2, 5  # levels


@dataclass(frozen=True, slots=True)
class Shade:
    """What one level shows: the codes of its word and meaning, a hue and a shape.

    A word or meaning that has no translation is shown as it stands, so a place may use its own.
    `ValueError` for a hue or shape that no page can draw.
    """

    word: str
    meaning: str
    hue: str
    shape: str

    def __post_init__(self) -> None:
        if self.hue not in HUES or self.shape not in SHAPES:
            raise ValueError(f"no such hue or shape: {self.hue!r}, {self.shape!r}")


def alike(shades: Sequence[Shade]) -> Iterator[tuple[int, int, str]]:
    """Where two shades cannot be told apart: the place of one, of an earlier one, and the part that they share."""
    for place, shade in enumerate(shades):
        for earlier, other in enumerate(shades[:place]):
            # Colour-blind readers and black-and-white copies go by word and shape, filters by hue.
            yield from ((place, earlier, part) for part in PARTS if getattr(shade, part) == getattr(other, part))


@dataclass(frozen=True, slots=True)
class Palette:
    """Two to five shades, best first, that differ in word, hue and shape; `ValueError` otherwise."""

    code: str
    name: str
    shades: tuple[Shade, ...]

    def __post_init__(self) -> None:
        if not FEWEST <= len(self.shades) <= MOST:
            raise ValueError(f"a palette has {FEWEST} to {MOST} levels, not {len(self.shades)}")
        for _place, _earlier, part in alike(self.shades):
            raise ValueError(f"two levels share a {part}")

    def shade(self, level: int) -> Shade:
        """The shade of `level`, 0 or more; above the worst level of this palette it is the worst."""
        if level < 0:
            raise ValueError(f"no such level: {level}")
        return self.shades[min(level, len(self.shades) - 1)]

    def level_of(self, hue: str) -> int | None:
        """The level that has this hue here, or None."""
        return next((level for level, shade in enumerate(self.shades) if shade.hue == hue), None)


ZAOZHUANG = Palette(
    "zaozhuang",
    "Zaozhuang",
    (
        Shade("blue", "normal", "blue", "circle"),
        Shade("yellow", "reminder", "yellow", "triangle"),
        Shade("red", "warning", "red", "square"),
    ),
)
HONOURS = Palette(
    "honours",
    "Red for the best",
    (
        Shade("red", "excellent", "red", "circle"),
        Shade("yellow", "lagging", "yellow", "triangle"),
        Shade("blue", "trailing", "blue", "square"),
    ),
)
LADDER = Palette(
    "ladder",
    "Supervision ladder",
    (
        Shade("none", "normal", "none", "ring"),
        Shade("blue", "reminder", "blue", "circle"),
        Shade("yellow", "warning", "yellow", "triangle"),
        Shade("red", "summons", "red", "square"),
    ),
)
TRAFFIC_LIGHT = Palette(
    "traffic_light",
    "Traffic light",
    (
        Shade("green", "normal", "green", "circle"),
        Shade("yellow", "reminder", "yellow", "triangle"),
        Shade("red", "warning", "red", "square"),
    ),
)
FOUR_COLOURS = Palette(
    "four_colours",
    "Four colours",
    (
        Shade("green", "normal", "green", "circle"),
        Shade("yellow", "reminder", "yellow", "triangle"),
        Shade("orange", "alert", "orange", "diamond"),
        Shade("red", "warning", "red", "square"),
    ),
)

DEFAULT_PALETTE = ZAOZHUANG
PALETTES = {palette.code: palette for palette in (ZAOZHUANG, HONOURS, LADDER, TRAFFIC_LIGHT, FOUR_COLOURS)}
