"""What is decided about colours before a month is published: overrides, and the objections of the units."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.accounts.models import User
from projects.accounts.queries import district_of
from projects.accounts.roles import Verb
from projects.bulletins.actions.telling import tell_decided, tell_office_of_objection, tell_office_of_override
from projects.bulletins.models import Bulletin, Line, Objection, Override
from projects.bulletins.models.bulletins import PUBLISHED
from projects.bulletins.queries.published import latest_published
from projects.bulletins.wording import DECISIONS
from projects.core.display import month_label
from projects.core.month import Month
from projects.core.refusals import Refused, Stale
from projects.journal.actions import record
from projects.register.actions.filing import keep_file
from projects.register.actions.touching import check_reach, lock, touch
from projects.register.models import Project


def _check_open(project: Project, month: Month) -> None:
    """`Refused` once the month is published and not being corrected."""
    district = district_of(project.unit)
    drafts = Bulletin.objects.filter(district=district, month=month).exclude(state=PUBLISHED)
    if latest_published(district.pk, month) is not None and not drafts.exists():
        raise Refused(
            _("%(month)s is published. An error is corrected by a new edition of the bulletin.") % {"month": month}
        )


def level_to_better(project: Project, month: Month, *, by: User | None) -> int:
    """The level by the rules that `by` may ask to be better; `Refused` when there is none, or it was asked already."""
    check_reach(by, Verb.PROPOSE_OVERRIDE, project)
    _check_open(project, month)
    line = Line.objects.filter(project=project, month=month).first()
    if line is None or not line.computed_level:
        raise Refused(_("The project has no colour this month that could be better."))
    if Override.objects.filter(project=project, month=month).exclude(decision="declined").exists():
        raise Refused(_("An override of this month was proposed already."))
    return line.computed_level


@transaction.atomic
def propose_override(
    project: Project, month: Month, *, reason: str, by: User | None, at: datetime.datetime
) -> Override:
    """Ask that the colour of one month be better by one level than the rules say; another person decides.

    `Refused` without a reason, for a project without a level or at the best one, when one was proposed
    for the month already, or once the month is published.
    """
    stored = lock(project.pk)
    level = level_to_better(stored, month, by=by)
    if not reason:
        raise Refused(_("Say why the colour should be another than the rules give."), field="reason")
    override = Override.objects.create(
        project=stored, month=month, computed_level=level, level=level - 1,
        reason=reason, by=by, at=at,
    )  # fmt: skip
    after = {"month": month, "computed_level": override.computed_level, "level": override.level}
    record(by=by, at=at, verb="propose_override", subject=override, project_id=stored.pk, after=after, note=reason)
    tell_office_of_override(override, by=by, at=at)
    return override


@transaction.atomic
def decide_override(
    override: Override, decision: str, *, note: str = "", by: User | None, at: datetime.datetime
) -> Override:
    """Approve an override, which then counts for its month only, or decline it with a word; not one's own."""
    project = lock(override.project_id)
    check_reach(by, Verb.DECIDE_OVERRIDE, project)
    stored = Override.objects.select_related("decided_by").get(pk=override.pk)
    _check_decision(stored, decision, note, by)
    _check_open(project, stored.month)
    stored.decision, stored.decided_by, stored.decided_at, stored.note = decision, by, at, note
    stored.save(update_fields=["decision", "decided_by", "decided_at", "note"])
    after = {"month": stored.month, "decision": decision}
    record(by=by, at=at, verb="decide_override", subject=stored, project_id=project.pk, after=after, note=note)
    tell_decided(stored, by=by, at=at)
    if decision == "approved":
        touch(project, since=stored.month, at=at)
    return stored


def check_takes_objections(project: Project, month: Month, *, by: User | None, at: datetime.datetime) -> None:
    """`Refused` outside the days in which the draft of the month is circulated; up to the end of the last one."""
    check_reach(by, Verb.OBJECT, project)
    day = timezone.localtime(at).date()
    drafts = Bulletin.objects.filter(district=district_of(project.unit), month=month).exclude(state=PUBLISHED)
    if not any(draft.takes_objections_on(day) for draft in drafts):
        raise Refused(_("Objections are taken while the draft is circulated, up to the day that it names."))


@transaction.atomic
def object_to(
    project: Project, month: Month, *, text: str, file: tuple[str, bytes] | None = None, by: User | None,
    at: datetime.datetime,
) -> Objection:  # fmt: skip
    """Object to the colour of a project while the draft of its month is circulated, up to the last day's end.

    `file`: a name and content that show it, kept with the files of the project.
    """
    check_takes_objections(project, month, by=by, at=at)
    if not text:
        raise Refused(_("Say what is wrong with the rating, and by what it shows."), field="text")
    # Before the project is held: whoever takes in a file holds its unit first.
    kept = keep_file(project, *file, title=_title_of_proof(month), by=by, at=at) if file else None
    stored = lock(project.pk)
    check_takes_objections(stored, month, by=by, at=at)
    objection = Objection.objects.create(project=stored, month=month, text=text, attachment=kept, by=by, at=at)
    record(by=by, at=at, verb="object", subject=objection, project_id=stored.pk, after={"month": month}, note=text)
    tell_office_of_objection(objection, by=by, at=at)
    return objection


def _title_of_proof(month: Month) -> str:
    return _("Objection to the rating of %(month)s") % {"month": month_label(month)}


@transaction.atomic
def decide_objection(
    objection: Objection, decision: str, *, note: str, by: User | None, at: datetime.datetime
) -> Objection:
    """Uphold an objection or turn it down, always with an answer. What follows (a corrected figure, an
    override) is done where it belongs; the colour does not change by the decision itself."""
    project = lock(objection.project_id)
    check_reach(by, Verb.DECIDE_OVERRIDE, project)
    stored = Objection.objects.select_related("decided_by").get(pk=objection.pk)
    _check_decision(stored, decision, note or "", by)
    if not note:
        raise Refused(_("Answer the objection in a sentence."), field="note")
    stored.decision, stored.decided_by, stored.decided_at, stored.note = decision, by, at, note
    stored.save(update_fields=["decision", "decided_by", "decided_at", "note"])
    after = {"month": stored.month, "decision": decision}
    record(by=by, at=at, verb="decide_objection", subject=stored, project_id=project.pk, after=after, note=note)
    tell_decided(stored, by=by, at=at)
    return stored


def _check_decision(row: Override | Objection, decision: str, note: str, by: User | None) -> None:
    if row.decision:
        raise Stale(
            _("%(who)s has already decided this: %(decision)s.")
            % {"who": row.decided_by or _("Somebody"), "decision": row.get_decision_display()}
        )
    if by is not None and row.by_id == by.pk:
        raise Refused(_("You proposed this yourself; another person of the office decides it."))
    if decision not in DECISIONS:
        raise Refused(_("Approve or decline."), field="decision")
    if decision == "declined" and not note:
        raise Refused(_("Say why it is declined."), field="note")
