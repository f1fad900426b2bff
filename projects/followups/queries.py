"""Reading slips: what waits for whom, how many stand where, who is late, the line behind one, and the ladder."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Max, Min, Q, QuerySet

from projects.accounts.models import Unit, User
from projects.accounts.queries import may
from projects.accounts.roles import Verb
from projects.bulletins.content import LineCopy
from projects.bulletins.models import Bulletin, BulletinLine
from projects.bulletins.queries.published import LINE_COLUMNS
from projects.core.month import Month
from projects.followups.ladder import LADDER, Rung
from projects.followups.models import DRAFTED, LadderEdition, Slip
from projects.followups.workflow import DONE, OPEN, TURNS, State, Turn
from projects.register.models import Project

TABS = ("turn", "open", "overdue", "done")
OF_UNIT = [state.value for state in OPEN if TURNS[state] is Turn.UNIT]
AROUND = (
    "project", "unit", "bulletin", "leader", "continues", "evidence", "issued_by", "received_by", "replied_by",
    "answered_by", "returned_by", "verified_by", "closed_by", "withdrawn_by", "extension_by",
)  # fmt: skip
MOST_PRESSING = (F("due_on").asc(nulls_last=True), "-level", "project__name_key", "id")


def waits_for(user: User) -> Q:
    """Holds for slips that are this person's turn, of those in reach: the unit's to receive and to answer; the
    office's to issue, to verify, to close as a second person, and to decide on more time."""
    if not may(user, Verb.VERIFY_SLIPS):
        return Q(state__in=OF_UNIT)
    own_answer, own_finding = Q(answered_by=user), Q(verified_by=user)
    return (
        Q(state=DRAFTED)
        | (Q(state=State.ANSWERED.value) & ~own_answer)
        | (Q(state=State.VERIFIED.value) & ~own_answer & ~own_finding)
        | (Q(state__in=OF_UNIT, extension="asked") & ~Q(extension_by=user))
    )


def waiting_for(user: User) -> QuerySet[Slip]:
    """The slips that are this person's turn; none for who only reads."""
    rows: QuerySet[Slip] = Slip.objects.reachable_by(user).filter(waits_for(user))
    return rows


def on_tab(slips: QuerySet[Slip], tab: str, user: User, day: datetime.date) -> QuerySet[Slip]:
    """The slips of a tab of the board; what is most pressing first, of those that are done the latest."""
    if tab == "done":
        return slips.filter(state__in=[state.value for state in DONE]).order_by("-month", "-id")
    rows = {
        "turn": slips.filter(waits_for(user), pk__in=Slip.objects.reachable_by(user).values("pk")),
        "open": slips.filter(state__in=[state.value for state in OPEN]),
        "overdue": slips.filter(state__in=[state.value for state in OPEN], due_on__lt=day),
    }[tab]
    return rows.order_by(*MOST_PRESSING)


def counts(slips: QuerySet[Slip], user: User, day: datetime.date) -> dict[str, int]:
    """How many slips each tab has; two queries."""
    is_open = Q(state__in=[state.value for state in OPEN])
    found = slips.order_by().aggregate(
        open=Count("pk", filter=is_open),
        overdue=Count("pk", filter=is_open & Q(due_on__lt=day)),
        done=Count("pk", filter=~is_open),
    )
    return {**found, "turn": on_tab(slips, "turn", user, day).order_by().count()}


@dataclass(frozen=True)
class Late:
    """A unit with slips that are overdue: how many of how many open ones, and since when the oldest."""

    unit: Unit
    overdue: int
    open: int
    since: datetime.date


def who_is_late(slips: QuerySet[Slip], day: datetime.date) -> list[Late]:
    """The units that are late with what is their turn, those with most first; two queries."""
    late = Q(state__in=OF_UNIT, due_on__lt=day)
    rows = (
        slips.filter(state__in=[state.value for state in OPEN])
        .order_by()
        .values("unit")
        .annotate(overdue=Count("pk", filter=late), total=Count("pk"), since=Min("due_on", filter=late))
        .filter(overdue__gt=0)
    )
    found = {row["unit"]: row for row in rows}
    units = Unit.objects.in_bulk(found)
    late_units = [Late(units[pk], row["overdue"], row["total"], row["since"]) for pk, row in found.items()]
    return sorted(late_units, key=lambda each: (-each.overdue, each.since, each.unit.pk))


def line_of(slip: Slip) -> LineCopy | None:
    """The published line that the slip follows from, as it was published."""
    row = BulletinLine.objects.filter(bulletin=slip.bulletin_id, project=slip.project_id).first()
    if row is None:
        return None
    return LineCopy.from_json({**row.more, **{name: getattr(row, name) for name in LINE_COLUMNS}})


def slips_of(project: Project, user: User) -> list[Slip]:
    """The slips of a project that this person sees, the latest first."""
    rows = Slip.objects.visible_to(user).filter(project=project).select_related("unit", "continues", "project")
    return list(rows.order_by("-month", "-id"))


def ladder_for(month: Month) -> tuple[Rung, ...]:
    """The ladder that counts in `month`; two queries."""
    return ladder_of(LadderEdition.objects.holding_in(month).prefetch_related("steps").first())


def ladder_of(row: LadderEdition | None) -> tuple[Rung, ...]:
    """The steps of a stored edition; of none, what the program comes with."""
    return row.ladder if row else LADDER


def first_month_followed(editions: Sequence[LadderEdition]) -> dict[int, Month]:
    """Of all `editions` those by which a published bulletin of some district was followed up, with its first month;
    one query."""
    standing = [each for each in editions if each.taken_back_at is None]
    months = Bulletin.objects.published().order_by("month").values_list("month", flat=True).distinct()
    found: dict[int, Month] = {}
    for month in months:
        held = [each for each in standing if each.holds_from <= month]
        if held:
            found.setdefault(max(held, key=lambda each: (each.holds_from, each.number)).pk, month)
    return found


def last_serial(district: Unit, kind: str, year: int) -> int:
    """The highest number given out for a kind of slip in a year."""
    given = Slip.objects.filter(district=district, kind=kind, year=year)
    return int(given.aggregate(last=Max("serial"))["last"] or 0)


@dataclass(frozen=True)
class Work:
    """What of the slips is a person's turn: how many, and the first of them."""

    count: int
    slips: list[Slip]


def work_with_slips(user: User, *, most: int) -> Work:
    """For the first page, the most pressing first; two queries."""
    rows = waiting_for(user)
    shown = rows.select_related("project", "unit").order_by(*MOST_PRESSING)[:most]
    return Work(rows.order_by().count(), list(shown))


def projects_of(slips: Iterable[Slip]) -> list[str]:
    return [slip.project.short_name for slip in slips]
