"""The words that documents add to what was published: colours of lists, reasons of units, values that differ."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.bulletins.documents.paper import Mark
from projects.core.marks import STANDING_SHAPES
from projects.rating.levels import Standing
from projects.rating.palettes import Palette, Shade
from projects.rating.wording import shade_word, standing_word

COLOURED: dict[str, Promise] = {  # as a list of projects is called by its colour
    "blue": pgettext_lazy("coloured", "blue"),
    "yellow": pgettext_lazy("coloured", "yellow"),
    "red": pgettext_lazy("coloured", "red"),
    "green": pgettext_lazy("coloured", "green"),
    "orange": pgettext_lazy("coloured", "orange"),
    "none": pgettext_lazy("coloured", "uncoloured"),
}
UNIT_REASONS: dict[str, Promise] = {
    "behind": pgettext_lazy("unit", "behind schedule"),
    "last": pgettext_lazy("unit", "among the last of its group"),
    "many_red": pgettext_lazy("unit", "a large share of its projects at the worst colour"),
    "red": pgettext_lazy("unit", "has projects at the worst colour"),
    "best": pgettext_lazy("unit", "on schedule and among the best of its group"),
}
CORRECTED: dict[str, Promise] = {  # the values that a correction compares
    "colour_word": _("Colour"),
    "total_investment": _("Total investment (10,000 yuan)"),
    "year_plan": _("Year plan (10,000 yuan)"),
    "invested_to_date": _("Invested to date (10,000 yuan)"),
    "completion_tenths": _("Rate (%)"),
    "lead_tenths": _("Ahead or behind (points)"),
    "stage_name": _("Stage"),
    "unit_name": _("Unit"),
    "name": _("Project"),
    "reasons": _("Reason"),
}


def coloured(shade: Shade) -> str:
    """The colour as a list is named by it: 红色; a place's own word as it stands."""
    return str(COLOURED.get(shade.word, shade.word))


def shade_mark(shade: Shade) -> Mark:
    return Mark(shade_word(shade), shade.hue, shade.shape)


def standing_mark(standing: Standing) -> Mark:
    return Mark(standing_word(standing), standing.value, STANDING_SHAPES[standing.value])


def unit_mark(level: int | None, palette: Palette) -> Mark | None:
    """The colour of a unit: commended the best, reminded the next, warned the worst of the palette."""
    if level is None:
        return None
    last = len(palette.shades) - 1
    return shade_mark(palette.shades[last if level >= 2 else min(level, last)])
