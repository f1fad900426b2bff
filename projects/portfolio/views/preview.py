"""What the bulletin would say of a project with the report that is just being written."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from projects.accounts.roles import Verb
from projects.bulletins.models import Line
from projects.bulletins.queries import palette_in_force, reasons
from projects.bulletins.queries.rated import line_with
from projects.core.clock import today, working_month
from projects.portfolio.wording import colour_code, colour_names
from projects.progress.checking import Background
from projects.progress.forms.writing import ReportForm
from projects.progress.views.case import month_in
from projects.register.views.answers import project_to_change


@require_POST
def preview_report(request: HttpRequest, month: str, code: str) -> HttpResponse:
    """The line and its colour with the figure typed counted in; writes nothing."""
    of_month = month_in(month)
    project = project_to_change(request, code, Verb.REPORT)
    form, palette = ReportForm(request.POST), palette_in_force(of_month)
    form.is_valid()
    written = form.written(Background())
    current = of_month == working_month(today())
    line = line_with(project, of_month, invested=written.invested_this_month, current=current)
    names = {name.code: name for name in colour_names(palette)}
    stored = Line.objects.filter(project=project, month=of_month).first()
    name = names[colour_code(line.level, line.standing, palette)]
    before = names[colour_code(stored.level, stored.standing, palette)] if stored else None
    context = {
        "project": project,
        "month": of_month,
        "line": line,
        "name": name,
        "before": before if before != name else None,
        "reasons": reasons(line, palette),
        "written": written,
        "unread": "invested_this_month" in form.errors,
    }
    return render(request, "portfolio/preview.html", context)
