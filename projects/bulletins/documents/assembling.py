"""Putting a document together: from the content of a bulletin, its text and its rules to one `Paper`."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from projects.bulletins.composing import Section, fill
from projects.bulletins.content import Content
from projects.bulletins.documents import lists, summaries
from projects.bulletins.documents.month_sheet import month_table
from projects.bulletins.documents.paper import Cell, Column, Kind, Labels, Meaning, Paper, Part, Table
from projects.bulletins.documents.wording import CORRECTED, shade_mark, standing_mark
from projects.core import display
from projects.rating.explaining import basis_sentence, rule_sentence, unit_sentences
from projects.rating.levels import Standing
from projects.rating.palettes import Palette
from projects.rating.policy import Policy, Rule
from projects.rating.units import UnitPolicy
from projects.rating.wording import rule_name, shade_meaning, standing_meaning

UNSAFE = '<>:"/\\|?*'  # that no name of a file may hold, on one system or another


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A bulletin as it is read: published from its copies, or the draft as it would be published now."""

    content: Content
    palette: Palette
    policy: Policy
    policy_name: str
    unit_policy: UnitPolicy
    figures: dict[str, str]
    sections: Sequence[Section]
    district: str
    issue: int
    edition: int
    title: str
    addressees: str
    reason: str
    differences: Sequence[Mapping[str, Any]]
    digest: str
    published: datetime.datetime | None  # in local time
    made_at: datetime.datetime


def assemble(source: Source) -> Paper:
    """The whole document, in the language that is active."""
    is_draft = source.published is None
    draft = _("Draft for comment") if is_draft else ""
    masthead = _("Red-yellow-blue bulletin of the key projects of %(district)s") % {"district": source.district}
    return Paper(
        month=source.content.month,
        name=_name(source, draft),
        masthead=masthead,
        issue=_("No. %(issue)s") % {"issue": source.issue},
        title=source.title,
        addressees=source.addressees,
        parts=tuple(_parts(source)),
        tables=tuple(_tables(source)),
        legend=legend_of(source.palette),
        star=_("decided otherwise than by the rules; both colours stand below the table"),
        signed=_("Key-project office of %(district)s") % {"district": source.district},
        date=date_format(source.published, "DATE_FORMAT") if source.published else "",
        correction=_("Correction %(number)s: %(reason)s")
        % {"number": source.edition - 1, "reason": source.reason} if source.reason else "",
        digest=_("Digest of the bulletin: %(digest)s") % {"digest": source.digest} if source.digest else "",
        draft=draft,
        warning=_("Not published. Figures and colours may still change; do not quote.") if is_draft else "",
        made_at=source.made_at,
        labels=Labels(
            annex=_("Annex {number}"), annexes=_("Annexes:"), legend=_("Legend: "), nothing=_("None."),
            page=pgettext("number of a page", "— {number} —"), contents=_("Contents"), money=_(" (10,000 yuan)"),
        ),
    )  # fmt: skip


def _name(source: Source, draft: str) -> str:
    name = _("%(district)s red-yellow-blue bulletin of %(month)s (No. %(issue)s)") % {
        "district": source.district, "month": display.month_label(source.content.month), "issue": source.issue,
    }  # fmt: skip
    if source.edition > 1:
        name += _(" (correction %(number)s)") % {"number": source.edition - 1}
    if draft:
        name += _(" (%(draft)s)") % {"draft": draft}
    return "".join(sign for sign in name if sign not in UNSAFE)


def _parts(source: Source) -> list[Part]:
    numerals = _("1 2 3 4 5 6 7 8 9 10 11 12").split()
    found = []
    for place, section in enumerate(source.sections):
        numeral = numerals[place] if place < len(numerals) else str(place + 1)
        heading = _("%(numeral)s. %(heading)s") % {"numeral": numeral, "heading": section.heading}
        found.append(Part(heading, tuple(fill(each, source.figures) for each in section.paragraphs if each.strip())))
    return found


def legend_of(palette: Palette) -> tuple[Meaning, ...]:
    """The worst level first, then the standings outside the scale."""
    levels = [Meaning(shade_mark(shade), shade_meaning(shade)) for shade in reversed(palette.shades)]
    return (*levels, *(Meaning(standing_mark(each), standing_meaning(each)) for each in Standing))


def _tables(source: Source) -> list[Table]:
    content, palette = source.content, source.palette
    last = len(palette.shades) - 1
    units = {"town": _("Ranks of towns and subdistricts"), "department": _("Ranks of departments")}
    found = [
        summaries.whole_table(1, content, palette, lists.exempt_note(content.lines)),
        *(
            summaries.unit_table(number, title, content, group, palette, source.unit_policy)
            for number, (group, title) in enumerate(units.items(), 2)
        ),
        lists.colour_table(4, [last], content, palette),
        lists.colour_table(5, list(range(last - 1, 0, -1)), content, palette),
        month_table(6, content, palette),
        lists.preparation_table(7, content, palette),
        lists.problem_table(8, content),
        rules_table(9, source),
    ]
    return [*found, correction_table(10, source)] if source.differences else found


def rules_table(number: int, source: Source) -> Table:
    """Each rule as a sentence with the numbers in force, the rule for units, and what each colour means."""
    policy, palette = source.policy, source.palette
    found: list[tuple[Cell, ...]] = [
        (rule_name(rule), rule_sentence(rule, policy, palette) if rule in policy.rules else _("Not in use."))
        for rule in Rule
    ]
    found.append((_("What is due"), basis_sentence(policy)))
    found.append((_("Colour of units"), " ".join(unit_sentences(source.unit_policy, palette))))
    found += [(each.mark, each.meaning) for each in legend_of(palette)]
    columns = (
        Column(_("No."), Kind.PLACE), Column(_("Rule or colour"), width=20), Column(_("What it says"), width=110),
    )  # fmt: skip
    return Table(
        number=number, title=_("Rules of the rating and legend"), columns=columns,
        rows=tuple((place, *row) for place, row in enumerate(found, 1)),
        notes=(
            _("Rules in force: %(name)s. The worst finding counts; all findings are kept as reasons. Exact figures are"
              " compared; they are rounded for display only.") % {"name": source.policy_name},
        ),
    )  # fmt: skip


def correction_table(number: int, source: Source) -> Table:
    """What a corrected edition says otherwise than the one before it."""
    columns = (
        Column(_("No."), Kind.PLACE), Column(_("Project code"), width=16), Column(_("Project"), width=24),
        Column(_("What differs"), width=16),
        Column(pgettext("correction", "Before"), width=40), Column(pgettext("correction", "Now"), width=40),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for place, each in enumerate(source.differences, 1):
        field = each["field"]
        what = str(CORRECTED.get(field, field)) if field else _("Project no longer listed")
        rows.append(
            (place, each["code"], each["name"], what, _told(field, each["old"]), _told(field, each["new"]))
        )  # fmt: skip
    return Table(
        number=number, title=_("What this edition corrects"), columns=columns, rows=tuple(rows), has_legend=False
    )


def _told(field: str, value: Any) -> str:
    if field in {"total_investment", "year_plan", "invested_to_date"}:
        return display.wan(value)
    if field == "completion_tenths":
        return display.percent_tenths(value)
    if field == "lead_tenths":
        return display.points_tenths(value)
    if isinstance(value, list):
        return lists.joined(str(each) for each in value)
    return display.NONE if value in (None, "") else str(value)
