"""The page on which the office enters or corrects the figures of a month."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from projects.accounts.roles import Verb
from projects.core.clock import now, today, working_month
from projects.core.month import Month
from projects.progress.actions.entering import enter_figures
from projects.progress.forms import FiguresForm
from projects.progress.models import MonthlyReport
from projects.progress.queries import year_of
from projects.register.views.answers import answer_form, back_to, form_page, person, project_to_change


@form_page
def figures(request: HttpRequest, code: str, month: str) -> HttpResponseBase:
    project = project_to_change(request, code, Verb.ENTER_FIGURES)
    try:
        of_month = Month.parse(month)
    except ValueError:
        raise Http404 from None
    report = MonthlyReport.objects.filter(project=project, month=of_month).first()
    form = FiguresForm(request.POST) if request.method == "POST" else FiguresForm.opened_for(report)

    def save() -> str:
        enter_figures(
            project, of_month, form.figures(), by=person(request), at=now(),
            open_month=working_month(today()), seen=form.cleaned_data["version"],
        )  # fmt: skip
        return _("The figures of %(project)s for %(month)s were saved.") % {
            "project": project,
            "month": of_month,
        }

    year = year_of(project, of_month.year, through=of_month)
    context = {
        "project": project,
        "month": of_month,
        "report": report,
        "year": year[: of_month.number],
        "this": year[of_month.number - 1],
        "template": "progress/figures.html",
    }
    url = back_to(request, reverse("project", args=[code]))
    return answer_form(request, form, save, url=url, context=context)
