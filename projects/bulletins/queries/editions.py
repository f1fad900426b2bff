"""Which rules, palette and rules for units hold in a month, and what one edition has otherwise than another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.utils.translation import gettext as _

from projects.bulletins.models import Bulletin, PolicyEdition
from projects.bulletins.models.bulletins import PUBLISHED
from projects.bulletins.models.editions import DatedEdition
from projects.core.month import Month
from projects.rating.explaining import basis_sentence, palette_sentence, rule_sentence, unit_sentences
from projects.rating.palettes import DEFAULT_PALETTE, Palette
from projects.rating.policy import DEFAULT_POLICY, Policy, Rule
from projects.rating.units import DEFAULT_UNIT_POLICY, UnitPolicy
from projects.rating.wording import rule_name

E = TypeVar("E", bound=DatedEdition)


@dataclass(frozen=True)
class Edition:
    """What holds in a month; number 0 is what the program comes with, until the office sets its own."""

    number: int
    name: str
    policy: Policy
    palette: Palette
    unit_policy: UnitPolicy


def built_in() -> Edition:
    """What the program comes with."""
    return Edition(0, _("Default rules"), DEFAULT_POLICY, DEFAULT_PALETTE, DEFAULT_UNIT_POLICY)


def edition_of(row: PolicyEdition | None) -> Edition:
    """The values of a stored edition; of none, what the program comes with."""
    return Edition(row.number, row.name, row.rules, row.shades, row.unit_rules) if row else built_in()


def edition_for(month: Month) -> Edition:
    """The edition of the rules that counts in `month`; one query."""
    return edition_of(PolicyEdition.objects.holding_in(month).first())


def palette_in_force(month: Month) -> Palette:
    """How levels look in `month`; one query."""
    return edition_for(month).palette


def editions_for(months: Iterable[Month]) -> dict[Month, Edition]:
    """The edition that counts in each of `months`; one query."""
    rows = list(PolicyEdition.objects.standing().order_by("-holds_from", "-number"))
    return {month: edition_of(next((row for row in rows if row.holds_from <= month), None)) for month in months}


def earliest_to_set(open_month: Month) -> Month:
    """The first month for which rules may still be set: after the last one that any district published, and where
    none did, the first of the year at hand."""
    last = Bulletin.objects.published().order_by("-month").values_list("month", flat=True).first()
    return last + 1 if last else Month(open_month.year, 1)


def published_by(edition: PolicyEdition) -> Month | None:
    """The first month that was published by this edition, in whatever district."""
    rows = Bulletin.objects.published().filter(policy_number=edition.number).order_by("month")
    return rows.values_list("month", flat=True).first()


def months_in_draft() -> list[Month]:
    """The months whose bulletin is begun and not published yet in some district, the first first."""
    drafts = Bulletin.objects.filter(edition=1).exclude(state=PUBLISHED).order_by("month")
    return list(drafts.values_list("month", flat=True).distinct())


@dataclass(frozen=True)
class Span:
    """The months in which an edition counts; `until` None: until another is set. It may count in none: it
    `is_replaced` by a later one from the same month on."""

    since: Month
    until: Month | None
    is_replaced: bool


def spans(rows: Sequence[DatedEdition]) -> list[Span]:
    """Of each of all editions when it counts."""
    found = []
    standing = [row for row in rows if row.taken_back_at is None]
    for row in rows:
        later = [each for each in standing if (each.holds_from, each.number) > (row.holds_from, row.number)]
        following = min((each.holds_from for each in later), default=None)
        replaced = following == row.holds_from
        until = following.earlier(1) if following is not None and not replaced else None
        found.append(Span(row.holds_from, until, replaced))
    return found


def before_each(rows: Sequence[E]) -> list[E | None]:
    """Of each of all editions, by their numbers, the one before it that nobody took back."""
    found: list[E | None] = []
    last: E | None = None
    for row in rows:
        found.append(last)
        last = row if row.taken_back_at is None else last
    return found


@dataclass(frozen=True)
class Change:
    """What an edition says otherwise than the one before; empty: it said nothing, or says nothing."""

    what: str
    before: str
    after: str


def changes(before: Edition, after: Edition) -> list[Change]:
    """What differs between two editions, in the sentences that explain them; in the later one's colours, so that
    another palette is told once and not with every rule."""
    old, new = said(before, after.palette), said(after, after.palette)
    return [Change(_name(what), old[what], new[what]) for what in new if old[what] != new[what]]


def said(edition: Edition, palette: Palette) -> dict[str, str]:
    """All that an edition says, in words, the colours as in `palette`; nothing by a rule that is switched off."""
    policy = edition.policy
    found = {"basis": basis_sentence(policy)}
    found |= {rule.value: rule_sentence(rule, policy, palette) if rule in policy.rules else "" for rule in Rule}
    found["palette"] = palette_sentence(edition.palette)
    found["unit_policy"] = " ".join(unit_sentences(edition.unit_policy, palette))
    return found


def _name(what: str) -> str:
    names = {"basis": _("Schedule"), "palette": _("Palette"), "unit_policy": _("Rules for units")}
    return names[what] if what in names else f"{what} {rule_name(Rule(what))}"
