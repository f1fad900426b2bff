"""The pages of a year's plan: setting it, proposing a revision, and deciding one."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from projects.accounts.roles import Verb
from projects.core.clock import now, today, working_month
from projects.core.month import FIRST_YEAR, LAST_YEAR, Month
from projects.register import forms
from projects.register.actions import planning
from projects.register.models import Project
from projects.register.queries import active_in, plan_in_force
from projects.register.views.answers import answer_form, form_page, page_of, person, project_to_change, titled


@form_page
def set_plan(request: HttpRequest, code: str, year: int) -> HttpResponseBase:
    """The original plan, by the office; or a revision, by the unit or the office."""
    project = project_to_change(request, code, Verb.PROPOSE_PLAN)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    plans = list(project.plans.filter(year=year).select_related("by").order_by("number"))
    if not plans:
        project_to_change(request, code, Verb.SET_PLAN)
    open_month = working_month(today())
    start = open_month if plans and open_month.year == year else Month(year, 1)
    form = forms.PlanForm(request.POST) if request.method == "POST" else forms.PlanForm.opened_for(plans, start)
    title = _("Revise the plan for %(year)s") if plans else _("Set the plan for %(year)s")
    context = titled(title % {"year": year}, project, plans=plans, year=year, template="register/plan.html")
    if "spread" in request.POST and form.is_valid():
        context |= {"form": _spread(form, project, year), "back": page_of(project), "status": 200}
        return render(request, context.pop("template"), context)

    def save() -> str:
        data = form.cleaned_data
        plan = planning.set_plan(
            project, year, amount=data["amount"], effective_from=data["effective_from"], goal=data["goal"],
            month_plan=form.month_plan(), reason=data["reason"], by=person(request), at=now(),
            open_month=open_month, seen=data["version"],
        )  # fmt: skip
        if plan.decision:
            return _("The plan for %(year)s was saved.") % {"year": year}
        return _("The revision was proposed. It holds once another person of the office approves it.")

    return answer_form(request, form, save, url=page_of(project), context=context)


def _spread(form: forms.PlanForm, project: Project, year: int) -> forms.PlanForm:
    """The same form with the twelve months filled as asked; nothing is saved."""
    before = plan_in_force(project.plans.filter(year=year - 1), Month(max(year - 1, 2000), 12))
    return form.spread(active_in(project, year), before.month_plan if before else None)


@form_page
def decide_plan(request: HttpRequest, code: str, year: int, number: int) -> HttpResponseBase:
    """Approve or decline a proposed revision, beside the plan that holds."""
    project = project_to_change(request, code, Verb.SET_PLAN)
    plans = project.plans.select_related("by", "decided_by")
    plan = get_object_or_404(plans, year=year, number=number)
    holding = plan_in_force(plans.filter(year=year), Month(year, 12))
    form = forms.PlanDecisionForm(request.POST or None)

    def save() -> str:
        decided = planning.decide_plan(
            plan, form.cleaned_data["decision"], note=form.cleaned_data["note"], by=person(request), at=now(),
            open_month=working_month(today()),
        )  # fmt: skip
        return _("The revision of the plan for %(year)s: %(decision)s.") % {
            "year": year,
            "decision": decided.get_decision_display(),
        }

    title = _("Revision of the plan for %(year)s") % {"year": year}
    context = titled(title, project, plan=plan, holding=holding, template="register/plan_decision.html")
    return answer_form(request, form, save, url=page_of(project), context=context)
