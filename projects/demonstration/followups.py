"""What follows from the demonstration's bulletins: slips are issued, answered, verified and closed in their days."""

import datetime
from collections.abc import Callable, Iterator
from functools import partial

from projects.bulletins.models import Bulletin
from projects.core.workdays import workdays_after
from projects.demonstration.facts import LAST_MONTH, plain, words
from projects.demonstration.people import Cast
from projects.demonstration.steps import Agenda, working_time
from projects.followups.actions.answering import answer, ask_extension, receive, reply_with_plan
from projects.followups.actions.issuing import edit_slip, issue_several
from projects.followups.actions.verifying import close, send_back, verify
from projects.followups.models import Slip
from projects.followups.workflow import State

DAYS_TO_DECIDE = 30  # working days that a third talk gives
LATE = 36  # days later than usual: after the next bulletin, whose slip may have taken the matter over
USUAL = ("received", "in_hand", "answered", "verified", "closed")
# How far a slip has come, and by which steps; those beside the usual way are the last of theirs.
WAYS = {
    "issued": (),
    **{name: USUAL[: place + 1] for place, name in enumerate(USUAL)},
    "extension": (*USUAL[:2], "extension"),
    "returned": (*USUAL[:3], "returned"),
}


def follow_up(bulletin: Bulletin, cast: Cast, agenda: Agenda, published: datetime.datetime) -> None:
    """Put on the agenda what becomes of the slips of a bulletin, which are issued on the next working day."""
    issued = working_time(workdays_after(published.date(), 1), 13)
    agenda.add(issued, partial(_issue, bulletin, cast, agenda, issued))


def _issue(bulletin: Bulletin, cast: Cast, agenda: Agenda, at: datetime.datetime) -> None:
    """All at once; those without a day by the ladder get one. One of the last bulletin still waits to be worded."""
    is_last = bulletin.month == LAST_MONTH.earlier(1)
    drafts = Slip.objects.filter(bulletin=bulletin, state=State.DRAFTED.value).select_related("project", "unit")
    ready: list[Slip] = []
    for slip in drafts.order_by("project"):
        if is_last and plain(slip.project.short_name) == words("slips")["not_issued"]:
            continue
        ready.append(_dated(slip, cast, at) if slip.step.decides else slip)
    if ready:
        issue_several([(slip, None) for slip in ready], by=cast.office, at=at)
    ends = words("slips")["ends"]
    for number, slip in enumerate(ready):
        late = not is_last and (number + bulletin.month.number) % 3 == 0
        for days, act in _way(slip, number, cast, ends[number % len(ends)] if is_last else "closed"):
            moment = working_time(at.date() + datetime.timedelta(days=days + late * LATE), number + days)
            agenda.add(moment, partial(_take, slip.pk, act, moment))


def _dated(slip: Slip, cast: Cast, at: datetime.datetime) -> Slip:
    due = workdays_after(at.date(), DAYS_TO_DECIDE)
    return edit_slip(slip, request=slip.request, finish_due=due, by=cast.office, at=at, seen=None)


def _way(slip: Slip, number: int, cast: Cast, ends: str) -> Iterator[tuple[int, Callable[..., Slip]]]:
    """The steps of a slip up to where it ends, each so many days after its issue."""
    said, unit = words("slips"), cast.reporter_of(slip.unit)
    plan, text = said["plans"][number % len(said["plans"])], said["answers"][number % len(said["answers"])]
    steps: dict[str, tuple[int, Callable[..., Slip]]] = {
        "received": (1, partial(receive, by=unit)),
        "in_hand": (2, partial(reply_with_plan, plan=plan, by=unit)),
        "extension": (3, partial(ask_extension, **said["extension"], by=unit)),
        "answered": (13, partial(answer, text=text, reference=said["reference"], by=unit)),
        "returned": (14, partial(send_back, reason=said["returned"], by=cast.office)),
        "verified": (14, partial(verify, finding=said["finding"], outcome="replan", by=cast.office)),
        "closed": (14, partial(close, by=cast.checker)),
    }
    return (steps[name] for name in WAYS[ends] if name != "in_hand" or slip.asks_plan)


def _take(pk: int, act: Callable[..., Slip], at: datetime.datetime) -> None:
    """The step, unless a later slip has taken the matter over or a correction withdrew it."""
    slip = Slip.objects.select_related("project", "unit").get(pk=pk)
    if slip.is_open:
        act(slip, at=at, seen=None)
