"""A finding survives being stored, and compares as a value."""

import json
from fractions import Fraction

import pytest

from projects.rating.hits import Hit
from projects.rating.policy import Rule


def test_a_hit_reads_back_from_json_with_exact_fractions() -> None:
    hit = Hit.of(Rule.P1, 2, completed=Fraction(1, 3), over=20, name="主体")
    stored = json.loads(json.dumps(hit.as_json()))
    assert stored == {"rule": "P1", "level": 2, "figures": {"completed": "1/3", "name": "主体", "over": 20}}
    assert Hit.from_json(stored) == hit
    assert Fraction(Hit.from_json(stored).figures["completed"]) == Fraction(1, 3)


def test_hits_are_the_same_in_whatever_order_their_figures_came() -> None:
    one, other = Hit.of(Rule.P4, 1, days=11, name="x"), Hit.of(Rule.P4, 1, name="x", days=11)
    assert one == other
    assert len({one, other}) == 1
    assert one != Hit.of(Rule.P4, 1, days=12, name="x")


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="P99"):
        Hit.from_json({"rule": "P99", "level": 1, "figures": {}})
