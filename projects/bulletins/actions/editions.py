"""Setting the rules of the colour: a further edition that holds from a month on; and taking one back."""

import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from projects.accounts.actions import check_may
from projects.accounts.models import User
from projects.accounts.roles import Verb
from projects.background.models import Job
from projects.bulletins.actions.recolouring import recolour_since
from projects.bulletins.models import Bulletin, PolicyEdition
from projects.bulletins.models.bulletins import PUBLISHED
from projects.bulletins.models.editions import DatedEdition
from projects.bulletins.queries.editions import Edition, earliest_to_set, edition_for, published_by, said
from projects.core.display import month_label
from projects.core.month import Month
from projects.core.refusals import Refused, Stale
from projects.journal.actions import record
from projects.rating.editions import palette_as_json, policy_as_json, unit_policy_as_json
from projects.rating.palettes import Palette

FARTHEST = 24  # months ahead; further is a slip of the pen


@transaction.atomic
def set_edition(
    edition: Edition, *, holds_from: Month, reason: str, by: User | None, at: datetime.datetime,
    open_month: Month, seen: int,
) -> tuple[PolicyEdition, Job | None]:  # fmt: skip
    """Add an edition of the rules that holds from `holds_from` on; its number follows the last one, `seen`.

    The colours of the months that it changes are worked out anew, up to `open_month`, by the work that is returned
    (None where there are none); published ones stay as they are.
    `Refused` without a name or a reason, and for a month that is published or lies before the earliest open one;
    `Stale` when somebody set an edition meanwhile.
    """
    if by is not None:
        check_may(by, Verb.KEEP_RULES)
    hold_drafts(holds_from)
    check_month(holds_from, open_month)
    if not edition.name:
        raise Refused(_("Give the edition a name; it stands in every bulletin."), field="name")
    if not reason:
        raise Refused(_("Say why the rules change."), field="reason")
    last = PolicyEdition.objects.select_related("by").order_by("-number").first()
    if (last.number if last else 0) != seen:
        raise overtaken(last)
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
        raise overtaken(PolicyEdition.objects.select_related("by").order_by("-number").first()) from error
    after = {**_in_words(edition, edition.palette), "holds_from": holds_from}
    record(by=by, at=at, verb="keep_rules", subject=row, before=before, after=after, note=reason)
    return row, recolour_since(holds_from, by=by, at=at, through=open_month)


@transaction.atomic
def take_back(
    edition: PolicyEdition, *, reason: str, by: User | None, at: datetime.datetime, open_month: Month
) -> Job | None:
    """Take an edition of the rules back: in its months the one before it counts again, and the colours follow by the
    work that is returned.

    `Refused` without a reason, and once something was published by it; `Stale` when it was taken back already.
    """
    if by is not None:
        check_may(by, Verb.KEEP_RULES)
    hold_drafts(edition.holds_from)
    stored: PolicyEdition = PolicyEdition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    check_standing(stored)
    check_published(stored)
    if not reason:
        raise Refused(_("Say why it is taken back."), field="reason")
    counted = edition_for(stored.holds_from)
    stored.taken_back_at, stored.taken_back_by, stored.taken_back_because = at, by, reason
    stored.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_because"])
    counts = edition_for(stored.holds_from)
    before, after = _in_words(counted, counts.palette), _in_words(counts, counts.palette)
    record(by=by, at=at, verb="take_back_rules", subject=stored, before=before, after=after, note=reason)
    return recolour_since(stored.holds_from, by=by, at=at, through=open_month)


def hold_drafts(since: Month) -> None:
    """Hold the drafts from a month on until the transaction ends, so that none is published while its rules change."""
    drafts = Bulletin.objects.filter(month__gte=since).exclude(state=PUBLISHED).order_by("pk")
    list(drafts.select_for_update(of=("self",)).values_list("pk", flat=True))


def check_standing(edition: DatedEdition) -> None:
    """`Stale` when somebody took it back."""
    if edition.taken_back_at is not None:
        raise Stale(
            _("%(who)s took this edition back at %(time)s.")
            % {"who": edition.taken_back_by or _("The system"), "time": _moment(edition.taken_back_at)}
        )


def check_published(edition: PolicyEdition) -> None:
    """`Refused` once something was published by it."""
    month = published_by(edition)
    if month is not None:
        raise Refused(
            _("The bulletin of %(month)s was published by this edition, so it stays. Set a further one instead.")
            % {"month": month_label(month)}
        )


def check_month(holds_from: Month, open_month: Month) -> None:
    """`Refused` for a month that is published or lies before the earliest open one, and for one far ahead."""
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


def overtaken(last: DatedEdition | None) -> Stale:
    """Somebody set an edition meanwhile, the `last` one."""
    if last is None:
        return Stale(_("The rules were changed meanwhile. Open the page again."))
    name = (
        _("edition %(number)s “%(name)s”") if isinstance(last, PolicyEdition) else _("edition %(number)s of the ladder")
    )
    return Stale(
        _(
            "%(who)s set %(edition)s at %(time)s. What you entered is still here: compare it with that edition and"
            " save again if it still applies."
        ) % {
            "who": last.by or _("The system"), "time": _moment(last.at),
            "edition": name % {"number": last.number, "name": str(last)},
        },
        version=last.number,
    )  # fmt: skip


def _moment(at: datetime.datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")


def _in_words(edition: Edition, palette: Palette) -> dict[str, str]:
    """What the journal keeps: readable for ever, in the language of the office. The numbers are in the row."""
    with translation.override(settings.LANGUAGE_CODE):
        return {"name": edition.name, **said(edition, palette)}
