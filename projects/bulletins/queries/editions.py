"""Which rules, palette and rules for units hold in a month."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from projects.bulletins.models import PolicyEdition
from projects.core.month import Month
from projects.rating.palettes import DEFAULT_PALETTE, Palette
from projects.rating.policy import DEFAULT_POLICY, Policy
from projects.rating.units import DEFAULT_UNIT_POLICY, UnitPolicy


@dataclass(frozen=True)
class Edition:
    """What holds in a month; number 0 is what the program comes with, until the office sets its own."""

    number: int
    name: str
    policy: Policy
    palette: Palette
    unit_policy: UnitPolicy


def edition_for(month: Month) -> Edition:
    """The edition of the rules that counts in `month`; one query."""
    row: PolicyEdition | None = PolicyEdition.objects.holding_in(month).first()
    if row is None:
        return Edition(0, _("Default rules"), DEFAULT_POLICY, DEFAULT_PALETTE, DEFAULT_UNIT_POLICY)
    return Edition(row.number, row.name, row.rules, row.shades, row.unit_rules)
