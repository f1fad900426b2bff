"""Editions of the rules for the tests."""

import dataclasses
from typing import Any

from projects.accounts.models import User
from projects.bulletins.actions.editions import set_edition
from projects.bulletins.models import PolicyEdition
from projects.bulletins.queries.editions import Edition, built_in
from projects.core.month import Month
from projects.rating.palettes import Palette
from projects.rating.policy import Band, Policy
from projects.rating.units import UnitPolicy
from tests.cast import AT, SEPTEMBER

STRICT = Policy(investment_lag=Band((1, 10)))


def edition(policy: Policy | None = None, palette: Palette | None = None, units: UnitPolicy | None = None) -> Edition:
    """The default rules with other parts."""
    usual = built_in()
    return dataclasses.replace(
        usual,
        name="试行规则",
        policy=policy or usual.policy,
        palette=palette or usual.palette,
        unit_policy=units or usual.unit_policy,
    )


def edition_set(given: Edition, holds_from: Month = SEPTEMBER, *, by: User | None = None, **more: Any) -> PolicyEdition:
    values: dict[str, Any] = {
        "reason": "按区委要求调整", "at": AT, "open_month": SEPTEMBER, "seen": PolicyEdition.objects.count(), **more
    }  # fmt: skip
    return set_edition(given, holds_from=holds_from, by=by, **values)[0]
