"""Who is signed in, how long a sign-in lasts, and that an initial password is replaced before anything else."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

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


def lead_to_the_door(answer: Answer) -> Answer:
    """Whoever has to sign in sees the whole page for it: htmx would put it into the part that it was to fill."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        to_the_door = response.headers.get("Location", "").startswith(reverse(settings.LOGIN_URL))
        if to_the_door and request.headers.get("HX-Request") and not request.user.is_authenticated:
            stood_on = request.headers.get("HX-Current-URL", "")
            known = url_has_allowed_host_and_scheme(stood_on, allowed_hosts={request.get_host()})
            return HttpResponseClientRedirect(redirect_to_login(stood_on if known else "/").url)
        return response

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
