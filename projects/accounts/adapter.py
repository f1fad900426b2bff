"""What allauth is told about our accounts: no sign-up, and failures counted per person and address."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from projects.accounts.actions import note_sign_in
from projects.accounts.models import User
from projects.core.clock import now


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Counted for the pair of account and address: nobody can lock a colleague out from elsewhere,
        and an office that shares one address is not locked out by one person."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{self.get_client_ip(request)}"

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        note_sign_in(user, at=now())

    def set_password(self, user: User, password: str) -> None:
        user.must_change_password = False
        super().set_password(user, password)
