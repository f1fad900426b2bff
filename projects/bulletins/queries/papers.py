"""What the documents of a bulletin are made from: published copies alone, or the draft as it would be published now."""

import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from projects.accounts.models import Unit
from projects.bulletins.composing import Section, figures_of
from projects.bulletins.documents.assembling import Source, assemble
from projects.bulletins.documents.paper import Paper
from projects.bulletins.models import Bulletin, Line
from projects.bulletins.models.bulletins import PUBLISHED
from projects.bulletins.queries.drafting import content_of_draft
from projects.bulletins.queries.editions import edition_for
from projects.bulletins.queries.published import content_of
from projects.core.month import Month
from projects.rating.editions import palette_from_json, policy_from_json, unit_policy_from_json


def paper_of(bulletin: Bulletin) -> Paper:
    """The bulletin as every document lays it out, in the language of the office whoever asks."""
    with translation.override(settings.LANGUAGE_CODE):
        return assemble(_published(bulletin) if bulletin.state == PUBLISHED else _draft(bulletin))


def _published(bulletin: Bulletin) -> Source:
    return Source(
        content=content_of(bulletin),
        palette=palette_from_json(bulletin.palette),
        policy=policy_from_json(bulletin.policy),
        policy_name=bulletin.policy_name,
        unit_policy=unit_policy_from_json(bulletin.unit_policy),
        figures=bulletin.figures,
        district=bulletin.figures.get("district") or full_name(bulletin.district),
        digest=bulletin.short_digest,
        published=timezone.localtime(bulletin.published_at),
        made_at=timezone.localtime(bulletin.published_at),
        **_worded(bulletin),
    )


def _draft(bulletin: Bulletin) -> Source:
    edition = edition_for(bulletin.month)
    content = content_of_draft(bulletin.district, bulletin.month)
    return Source(
        content=content,
        palette=edition.palette,
        policy=edition.policy,
        policy_name=edition.name,
        unit_policy=edition.unit_policy,
        figures=figures_of(content, edition.palette),
        district=full_name(bulletin.district),
        digest="",
        published=None,
        made_at=timezone.localtime(bulletin.circulated_at) if bulletin.circulated_at else _end_of(bulletin.month),
        **_worded(bulletin),
    )


def _worded(bulletin: Bulletin) -> dict[str, Any]:
    """What people have written of it."""
    return {
        "sections": [Section(each["heading"], tuple(each["paragraphs"])) for each in bulletin.sections],
        "issue": bulletin.issue, "edition": bulletin.edition, "title": bulletin.title,
        "addressees": bulletin.addressees, "reason": bulletin.reason, "differences": bulletin.differences,
    }  # fmt: skip


def _end_of(month: Month) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(month.last_day, datetime.time()))


def full_name(district: Unit) -> str:
    """The district with the city that it lies in: 枣庄市市中区."""
    city = Unit.objects.above(district).filter(kind="city").exclude(pk=district.pk).last()
    name = str(district.name)
    return name if city is None or name.startswith(city.name) else f"{city.name}{name}"


def lines_in(bulletin: Bulletin) -> int:
    """How many projects a document of it names, more or less."""
    if bulletin.state == PUBLISHED:
        return int(bulletin.lines.count())
    return int(Line.objects.of(bulletin.month).filter(unit__in=Unit.objects.below(bulletin.district)).count())
