"""What colours are called in addresses and on pages, for the palette in force."""

from dataclasses import dataclass

from projects.bulletins.models import STANDINGS
from projects.core.marks import STANDING_SHAPES
from projects.rating.levels import Standing
from projects.rating.palettes import Palette, Shade
from projects.rating.wording import shade_meaning, shade_word, standing_meaning, standing_word


@dataclass(frozen=True)
class ColourName:
    """A colour or a standing: its code in addresses, how it looks, and what it is called and means."""

    code: str
    hue: str
    shape: str
    word: str
    meaning: str


def colour_names(palette: Palette) -> list[ColourName]:
    """The worst level first, then the standings outside the scale."""
    return [_of_shade(shade) for shade in reversed(palette.shades)] + [
        _of_standing(code) for code in reversed(STANDINGS)
    ]


def colour_name(level: int | None, standing: str, palette: Palette) -> ColourName:
    """What a line shows."""
    return _of_standing(standing) if level is None else _of_shade(palette.shade(level))


def _of_shade(shade: Shade) -> ColourName:
    return ColourName(shade.hue, shade.hue, shade.shape, shade_word(shade), shade_meaning(shade))


def _of_standing(code: str) -> ColourName:
    standing = Standing(code)
    return ColourName(code, code, STANDING_SHAPES[code], standing_word(standing), standing_meaning(standing))


def colour_code(level: int | None, standing: str, palette: Palette) -> str:
    """The code in addresses of what a line shows."""
    return standing if level is None else palette.shade(level).hue
