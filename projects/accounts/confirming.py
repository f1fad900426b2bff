"""Asking for the password again before what an unwatched desk must not do, without losing what was typed."""

from collections.abc import Callable
from typing import Any

from allauth.account.forms import ReauthenticateForm
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from projects.accounts.sessions import person
from projects.core.clock import instant

Answer = Callable[[HttpRequest], HttpResponseBase]
PREFIX = "confirm"
PASSWORD = f"{PREFIX}-password"
NOT_CARRIED = {PASSWORD, "csrfmiddlewaretoken"}


class Unconfirmed(Exception):
    """Whoever sits there has to say the password once more; nothing was done yet."""


def check_confirmed(request: HttpRequest) -> None:
    """`Unconfirmed` when the person signed in, or gave the password again, more than `CONFIRM_MINUTES` ago."""
    now = instant().timestamp()
    said = request.session.get("confirmed", request.session.get("since", 0))
    if now - said > settings.CONFIRM_MINUTES * 60:
        raise Unconfirmed


def ask_password_again(answer: Answer) -> Answer:
    """Puts the password page in place of what turned out `Unconfirmed`. It carries all that was sent, and sends it
    again to the same address together with the password."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return answer(request)

    def process_view(request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Before the view, whose transaction may be taken back: a wrong password stays counted and journalled."""
        if request.method != "POST" or not request.user.is_authenticated or PASSWORD not in request.POST:
            return None
        form = _form(request, request.POST)
        if not form.is_valid():
            return _page(request, form, status=422)
        request.session["confirmed"] = instant().timestamp()
        return None

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return _page(request, _form(request), status=403) if isinstance(exception, Unconfirmed) else None

    middleware.process_view = process_view  # type: ignore[attr-defined]
    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def _form(request: HttpRequest, data: Any = None) -> ReauthenticateForm:
    form = ReauthenticateForm(data, user=person(request), prefix=PREFIX)
    form.fields["password"].widget.attrs |= {"autofocus": True, "placeholder": ""}
    return form


def _page(request: HttpRequest, form: ReauthenticateForm, *, status: int) -> HttpResponse:
    carried = [
        (name, value) for name in request.POST if name not in NOT_CARRIED for value in request.POST.getlist(name)
    ]
    context = {
        "form": form,
        "carried": carried,
        "facts": _("You signed in more than %(minutes)s minutes ago.") % {"minutes": settings.CONFIRM_MINUTES},
        "month_switch": None,
        "status": status,
    }
    return render(request, "account/confirm.html", context, status=status)
