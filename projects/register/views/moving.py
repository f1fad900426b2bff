"""Moving phases and components through the life cycle: one, or several projects' at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from projects.accounts.roles import Verb
from projects.core.clock import now, today
from projects.core.refusals import Refused
from projects.register import forms, wording
from projects.register.actions import moving
from projects.register.models import Component, Phase, Project
from projects.register.queries import passed_by
from projects.register.views.answers import answer_form, back_to, form_page, person, project_to_change

MOST_LACKING = 8  # parts of a selection whose missing approvals are told one by one


@form_page
def move_phase(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    project = project_to_change(request, code, Verb.MOVE_STAGE)
    return _move(request, project, get_object_or_404(project.phases, number=number))


@form_page
def move_component(request: HttpRequest, code: str, number: int, part: int) -> HttpResponseBase:
    project = project_to_change(request, code, Verb.MOVE_STAGE)
    component = get_object_or_404(
        Component.objects.select_related("phase__project"), phase__project=project, phase__number=number, number=part
    )
    return _move(request, project, component)


def _move(request: HttpRequest, project: Project, part: Phase | Component) -> HttpResponseBase:
    components = list(part.components.all()) if isinstance(part, Phase) else []
    current = moving.position_of(part)
    looking = "look" in request.POST
    if looking:
        form = forms.MoveForm.looked_at(request.POST.dict(), current)
    elif request.method == "POST":
        form = forms.MoveForm(request.POST, current=current)
    else:
        form = forms.MoveForm.opened_for(part, today())

    def save() -> str:
        change = moving.move_part(
            part, form.move(), by=person(request), at=now(), today=today(), seen=form.cleaned_data["version"]
        )
        after = wording.stage_name(change.stage, change.step)
        return _("%(part)s now stands at “%(stage)s”.") % {"part": part, "stage": after}

    url = back_to(request, reverse("project", args=[project.code]))
    template = "register/move_part.html" if request.htmx else "register/move.html"  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "project": project,
        "part": part,
        "components": components,
        "current": wording.position_name(current),
        "gate": _gate([(part, project)], form),
        "version": form["version"].value() if looking else part.version,
    }
    if looking:
        return render(request, template, {"form": form, "back": url, **context})
    return answer_form(request, form, save, url=url, context={"template": template, **context})


@dataclass(frozen=True)
class Lacking:
    """A part, and in words what the stage chosen asks for and it does not have."""

    part: Phase | Component
    missing: list[str]


@dataclass(frozen=True)
class GateView:
    """What is missing for the stage that is chosen: the first parts that lack something, and how many more do."""

    stage: str
    lacking: list[Lacking]
    more: int


def _gate(parts: Sequence[tuple[Phase | Component, Project]], form: forms.MoveForm) -> GateView | None:
    """None as long as no stage is chosen; one query for any number of parts."""
    target = form.chosen
    if target is None or target.stage is None:
        return None
    passed = passed_by(project for _part, project in parts)
    found = [
        Lacking(part, [wording.missing_name(each) for each in missing])
        for part, project in parts
        if (missing := moving.missing_of(passed[project.pk], part, target))
    ]
    return GateView(wording.position_name(target), found[:MOST_LACKING], max(len(found) - MOST_LACKING, 0))


@form_page
def move_selected(request: HttpRequest) -> HttpResponseBase:
    """Several projects at once: choose which phase or component of each, then one stage, day and note for all."""
    chosen = request.POST.getlist("chosen") or request.GET.getlist("chosen")
    projects = Project.objects.editable_by(person(request)).filter(code__in=chosen[:200])
    parts = _parts_of(projects)
    url = back_to(request, reverse("project_list"))
    if not parts:
        messages.warning(request, _("Select projects of your own unit first, then move their phases together."))
        return redirect(url)
    looking = "look" in request.POST
    confirmed = request.method == "POST" and "target" in request.POST
    if looking:
        form = forms.MoveForm.looked_at(request.POST.dict())
    else:
        form = forms.MoveForm(request.POST) if confirmed else forms.MoveForm(initial={"happened_on": today()})
    picked = set(request.POST.getlist("part")) if confirmed else {key for key, *_rest in parts}

    def save() -> str:
        selection = [
            (part, int(request.POST.get(f"seen-{key}", "-1")))
            for key, part, *_rest in parts
            if key in picked and request.POST.get(f"seen-{key}", "").isdecimal()
        ]
        if not selection:
            raise Refused(_("Tick at least one phase."))
        moving.move_parts(selection, form.move(), by=person(request), at=now(), today=today())
        return _("%(count)s phases were moved.") % {"count": len(selection)}

    rows = [(key, part, project, stage, key in picked) for key, part, project, stage in parts]
    gate = _gate([(part, project) for key, part, project, _stage in parts if key in picked], form)
    context = {"rows": rows, "chosen": chosen, "gate": gate, "template": "register/move_selected.html"}
    if looking or (request.method == "POST" and not confirmed):
        return render(request, "register/move_selected.html", {"form": form, "back": url, **context})
    return answer_form(request, form, save, url=url, context=context)


def _parts_of(projects: QuerySet[Project]) -> list[tuple[str, Phase | Component, Project, str]]:
    """Every phase without components, and every component, of the projects: what can be moved itself."""
    found: list[tuple[str, Phase | Component, Project, str]] = []
    for phase in Phase.objects.filter(project__in=projects).select_related("project").prefetch_related("components"):
        components: list[Phase | Component] = list(phase.components.all())
        for part in components or [phase]:
            prefix = "component" if components else "phase"
            found.append((f"{prefix}-{part.pk}", part, phase.project, wording.stage_name(part.stage, part.step)))
    return sorted(found, key=lambda row: (row[2].name_key, row[0]))
