"""The office at its draft: beginning, wording, composing again, circulating, publishing, dropping and correcting it."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from projects.accounts.actions import check_may
from projects.accounts.confirming import check_confirmed
from projects.accounts.queries import district_of
from projects.accounts.roles import Verb
from projects.bulletins.actions import publishing
from projects.bulletins.actions.offers import offers
from projects.bulletins.actions.rating import freshen
from projects.bulletins.actions.readiness import REPORTS, hindrances
from projects.bulletins.composing import Figures, figures_of
from projects.bulletins.forms import drafting as forms
from projects.bulletins.marks import mark_word
from projects.bulletins.models import Bulletin
from projects.bulletins.models.bulletins import PUBLISHED
from projects.bulletins.queries.decisions import exemptions_in, reports_missing, waiting_for_decision
from projects.bulletins.queries.drafting import content_to_word
from projects.bulletins.queries.editions import edition_for
from projects.bulletins.views.found import bulletin_to_change
from projects.core.clock import now, today, working_month
from projects.core.display import month_label
from projects.core.refusals import Refused, Stale
from projects.core.workdays import workdays_after
from projects.register.views.answers import answer_form, done, form_page, person, status_of

MOST_NAMED = 100  # missing reports named on the page
DAYS_TO_OBJECT = 2  # working days


def page_of_bulletin(bulletin: Bulletin) -> str:
    return reverse("bulletin", args=[bulletin.pk])


def workbench_of(bulletin: Bulletin) -> str:
    return reverse("edit_bulletin", args=[bulletin.pk])


@form_page
def begin_bulletin(request: HttpRequest) -> HttpResponseBase:
    """Begin the draft of a month that has ended."""
    user = person(request)
    check_may(user, Verb.PUBLISH)
    if request.method != "POST":
        return redirect("bulletins")
    form = forms.BeginForm(request.POST)
    latest = working_month(today())
    try:
        if not form.is_valid() or form.cleaned_data["month"] > latest:
            raise Refused(_("Choose a month that has ended."))
        month = form.cleaned_data["month"]
        freshen(month, day=today(), through=latest)
        draft = publishing.begin_bulletin(district_of(user.unit), month, by=user, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal.sentence))
        return redirect("bulletins")
    return done(request, _("The draft was begun; its text is composed from the figures."), workbench_of(draft))


@form_page
def edit_bulletin(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The workbench: the text beside its figures, and the steps of the draft."""
    draft = bulletin_to_change(request, pk)
    if draft.state == PUBLISHED and request.method != "POST":
        return redirect(page_of_bulletin(draft))
    figures = figures_of(content_to_word(draft), edition_for(draft.month).palette)
    form = forms.WordingForm(request.POST or None, bulletin=draft, marks=figures)

    def save() -> str:
        data = form.cleaned_data
        try:
            publishing.word_bulletin(
                draft, title=data["title"], addressees=data["addressees"], sections=form.sections(),
                by=person(request), at=now(), seen=data["version"],
            )  # fmt: skip
        except Stale as stale:
            stored = stale.stored
            beside = forms.wording_of(stored) if isinstance(stored, Bulletin) else None
            raise Stale(stale.sentence, stored=beside, version=stale.version) from stale
        return _("The text was saved.")

    context = _workbench(request, draft, figures)
    return answer_form(request, form, save, url=workbench_of(draft), context=context)


def _workbench(request: HttpRequest, draft: Bulletin, figures: Figures) -> dict[str, Any]:
    user, day = person(request), today()
    missing = reports_missing(draft.district, draft.month)
    overrides, objections = waiting_for_decision(draft.district, draft.month)
    until = workdays_after(day, DAYS_TO_OBJECT)
    return {
        "template": "bulletins/edit.html",
        "month_switch": None,  # the month is that of the draft
        "bulletin": draft,
        "figures": [(mark_word(mark), figure) for mark, figure in figures.items()],
        "offers": offers(draft, to=user, at=now()),
        "circulate": forms.CirculateForm(
            initial={"version": draft.version, "objections_until": until}, auto_id="circulate_%s"
        ),
        "missing": missing.count(),
        "overrides": overrides,
        "objections": objections,
        "exemptions": list(exemptions_in(draft.district, draft.month)),
        "day": day,
    }


