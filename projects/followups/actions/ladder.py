"""Setting the ladder of slips: a further edition that holds from a month on; and taking one back."""

import dataclasses
import datetime
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from projects.accounts.actions import check_may
from projects.accounts.models import User
from projects.accounts.roles import Verb
from projects.bulletins.actions.editions import check_month, check_standing, hold_drafts, overtaken
from projects.core.constraints import check_constraints
from projects.core.display import month_label
from projects.core.month import Month
from projects.core.refusals import Refused
from projects.followups.ladder import Rung
from projects.followups.models import LadderEdition, LadderStep
from projects.followups.queries import first_month_followed, ladder_for
from projects.followups.wording import rung_sentence
from projects.journal.actions import record

NOT_OF_A_STEP = ("worst", "periods")  # fields of a rung that follow from its code


@transaction.atomic
def set_ladder(
    ladder: Sequence[Rung], *, holds_from: Month, reason: str, by: User | None, at: datetime.datetime,
    open_month: Month, seen: int,
) -> LadderEdition:  # fmt: skip
    """Add an edition of the ladder for the bulletins from `holds_from` on; its number follows the last one, `seen`.

    Slips that there are keep what they were given. `Refused` without a reason, for a month that is published or lies
    before the earliest open one, and for days out of reason; `Stale` when somebody set an edition meanwhile.
    """
    if by is not None:
        check_may(by, Verb.KEEP_RULES)
    hold_drafts(holds_from)
    check_month(holds_from, open_month)
    if not reason:
        raise Refused(_("Say why the ladder changes."), field="reason")
    last = _last()
    if (last.number if last else 0) != seen:
        raise overtaken(last)
    before = _in_words(ladder_for(holds_from))
    row = LadderEdition(number=seen + 1, holds_from=holds_from, reason=reason, by=by, at=at)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:  # two at the same moment: the number is unique
        raise overtaken(_last()) from error
    for rung in ladder:
        step = LadderStep(edition=row, **_values(rung))
        check_constraints(step, field=f"{rung.code}_finish_in")
        step.save(force_insert=True)
    after = {**_in_words(ladder), "holds_from": holds_from}
    record(by=by, at=at, verb="keep_slip_ladder", subject=row, before=before, after=after, note=reason)
    return row


@transaction.atomic
def take_back_ladder(edition: LadderEdition, *, reason: str, by: User | None, at: datetime.datetime) -> LadderEdition:
    """Take an edition of the ladder back: in its months the one before it counts again.

    `Refused` without a reason, and once a bulletin of its months was published; `Stale` when it was taken back
    already.
    """
    if by is not None:
        check_may(by, Verb.KEEP_RULES)
    hold_drafts(edition.holds_from)
    stored: LadderEdition = LadderEdition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    check_standing(stored)
    check_followed(stored)
    if not reason:
        raise Refused(_("Say why it is taken back."), field="reason")
    before = _in_words(ladder_for(stored.holds_from))
    stored.taken_back_at, stored.taken_back_by, stored.taken_back_because = at, by, reason
    stored.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_because"])
    after = _in_words(ladder_for(stored.holds_from))
    record(by=by, at=at, verb="take_back_slip_ladder", subject=stored, before=before, after=after, note=reason)
    return stored


def check_followed(edition: LadderEdition) -> None:
    """`Refused` once slips were opened by it."""
    month = first_month_followed(list(LadderEdition.objects.all())).get(edition.pk)
    if month is not None:
        raise Refused(
            _("The bulletin of %(month)s was followed up by this edition, so it stays. Set a further one instead.")
            % {"month": month_label(month)}
        )


def _last() -> LadderEdition | None:
    last: LadderEdition | None = LadderEdition.objects.select_related("by").order_by("-number").first()
    return last


def _values(rung: Rung) -> dict[str, Any]:
    return {name: value for name, value in dataclasses.asdict(rung).items() if name not in NOT_OF_A_STEP}


def _in_words(ladder: Sequence[Rung]) -> dict[str, str]:
    """What the journal keeps: readable for ever, in the language of the office."""
    with translation.override(settings.LANGUAGE_CODE):
        return {rung.code: rung_sentence(rung) for rung in ladder}
