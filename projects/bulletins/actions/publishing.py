"""The way of a bulletin: begun, worded, circulated, published for ever, and corrected by a further edition."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from projects.accounts.actions import check_may
from projects.accounts.models import Unit, User
from projects.accounts.roles import Verb
from projects.background.actions import enqueue_after_commit
from projects.bulletins.actions.following import tell_followers
from projects.bulletins.actions.rating import rerate_all, rerate_changed
from projects.bulletins.actions.readiness import check_ready
from projects.bulletins.actions.recolouring import check_coloured
from projects.bulletins.actions.telling import tell_circulated, tell_published
from projects.bulletins.composing import Section, check_marks, compose, figures_of, usual_title
from projects.bulletins.content import Content, LineCopy
from projects.bulletins.digests import bulletin_digest, part_digest
from projects.bulletins.models import Bulletin, BulletinLine, BulletinUnit, Line, LineStamp
from projects.bulletins.models.bulletins import CIRCULATED, DRAFT, PUBLISHED
from projects.bulletins.queries.drafting import content_of_draft, content_to_word
from projects.bulletins.queries.editions import Edition, edition_for
from projects.bulletins.queries.papers import full_name
from projects.bulletins.queries.published import LINE_COLUMNS, content_of, latest_published, sections_of
from projects.bulletins.queries.verifying import header_of, unit_as_json
from projects.core.month import Month
from projects.core.refusals import NotAllowed, Refused, Stale
from projects.core.rows import write_rows
from projects.core.versions import write
from projects.journal.actions import record
from projects.rating.editions import palette_as_json, policy_as_json, unit_policy_as_json
from projects.register.actions.registering import who_saved
from projects.register.models import Project, StageChange

TRIES = 3  # to read a month that somebody changes meanwhile
COMPARED = (  # what a correction names when it differs from the edition before
    "colour_word", "total_investment", "year_plan", "invested_to_date", "completion_tenths", "lead_tenths",
    "stage_name", "unit_name", "name", "reasons",
)  # fmt: skip


class _Moved(Exception):
    """The month changed while it was read."""


def check_publisher(by: User | None, district: Unit) -> None:
    """`NotAllowed` for who may not publish, or not for this district."""
    if by is None:
        return
    check_may(by, Verb.PUBLISH)
    if not Unit.objects.below(by.unit).filter(pk=district.pk).exists():
        raise NotAllowed(_("The bulletin of %(district)s is published there.") % {"district": district.name})


@transaction.atomic
def begin_bulletin(district: Unit, month: Month, *, by: User | None, at: datetime.datetime) -> Bulletin:
    """Begin the draft of a month, with the text as the rules compose it.

    `Refused` when there is a draft or a published edition already, or nothing to tell yet.
    """
    check_publisher(by, district)
    if Bulletin.objects.filter(district=district, month=month).exists():
        raise Refused(_("The bulletin of %(month)s was begun already.") % {"month": month})
    if not Line.objects.of(month).filter(unit__in=Unit.objects.below(district)).exists():
        raise Refused(_("There are no projects to tell of in %(month)s.") % {"month": month})
    bulletin = Bulletin(district=district, month=month, issue=month.number)
    _word(bulletin, content_of_draft(district, month))
    bulletin.save(force_insert=True)
    record(by=by, at=at, verb="begin_bulletin", subject=bulletin, after={"month": month})
    return bulletin


def _word(bulletin: Bulletin, content: Content) -> None:
    """Title, addressees and text as they usually are, in the language of the office."""
    check_coloured(bulletin.month)
    with translation.override(settings.LANGUAGE_CODE):
        bulletin.title = usual_title(bulletin.month, bulletin.issue)
        bulletin.addressees = _("To all towns and subdistricts, the development zone, and the departments concerned:")
        sections = compose(content, edition_for(bulletin.month).palette)
    bulletin.sections = [asdict(section) for section in sections]


def _held(bulletin: Bulletin, *, by: User | None, seen: int | None) -> Bulletin:
    """The bulletin as it is now, held until the transaction ends; `Stale` when it is published or was changed."""
    stored: Bulletin = (
        Bulletin.objects.select_for_update(of=("self",)).select_related("district", "published_by").get(pk=bulletin.pk)
    )
    check_publisher(by, stored.district)
    if stored.state == PUBLISHED:
        raise Stale(
            _("%(who)s published this bulletin at %(time)s.")
            % {
                "who": stored.published_by or _("The system"),
                "time": timezone.localtime(stored.published_at).strftime("%Y-%m-%d %H:%M"),
            }
        )
    if seen is not None and stored.version != seen:
        raise Stale(who_saved(stored), stored=stored, version=stored.version)
    return stored


@transaction.atomic
def word_bulletin(
    bulletin: Bulletin, *, title: str, addressees: str, sections: Sequence[Section], by: User | None,
    at: datetime.datetime, seen: int | None,
) -> Bulletin:  # fmt: skip
    """Save the edited title and text of a draft; `Refused` when a mark in it stands for no figure."""
    stored = _held(bulletin, by=by, seen=seen)
    palette = edition_for(stored.month).palette
    check_marks(sections, figures_of(content_to_word(stored), palette))
    before = {"title": stored.title, "addressees": stored.addressees, "sections": stored.sections}
    after = {"title": title, "addressees": addressees, "sections": [asdict(section) for section in sections]}
    write(stored, seen=seen, **after)
    record(by=by, at=at, verb="word_bulletin", subject=stored, before=before, after=after)
    return stored


@transaction.atomic
def compose_again(bulletin: Bulletin, *, by: User | None, at: datetime.datetime, seen: int | None) -> Bulletin:
    """Replace the text of a draft by what the rules compose now."""
    stored = _held(bulletin, by=by, seen=seen)
    before = {"sections": stored.sections}
    _word(stored, content_to_word(stored))
    values = {"title": stored.title, "addressees": stored.addressees, "sections": stored.sections}
    write(stored, seen=seen, **values)
    record(by=by, at=at, verb="word_bulletin", subject=stored, before=before, after={"sections": stored.sections})
    return stored


@transaction.atomic
def circulate(
    bulletin: Bulletin, *, objections_until: datetime.date, by: User | None, at: datetime.datetime, seen: int | None
) -> Bulletin:
    """Show the draft to the units, which may object up to the end of `objections_until`."""
    stored = _held(bulletin, by=by, seen=seen)
    if stored.state != DRAFT:
        raise Refused(_("The draft is circulated already."))
    check_coloured(stored.month)
    if objections_until < timezone.localtime(at).date():
        raise Refused(_("The day has passed. Enter today or a later day."), field="objections_until")
    values = {"state": CIRCULATED, "circulated_at": at, "objections_until": objections_until}
    write(stored, seen=seen, **values)
    record(by=by, at=at, verb="circulate_bulletin", subject=stored, after={"objections_until": objections_until})
    tell_circulated(stored, by=by, at=at)
    return stored


def publish(
    bulletin: Bulletin,
    *,
    by: User | None,
    at: datetime.datetime,
    through: Month,
    seen: int | None,
    despite_missing: bool = False,
) -> Bulletin:
    """Publish a bulletin: copy every value, name and word, and close the month. Whole or not at all.

    `Refused` before it was circulated and the time for objections is over (a correction needs neither),
    while overrides or objections wait, for who proposed one of its overrides, and while reports are
    missing unless `despite_missing`. `Stale` when somebody published or changed it meanwhile.
    """
    for _try in range(TRIES):
        rerate_changed(through=through)
        try:
            return _publish(bulletin, by=by, at=at, seen=seen, despite_missing=despite_missing)
        except _Moved:
            continue
    raise Refused(_("The month is being changed right now. Wait a moment and publish again."))


@transaction.atomic
def _publish(
    bulletin: Bulletin,
    *,
    by: User | None,
    at: datetime.datetime,
    seen: int | None,
    despite_missing: bool,
) -> Bulletin:
    stored = _held(bulletin, by=by, seen=seen)
    check_ready(stored, by=by, at=at, despite_missing=despite_missing)
    before = latest_published(stored.district_id, stored.month)
    rerate_all(_to_rate_anew(stored, is_correction=before is not None), stored.month, current=False)
    stamp = _stamp(stored.month)
    edition, content = edition_for(stored.month), content_of_draft(stored.district, stored.month)
    if _stamp(stored.month) != stamp or _is_marked(stored):
        raise _Moved
    with translation.override(settings.LANGUAGE_CODE):
        names = {"district": full_name(stored.district), "publisher": str(by or "")}
        figures = {**figures_of(content, edition.palette), **names}
    check_marks(sections_of(stored), figures)  # rules set since may have fewer levels to tell of
    parts = _copy_lines(stored, content.lines)
    _copy_units(stored, content)
    _seal(stored, content, edition, figures, parts, before, by=by, at=at)
    # Pages keep what they made of the month: from now on it is told as published.
    LineStamp.objects.filter(month=stored.month).update(number=F("number") + 1)
    tell_published(stored, by=by, at=at)
    tell_followers(stored, by=by, at=at)
    # Last, for the journal is written by one at a time: whoever waits for it may hold what the followers still need.
    after = {"month": stored.month, "edition": stored.edition, "digest": stored.digest}
    record(by=by, at=at, verb="publish", subject=stored, after=after, note=stored.reason)
    enqueue_after_commit("projects.bulletins.tasks.make_documents", stored.pk)
    return stored


def _stamp(month: Month) -> int | None:
    return LineStamp.objects.filter(month=month).values_list("number", flat=True).first()


def _to_rate_anew(bulletin: Bulletin, *, is_correction: bool) -> QuerySet[Project]:
    """What is published tells how things stood on the month's last day, so those that moved since are rated for
    that day; and of a month that was closed, which is corrected, all are."""
    listed = _inside(bulletin).filter(listed_from__lte=bulletin.month)
    later = StageChange.objects.filter(phase__project=OuterRef("pk"), happened_on__gt=bulletin.month.last_day)
    return listed if is_correction else listed.filter(Exists(later))


def _is_marked(bulletin: Bulletin) -> bool:
    """Whether a project of the district changed and its line was not written yet."""
    return bool(_inside(bulletin).filter(rerate_from__lte=bulletin.month).exists())


def _inside(bulletin: Bulletin) -> QuerySet[Project]:
    """The projects that the bulletin tells of."""
    return Project.objects.filter(unit__in=Unit.objects.below(bulletin.district))


def _copy_lines(bulletin: Bulletin, lines: Iterable[LineCopy]) -> dict[str, str]:
    """Write the lines; the digest of each by its project's code."""
    digests: dict[str, str] = {}

    def rows() -> Iterator[tuple[Any, ...]]:
        for line in lines:
            values = line.as_json()
            digests[line.code] = part_digest(values)
            columns = [values.pop(name) for name in LINE_COLUMNS]
            yield bulletin.pk, *columns, values

    write_rows(BulletinLine, ("bulletin", *LINE_COLUMNS, "more"), rows())
    return digests


