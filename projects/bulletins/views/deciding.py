"""Overrides and objections: asking, the list of a month, and deciding each."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from projects.accounts.models import User
from projects.accounts.queries import district_of, may
from projects.accounts.roles import Verb
from projects.bulletins.actions import deciding
from projects.bulletins.actions.rating import freshen
from projects.bulletins.forms import deciding as forms
from projects.bulletins.models import Bulletin, Line, Objection, Override
from projects.bulletins.models.bulletins import PUBLISHED
from projects.bulletins.queries import reasons
from projects.bulletins.queries.decisions import exemptions_in
from projects.bulletins.queries.drafting import look
from projects.bulletins.queries.editions import edition_for
from projects.core.chosen_month import chosen_month
from projects.core.clock import now, today, working_month
from projects.core.display import month_label
from projects.core.month import Month
from projects.core.refusals import Refused
from projects.rating.palettes import Palette
from projects.register.actions.filing import MEGABYTE
from projects.register.views.answers import answer_form, done, form_page, person, project_to_change, refuse

PAGE = 50
AROUND = ("project__unit", "by__unit", "decided_by")
OWN = gettext_lazy("You proposed this yourself; another person of the office decides it.")


@require_safe
def decisions(request: HttpRequest) -> HttpResponseBase:
    """What was asked and decided about the colours of a month, what waits first."""
    user, month = person(request), chosen_month(request)
    palette = edition_for(month).palette
    decides = may(user, Verb.DECIDE_OVERRIDE)
    overrides = _page(request, _waiting_first(Override.objects.visible_to(user).filter(month=month)), "overrides")
    raised = Objection.objects.visible_to(user).filter(month=month).select_related("attachment")
    objections = _page(request, _waiting_first(raised), "objections")
    context = {
        "month": month,
        "overrides": [(each, _looks(each, palette)) for each in overrides.object_list],
        "overrides_page": overrides,
        "objections": list(objections.object_list),
        "objections_page": objections,
        "exemptions": list(exemptions_in(district_of(user.unit), month)) if user.role != "reporter" else [],
        "decides": decides,
        "bulletin": Bulletin.objects.visible_to(user).filter(month=month).order_by("-edition").first(),
    }
    return render(request, "bulletins/decisions.html", context)


def _waiting_first(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related(*AROUND).order_by(F("decided_at").desc(nulls_first=True), "id")


def _page(request: HttpRequest, rows: QuerySet[Any], name: str) -> Any:
    return Paginator(rows, PAGE).get_page(request.GET.get(name))


def _looks(override: Override, palette: Palette) -> list[tuple[str, str, str]]:
    """How the level by the rules looks, and the one asked for."""
    found = []
    for level in (override.computed_level, override.level):
        word, hue, shape = look(level, "", palette)
        found.append((hue, shape, word))
    return found


@form_page
def propose_override(request: HttpRequest, month: Month, code: str) -> HttpResponseBase:
    """Ask for a colour that is better by one level, from the page of a project."""
    user, project = person(request), project_to_change(request, code, Verb.PROPOSE_OVERRIDE)
    _freshen(month)
    form = forms.OverrideForm(request.POST or None)

    def save() -> str:
        deciding.propose_override(project, month, reason=form.cleaned_data["reason"], by=user, at=now())
        return _("The override was proposed; another person of the office decides it.")

    palette = edition_for(month).palette
    line = Line.objects.filter(project=project, month=month).first()
    because, looks = "", []
    try:
        level = deciding.level_to_better(project, month, by=user)
        looks = [(hue, shape, word) for word, hue, shape in (look(each, "", palette) for each in (level, level - 1))]
    except Refused as refusal:
        because = str(refusal.sentence)
    context = {
        "title": _("Another colour for %(month)s") % {"month": month_label(month)}, "project": project, "month": month,
        "line": line, "looks": looks, "reasons": reasons(line, palette) if line else [], "because": because,
        "action": _("Propose"), "template": "bulletins/override.html", "month_switch": None,
    }  # fmt: skip
    back = f"{reverse('project', args=[code])}?month={month}"
    return answer_form(request, form, save, url=back, context=context)


@form_page
def object_to(request: HttpRequest, pk: int, code: str) -> HttpResponseBase:
    """Object to the colour of a project in a draft that is out for comment."""
    user = person(request)
    rows = Bulletin.objects.visible_to(user).exclude(state=PUBLISHED)
    draft: Bulletin = get_object_or_404(rows, pk=pk)
    project = project_to_change(request, code, Verb.OBJECT)
    _freshen(draft.month)
    form = forms.ObjectionForm(request.POST or None, request.FILES or None)

    def save() -> str:
        upload = form.cleaned_data["file"]
        file = (upload.name, upload.read(settings.ATTACHMENT_MB * MEGABYTE + 1)) if upload else None
        deciding.object_to(project, draft.month, text=form.cleaned_data["text"], file=file, by=user, at=now())
        return _("Your objection is with the key-project office, which answers it before it publishes.")

    palette = edition_for(draft.month).palette
    line = get_object_or_404(Line, project=project, month=draft.month)
    word, hue, shape = look(line.level, line.standing, palette)
    because = ""
    try:
        deciding.check_takes_objections(project, draft.month, by=user, at=now())
    except Refused as refusal:
        because = str(refusal.sentence)
    context = {
        "title": _("Object to the colour"), "project": project, "bulletin": draft, "line": line,
        "looks": [(hue, shape, word)], "reasons": reasons(line, palette), "has_file": True, "because": because,
        "action": _("Send the objection"), "template": "bulletins/object.html", "month_switch": None,
    }  # fmt: skip
    return answer_form(request, form, save, url=reverse("bulletin", args=[pk]), context=context)


@form_page
def override(request: HttpRequest, pk: int) -> HttpResponseBase:
    """An override with its reason, and for who decides the two buttons."""
    user = person(request)
    asked: Override = get_object_or_404(Override.objects.visible_to(user).select_related(*AROUND), pk=pk)
    palette = edition_for(asked.month).palette
    return _decide(request, asked, deciding.decide_override, looks=_looks(asked, palette), asked="override")


@form_page
def objection(request: HttpRequest, pk: int) -> HttpResponseBase:
    user = person(request)
    rows = Objection.objects.visible_to(user).select_related("attachment", *AROUND)
    raised: Objection = get_object_or_404(rows, pk=pk)
    return _decide(request, raised, deciding.decide_objection, looks=_current(raised), asked="objection")


def _current(raised: Objection) -> list[tuple[str, str, str]]:
    line = Line.objects.filter(project=raised.project_id, month=raised.month).first()
    if line is None:
        return []
    word, hue, shape = look(line.level, line.standing, edition_for(raised.month).palette)
    return [(hue, shape, word)]


def _decide(request: HttpRequest, row: Any, decide: Any, *, looks: Any, asked: str) -> HttpResponseBase:
    user = person(request)
    form = forms.DecisionForm(request.POST or None)
    back = f"{reverse('decisions')}?month={row.month}"
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                decision = request.POST.get("decision", "")
                decide(row, decision, note=form.cleaned_data["note"], by=user, at=now())
                return done(request, _("“%(project)s” was decided.") % {"project": row.project}, back)
            except Refused as failed:
                refusal, status = failed, refuse(form, failed)
                row.refresh_from_db()
    line = Line.objects.filter(project=row.project_id, month=row.month).first()
    context = {
        "month_switch": None,  # the month is that of what was asked
        "row": row,
        "month_text": str(row.month),
        "asked": asked,
        "project": row.project,
        "form": form,
        "looks": looks,
        "reasons": reasons(line, edition_for(row.month).palette) if line else [],
        "decides": not row.decision and _decides(user, row),
        "because": OWN if row.by_id == user.pk else "",
        "back": back,
        "refusal": refusal,
        "status": status,
    }
    return render(request, "bulletins/decide.html", context, status=status)


def _decides(user: User, row: Any) -> bool:
    return may(user, Verb.DECIDE_OVERRIDE) and row.project.unit.path.startswith(user.unit.path)


def _freshen(month: Month) -> None:
    day = today()
    freshen(month, day=day, through=working_month(day))
