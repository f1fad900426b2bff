"""The facts of a project and what is kept beside them: phases, capacities, plans, halts."""

from copy import copy
from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from projects.accounts.actions import check_may
from projects.accounts.roles import Verb
from projects.core.clock import now, today, working_month
from projects.core.refusals import Refused
from projects.register import forms
from projects.register.actions import halting, registering
from projects.register.models import Capacity, Component, Exemption, Incident, Phase, Project
from projects.register.views.answers import answer_form, form_page, page_of, person, project_to_change, titled


@form_page
def new_project(request: HttpRequest) -> HttpResponseBase:
    user = person(request)
    check_may(user, Verb.EDIT_PROJECT)
    blank = Project(listed_from=working_month(today()))
    form = forms.ProjectForm(request.POST or None, instance=blank, user=user)

    def save() -> str:
        labels = form.cleaned_data["labels"]
        project = registering.register_project(form.save(commit=False), labels=labels, by=user, at=now())
        registering.add_phase(Phase(project=project, number=1, name=_("Phase 1")), by=user, at=now())
        return _("“%(project)s” is in the register. Now set its phases and its plan.") % {"project": project}

    context = titled(_("New project"), template="register/edit.html")
    return answer_form(
        request, form, save, url=reverse("project_list"), saved_url=lambda: page_of(form.instance), context=context
    )


@form_page
def edit_project(request: HttpRequest, code: str) -> HttpResponseBase:
    project = project_to_change(request, code, Verb.EDIT_PROJECT)
    form = forms.ProjectForm(request.POST or None, instance=copy(project), user=person(request))

    def save() -> str:
        edited, seen = form.save(commit=False), form.cleaned_data["version"]
        registering.edit_project(
            edited, labels=form.cleaned_data["labels"], by=person(request), at=now(),
            seen=-1 if seen is None else seen, since=working_month(today()),
        )  # fmt: skip
        return _("The facts of “%(project)s” were saved.") % {"project": edited}

    context = titled(_("Edit the facts"), project, template="register/edit.html")
    return answer_form(
        request, form, save, url=page_of(project), saved_url=lambda: page_of(form.instance), context=context
    )


@form_page
def new_phase(request: HttpRequest, code: str) -> HttpResponseBase:
    project = project_to_change(request, code, Verb.EDIT_PROJECT)
    following = max([phase.number for phase in project.phases.all()], default=0) + 1
    form = forms.PhaseForm(request.POST or None, instance=Phase(project=project, number=following))
    placed = forms.PlacedForm(request.POST or None)

    def save() -> str:
        phase = form.save(commit=False)
        registering.add_phase(phase, **_placed(placed), by=person(request), at=now())
        return _("“%(part)s” was added.") % {"part": phase}

    context = titled(_("New phase"), project, also=placed)
    return answer_form(request, form, _with(placed, save), url=page_of(project), context=context)


