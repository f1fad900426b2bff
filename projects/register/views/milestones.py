"""The nodes and approvals of a project: adding and planning them, reporting on them, bringing in the checklist."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from projects.accounts.queries import may
from projects.accounts.roles import Verb
from projects.core.clock import now, today
from projects.register import forms
from projects.register.actions import checklists, scheduling
from projects.register.models import Milestone
from projects.register.views.answers import answer_form, done, form_page, person, project_to_change


def milestones_of(code: str) -> str:
    """The panel of the project's nodes and approvals."""
    return f"{reverse('project', args=[code])}#milestones"


@form_page
def set_milestone(request: HttpRequest, code: str, pk: int | None = None) -> HttpResponseBase:
    """A new node or approval; with `pk` one that exists, for a unit's reporter only what there is to report."""
    plans = pk is None or may(person(request), Verb.EDIT_PROJECT)
    project = project_to_change(request, code, Verb.EDIT_PROJECT if plans else Verb.UPDATE_MILESTONE)
    row = get_object_or_404(project.milestones, pk=pk) if pk is not None else Milestone(project=project)
    kind = forms.MilestoneForm if plans else forms.MilestoneReportForm
    form = kind(request.POST or None, instance=row)

    def save() -> str:
        milestone, seen = form.save(commit=False), form.cleaned_data["version"]
        common: dict[str, Any] = {"by": person(request), "at": now(), "today": today(), "seen": seen}
        if plans:
            scheduling.set_milestone(milestone, reason=form.cleaned_data["reason"], **common)
        else:
            scheduling.update_milestone(milestone, **common)
        return _("“%(name)s” was saved.") % {"name": milestone.title}

    title = row.title if pk is not None else _("New node or approval")
    context = {"title": title, "project": project, "milestone": row, "template": "register/milestone.html"}
    return answer_form(request, form, save, url=milestones_of(code), context=context)


@require_POST
def apply_checklist(request: HttpRequest, code: str) -> HttpResponseBase:
    """Add what the project lacks of its category's checklist."""
    project = project_to_change(request, code, Verb.EDIT_PROJECT)
    applied = checklists.apply_checklist(project, by=person(request), at=now())
    sentence = ngettext("%(count)s line was added.", "%(count)s lines were added.", applied.added)
    sentences = [sentence % {"count": applied.added}]
    if applied.waiting:
        waiting = ngettext(
            "%(count)s node waits for the planned start of the project.",
            "%(count)s nodes wait for the planned start of the project.",
            applied.waiting,
        )
        sentences.append(waiting % {"count": applied.waiting})
    return done(request, " ".join(sentences), milestones_of(code))
