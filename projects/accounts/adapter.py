"""What allauth is told about our accounts: no sign-up, and failures counted per person and address."""

from hashlib import sha256
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import filter_users_by_username
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.accounts.actions import note_failed_sign_in, note_sign_in
from projects.accounts.models import Failure, User
from projects.core.clock import now
from projects.journal.origin import origin

LOCKED_FOR = 15 * 60  # seconds, as ACCOUNT_RATE_LIMITS has it


class Adapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_password": gettext_lazy("The password is not correct."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only this host: allauth would follow to any that is allowed, and fails on addresses that are none."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts={self.request.get_host()})

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Counted for the pair of account and address: nobody can lock a colleague out from elsewhere,
        and an office that shares one address is not locked out by one person. allauth would count apart
        for each name and port by which the client chooses to call this server."""
        return f"{credentials.get('username', '').lower()}:{_desk(self.get_client_ip(request))}"

    def get_client_ip(self, request: HttpRequest) -> str:
        """As the journal writes it where allauth knows none: fewer proxies on the way than `TRUSTED_PROXIES` says."""
        try:
            return str(super().get_client_ip(request))
        except (ImproperlyConfigured, PermissionDenied):
            return origin.get().address

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """That the lock is closed is journalled once, and not for every try that meets it."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            key = sha256(self._get_login_attempts_cache_key(request, **credentials).encode()).hexdigest()
            if cache.add(f"lock-journalled:{key}", True, LOCKED_FOR):
                self._note_failure(request, credentials, Failure.LOCKED)
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        self._note_failure(request, credentials, Failure.WRONG)

    def _note_failure(self, request: HttpRequest, credentials: dict[str, Any], failure: Failure) -> None:
        typed = str(credentials.get("username", ""))
        by = request.user if isinstance(request.user, User) else None
        note_failed_sign_in(typed, filter_users_by_username(typed).first(), failure, by=by, at=now())

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        user = super().authenticate(request, **credentials)
        if user and not user.is_active:
            self._note_failure(request, credentials, Failure.CLOSED)
            raise ValidationError(_("This account is closed. The system administrator of your district can reopen it."))
        return user

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        note_sign_in(user, at=now())

    def set_password(self, user: User, password: str) -> None:
        user.must_change_password = False
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """On to the work; allauth would show the same form again."""
        return str(settings.LOGIN_REDIRECT_URL)


def _desk(address: str) -> str:
    """The address, or of IPv6 its network: a single desk has more addresses there than can be counted."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(IPv6Network((parsed, 64), strict=False))
    return address
