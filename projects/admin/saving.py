"""Which action saves which row: the administration has no other way to the database."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from projects.accounts.actions import change_account, check_may, open_account
from projects.accounts.models import Unit, User
from projects.accounts.roles import Verb
from projects.admin.forms import RowForm
from projects.admin.versions import check_seen
from projects.core.clock import now, today, working_month
from projects.core.refusals import NotAllowed, Stale
from projects.progress.actions.entering import enter_figures
from projects.progress.actions.ladder import keep_step
from projects.progress.models import MonthlyReport, ReminderStep
from projects.register.actions.checklists import keep_template
from projects.register.actions.halting import exempt_project, record_incident
from projects.register.actions.listing import keep_list_entry, keep_unit
from projects.register.actions.planning import set_plan
from projects.register.actions.registering import (
    add_component,
    add_phase,
    edit_part,
    edit_project,
    register_project,
    set_capacity,
    who_saved,
)
from projects.register.actions.scheduling import set_milestone
from projects.register.models import (
    AnnualPlan,
    Capacity,
    Category,
    Component,
    Exemption,
    Incident,
    Leader,
    LevelLabel,
    Milestone,
    MilestoneTemplate,
    Phase,
    Project,
    Sector,
)

Save = Callable[[Any, Any, User], None]


def _seen(form: RowForm) -> int:
    """The version that the form was opened at; a form that carries none was opened at no version there is."""
    seen = form.cleaned_data.get("version")
    return -1 if seen is None else seen


def _check_seen(row: models.Model, form: RowForm, subject: models.Model | None = None) -> None:
    """`Stale` when a row that counts no versions was changed since the form was opened."""
    if row.pk:
        check_seen(row, _seen(form), names=form._meta.fields or (), subject=subject)


def save_project(project: Project, form: RowForm, by: User) -> None:
    """A new project begins with its first phase, as on the page for new projects."""
    labels = form.cleaned_data["labels"]
    if project.pk:
        since = working_month(today())
        edit_project(project, labels=labels, by=by, at=now(), seen=_seen(form), since=since)
        return
    register_project(project, labels=labels, by=by, at=now())
    add_phase(Phase(project=project, number=1, name=_("Phase 1")), by=by, at=now())


def save_phase(phase: Phase, form: RowForm, by: User) -> None:
    if phase.pk:
        edit_part(phase, by=by, at=now(), seen=_seen(form))
    else:
        add_phase(phase, by=by, at=now())


def save_component(component: Component, form: RowForm, by: User) -> None:
    if component.pk:
        edit_part(component, by=by, at=now(), seen=_seen(form))
    else:
        add_component(component, by=by, at=now())


def save_capacity(capacity: Capacity, form: RowForm, by: User) -> None:
    _check_seen(capacity, form, subject=capacity.component or capacity.phase)
    set_capacity(capacity, by=by, at=now())


def save_plan(plan: AnnualPlan, form: RowForm, by: User) -> None:
    """Always a new version; `Stale` when a plan of the same year was set since the form was opened.

    The form carries the latest plan of the project that there was, whatever its year.
    """
    project = Project.objects.select_for_update(of=("self",)).get(pk=plan.project_id)
    newer = project.plans.filter(year=plan.year, pk__gt=_seen(form)).order_by("pk").last()
    if newer:
        raise Stale(who_saved(newer))
    set_plan(
        project, plan.year, amount=plan.amount, effective_from=plan.effective_from, goal=plan.goal,
        month_plan=plan.month_plan, reason=plan.reason, by=by, at=now(), open_month=working_month(today()),
    )  # fmt: skip


def save_milestone(milestone: Milestone, form: RowForm, by: User) -> None:
    set_milestone(
        milestone, by=by, at=now(), today=today(), seen=_seen(form) if milestone.pk else None,
        reason=form.cleaned_data["reason"],
    )  # fmt: skip


def save_incident(incident: Incident, form: RowForm, by: User) -> None:
    record_incident(incident, by=by, at=now(), today=today(), seen=_seen(form) if incident.pk else None)


def save_exemption(exemption: Exemption, form: RowForm, by: User) -> None:
    exempt_project(exemption, by=by, at=now(), open_month=working_month(today()))


def save_report(report: MonthlyReport, form: Any, by: User) -> None:
    enter_figures(
        report.project, report.month, form.figures(), by=by, at=now(), open_month=working_month(today()),
        seen=_seen(form) if report.pk else None,
    )  # fmt: skip


def save_step(step: ReminderStep, form: RowForm, by: User) -> None:
    keep_step(step, by=by, at=now(), seen=_seen(form) if step.pk else None)


def save_list_entry(entry: Any, form: RowForm, by: User) -> None:
    _check_seen(entry, form)
    keep_list_entry(entry, by=by, at=now(), since=working_month(today()))


def save_template(template: MilestoneTemplate, form: RowForm, by: User) -> None:
    _check_seen(template, form)
    keep_template(template, by=by, at=now(), since=working_month(today()))


def save_unit(unit: Unit, form: RowForm, by: User) -> None:
    _check_seen(unit, form)
    keep_unit(unit, by=by, at=now(), since=working_month(today()))


def save_account(user: User, form: Any, by: User) -> None:
    """A new account gets the password that the form has made for it."""
    check_may(by, Verb.KEEP_ACCOUNTS)
    check_within(by, user)
    _check_seen(user, form)
    if user.pk:
        change_account(user, by=by, at=now())
    else:
        open_account(user, password=form.initial_password, by=by, at=now())


def check_within(by: User, user: User) -> None:
    """`NotAllowed` when the account stands, or would stand, outside the units of the administrator."""
    units = {user.unit_id, *User.objects.filter(pk=user.pk).values_list("unit_id", flat=True)}
    if Unit.objects.below(by.unit).filter(pk__in=units).count() != len(units):
        raise NotAllowed(_("You keep the accounts of your own unit and the units below it."), field="unit")


SAVED_BY: dict[type[models.Model], Save] = {
    AnnualPlan: save_plan,
    Capacity: save_capacity,
    Category: save_list_entry,
    Component: save_component,
    Exemption: save_exemption,
    Incident: save_incident,
    Leader: save_list_entry,
    LevelLabel: save_list_entry,
    Milestone: save_milestone,
    MilestoneTemplate: save_template,
    MonthlyReport: save_report,
    Phase: save_phase,
    Project: save_project,
    ReminderStep: save_step,
    Sector: save_list_entry,
    Unit: save_unit,
    User: save_account,
}
