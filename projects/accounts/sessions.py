"""Who is signed in, how long a sign-in lasts, and that an initial password is replaced before anything else."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from projects.accounts.models import User

Answer = Callable[[HttpRequest], HttpResponseBase]
NOTED_EVERY = 60  # seconds between two writes of "last seen"; a write for every page would be one too many


def person(request: HttpRequest) -> User:
    """The signed-in official; the login middleware has seen to it that there is one."""
    assert isinstance(request.user, User)  # noqa: S101 - narrows the type only
    return request.user


def limit_session(answer: Answer) -> Answer:
    """Signs out after `IDLE_MINUTES` without a request, and `SESSION_HOURS` after signing in."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            now = timezone.now().timestamp()
            since = request.session.setdefault("since", now)
            seen = request.session.setdefault("seen", now)
            if now - seen > settings.IDLE_MINUTES * 60 or now - since > settings.SESSION_HOURS * 3600:
                logout(request)
            elif now - seen > NOTED_EVERY:
                request.session["seen"] = now
        return answer(request)

    return middleware


def ask_for_own_password(answer: Answer) -> Answer:
    """Whoever signs in with an initial password sees nothing but the page that replaces it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        user = request.user
        if user.is_authenticated and user.must_change_password:
            allowed = {reverse("account_change_password"), reverse("account_logout"), reverse("set_language")}
            if request.path not in allowed:
                messages.info(request, _("Set a password of your own first."))
                return redirect("account_change_password")
        return answer(request)

    return middleware
