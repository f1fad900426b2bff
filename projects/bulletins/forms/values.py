"""An edition of the rules as the values of its form, name by name."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise

from projects.bulletins.queries.editions import Edition
from projects.rating.palettes import MOST, Palette
from projects.rating.policy import BANDS, MOST_LEVEL, Policy, Rule
from projects.rating.units import UnitPolicy
from projects.rating.wording import SHADE_MEANINGS, SHADE_WORDS, shade_meaning, shade_word

NUMBERS = (  # the fields of a policy that hold one number
    "new_project_months", "new_project_cap", "statistics_floor", "exit_months", "one_vote_level", "ladder_level",
    "ladder_periods",
)  # fmt: skip
UNIT_NUMBERS = ("top", "bottom", "red_share", "smallest_group")

Values = dict[str, Any]


def of_policy(policy: Policy) -> Values:
    """The rules; a bound that is not there is None."""
    found: Values = {"measure": policy.measure.value, "basis": policy.basis.value}
    found |= {name: getattr(policy, name) for name in NUMBERS}
    found |= {f"quarter_{number}": share for number, share in enumerate(policy.quarters[:3], start=1)}
    found |= {f"use_{rule}": rule in policy.rules for rule in Rule}
    for rule, name in BANDS.items():
        band = policy.bands[rule]
        for place in range(MOST_LEVEL):
            there = place < len(band.above)
            found[f"{name}_{place + 1}"] = band.above[place] if there else None
            found[f"{name}_{place + 1}_included"] = there and band.includes(place)
    return found


def of_palette(palette: Palette) -> Values:
    """The levels in the words that people read; the rows behind the last one are empty."""
    found: Values = {}
    for place in range(MOST):
        shade = palette.shades[place] if place < len(palette.shades) else None
        found |= {
            f"word_{place}": shade_word(shade) if shade else "",
            f"meaning_{place}": shade_meaning(shade) if shade else "",
            f"hue_{place}": shade.hue if shade else "",
            f"shape_{place}": shade.shape if shade else "",
        }
    return found


def of_units(policy: UnitPolicy) -> Values:
    return {name: getattr(policy, name) for name in UNIT_NUMBERS}


def of_edition(edition: Edition) -> Values:
    return {**of_policy(edition.policy), **of_palette(edition.palette), **of_units(edition.unit_policy)}


def word_code(text: str) -> str:
    """The code of a word for a colour in the present language; a place's own word as it stands."""
    return _code(text, SHADE_WORDS)


def meaning_code(text: str) -> str:
    return _code(text, SHADE_MEANINGS)


def _code(text: str, names: Mapping[str, str | Promise]) -> str:
    return next((code for code, name in names.items() if str(name) == text), text)
