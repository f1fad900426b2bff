"""Entering projects, phases and components in the register, and correcting what is said of them."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from projects.accounts.models import User
from projects.accounts.roles import Verb
from projects.core.constraints import check_constraints
from projects.core.month import Month
from projects.core.refusals import Stale
from projects.core.versions import write
from projects.journal.actions import record
from projects.journal.queries import history_of
from projects.register.actions.moving import Part, follow, project_of
from projects.register.actions.touching import check_reach, lock, touch
from projects.register.approvals import Approval
from projects.register.models import Capacity, Component, LevelLabel, Milestone, Phase, Project, StageChange
from projects.register.pinyin import initials, sort_key
from projects.register.queries import PROJECT_FACTS, facts_of, project_facts
from projects.register.stages import Position

PHASE_FACTS = ("number", "name", "content")
COMPONENT_FACTS = ("number", "name", "note")
CAPACITY_FACTS = ("product", "planned", "commissioned", "unit")


def _search_keys(project: Project) -> dict[str, str]:
    found = dict.fromkeys(initials(text) for text in (project.short_name, project.name, project.owner) if text)
    return {
        "initials": " ".join(found)[:120],
        "name_key": sort_key(project.short_name or project.name),
    }


@transaction.atomic
def register_project(
    project: Project, *, labels: Iterable[LevelLabel] = (), by: User | None, at: datetime.datetime
) -> Project:
    """Enter a new project, without phases yet. `NotAllowed` when `by` may not edit the register of its unit."""
    for name, value in _search_keys(project).items():
        setattr(project, name, value)
    project.created_at = project.changed_at = at
    project.rerate_from = project.listed_from
    project.save(force_insert=True)
    check_reach(by, Verb.EDIT_PROJECT, project)
    project.labels.set(labels)
    record(by=by, at=at, verb="register", subject=project, project_id=project.pk, after=project_facts(project))
    return project


@transaction.atomic
def edit_project(
    project: Project,
    *,
    labels: Iterable[LevelLabel],
    by: User | None,
    at: datetime.datetime,
    seen: int,
    since: Month,
) -> Project:
    """Save edited facts of a project read at version `seen`; its lines are due again from `since` on.

    `Stale` when somebody saved it meanwhile, `NotAllowed` outside the person's reach, before and after the edit.
    """
    stored = lock(project.pk)
    check_reach(by, Verb.EDIT_PROJECT, stored)
    if stored.version != seen:
        raise Stale(who_saved(stored))
    before = project_facts(stored)
    values = facts_of(project, PROJECT_FACTS)
    write(project, seen=seen, **values, **_search_keys(project))
    check_reach(by, Verb.EDIT_PROJECT, project)
    project.labels.set(labels)
    if project.entered_statistics_on != stored.entered_statistics_on:
        _tell_checklist(project)
    after = project_facts(project)
    record(by=by, at=at, verb="edit", subject=project, project_id=project.pk, before=before, after=after)
    if project.listed_from != stored.listed_from:
        since = min(project.listed_from, stored.listed_from)
    touch(project, since=since, at=at)
    return project


def who_saved(row: Any) -> str:
    """Who saved `row` last and when; for the person who came second."""
    entry = history_of(row).first()
    return _(
        "%(who)s saved this meanwhile. What you entered is still here: compare it with the values now"
        " stored and save again if it still applies."
    ) % {"who": entry.actor_name if entry and entry.actor_name else _("Somebody")}


def _tell_checklist(project: Project) -> None:
    """The day of entry in statistics is a point of the checklist as well; said here, it is known there."""
    Milestone.objects.filter(project=project, phase=None, code=Approval.STATISTICS.value).update(
        done_on=project.entered_statistics_on,
        is_confirmed=True,
        not_applicable=False,
        not_applicable_reason="",
        version=F("version") + 1,
    )


@transaction.atomic
def add_phase(
    phase: Phase, *, position: Position = Position(), reached_on: datetime.date | None = None,  # noqa: B008 - frozen
    by: User | None, at: datetime.datetime,
) -> Phase:  # fmt: skip
    """Add a phase to a project, standing at `position` since `reached_on` (None: nobody knows since when)."""
    project = lock(phase.project_id)
    check_reach(by, Verb.EDIT_PROJECT, project)
    _place(phase, position, reached_on, by, at)
    follow(project, phase, reached_on, before=Position(), after=position)
    after = {**facts_of(phase, PHASE_FACTS), "stage": position.code}
    record(by=by, at=at, verb="add_phase", subject=phase, project_id=project.pk, after=after)
    touch(project, since=None, at=at)
    return phase


@transaction.atomic
def add_component(
    component: Component, *, position: Position = Position(), reached_on: datetime.date | None = None,  # noqa: B008
    by: User | None, at: datetime.datetime,
) -> Component:  # fmt: skip
    """Add a component to a phase, which from then on follows its components."""
    project = lock(project_of(component).pk)
    check_reach(by, Verb.EDIT_PROJECT, project)
    _place(component, position, reached_on, by, at)
    follow(project, component.phase, reached_on, before=Position(), after=position)
    after = {**facts_of(component, COMPONENT_FACTS), "stage": position.code}
    record(by=by, at=at, verb="add_component", subject=component, project_id=project.pk, after=after)
    touch(project, since=None, at=at)
    return component


def _place(
    part: Part, position: Position, reached_on: datetime.date | None, by: User | None, at: datetime.datetime
) -> None:
    part.stage, part.step, part.reached_on = position.stage or "", position.step or "", reached_on
    check_constraints(part, field="number")
    part.save(force_insert=True)
    if position.stage is None:
        return
    StageChange.objects.create(
        phase=part.phase if isinstance(part, Component) else part,
        component=part if isinstance(part, Component) else None,
        stage=position.stage,
        step=position.step or "",
        happened_on=reached_on,
        by=by,
        at=at,
    )


@transaction.atomic
def edit_part(part: Part, *, by: User | None, at: datetime.datetime, seen: int) -> Part:
    """Save the edited number, name and note of a phase or a component; its stage is moved, not edited."""
    project = lock(project_of(part).pk)
    check_reach(by, Verb.EDIT_PROJECT, project)
    names = PHASE_FACTS if isinstance(part, Phase) else COMPONENT_FACTS
    stored = type(part)._base_manager.get(pk=part.pk)
    if stored.version != seen:
        raise Stale(who_saved(stored))
    before, after = facts_of(stored, names), facts_of(part, names)
    check_constraints(part, field="number")
    write(part, seen=seen, **after)
    record(by=by, at=at, verb="edit", subject=part, project_id=project.pk, before=before, after=after)
    touch(project, since=None, at=at)
    return part


@transaction.atomic
def set_capacity(capacity: Capacity, *, by: User | None, at: datetime.datetime) -> Capacity:
    """Add or correct what a phase or a component is to produce and already does; more than planned is possible."""
    part: Any = capacity.component or capacity.phase
    project = lock(project_of(part).pk)
    check_reach(by, Verb.EDIT_PROJECT, project)
    stored = Capacity.objects.filter(pk=capacity.pk).first()
    before = facts_of(stored, CAPACITY_FACTS) if stored else {}
    capacity.planned = Decimal(capacity.planned)
    check_constraints(capacity, field="product")
    capacity.save()
    record(
        by=by, at=at, verb="set_capacity", subject=part, project_id=project.pk,
        before=before, after=facts_of(capacity, CAPACITY_FACTS),
    )  # fmt: skip
    touch(project, since=None, at=at)
    return capacity
