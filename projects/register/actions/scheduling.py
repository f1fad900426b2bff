"""Keeping the nodes and approvals of a project: adding, planning anew with a reason, reporting done or expected."""

import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from projects.accounts.models import User
from projects.accounts.roles import Verb
from projects.core.constraints import constraints_in_words
from projects.core.refusals import Refused, Stale
from projects.core.versions import write
from projects.journal.actions import record
from projects.register.actions.registering import who_saved
from projects.register.actions.touching import check_reach, lock, touch
from projects.register.approvals import Approval
from projects.register.models import Milestone, Project
from projects.register.queries import facts_of
from projects.register.wording import APPROVAL_NAMES

REPORTED_FACTS = ("forecast_on", "done_on", "is_confirmed", "document_number", "document")
MILESTONE_FACTS = (
    "phase", "kind", "code", "name", "is_key", "planned_on", *REPORTED_FACTS, "not_applicable",
    "not_applicable_reason",
)  # fmt: skip


@transaction.atomic
def set_milestone(
    milestone: Milestone,
    *,
    by: User | None,
    at: datetime.datetime,
    today: datetime.date,
    seen: int | None = None,
    reason: str = "",
) -> Milestone:
    """Add a node or an approval, or save an edited one; with a `code` it is an approval and named after it.

    `Refused` when it was done in the future, refers to another project's phase or file, is done and not
    applicable at once, or an existing planned day is changed without a `reason`; `Stale` when overtaken.
    """
    return _save(milestone, MILESTONE_FACTS, Verb.EDIT_PROJECT, by=by, at=at, today=today, seen=seen, reason=reason)


@transaction.atomic
def update_milestone(
    milestone: Milestone, *, by: User | None, at: datetime.datetime, today: datetime.date, seen: int | None = None
) -> Milestone:
    """Save what a unit reports of a node that exists: expected and done days, number and file of the document.

    Whatever else of `milestone` was changed is not saved. Refusals as of `set_milestone`.
    """
    return _save(milestone, REPORTED_FACTS, Verb.UPDATE_MILESTONE, by=by, at=at, today=today, seen=seen)


def _save(
    milestone: Milestone, names: tuple[str, ...], verb: Verb, *, by: User | None, at: datetime.datetime,
    today: datetime.date, seen: int | None, reason: str = "",
) -> Milestone:  # fmt: skip
    project = lock(milestone.project_id)
    check_reach(by, verb, project)
    stored = Milestone.objects.filter(pk=milestone.pk).first()
    if stored and seen is not None and stored.version != seen:
        raise Stale(who_saved(stored), stored=stored, version=stored.version)
    if stored is None and verb is not Verb.EDIT_PROJECT:
        raise Refused(_("It does not stand on the list of the project. Ask the key-project office to add it."))
    if stored:
        for name in set(MILESTONE_FACTS) - set(names):
            setattr(milestone, name, getattr(stored, name))
    elif _is_entry_in_statistics(milestone) and milestone.done_on is None:
        milestone.done_on = project.entered_statistics_on
    _bring_into_form(milestone)
    _check_milestone(project, milestone, today)
    if stored and "planned_on" in names:
        _check_plan_kept(stored, milestone, reason)
    before, after = facts_of(stored, names) if stored else {}, facts_of(milestone, names)
    with constraints_in_words(milestone, field="code" if milestone.code else "name"):
        if stored:
            write(milestone, seen=seen, **after)
        else:
            milestone.save(force_insert=True)
    if stored is None:
        after = _stated(after)
    before, after = _tell_project(project, milestone, before, after)
    said = "set_milestone" if verb is Verb.EDIT_PROJECT else verb.value
    record(
        by=by, at=at, verb=said, subject=milestone, project_id=project.pk, before=before, after=after, note=reason,
    )  # fmt: skip
    touch(project, since=None, at=at)
    return milestone


def _stated(values: dict[str, Any]) -> dict[str, Any]:
    """Of a new row what it says, and not what it leaves open."""
    fields = {name: Milestone._meta.get_field(name) for name in values}
    return {name: value for name, value in values.items() if value != fields[name].get_default()}  # type: ignore[union-attr]


def _bring_into_form(milestone: Milestone) -> None:
    """What follows from other values is not asked for: the kind, an approval's name, reason and doubt about nothing."""
    if milestone.code and milestone.code not in APPROVAL_NAMES:
        raise Refused(_("Choose one of the approvals."), field="code")
    milestone.kind = "approval" if milestone.code else "node"
    if milestone.code:
        milestone.name = approval_name(milestone.code)
    if not milestone.not_applicable:
        milestone.not_applicable_reason = ""
    if milestone.done_on is None:
        milestone.is_confirmed = True


def approval_name(code: str) -> str:
    """As it is stored and published: in the language of the installation, whoever enters it."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(APPROVAL_NAMES[code])


def _check_milestone(project: Project, milestone: Milestone, today: datetime.date) -> None:
    if milestone.done_on and milestone.done_on > today:
        raise Refused(_("The day lies in the future. Enter the day on which it was done."), field="done_on")
    if milestone.phase and milestone.phase.project_id != project.pk:
        raise Refused(_("This phase belongs to another project."), field="phase")
    document = milestone.document
    if document and (document.project_id != project.pk or document.removed_at):
        raise Refused(_("This file belongs to another project, or was removed."), field="document")
    if milestone.not_applicable and milestone.done_on:
        raise Refused(_("It is done, so it does concern the project. Keep one of the two."), field="not_applicable")
    if milestone.not_applicable and not milestone.not_applicable_reason:
        raise Refused(_("Say why it does not concern the project."), field="not_applicable_reason")
    if milestone.kind == "node" and milestone.planned_on is None:
        raise Refused(_("Give the node the day for which it is planned."), field="planned_on")


def _check_plan_kept(stored: Milestone, milestone: Milestone, reason: str) -> None:
    if stored.planned_on and milestone.planned_on != stored.planned_on and not reason:
        raise Refused(
            _("It was planned for %(day)s. Say why the plan is changed.") % {"day": stored.planned_on.isoformat()},
            field="reason",
        )


def _is_entry_in_statistics(milestone: Milestone) -> bool:
    """Whether it is the day that is one of the project's facts as well: said at one place, it is known at both."""
    return milestone.code == Approval.STATISTICS and milestone.phase_id is None


def _tell_project(
    project: Project, milestone: Milestone, before: dict[str, Any], after: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Write the day of entry in statistics into the project; the values for the journal, with this one among them."""
    day = {"entered_statistics_on": milestone.done_on}
    if not _is_entry_in_statistics(milestone) or milestone.done_on == project.entered_statistics_on:
        return before, after
    Project.objects.filter(pk=project.pk).update(version=F("version") + 1, **day)
    return {**before, "entered_statistics_on": project.entered_statistics_on}, {**after, **day}
