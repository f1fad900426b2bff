"""The bulletins of the demonstration: each month begun, circulated, objected to, decided and published in its days."""

import datetime
from functools import partial
from typing import Any

from projects.bulletins.actions import open_month, rerate_changed
from projects.bulletins.actions.deciding import decide_objection, decide_override, object_to, propose_override
from projects.bulletins.actions.publishing import begin_bulletin, begin_correction, circulate, publish
from projects.bulletins.models import Bulletin
from projects.core.month import Month, months_between
from projects.core.workdays import workdays_after
from projects.demonstration.facts import FIRST_MONTH, LAST_MONTH, words
from projects.demonstration.followups import follow_up
from projects.demonstration.people import Cast
from projects.demonstration.steps import Agenda, working_time
from projects.register.models import Project

CIRCULATED_ON = 11  # the day after the reports are due
WORKDAYS_TO_OBJECT = 2
PUBLISHED_ON = 22  # some days after the lock, when leave to report late has run out


def plan_bulletins(cast: Cast, agenda: Agenda) -> None:
    """Put the way of each month's bulletin on the agenda: all published but the last, which is being prepared."""
    for month in months_between(FIRST_MONTH, LAST_MONTH):
        day = (month + 1).first_day.replace(day=CIRCULATED_ON)
        _prepare(month, day, cast, agenda)
        if month < LAST_MONTH:
            at = working_time(day.replace(day=PUBLISHED_ON), 9)
            agenda.add(at, partial(_publish, month, cast, agenda, at))
    for said in words("bulletins")["corrections"]:
        at = working_time(said["on"], 11)
        agenda.add(at, partial(_correct, Month.parse(said["month"]), said["reason"], cast, agenda, at))


def _prepare(month: Month, day: datetime.date, cast: Cast, agenda: Agenda) -> None:
    """The draft, and what units and office say of it before it is published."""
    # September's goes round before the reports are due: the demonstration stands still on that day.
    circulated = working_time(day if month < LAST_MONTH else words("bulletins")["last_circulated"], 3)
    agenda.add(circulated, partial(_circulate, month, cast, circulated))
    for number, said in enumerate(words("bulletins")["said"], 1):
        if said["month"] == str(month):
            at = circulated + datetime.timedelta(minutes=40 + 7 * number)
            agenda.add(at, partial(_say, said, month, cast, at))
            if "decision" in said:
                later = working_time(at.date() + datetime.timedelta(days=1), number)
                agenda.add(later, partial(_decide, said, month, cast, later))


def _circulate(month: Month, cast: Cast, at: datetime.datetime) -> None:
    open_month(month, through=month)
    bulletin = begin_bulletin(cast.district, month, by=cast.office, at=at)
    until = workdays_after(at.date(), WORKDAYS_TO_OBJECT)
    circulate(bulletin, objections_until=until, by=cast.office, at=at, seen=bulletin.version)


def _named(said: dict[str, Any]) -> Project:
    mark = words("people")["examples"]["mark"]
    project: Project = Project.objects.select_related("unit").get(short_name=f"{mark}{said['name']}")
    return project


def _say(said: dict[str, Any], month: Month, cast: Cast, at: datetime.datetime) -> None:
    """The office asks for another colour, or the unit objects to its own."""
    project = _named(said)
    if said["what"] == "override":
        rerate_changed(through=month)
        propose_override(project, month, reason=said["text"], by=cast.office, at=at)
    else:
        object_to(project, month, text=said["text"], by=cast.reporter_of(project.unit), at=at)


def _decide(said: dict[str, Any], month: Month, cast: Cast, at: datetime.datetime) -> None:
    """Another person of the office than the one who proposes."""
    project, note = _named(said), said.get("note", "")
    if said["what"] == "override":
        decide_override(project.overrides.get(month=month), said["decision"], note=note, by=cast.checker, at=at)
    else:
        decide_objection(project.objections.get(month=month), said["decision"], note=note, by=cast.checker, at=at)


def _publish(month: Month, cast: Cast, agenda: Agenda, at: datetime.datetime) -> None:
    draft = Bulletin.objects.select_related("district").get(month=month, state="circulated")
    _to_the_world(draft, cast, agenda, at)


def _correct(month: Month, reason: str, cast: Cast, agenda: Agenda, at: datetime.datetime) -> None:
    published = Bulletin.objects.select_related("district").get(month=month)
    _to_the_world(begin_correction(published, reason=reason, by=cast.office, at=at), cast, agenda, at)


def _to_the_world(draft: Bulletin, cast: Cast, agenda: Agenda, at: datetime.datetime) -> None:
    """Published by the one who proposed nothing; then its slips go their way."""
    through = Month.of(at.date()) + -1
    publish(draft, by=cast.checker, at=at, through=through, seen=draft.version, despite_missing=True)
    follow_up(draft, cast, agenda, at)