def _copy_units(bulletin: Bulletin, content: Content) -> None:
    rows = []
    for number, unit in enumerate(content.units, start=1):
        values = unit_as_json(unit)
        more = {name: values.pop(name) for name in ("of", "reasons", "sums")}
        rows.append(BulletinUnit(bulletin=bulletin, number=number, more=more, **values))
    BulletinUnit.objects.bulk_create(rows, batch_size=500)


def _seal(
    bulletin: Bulletin,
    content: Content,
    edition: Edition,
    figures: Mapping[str, str],
    parts: dict[str, str],
    before: Bulletin | None,
    *,
    by: User | None,
    at: datetime.datetime,
) -> None:
    """Write the header with its digest, which closes the bulletin."""
    last = Bulletin.objects.published().filter(district=bulletin.district_id).order_by("-published_at", "-id").first()
    day = timezone.localtime(at).date()
    values: dict[str, Any] = {
        "state": PUBLISHED,
        "circulated_at": bulletin.circulated_at or at,
        "objections_until": bulletin.objections_until or day,
        "published_at": at,
        "published_by": by,
        "policy_number": edition.number,
        "policy_name": edition.name,
        "policy": policy_as_json(edition.policy),
        "palette": palette_as_json(edition.palette),
        "unit_policy": unit_policy_as_json(edition.unit_policy),
        "figures": dict(figures),
        "differences": _differences(content_of(before).lines, content.lines) if before else [],
        "parts": parts,
        "previous_digest": last.digest if last else "",
    }
    for name, value in values.items():
        setattr(bulletin, name, value)
    units = [part_digest(unit_as_json(unit)) for unit in content.units]
    digest = bulletin_digest(header_of(bulletin), values["parts"].values(), units)
    write(bulletin, seen=bulletin.version, **values, digest=digest)


