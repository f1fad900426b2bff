"""What still stands between a draft and its publication, in words: for the page that lists it and for the guard."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from projects.accounts.models import Unit, User
from projects.bulletins.actions.recolouring import being_recoloured, is_recoloured
from projects.bulletins.models import Bulletin, Override
from projects.bulletins.models.bulletins import CIRCULATED
from projects.bulletins.queries.decisions import reports_missing, waiting_for_decision
from projects.core.refusals import Refused
from projects.register.models import Exemption

REPORTS = "reports"  # the one hindrance that a tick overcomes


@dataclass(frozen=True)
class Hindrance:
    """One thing to be done first: colours, circulation, objections, decisions, another person, or reports."""

    code: str
    sentence: str
    field: str = ""


def hindrances(bulletin: Bulletin, *, by: User | None, at: datetime.datetime) -> Iterator[Hindrance]:
    """All of them, in the order in which they are met. A correction needs neither circulation nor its end."""
    if is_recoloured(bulletin.month):
        yield Hindrance("colours", being_recoloured())
    if bulletin.edition == 1:
        yield from _not_heard(bulletin, timezone.localtime(at).date())
    overrides, objections = waiting_for_decision(bulletin.district, bulletin.month)
    if overrides or objections:
        yield Hindrance(
            "decisions",
            _("%(overrides)s overrides and %(objections)s objections still wait for a decision.")
            % {"overrides": overrides, "objections": objections},
        )
    exemptions = Exemption.objects.waiting().filter(
        project__unit__in=Unit.objects.below(bulletin.district),
        first_month__lte=bulletin.month,
        last_month__gte=bulletin.month,
    )
    if count := exemptions.count():
        yield Hindrance(
            "exemptions", _("%(count)s exemptions of this month still wait for a decision.") % {"count": count}
        )
    inside = {"project__unit__in": Unit.objects.below(bulletin.district), "month": bulletin.month}
    if by is not None and Override.objects.filter(**inside, decision="approved", by=by).exists():
        yield Hindrance(
            "person", _("You proposed an override of this month; another person of the office publishes it.")
        )
    missing = reports_missing(bulletin.district, bulletin.month).count()
    if missing:
        yield Hindrance(
            REPORTS,
            _("%(count)s reports are not approved yet. Tick the box to publish without them.") % {"count": missing},
            "despite_missing",
        )


def _not_heard(bulletin: Bulletin, day: datetime.date) -> Iterator[Hindrance]:
    until = bulletin.objections_until
    if bulletin.state != CIRCULATED:
        yield Hindrance("circulation", _("The units have not seen the draft yet. Circulate it first."))
    elif until is not None and day <= until:
        yield Hindrance(
            "objections", _("The units may object until %(day)s; publish after that day.") % {"day": until.isoformat()}
        )


def check_ready(bulletin: Bulletin, *, by: User | None, at: datetime.datetime, despite_missing: bool) -> None:
    """`Refused` with the first thing to be done; reports may be missing when that is said."""
    for hindrance in hindrances(bulletin, by=by, at=at):
        if hindrance.code != REPORTS or not despite_missing:
            raise Refused(hindrance.sentence, field=hindrance.field)
