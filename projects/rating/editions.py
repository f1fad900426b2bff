"""Rules, palettes and unit rules in a form that survives JSON: what an edition stores and a bulletin copies."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from enum import StrEnum
from typing import Any

from projects.rating.palettes import Palette, Shade
from projects.rating.policy import Band, Policy, Rule
from projects.rating.units import UnitPolicy

Stored = dict[str, Any]


def policy_as_json(policy: Policy) -> Stored:
    """Every number and switch of the rules by its name."""
    return {field.name: _plain(getattr(policy, field.name)) for field in fields(policy)}


def _plain(value: Any) -> Any:
    if isinstance(value, Band):
        return {"above": list(value.above), "inclusive": list(value.inclusive)}
    if isinstance(value, frozenset):
        return sorted(str(each) for each in value)
    if isinstance(value, tuple):
        return list(value)
    return value.value if isinstance(value, StrEnum) else value


def policy_from_json(stored: Mapping[str, Any]) -> Policy:
    """The rules that `policy_as_json` wrote, with the default of whatever was unknown then.

    `ValueError` when a number makes no sense.
    """
    default = Policy()
    values: Stored = {}
    for field in fields(Policy):
        if field.name in stored:
            values[field.name] = _typed(getattr(default, field.name), stored[field.name])
    return Policy(**values)


def _typed(default: Any, value: Any) -> Any:
    """`value` as the same kind of thing as `default`."""
    if isinstance(default, Band):
        return Band(tuple(value["above"]), tuple(value["inclusive"]))
    if isinstance(default, frozenset):
        return frozenset(Rule(each) for each in value)
    if isinstance(default, tuple):
        return tuple(value)
    return type(default)(value) if isinstance(default, StrEnum) else value


def palette_as_json(palette: Palette) -> Stored:
    return {"code": palette.code, "name": palette.name, "shades": [asdict(shade) for shade in palette.shades]}


def palette_from_json(stored: Mapping[str, Any]) -> Palette:
    """The palette that `palette_as_json` wrote; `ValueError` for a hue or shape that no page can draw."""
    return Palette(stored["code"], stored["name"], tuple(Shade(**shade) for shade in stored["shades"]))


def unit_policy_as_json(policy: UnitPolicy) -> Stored:
    return asdict(policy)


def unit_policy_from_json(stored: Mapping[str, Any]) -> UnitPolicy:
    known = {field.name for field in fields(UnitPolicy)}
    return UnitPolicy(**{name: value for name, value in stored.items() if name in known})
