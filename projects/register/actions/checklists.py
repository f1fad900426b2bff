"""The checklists of the categories: those that a new installation begins with, keeping their lines, applying them."""

import datetime
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from projects.accounts.models import User
from projects.accounts.roles import Verb
from projects.core.constraints import check_constraints
from projects.core.month import Month, months_later
from projects.core.refusals import Refused
from projects.journal.actions import record
from projects.register.actions.listing import keep_list_entry
from projects.register.actions.scheduling import approval_name
from projects.register.actions.touching import check_reach, lock, touch
from projects.register.approvals import Approval
from projects.register.models import Category, Milestone, MilestoneTemplate, Project

BEGINNING = Path(__file__).parent.parent / "checklists.toml"


@transaction.atomic
def found_checklists(*, by: User | None, at: datetime.datetime) -> int:
    """Give each category of the beginning its checklist, if there is no checklist at all; how many lines were added."""
    if MilestoneTemplate.objects.exists():
        return 0
    added = 0
    for said in tomllib.loads(BEGINNING.read_text(encoding="utf-8"))["checklist"]:
        category = Category.objects.filter(name=said["category"]).first()
        if category is None:
            continue
        lines = [_line(category, position, line) for position, line in enumerate(said["lines"], start=1)]
        MilestoneTemplate.objects.bulk_create(lines)
        after = {"checklist": [line.name or approval_name(line.code) for line in lines]}
        record(by=by, at=at, verb="keep_list", subject=category, after=after)
        added += len(lines)
    return added


def _line(category: Category, position: int, said: dict[str, Any]) -> MilestoneTemplate:
    code = said.get("approval", "")
    return MilestoneTemplate(
        category=category,
        kind="approval" if code else "node",
        code=code,
        name=said.get("node", ""),
        is_key=said.get("key", False),
        offset_months=said.get("months"),
        position=position,
    )


@transaction.atomic
def keep_template(
    template: MilestoneTemplate, *, by: User | None, at: datetime.datetime, since: Month
) -> MilestoneTemplate:
    """Save a new or an edited line of a checklist; projects that it was applied to keep what they have."""
    template.kind = "approval" if template.code else "node"
    if template.code:
        template.name = ""
    check_constraints(template, field="code" if template.code else "name")
    keep_list_entry(template, by=by, at=at, since=since)
    return template


@dataclass(frozen=True)
class Applied:
    """What a checklist brought to a project: how many lines were added, and how many wait for its planned start."""

    added: int
    waiting: int


@transaction.atomic
def apply_checklist(project: Project, *, by: User | None, at: datetime.datetime) -> Applied:
    """Add what the project lacks of its category's checklist; doing it again adds nothing.

    Planned days follow from the planned start. Without one a node waits, since it has to have a day; an approval
    is added without, and gets its day when the checklist is applied again and nobody has touched it meanwhile.
    `Refused` when the category has no checklist.
    """
    stored = lock(project.pk)
    check_reach(by, Verb.EDIT_PROJECT, stored)
    lines = list(MilestoneTemplate.objects.filter(category_id=stored.category_id, is_active=True))
    if not lines:
        raise Refused(_("The category “%(category)s” has no checklist yet.") % {"category": stored.category})
    there = list(Milestone.objects.filter(project=stored, phase=None))
    known = {row.code or row.name for row in there}
    lacking = [_milestone(stored, line) for line in lines if (line.code or line.name) not in known]
    added = [row for row in lacking if row.kind == "approval" or row.planned_on]
    Milestone.objects.bulk_create(added)
    dated = _date(stored, lines, [row for row in there if row.version == 0 and row.kind == "approval"])
    if added or dated:
        after = {"milestones": [row.name for row in [*added, *dated]]}
        record(by=by, at=at, verb="apply_checklist", subject=stored, project_id=stored.pk, after=after)
        touch(stored, since=None, at=at)
    return Applied(len(added), len(lacking) - len(added))


def _milestone(project: Project, line: MilestoneTemplate) -> Milestone:
    is_statistics = line.code == Approval.STATISTICS
    return Milestone(
        project=project,
        kind=line.kind,
        code=line.code,
        name=approval_name(line.code) if line.code else line.name,
        is_key=line.is_key,
        planned_on=_due(project, line),
        done_on=project.entered_statistics_on if is_statistics else None,
    )


def _due(project: Project, line: MilestoneTemplate) -> datetime.date | None:
    if project.planned_start is None or line.offset_months is None:
        return None
    return months_later(project.planned_start, line.offset_months)


def _date(project: Project, lines: list[MilestoneTemplate], untouched: list[Milestone]) -> list[Milestone]:
    """Give approvals that were added before the planned start was known their day."""
    by_code = {line.code: line for line in lines if line.code}
    dated = []
    for row in untouched:
        if row.planned_on is None and not row.is_settled and row.code in by_code:
            row.planned_on = _due(project, by_code[row.code])
            if row.planned_on:
                dated.append(row)
    Milestone.objects.bulk_update(dated, ["planned_on"])
    return dated