@form_page
def compose_bulletin(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _step(request, pk, forms.StepForm, "compose")


@form_page
def circulate_bulletin(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _step(request, pk, forms.CirculateForm, "circulate")


def _step(request: HttpRequest, pk: int, kind: type[Form], name: str) -> HttpResponseBase:
    """A step from the workbench, shown again there when it is refused."""
    draft = bulletin_to_change(request, pk)
    if request.method != "POST":
        return redirect(workbench_of(draft))
    form = kind(request.POST, auto_id=f"{name}_%s")
    refusal = Refused(_("Fill in the boxes that are marked."))
    status = 422
    if form.is_valid():
        seen, user, at = form.cleaned_data["version"], person(request), now()
        try:
            if name == "compose":
                publishing.compose_again(draft, by=user, at=at, seen=seen)
                return done(request, _("The text was composed anew."), workbench_of(draft))
            until = form.cleaned_data["objections_until"]
            publishing.circulate(draft, objections_until=until, by=user, at=at, seen=seen)
            sentence = _("The draft is with the units, which may object until the end of %(day)s.") % {"day": until}
            return done(request, sentence, page_of_bulletin(draft))
        except Refused as failed:
            refusal, status = failed, status_of(failed)
            form.add_error(failed.field if failed.field in form.fields else None, str(failed.sentence))
    figures = figures_of(content_to_word(draft), edition_for(draft.month).palette)
    wording = forms.WordingForm(bulletin=draft, marks=figures)
    context = {**_workbench(request, draft, figures), "form": wording, "refusal": refusal, "status": status}
    if name == "circulate":
        context["circulate"] = form
    return render(request, context.pop("template"), context, status=status)


@form_page
def publish_bulletin(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What is still to be done, and then the one button. Whoever comes second is told and sees what was published."""
    user, draft = person(request), bulletin_to_change(request, pk)
    form = forms.PublishForm(request.POST or None, initial={"version": draft.version})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            check_confirmed(request)
            try:
                publishing.publish(
                    draft, by=user, at=now(), through=working_month(today()), seen=data["version"],
                    despite_missing=data["despite_missing"],
                )  # fmt: skip
                return done(request, _("The bulletin is published."), page_of_bulletin(draft))
            except Refused as refusal:
                if (overtaken := _published_meanwhile(request, draft, refusal)) is not None:
                    return overtaken
                form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.sentence))
                status = status_of(refusal)
                draft = bulletin_to_change(request, pk)
    elif draft.state == PUBLISHED:
        return redirect(page_of_bulletin(draft))
    found = list(hindrances(draft, by=user, at=now()))
    missing = reports_missing(draft.district, draft.month)
    context = {
        "month_switch": None,  # the month is that of the draft
        "bulletin": draft,
        "form": form,
        "hindrances": [each for each in found if each.code != REPORTS],
        "because": next((each.sentence for each in found if each.code != REPORTS), ""),
        "missing": missing.count(),
        "first_missing": list(missing[:MOST_NAMED]),
        "status": status,
    }
    return render(request, "bulletins/publish.html", context, status=status)


def _published_meanwhile(request: HttpRequest, draft: Bulletin, refusal: Refused) -> HttpResponseBase | None:
    """The published page with who published it, for the second click and the second person."""
    if not isinstance(refusal, Stale) or not Bulletin.objects.published().filter(pk=draft.pk).exists():
        return None
    return done(request, str(refusal.sentence), page_of_bulletin(draft))


@form_page
def drop_bulletin(request: HttpRequest, pk: int) -> HttpResponseBase:
    draft = bulletin_to_change(request, pk)
    form = forms.StepForm(request.POST or None, initial={"version": draft.version})

    def save() -> str:
        title = draft.title
        publishing.drop_draft(draft, by=person(request), at=now(), seen=form.cleaned_data["version"])
        return _("The draft “%(title)s” was dropped.") % {"title": title}

    context = {
        "title": _("Drop the draft of %(month)s") % {"month": month_label(draft.month)}, "bulletin": draft,
        "action": _("Drop the draft"), "template": "bulletins/drop.html", "month_switch": None,
    }  # fmt: skip
    back = workbench_of(draft)
    return answer_form(request, form, save, url=back, context=context, saved_url=lambda: reverse("bulletins"))


@form_page
def correct_bulletin(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Begin a further edition, with what was wrong."""
    published = bulletin_to_change(request, pk)
    form = forms.CorrectionForm(request.POST or None)

    def save() -> str:
        publishing.begin_correction(published, reason=form.cleaned_data["reason"], by=person(request), at=now())
        return _("The correction was begun. Publish it when the figures and the text are right.")

    def draft_of() -> str:
        drafts = Bulletin.objects.filter(district=published.district_id, month=published.month)
        return workbench_of(get_object_or_404(drafts.exclude(state=PUBLISHED)))

    context = {
        "title": _("Correct the bulletin of %(month)s") % {"month": month_label(published.month)},
        "action": _("Begin the correction"), "month_switch": None,
    }  # fmt: skip
    back = page_of_bulletin(published)
    return answer_form(request, form, save, url=back, context=context, saved_url=draft_of)
