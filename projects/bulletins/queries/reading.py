"""A bulletin as it is read: from its copies once it is published, from the live lines as a draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from projects.bulletins.changes import Changes, changes_between
from projects.bulletins.composing import Section, figures_of, fill
from projects.bulletins.content import Content
from projects.bulletins.models import STANDINGS, Bulletin
from projects.bulletins.models.bulletins import PUBLISHED
from projects.bulletins.queries.drafting import content_to_word, look
from projects.bulletins.queries.editions import edition_for
from projects.bulletins.queries.published import content_of, edition_before, sections_of
from projects.rating.editions import palette_from_json
from projects.rating.palettes import Palette


@dataclass(frozen=True)
class ColourRow:
    """How many projects have one colour or standing, and how many had it in the bulletin before (None: unknown)."""

    level: int | None
    hue: str
    shape: str
    word: str
    count: int
    share: Fraction | None
    before: int | None

    @property
    def change(self) -> int | None:
        return None if self.before is None else self.count - self.before


@dataclass(frozen=True)
class Reading:
    """All that the page of a bulletin shows. `sections` are filled with their figures."""

    bulletin: Bulletin
    content: Content
    palette: Palette
    figures: Mapping[str, str]
    sections: list[Section]
    before: Bulletin | None
    changes: Changes
    colours: list[ColourRow]


def reading_of(bulletin: Bulletin) -> Reading:
    """A fixed number of queries."""
    if bulletin.state == PUBLISHED:
        content, palette = content_of(bulletin), palette_from_json(bulletin.palette)
        figures: Mapping[str, str] = bulletin.figures
    else:
        content, palette = content_to_word(bulletin), edition_for(bulletin.month).palette
        figures = figures_of(content, palette)
    before = edition_before(bulletin)
    last = content_of(before) if before else None
    return Reading(
        bulletin=bulletin,
        content=content,
        palette=palette,
        figures=figures,
        sections=filled(sections_of(bulletin), figures),
        before=before,
        changes=changes_between(content, last),
        colours=_colours(content, palette, last),
    )


def filled(sections: list[Section], figures: Mapping[str, str]) -> list[Section]:
    """The text with its figures."""
    known = dict(figures)
    return [
        Section(fill(each.heading, known), tuple(fill(text, known) for text in each.paragraphs)) for each in sections
    ]


def _colours(content: Content, palette: Palette, last: Content | None) -> list[ColourRow]:
    """The worst level first, then what stands outside the scale."""
    whole, then = content.whole, last.whole if last else None
    same = last is not None and last.levels == content.levels
    rows = []
    for level in reversed(range(content.levels)):
        word, hue, shape = look(level, "", palette)
        count, before = whole.levels[level], then.levels[level] if then and same else None
        share = Fraction(count, whole.rated) if whole.rated else None
        rows.append(ColourRow(level, hue, shape, word, count, share, before))
    for standing in reversed(STANDINGS):
        word, hue, shape = look(None, standing, palette)
        held: Any = [None if sums is None else getattr(sums, standing) for sums in (whole, then)]
        rows.append(ColourRow(None, hue, shape, word, held[0], None, held[1]))
    return rows
