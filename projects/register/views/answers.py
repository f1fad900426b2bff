"""How pages answer: find what this person may change, show the form again with the reason, or say what was done."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.contrib import messages
from django.db.models import Model
from django.forms import BaseForm, model_to_dict
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseLocation

from projects.accounts.roles import Verb
from projects.accounts.sessions import person as person
from projects.core.differences import Difference, differences
from projects.core.refusals import NotAllowed, Refused, Stale
from projects.register.actions.touching import check_reach
from projects.register.models import Project

form_page = require_http_methods(["GET", "HEAD", "POST"])


def project_to_change(request: HttpRequest, code: str, verb: Verb) -> Project:
    """The project if this person may see it (404) and change it (403 with the reason)."""
    project: Project = get_object_or_404(Project.objects.visible_to(person(request)).select_related("unit"), code=code)
    check_reach(person(request), verb, project)
    return project


def page_of(project: Project) -> str:
    return reverse("project", args=[project.code])


def titled(title: str | Promise, project: Project | None = None, **more: Any) -> dict[str, Any]:
    """Context of a page that is one form."""
    return {"title": title, "project": project, **more}


def back_to(request: HttpRequest, default: str) -> str:
    """The page of ours to return to: the one the form names, else the list or project it was opened from."""
    came_from = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    for asked in (request.POST.get("next"), request.GET.get("next"), came_from):
        if asked and url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}):
            parts = urlsplit(asked)
            path = "/" + parts.path.lstrip("/\\")  # without its host, //elsewhere would be one
            if path != request.path:
                return urlunsplit(("", "", path, parts.query, ""))
    return default


def done(request: HttpRequest, sentence: str, url: str) -> HttpResponseBase:
    """Say what was done and show the page at `url`, in place when htmx asked."""
    messages.success(request, sentence)
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseLocation(url, target="#main", select="#main", swap="outerHTML")
    return redirect(url)


def refuse(form: BaseForm, refusal: Refused) -> int:
    """Put the sentence where it belongs in the form; the status to answer with."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.sentence))
    return status_of(refusal)


def status_of(refusal: Refused) -> int:
    """The status of an answer that refuses: overtaken, not allowed, or not possible as it was asked."""
    return 409 if isinstance(refusal, Stale) else 403 if isinstance(refusal, NotAllowed) else 422


def beside_stored(form: BaseForm, stale: Stale) -> list[Difference]:
    """Let the form be saved over what is stored now; what it would change of that."""
    typed: Any = form.data.copy()  # type: ignore[attr-defined]
    typed["version"] = "" if stale.version is None else str(stale.version)
    form.data = typed
    stored = model_to_dict(stale.stored) if isinstance(stale.stored, Model) else stale.stored
    return differences(form, stored) if isinstance(stored, Mapping) else []


def answer_form(
    request: HttpRequest, form: BaseForm, save: Callable[[], str], *, url: str, context: dict[str, Any],
    saved_url: Callable[[], str] | None = None,
) -> HttpResponseBase:  # fmt: skip
    """The way of every form: shown on GET; on POST saved by `save`, which says what was done, or shown again
    with the reason and with everything that was typed. `url` is the page to go back to; `saved_url` names the one
    to go on to when saving gives it its address."""
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                sentence = save()
                return done(request, sentence, saved_url() if saved_url else url)
            except Refused as refusal:
                status = refuse(form, refusal)
                if isinstance(refusal, Stale) and "version" in form.fields:
                    context["differences"] = beside_stored(form, refusal)
        else:
            status = 422
    template = context.pop("template", "register/form.html")
    return render(request, template, {"form": form, "back": url, "status": status, **context}, status=status)
