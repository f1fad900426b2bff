"""How a month is told to a district: in the words it was published with, or in those that hold in it now."""

from collections.abc import Iterable
from dataclasses import dataclass

from projects.accounts.models import Unit
from projects.bulletins.models import Bulletin
from projects.bulletins.queries.editions import Edition, edition_for, editions_for
from projects.core.month import Month
from projects.rating.editions import palette_from_json, unit_policy_from_json
from projects.rating.palettes import Palette
from projects.rating.units import UnitPolicy

HEAD = ("id", "district_id", "month", "edition", "issue", "title", "published_at", "palette", "unit_policy")


@dataclass(frozen=True)
class Told:
    """A month with its palette and the rules for its units; `bulletin` is the edition that counts, None until one
    is published. `rules` is the number of the edition of the rules."""

    month: Month
    bulletin: Bulletin | None
    palette: Palette
    unit_policy: UnitPolicy
    rules: int = 0

    @property
    def key(self) -> str:
        """Another one whenever the words may be others."""
        return f"bulletin-{self.bulletin.pk}" if self.bulletin else f"rules-{self.rules}"

    @property
    def is_published(self) -> bool:
        return self.bulletin is not None


def told(district: Unit, month: Month) -> Told:
    """One query where the month is published, otherwise two."""
    heads = Bulletin.objects.published().filter(district=district, month=month).only(*HEAD)
    bulletin: Bulletin | None = heads.order_by("-edition").first()
    return _as_published(bulletin) if bulletin is not None else _by_rules(month, edition_for(month))


def told_months(district: Unit, months: Iterable[Month]) -> dict[Month, Told]:
    """The same for several months; two queries."""
    wanted = list(months)
    heads = Bulletin.objects.published().filter(district=district, month__in=wanted).only(*HEAD)
    published = {bulletin.month: bulletin for bulletin in heads.order_by("edition")}
    editions = editions_for(wanted)
    return {
        month: _as_published(published[month]) if month in published else _by_rules(month, editions[month])
        for month in wanted
    }


def _as_published(bulletin: Bulletin) -> Told:
    return Told(
        bulletin.month, bulletin, palette_from_json(bulletin.palette), unit_policy_from_json(bulletin.unit_policy)
    )


def _by_rules(month: Month, edition: Edition) -> Told:
    return Told(month, None, edition.palette, edition.unit_policy, edition.number)
