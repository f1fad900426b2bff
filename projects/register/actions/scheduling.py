"""Keeping the planned nodes of a project: adding, changing, reporting done."""

import datetime

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
from projects.register.models import Milestone
from projects.register.queries import facts_of

MILESTONE_FACTS = ("phase", "name", "is_key", "planned_on", "done_on")


@transaction.atomic
def set_milestone(
    milestone: Milestone, *, by: User | None, at: datetime.datetime, today: datetime.date, seen: int | None = None
) -> Milestone:
    """Add a planned node or save an edited one; `Refused` when it was done in the future or belongs elsewhere."""
    project = lock(milestone.project_id)
    check_reach(by, Verb.EDIT_PROJECT, project)
    if milestone.done_on and milestone.done_on > today:
        raise Refused(_("The day lies in the future. Enter the day on which it was done."), field="done_on")
    if milestone.phase and milestone.phase.project_id != project.pk:
        raise Refused(_("This phase belongs to another project."), field="phase")
    stored = Milestone.objects.filter(pk=milestone.pk).first()
    before = facts_of(stored, MILESTONE_FACTS) if stored else {}
    if stored and seen is not None and stored.version != seen:
        raise Stale(who_saved(stored))
    check_constraints(milestone, field="name")
    after = facts_of(milestone, MILESTONE_FACTS)
    if stored:
        write(milestone, seen=seen, **after)
    else:
        milestone.save(force_insert=True)
    record(by=by, at=at, verb="set_milestone", subject=milestone, project_id=project.pk, before=before, after=after)
    touch(project, since=None, at=at)
    return milestone


@transaction.atomic
def reach_milestone(
    milestone: Milestone,
    *,
    done_on: datetime.date,
    by: User | None,
    at: datetime.datetime,
    today: datetime.date,
    seen: int | None = None,
) -> Milestone:
    """Note the day on which a planned node was reached. Unlike the plan itself this is for the unit to say."""
    project = lock(milestone.project_id)
    check_reach(by, Verb.REPORT, project)
    stored = Milestone.objects.get(pk=milestone.pk)
    if seen is not None and stored.version != seen:
        raise Stale(who_saved(stored))
    if done_on > today:
        raise Refused(_("The day lies in the future. Enter the day on which it was done."), field="done_on")
    before = facts_of(stored, ("done_on",))
    write(stored, seen=seen, done_on=done_on)
    record(
        by=by, at=at, verb="set_milestone", subject=stored, project_id=project.pk,
        before=before, after={"done_on": done_on},
    )  # fmt: skip
    touch(project, since=Month.of(done_on), at=at)
    return stored
