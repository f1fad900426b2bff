"""Opening the slips that follow from a bulletin, in the transaction that publishes it."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from projects.accounts.models import User
from projects.bulletins.models import Bulletin
from projects.core.rows import write_new
from projects.core.workdays import workdays_after
from projects.followups.actions.issuing import restore
from projects.followups.actions.taking import day_of
from projects.followups.actions.telling import tell_opened
from projects.followups.ladder import Rung, issue_day, rung_for
from projects.followups.models import DRAFTED, MERGED, WITHDRAWN, Slip
from projects.followups.queries import ladder_for
from projects.followups.wording import usual_request
from projects.journal.actions import record
from projects.rating.editions import palette_from_json
from projects.register.models import Project

BATCH = 500


@dataclass(frozen=True)
class Owing:
    """What a published line says of a project that owes something, and the step of the ladder."""

    project: int
    unit: int
    leader: int | None
    leader_name: str
    level: int
    word: str
    hue: str
    shape: str
    periods: int
    rung: Rung


@dataclass
class Plan:
    """What is to be done with the slips of a district: `merged` and `withdrawn` hold open ones by their id."""

    opened: list[tuple[Owing, Slip | None]] = field(default_factory=list)
    merged: list[int] = field(default_factory=list)
    withdrawn: list[int] = field(default_factory=list)
    restored: list[int] = field(default_factory=list)


def open_slips(bulletin: Bulletin, by: User | None, at: datetime.datetime) -> None:
    """Draft a slip for each red and yellow project; what is still open of earlier ones goes on in the new ones.

    After a correction of a month only what differs: slips that nobody issued are withdrawn where the colour is
    gone or another, and slips are drafted for projects that are red or yellow by the correction. What was issued
    stays with the unit, unless the colour is worse now. Done again it changes nothing.
    """
    owing = list(_owing(bulletin))
    list(_held(bulletin))
    plan = _planned(bulletin, owing)
    _withdraw(bulletin, plan, by=by, at=at)
    _merge(plan.merged, at=at)
    _draft(bulletin, plan.opened, at=at)
    if not (plan.opened or plan.withdrawn):
        return
    after = {"opened": len(plan.opened), "merged": len(plan.merged), "withdrawn": len(plan.withdrawn)}
    if plan.opened:
        tell_opened(bulletin, len(plan.opened), by=by, at=at)
    record(by=by, at=at, verb="open_slips", subject=bulletin, after=after)


def _owing(bulletin: Bulletin) -> Iterator[Owing]:
    """The red and yellow lines of the bulletin for which the ladder of its month has a step; three queries."""
    ladder = ladder_for(bulletin.month)
    levels = len(palette_from_json(bulletin.palette).shades)
    rows = bulletin.lines.filter(level__gte=1).order_by("number")
    for project, unit, leader, name, level, word, hue, shape, periods in rows.values_list(
        "project", "unit", "more__leader", "leader_name", "level", "colour_word", "colour_hue", "colour_shape",
        "more__streak",
    ):  # fmt: skip
        rung = rung_for(level, periods or 1, levels=levels, ladder=ladder)
        if rung is not None and level is not None:
            yield Owing(project, unit, leader, name, level, word, hue, shape, max(periods or 1, 1), rung)


def _held(bulletin: Bulletin) -> Iterator[int]:
    """The projects concerned, held before their slips as every step with a slip does."""
    lines = bulletin.lines.filter(level__gte=1).values("project")
    open_ones = Slip.objects.open().filter(district=bulletin.district_id).values("project")
    rows = Project.objects.filter(pk__in=lines) | Project.objects.filter(pk__in=open_ones)
    yield from rows.order_by("pk").select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True)


def _planned(bulletin: Bulletin, owing: Sequence[Owing]) -> Plan:
    """What to open, to merge and to withdraw; two queries. What a later month asks already is not asked again."""
    plan, district = Plan(), {"district": bulletin.district_id}
    of_month = Slip.objects.filter(month=bulletin.month, **district).exclude(state__in=[WITHDRAWN, MERGED])
    known = {slip.project_id: slip for slip in of_month.select_related("continues")}
    elsewhere = Slip.objects.open().filter(**district).exclude(month=bulletin.month)
    others = {slip.project_id: slip for slip in elsewhere}
    for each in owing:
        there, other = known.pop(each.project, None), others.get(each.project)
        if there is None:
            if other is None or other.month < bulletin.month:
                _open(plan, each, other)
        elif there.state == DRAFTED and there.rung != each.rung.code:
            plan.withdrawn.append(there.pk)
            _open(plan, each, there.continues)
        elif there.is_open and each.level > there.level:
            _open(plan, each, there)
    for slip in known.values():  # neither red nor yellow any more
        if slip.state == DRAFTED:
            plan.withdrawn.append(slip.pk)
            plan.restored += [slip.continues_id] if slip.continues_id else []
    return plan


def _open(plan: Plan, owing: Owing, before: Slip | None) -> None:
    plan.opened.append((owing, before))
    if before is not None and before.is_open:
        plan.merged.append(before.pk)


def _withdraw(bulletin: Bulletin, plan: Plan, *, by: User | None, at: datetime.datetime) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        why = _("The correction of the bulletin gives another colour: %(reason)s") % {"reason": bulletin.reason}
    for pks in _batches(plan.withdrawn):
        Slip.objects.filter(pk__in=pks).update(
            state=WITHDRAWN, withdrawn_at=at, withdrawn_by=by, withdrawal=why[:500], continues=None, due_on=None,
            version=F("version") + 1,
        )  # fmt: skip
    for pks in _batches(plan.restored):
        restore(pks)


def _merge(merged: Sequence[int], *, at: datetime.datetime) -> None:
    for pks in _batches(merged):
        Slip.objects.filter(pk__in=pks).update(
            state_before=F("state"), state=MERGED, merged_at=at, version=F("version") + 1
        )


def _draft(bulletin: Bulletin, opened: Iterable[tuple[Owing, Slip | None]], *, at: datetime.datetime) -> None:
    day = day_of(at)
    with translation.override(settings.LANGUAGE_CODE):
        rungs = {owing.rung.code: owing.rung for owing, _before in opened}
        requests = {code: usual_request(rung) for code, rung in rungs.items()}
    issue_by = {code: issue_day(rung, day, after=workdays_after) for code, rung in rungs.items()}
    rows = [
        Slip(
            bulletin=bulletin,
            project_id=owing.project,
            district=bulletin.district,
            unit_id=owing.unit,
            month=bulletin.month,
            level=owing.level,
            colour_word=owing.word,
            colour_hue=owing.hue,
            colour_shape=owing.shape,
            periods=owing.periods,
            rung=owing.rung.code,
            kind=owing.rung.kind.value,
            reply_in=owing.rung.reply_in,
            finish_in=owing.rung.finish_in,
            raised_to=owing.rung.raised_to.value,
            copies_leader=owing.rung.copies_leader,
            decides=owing.rung.decides,
            leader_id=owing.leader,
            leader_name=owing.leader_name,
            request=requests[owing.rung.code],
            continues=before,
            issue_due=issue_by[owing.rung.code],
            due_on=issue_by[owing.rung.code],
            opened_at=at,
        )
        for owing, before in opened
    ]
    write_new(rows)


def _batches(pks: Sequence[int]) -> Iterator[Sequence[int]]:
    yield from (pks[start : start + BATCH] for start in range(0, len(pks), BATCH))