def _differences(old: Sequence[LineCopy], new: Sequence[LineCopy]) -> list[dict[str, Any]]:
    """What a correction changes, value by value, with the project's code and name."""
    before = {line.project: line.as_json() for line in old}
    found = []
    for line in new:
        then, now = before.pop(line.project, {}), line.as_json()
        found += [
            {"code": line.code, "name": line.short_name, "field": name, "old": then.get(name), "new": now[name]}
            for name in COMPARED
            if then.get(name) != now[name]
        ]
    found += [
        {"code": v["code"], "name": v["short_name"], "field": "", "old": "", "new": None} for v in before.values()
    ]
    return found


@transaction.atomic
def begin_correction(bulletin: Bulletin, *, reason: str, by: User | None, at: datetime.datetime) -> Bulletin:
    """Begin a further edition of a published bulletin, with the reason; the published one stays as it is."""
    check_publisher(by, bulletin.district)
    last = latest_published(bulletin.district_id, bulletin.month)
    if last is None:
        raise Refused(_("What is not published yet is changed, not corrected."))
    if Bulletin.objects.filter(district=bulletin.district_id, month=bulletin.month).exclude(state=PUBLISHED).exists():
        raise Refused(_("A correction of this bulletin was begun already."))
    if not reason:
        raise Refused(_("Say what was wrong."), field="reason")
    draft = Bulletin.objects.create(
        district=bulletin.district, month=last.month, edition=last.edition + 1, issue=last.issue, title=last.title,
        addressees=last.addressees, sections=last.sections, reason=reason,
    )  # fmt: skip
    record(by=by, at=at, verb="correct_bulletin", subject=draft, after={"month": last.month}, note=reason)
    return draft


@transaction.atomic
def drop_draft(bulletin: Bulletin, *, by: User | None, at: datetime.datetime, seen: int | None) -> None:
    """Give up a draft that was never published."""
    stored = _held(bulletin, by=by, seen=seen)
    record(by=by, at=at, verb="drop_bulletin", subject=stored, before={"month": stored.month, "title": stored.title})
    stored.delete()
