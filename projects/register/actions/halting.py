"""Suspending, terminating, resuming and exempting a project, and what turns it red at once."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from projects.accounts.models import User
from projects.accounts.roles import Verb
from projects.core.constraints import check_constraints
from projects.core.month import Month
from projects.core.refusals import Refused, Stale
from projects.core.versions import write
from projects.journal.actions import record
from projects.register.actions.registering import who_saved
from projects.register.actions.touching import check_reach, lock, touch
from projects.register.models import Exemption, Incident, Project
from projects.register.models.schedule import APPROVED
from projects.register.queries import facts_of
from projects.register.wording import PLAN_DECISIONS

MOST_PERIODS = 3
HALT_FACTS = ("halted", "halted_on", "halted_until", "halt_reason", "halt_note")
EXEMPTION_FACTS = ("reason", "first_month", "last_month", "note")
INCIDENT_FACTS = ("kind", "happened_on", "cleared_on", "note")


@dataclass(frozen=True)
class Halt:
    """Suspended or terminated, since when, for which reason code, a note, and until when a suspension is to last."""

    kind: str
    since: datetime.date
    reason: str
    note: str = ""
    until: datetime.date | None = None


@transaction.atomic
def halt_project(
    project: Project, halt: Halt, *, by: User | None, at: datetime.datetime, today: datetime.date, seen: int
) -> Project:
    """Suspend or terminate a project; `Refused` when the day lies in the future, `Stale` when edited meanwhile."""
    if halt.since > today:
        raise Refused(_("The day lies in the future. Enter the day on which it happened."), field="since")
    if halt.until and halt.kind != "suspended":
        raise Refused(_("A terminated project does not go on; leave the expected end empty."), field="until")
    if halt.until and halt.until < halt.since:
        raise Refused(_("A suspension cannot end before it began."), field="until")
    return _set_halt(project, halt, verb=halt.kind, by=by, at=at, seen=seen)


@transaction.atomic
def resume_project(project: Project, *, note: str, by: User | None, at: datetime.datetime, seen: int) -> Project:
    """Let a suspended or terminated project go on; `Refused` when it is neither."""
    if not project.halted:
        raise Refused(_("The project is neither suspended nor terminated."))
    return _set_halt(project, None, verb="resume", by=by, at=at, seen=seen, note=note)


def _set_halt(
    project: Project, halt: Halt | None, *, verb: str, by: User | None, at: datetime.datetime, seen: int, note: str = ""
) -> Project:
    stored = lock(project.pk)
    check_reach(by, Verb.HALT, stored)
    if stored.version != seen:
        raise Stale(who_saved(stored), stored=stored, version=stored.version)
    before = facts_of(stored, HALT_FACTS)
    since = halt.since if halt else stored.halted_on
    write(
        project,
        seen=seen,
        halted=halt.kind if halt else "",
        halted_on=halt.since if halt else None,
        halted_until=halt.until if halt else None,
        halt_reason=halt.reason if halt else "",
        halt_note=halt.note if halt else "",
    )
    after = facts_of(project, HALT_FACTS)
    record(by=by, at=at, verb=verb, subject=project, project_id=project.pk, before=before, after=after, note=note)
    touch(project, since=Month.of(since) if since else None, at=at)
    return project


@transaction.atomic
def exempt_project(exemption: Exemption, *, by: User | None, at: datetime.datetime, open_month: Month) -> Exemption:
    """Propose that a project is not rated for up to three months, none of them before `open_month`; another person
    decides. What the system itself enters (`by` None) counts at once."""
    project = lock(exemption.project_id)
    check_reach(by, Verb.EXEMPT, project)
    if exemption.last_month - exemption.first_month >= MOST_PERIODS:
        raise Refused(_("An exemption lasts three periods at most; renew it when it ends."), field="last_month")
    if by is not None and exemption.first_month < open_month:
        raise Refused(
            _("An exemption begins in %(month)s at the earliest.") % {"month": open_month}, field="first_month"
        )
    overlapping = Exemption.objects.exclude(decision="declined").filter(
        project=project, first_month__lte=exemption.last_month, last_month__gte=exemption.first_month
    )
    if overlapping.exists():
        raise Refused(_("The project is already exempt in one of these months."), field="first_month")
    exemption.by = by
    if by is None:
        exemption.decision, exemption.decided_at = APPROVED, at
    exemption.save(force_insert=True)
    after = facts_of(exemption, EXEMPTION_FACTS)
    record(by=by, at=at, verb="exempt", subject=exemption, project_id=project.pk, after=after, note=exemption.note)
    if exemption.decision:
        touch(project, since=exemption.first_month, at=at)
    return exemption


@transaction.atomic
def decide_exemption(
    exemption: Exemption, decision: str, *, note: str = "", by: User | None, at: datetime.datetime
) -> Exemption:
    """Approve an exemption, which then counts, or decline it with a word; not one's own. `Stale` when decided."""
    project = lock(exemption.project_id)
    check_reach(by, Verb.EXEMPT, project)
    stored: Exemption = Exemption.objects.select_related("decided_by").get(pk=exemption.pk)
    if stored.decision:
        raise Stale(
            _("%(who)s has already decided this: %(decision)s.")
            % {"who": stored.decided_by or _("Somebody"), "decision": stored.get_decision_display()}
        )
    if by is not None and stored.by_id == by.pk:
        raise Refused(_("You proposed this yourself; another person of the office decides it."))
    if decision not in PLAN_DECISIONS:
        raise Refused(_("Approve or decline."), field="decision")
    if decision != APPROVED and not note:
        raise Refused(_("Say why it is declined."), field="note")
    values = {"decision": decision, "decided_by": by, "decided_at": at, "decision_note": note}
    write(stored, seen=stored.version, **values)
    after = {**facts_of(stored, EXEMPTION_FACTS), "decision": decision}
    record(
        by=by, at=at, verb="decide_exemption", subject=stored, project_id=project.pk,
        before=facts_of(stored, EXEMPTION_FACTS), after=after, note=note,
    )  # fmt: skip
    if decision == APPROVED:
        touch(project, since=stored.first_month, at=at)
    return stored


@transaction.atomic
def record_incident(
    incident: Incident, *, by: User | None, at: datetime.datetime, today: datetime.date, seen: int | None = None
) -> Incident:
    """Note something that turns the project red at once, or correct or clear it (`cleared_on`).

    `seen` is the version at which it was read. `Refused` for a day in the future, or when the same
    was noted for that day already; `Stale` when somebody corrected it meanwhile.
    """
    project = lock(incident.project_id)
    check_reach(by, Verb.HALT, project)
    for name in ("happened_on", "cleared_on"):
        day = getattr(incident, name)
        if day and day > today:
            raise Refused(_("The day lies in the future. Enter the day on which it happened."), field=name)
    stored = Incident.objects.filter(pk=incident.pk).first()
    before = facts_of(stored, INCIDENT_FACTS) if stored else {}
    if stored and seen is not None and stored.version != seen:
        raise Stale(who_saved(stored), stored=stored, version=stored.version)
    check_constraints(incident, field="happened_on")
    if stored:
        write(incident, seen=seen, **facts_of(incident, INCIDENT_FACTS))
    else:
        incident.save(force_insert=True)
    after = facts_of(incident, INCIDENT_FACTS)
    record(by=by, at=at, verb="record_incident", subject=incident, project_id=project.pk, before=before, after=after)
    earliest = min(incident.happened_on, stored.happened_on) if stored else incident.happened_on
    touch(project, since=Month.of(earliest), at=at)
    return incident
