"""Slips of the cast in any state, and a second person of the office."""

import datetime
from collections.abc import Sequence
from typing import Any

from projects.accounts.models import User
from projects.bulletins.models import Bulletin, BulletinLine
from projects.core.month import Month
from projects.followups.actions import answering, issuing, verifying
from projects.followups.actions.opening import open_slips
from projects.followups.models import Slip
from projects.followups.workflow import State
from projects.rating.editions import palette_as_json
from projects.rating.palettes import DEFAULT_PALETTE, Palette
from projects.register.models import Project
from tests.cast import AT, PASSWORD, SEPTEMBER, Cast, project

DAY = datetime.timedelta(days=1)
HUES = ("blue", "yellow", "red")


def colleague(cast: Cast, username: str = "office2") -> User:
    """A second person of the office."""
    known = User.objects.filter(username=username).first()
    if known:
        return known
    user = User(username=username, name=username, role="office", unit=cast.district, must_change_password=False)
    user.set_password(PASSWORD)
    user.save()
    return user


def bulletin(
    cast: Cast, lines: Sequence[tuple[Project, int | None, int]], month: Month = SEPTEMBER, *, edition: int = 1,
    palette: Palette = DEFAULT_PALETTE, at: datetime.datetime = AT,
) -> Bulletin:  # fmt: skip
    """A published bulletin with a line for each (project, level, periods in a row), written at once."""
    row = Bulletin.objects.create(
        district=cast.district, month=month, edition=edition, issue=month.number, title=f"{month}",
        reason="更正" if edition > 1 else "", palette=palette_as_json(palette),
    )  # fmt: skip
    for number, (of, level, streak) in enumerate(lines, start=1):
        more = {"streak": streak, "leader": of.leader_id, "reasons": [f"理由{number}"], "problems": []}
        hue = HUES[level] if level is not None and level < len(HUES) else "none"
        BulletinLine.objects.create(
            bulletin=row, number=number, project=of.pk, code=of.code, name=of.name, short_name=of.short_name,
            unit=of.unit_id, unit_name=of.unit.short_name, leader_name=str(of.leader or ""), level=level,
            computed_level=level, standing="" if level is not None else "exempt", colour_word=hue, colour_hue=hue,
            colour_shape="square", more=more,
        )  # fmt: skip
    Bulletin.objects.filter(pk=row.pk).update(
        state="published", published_at=at, circulated_at=at, objections_until=at.date(), digest=f"{row.pk:064d}"
    )
    found: Bulletin = Bulletin.objects.select_related("district").get(pk=row.pk)
    return found


def follow(of: Bulletin, at: datetime.datetime = AT) -> list[Slip]:
    """The slips of a bulletin after it was followed, in the order of its lines."""
    open_slips(of, None, at)
    return list(Slip.objects.filter(bulletin=of).select_related("project", "unit", "district").order_by("id"))


def drafted(cast: Cast, *, level: int = 2, periods: int = 1, code: str = "P-1", **facts: Any) -> Slip:
    """A slip of one red project that nobody has issued."""
    of = Project.objects.filter(code=code).first() or project(cast, code, leader=cast.boss, **facts)
    return follow(bulletin(cast, [(of, level, periods)]))[0]


def again(slip: Slip) -> Slip:
    found: Slip = Slip.objects.select_related("project", "unit", "district", "continues").get(pk=slip.pk)
    return found


def brought(slip: Slip, cast: Cast, to: State, at: datetime.datetime = AT) -> Slip:
    """The slip, moved on by the right people until it stands at `to`."""
    steps: dict[State, Any] = {
        State.ISSUED: lambda: issuing.issue(slip, by=cast.office, at=at, seen=None),
        State.RECEIVED: lambda: answering.receive(slip, by=cast.reporter, at=at, seen=None),
        State.IN_HAND: lambda: answering.reply_with_plan(slip, plan="增派人员", by=cast.reporter, at=at, seen=None),
        State.ANSWERED: lambda: answering.answer(
            again(slip), text="已整改", reference="枣发改〔2023〕8号", by=cast.reporter, at=at, seen=None
        ),
        State.VERIFIED: lambda: verifying.verify(slip, finding="现场已看", by=cast.office, at=at, seen=None),
        State.CLOSED: lambda: verifying.close(slip, by=colleague(cast), at=at, seen=None),
    }
    if to is State.WITHDRAWN:
        return issuing.withdraw(slip, reason="误评", by=cast.office, at=at, seen=None)
    if to is State.RETURNED:
        brought(slip, cast, State.ANSWERED, at)
        verifying.send_back(slip, reason="缺照片", by=cast.office, at=at, seen=None)
        return again(slip)
    for state, step in steps.items():
        if to is State.DRAFTED:
            break
        if state is not State.IN_HAND or slip.asks_plan:
            step()
        if state is to:
            break
    return again(slip)
