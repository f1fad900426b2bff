"""What every request passes: an id, the refusal of broken text, who acts, and no caching of signed-in pages."""

import secrets
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import add_never_cache_headers

from projects.bulletins.actions import rerate_changed as rerate_changed_projects
from projects.core.clock import today, working_month
from projects.core.refusals import NotAllowed, Refused, Stale
from projects.core.text import has_control
from projects.journal.origin import Origin, origin

Answer = Callable[[HttpRequest], HttpResponseBase]


def client_address(request: HttpRequest) -> str:
    """The address of the client: what our own proxies say, never what the client claims."""
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    if settings.TRUSTED_PROXIES and len(forwarded) >= settings.TRUSTED_PROXIES:
        return forwarded[-settings.TRUSTED_PROXIES].strip()[:45]
    return str(request.META.get("REMOTE_ADDR", ""))[:45]


def request_id(answer: Answer) -> Answer:
    """Gives each request an id that the logs, the journal and the error page share."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.id = secrets.token_hex(8)  # type: ignore[attr-defined]
        token = origin.set(Origin(client_address(request), request.id))  # type: ignore[attr-defined]
        structlog.contextvars.bind_contextvars(request_id=request.id)  # type: ignore[attr-defined]
        try:
            response = answer(request)
        finally:
            origin.reset(token)
            structlog.contextvars.clear_contextvars()
        response["X-Request-ID"] = request.id  # type: ignore[attr-defined]
        return response

    return middleware


def refuse_control_characters(answer: Answer) -> Answer:
    """400 for addresses with NUL or other control characters, which databases answer with errors."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        values = [value for name in request.GET for value in [name, *request.GET.getlist(name)]]
        if any(has_control(text) for text in [request.path, *values]):
            return render(request, "400.html", status=400)
        return answer(request)

    return middleware


def speak_chosen_language(answer: Answer) -> Answer:
    """Chinese, until the person switches: what a browser would like is not asked, for many come in English."""
    known = {code for code, _name in settings.LANGUAGES}

    def middleware(request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in known else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = answer(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def bind_actor(answer: Answer) -> Answer:
    """Names the signed-in person in the logs, by id only."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        structlog.contextvars.bind_contextvars(user=request.user.pk)
        return answer(request)

    return middleware


def deny_caching(answer: Answer) -> Answer:
    """Pages for signed-in people are kept by no browser and no proxy."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        return response

    return middleware


def refusals_as_answers(answer: Answer) -> Answer:
    """A refusal that no view has shown becomes a page of its own, with its sentence and its status."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return answer(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        status = 403 if isinstance(exception, NotAllowed) else 409 if isinstance(exception, Stale) else 400
        template = "403.html" if status == 403 else "400.html"
        return render(request, template, {"exception": exception.sentence}, status=status)

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def rerate_changed(answer: Answer) -> Answer:
    """After a request that may have changed facts, the lines of the changed projects are written anew."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        if request.method == "POST" and request.user.is_authenticated:
            rerate_changed_projects(through=working_month(today()))
        return response

    return middleware
