"""What a person may do with a bulletin as it stands now, and in words why not; the actions check it again."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from projects.accounts.models import Unit, User
from projects.accounts.queries import may
from projects.accounts.roles import Verb
from projects.bulletins.actions.readiness import REPORTS, hindrances
from projects.bulletins.actions.recolouring import being_recoloured, is_recoloured
from projects.bulletins.models import Bulletin
from projects.bulletins.models.bulletins import CIRCULATED, DRAFT, PUBLISHED
from projects.core.refusals import Sentence

WORD, COMPOSE, CIRCULATE, PUBLISH, DROP, CORRECT = "word", "compose", "circulate", "publish", "drop", "correct"
OFFERED: dict[str, tuple[str, ...]] = {
    DRAFT: (WORD, COMPOSE, CIRCULATE, PUBLISH, DROP),
    CIRCULATED: (WORD, COMPOSE, CIRCULATE, PUBLISH, DROP),
    PUBLISHED: (CORRECT,),
}


@dataclass(frozen=True)
class Offer:
    """Something that the role of the person includes; `because` says why it is refused now, or is empty."""

    name: str
    because: Sentence = ""


def offers(bulletin: Bulletin, *, to: User, at: datetime.datetime) -> dict[str, Offer]:
    """By name what `to` may do with the bulletin; nothing for who only reads it. A few queries."""
    if not may(to, Verb.PUBLISH) or not Unit.objects.below(to.unit).filter(pk=bulletin.district_id).exists():
        return {}
    return {name: Offer(name, _because(name, bulletin, to, at)) for name in OFFERED[bulletin.state]}


def _because(name: str, bulletin: Bulletin, to: User, at: datetime.datetime) -> Sentence:
    if name == CIRCULATE and bulletin.state == CIRCULATED:
        return _("The draft is circulated already.")
    if name in (COMPOSE, CIRCULATE) and is_recoloured(bulletin.month):
        return being_recoloured()
    if name == PUBLISH:
        return next((each.sentence for each in hindrances(bulletin, by=to, at=at) if each.code != REPORTS), "")
    if name == CORRECT:
        editions = Bulletin.objects.filter(district=bulletin.district_id, month=bulletin.month)
        if editions.exclude(state=PUBLISHED).exists():
            return _("A correction of this bulletin was begun already.")
        if editions.filter(edition__gt=bulletin.edition).exists():
            return _("This edition was corrected; correct the latest one.")
    return ""
