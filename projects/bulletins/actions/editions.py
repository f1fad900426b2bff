"""Setting the rules of the colour: a further edition that holds from a month on."""

import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from projects.accounts.actions import check_may
from projects.accounts.models import User
from projects.accounts.roles import Verb
from projects.bulletins.models import PolicyEdition
from projects.bulletins.queries.editions import Edition, earliest_to_set, edition_for, said
from projects.core.display import month_label
from projects.core.month import Month
from projects.core.refusals import Refused, Stale
from projects.journal.actions import record
from projects.rating.editions import palette_as_json, policy_as_json, unit_policy_as_json
from projects.rating.palettes import Palette
from projects.register.actions.touching import touch_lines
from projects.register.models import Project

FARTHEST = 24  # months ahead; further is a slip of the pen


@transaction.atomic
def set_edition(
    edition: Edition, *, holds_from: Month, reason: str, by: User | None, at: datetime.datetime,
    open_month: Month, seen: int,
) -> PolicyEdition:  # fmt: skip
    """Add an edition of the rules that holds from `holds_from` on; its number follows the last one, `seen`.

    The lines of the months that it changes are due again, up to `open_month`; published ones stay as they are.
    `Refused` without a name or a reason, and for a month that is published or lies before the earliest open one;
    `Stale` when somebody set an edition meanwhile.
    """
    if by is not None:
        check_may(by, Verb.KEEP_RULES)
    _check_month(holds_from, open_month)
    if not edition.name:
        raise Refused(_("Give the edition a name; it stands in every bulletin."), field="name")
    if not reason:
        raise Refused(_("Say why the rules change."), field="reason")
    last = PolicyEdition.objects.select_related("by").order_by("-number").first()
    if (last.number if last else 0) != seen:
        raise _overtaken(last)
    before = _in_words(edition_for(holds_from), edition.palette)
    row = PolicyEdition(
        number=seen + 1, name=edition.name, holds_from=holds_from, reason=reason, by=by, at=at,
        policy=policy_as_json(edition.policy), palette=palette_as_json(edition.palette),
        unit_policy=unit_policy_as_json(edition.unit_policy),
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:  # two at the same moment: the number is unique
        raise _overtaken(PolicyEdition.objects.select_related("by").order_by("-number").first()) from error
    after = {**_in_words(edition, edition.palette), "holds_from": holds_from}
    record(by=by, at=at, verb="keep_rules", subject=row, before=before, after=after, note=reason)
    if holds_from <= open_month:
        touch_lines(Project.objects.filter(listed_from__lte=open_month), since=holds_from)
    return row


def _check_month(holds_from: Month, open_month: Month) -> None:
    earliest = earliest_to_set(open_month)
    if holds_from < earliest:
        raise Refused(
            _("What is published stays as it is. The earliest month for new rules is %(month)s.")
            % {"month": month_label(earliest)},
            field="holds_from",
        )
    if holds_from - open_month > FARTHEST:
        raise Refused(
            _("That is too far ahead. Choose a month up to %(month)s.") % {"month": month_label(open_month + FARTHEST)},
            field="holds_from",
        )


def _overtaken(last: PolicyEdition | None) -> Stale:
    if last is None:
        return Stale(_("The rules were changed meanwhile. Open the page again."))
    return Stale(
        _(
            "%(who)s set edition %(number)s “%(name)s” at %(time)s. What you entered is still here: compare it with"
            " that edition and save again if it still applies."
        ) % {
            "who": last.by or _("The system"), "number": last.number, "name": last.name,
            "time": timezone.localtime(last.at).strftime("%Y-%m-%d %H:%M"),
        },
        version=last.number,
    )  # fmt: skip


def _in_words(edition: Edition, palette: Palette) -> dict[str, str]:
    """What the journal keeps: readable for ever, in the language of the office. The numbers are in the row."""
    with translation.override(settings.LANGUAGE_CODE):
        return {"name": edition.name, **said(edition, palette)}
