"""How the month that a person looks at is told to them, kept while its lines stand."""

from projects.accounts.models import User
from projects.accounts.queries import district_of
from projects.bulletins.queries.told import Told, told
from projects.core.month import Month
from projects.portfolio.queries.lines import kept_below


def told_to(user: User, month: Month, stamp: int) -> Told:
    """With its palette; other rules write the lines anew, and publishing counts as writing them."""
    district = district_of(user.unit)
    return kept_below(f"district:{district.pk}", f"{month}:{stamp}", "told", lambda: told(district, month))
