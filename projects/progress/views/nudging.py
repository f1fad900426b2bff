"""Reminding a unit of its missing reports, by a button beside its row."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from projects.accounts.models import Unit
from projects.accounts.queries import district_of
from projects.core.clock import now
from projects.core.display import month_label
from projects.core.refusals import NotAllowed, Refused
from projects.progress.actions import nudging
from projects.progress.actions.telling import reports_page
from projects.progress.forms import NudgeForm
from projects.register.views.answers import back_to, done, person


@require_POST
def nudge(request: HttpRequest) -> HttpResponseBase:
    """Remind the unit, and show the page that one came from again with what became of it."""
    user, form = person(request), NudgeForm(request.POST)
    if not form.is_valid():
        raise Http404
    unit = get_object_or_404(Unit.objects.below(district_of(user.unit)), pk=form.cleaned_data["unit"])
    month = form.cleaned_data["month"]
    url = back_to(request, reports_page(month))
    try:
        told = nudging.nudge(unit, month, by=user, at=now())
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect(url)
    sentence = ngettext(
        "%(unit)s was reminded of %(month)s: %(count)s person was told.",
        "%(unit)s was reminded of %(month)s: %(count)s people were told.",
        len(told),
    )
    return done(request, sentence % {"unit": unit.name, "month": month_label(month), "count": len(told)}, url)
