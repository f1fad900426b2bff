"""What colours are called in addresses and on pages, for the palette in force."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from projects.bulletins.content import UnitCopy
from projects.bulletins.models import STANDINGS
from projects.bulletins.queries.told import Told
from projects.core import display
from projects.core.marks import STANDING_SHAPES
from projects.core.month import Month
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


TAB_NAMES: dict[str, Promise] = {
    "towns": gettext_lazy("Towns"),
    "departments": gettext_lazy("Departments"),
    "leaders": gettext_lazy("Accountable leaders"),
    "categories": gettext_lazy("Categories"),
}
UNIT_REASONS: dict[str, Promise] = {
    "behind": gettext_lazy("%(points)s points behind the schedule"),
    "last": pgettext_lazy("of a unit", "among the last of its group"),
    "best": pgettext_lazy("of a unit", "among the best of its group, and no project at %(colour)s"),
}


def told_sentence(told: Told) -> str:
    """Whether what is shown was published, and when."""
    bulletin = told.bulletin
    if bulletin is None:
        return _("As of now, not published yet")
    given = {"day": display.day(bulletin.published_at), "issue": bulletin.issue, "edition": bulletin.edition}
    if bulletin.edition > 1:
        return _("As published on %(day)s (No. %(issue)s, edition %(edition)s)") % given
    return _("As published on %(day)s (No. %(issue)s)") % given


def unit_because(unit: UnitCopy, month: Month, palette: Palette) -> str:
    """Why a unit has its colour, in words; nothing for who has none."""
    lead = unit.sums.lead(month)
    figures = {
        "count": unit.sums.worst,
        "rated": unit.sums.rated,
        "colour": shade_word(palette.shades[-1]),
        "points": display.number(None if lead is None else abs(lead), 1),
    }
    found = []
    for code in unit.reasons:
        if code == "red" and "many_red" not in unit.reasons:
            text = ngettext("%(count)s project at %(colour)s", "%(count)s projects at %(colour)s", unit.sums.worst)
        elif code == "many_red":
            text = _("%(count)s of %(rated)s rated projects at %(colour)s")
        elif code in UNIT_REASONS:
            text = str(UNIT_REASONS[code])
        else:
            continue
        found.append(text % figures)
    return pgettext("between two reasons", "; ").join(found)
