"""What an edition stores comes back the same, also when rules were added since."""

import json

import pytest

from projects.rating.editions import (
    palette_as_json,
    palette_from_json,
    policy_as_json,
    policy_from_json,
    unit_policy_as_json,
    unit_policy_from_json,
)
from projects.rating.palettes import PALETTES, Palette
from projects.rating.policy import POLICIES, Band, Basis, Policy, Rule
from projects.rating.units import UnitPolicy


def through_json(stored: object) -> dict[str, object]:
    found: dict[str, object] = json.loads(json.dumps(stored))
    return found


@pytest.mark.parametrize("policy", [*POLICIES.values(), Policy(basis=Basis.LINEAR, rules=frozenset({Rule.P1}))])
def test_rules_come_back(policy: Policy) -> None:
    assert policy_from_json(through_json(policy_as_json(policy))) == policy


@pytest.mark.parametrize("palette", list(PALETTES.values()), ids=list(PALETTES))
def test_palettes_come_back(palette: Palette) -> None:
    assert palette_from_json(through_json(palette_as_json(palette))) == palette


def test_unit_rules_come_back() -> None:
    policy = UnitPolicy(top=1, bottom=0, red_share=50, smallest_group=3)
    assert unit_policy_from_json(through_json(unit_policy_as_json(policy))) == policy


def test_what_was_unknown_then_has_its_default() -> None:
    stored = policy_as_json(Policy(investment_lag=Band((1, 2))))
    old = {name: value for name, value in stored.items() if name == "investment_lag"}
    assert policy_from_json({**old, "gone_since": 5}) == Policy(investment_lag=Band((1, 2)))


def test_numbers_that_make_no_sense_are_refused() -> None:
    stored = policy_as_json(Policy())
    with pytest.raises(ValueError, match="ascend"):
        policy_from_json({**stored, "investment_lag": {"above": [20, 5], "inclusive": []}})