@form_page
def new_component(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    project = project_to_change(request, code, Verb.EDIT_PROJECT)
    phase = get_object_or_404(project.phases, number=number)
    following = max([part.number for part in phase.components.all()], default=0) + 1
    form = forms.ComponentForm(request.POST or None, instance=Component(phase=phase, number=following))
    placed = forms.PlacedForm(request.POST or None)

    def save() -> str:
        component = form.save(commit=False)
        registering.add_component(component, **_placed(placed), by=person(request), at=now())
        return _("“%(part)s” was added.") % {"part": component}

    context = titled(_("New component of %(phase)s") % {"phase": phase}, project, also=placed)
    return answer_form(request, form, _with(placed, save), url=page_of(project), context=context)


def _placed(placed: forms.PlacedForm) -> dict[str, Any]:
    return {"position": placed.placed(), "reached_on": placed.cleaned_data["reached_on"]}


def _with(second: django_forms.Form, save: Any) -> Any:
    """`save`, once the second form of the page is in order too; else its first complaint is the refusal."""

    def both() -> str:
        if not second.is_valid():
            raise Refused(str(next(iter(second.errors.values()))[0]))
        return str(save())

    return both


@form_page
def edit_part(request: HttpRequest, code: str, number: int, part: int | None = None) -> HttpResponseBase:
    """Number, name and note of a phase, or with `part` of one of its components."""
    project = project_to_change(request, code, Verb.EDIT_PROJECT)
    phase = get_object_or_404(project.phases, number=number)
    row = phase if part is None else get_object_or_404(phase.components, number=part)
    kind = forms.PhaseForm if part is None else forms.ComponentForm
    form = kind(request.POST or None, instance=row, initial={"version": row.version})

    def save() -> str:
        seen = form.cleaned_data["version"]
        registering.edit_part(form.save(commit=False), by=person(request), at=now(), seen=-1 if seen is None else seen)
        return _("“%(part)s” was saved.") % {"part": row}

    return answer_form(request, form, save, url=page_of(project), context=titled(str(row), project))


@form_page
def set_capacity(request: HttpRequest, code: str, number: int, part: int | None = None) -> HttpResponseBase:
    """Add a capacity to a phase or a component; `?capacity=` names one to correct."""
    project = project_to_change(request, code, Verb.EDIT_PROJECT)
    phase = get_object_or_404(project.phases, number=number)
    component = None if part is None else get_object_or_404(phase.components, number=part)
    owner = {"phase": None if component else phase, "component": component}
    asked = request.GET.get("capacity")
    if asked is not None and not (asked.isdecimal() and len(asked) < 18):
        raise Http404
    row = Capacity(**owner) if asked is None else get_object_or_404(Capacity, pk=asked, **owner)
    form = forms.CapacityForm(request.POST or None, instance=row)

    def save() -> str:
        capacity = registering.set_capacity(form.save(commit=False), by=person(request), at=now())
        return _("The capacity “%(capacity)s” was saved.") % {"capacity": capacity}

    title = _("Capacity of %(part)s") % {"part": component or phase}
    return answer_form(request, form, save, url=page_of(project), context=titled(title, project))


@form_page
def halt(request: HttpRequest, code: str) -> HttpResponseBase:
    """Suspend or terminate a project, or let a halted one go on."""
    project = project_to_change(request, code, Verb.HALT)
    kind = forms.ResumeForm if project.halted else forms.HaltForm
    form: Any = kind(request.POST or None, initial={"version": project.version, "since": today()})

    def save() -> str:
        seen = form.cleaned_data["version"]
        common: dict[str, Any] = {"by": person(request), "at": now(), "seen": -1 if seen is None else seen}
        if project.halted:
            halting.resume_project(project, note=form.cleaned_data["note"], **common)
            return _("“%(project)s” goes on.") % {"project": project}
        halting.halt_project(project, form.halt(), today=today(), **common)
        return _("“%(project)s”: %(halt)s.") % {"project": project, "halt": project.get_halted_display()}

    title = _("Resume the project") if project.halted else _("Suspend or terminate the project")
    return answer_form(request, form, save, url=page_of(project), context=titled(title, project))


@form_page
def exempt(request: HttpRequest, code: str) -> HttpResponseBase:
    project = project_to_change(request, code, Verb.EXEMPT)
    month = working_month(today())
    row = Exemption(project=project, first_month=month, last_month=month)
    form = forms.ExemptionForm(request.POST or None, instance=row)

    def save() -> str:
        exemption = halting.exempt_project(form.save(commit=False), by=person(request), at=now(), open_month=month)
        return _(
            "The exemption until %(month)s was proposed. It counts once another person of the office approves it."
        ) % {"month": exemption.last_month}

    return answer_form(request, form, save, url=page_of(project), context=titled(_("Exempt from rating"), project))


@form_page
def decide_exemption(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """Approve or decline a proposed exemption."""
    project = project_to_change(request, code, Verb.EXEMPT)
    exemption = get_object_or_404(project.exemptions.select_related("by", "decided_by"), pk=pk)
    form = forms.PlanDecisionForm(request.POST or None)

    def save() -> str:
        data = form.cleaned_data
        decided = halting.decide_exemption(exemption, data["decision"], note=data["note"], by=person(request), at=now())
        return _("The exemption: %(decision)s.") % {"decision": decided.get_decision_display()}

    context = titled(_("Exemption"), project, exemption=exemption, template="register/exemption.html")
    return answer_form(request, form, save, url=page_of(project), context=context)


@form_page
def record_incident(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponseBase:
    """Note what turns a project red at once, or with `pk` correct or clear it."""
    project = project_to_change(request, code, Verb.HALT)
    row = Incident(project=project) if pk is None else get_object_or_404(project.incidents, pk=pk)
    form = forms.IncidentForm(request.POST or None, instance=row, initial={"version": row.version})

    def save() -> str:
        incident = halting.record_incident(
            form.save(commit=False), by=person(request), at=now(), today=today(), seen=form.cleaned_data["version"]
        )
        return _("“%(incident)s” was saved.") % {"incident": incident.get_kind_display()}

    context = titled(_("One-vote red"), project)
    return answer_form(request, form, save, url=page_of(project), context=context)
