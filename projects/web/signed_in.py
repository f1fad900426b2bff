"""Who asks, and how many notices wait for that person: one query for both, on every request."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import AnonymousUser

from projects.accounts.models import User
from projects.notices.queries import count_unread


class Backend(AuthenticationBackend):
    """Signs in as allauth does; the number at the bell comes along with the account."""

    def get_user(self, user_id: Any) -> User | None:
        user = User.objects.annotate(unread=count_unread()).filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None


def unread_notices(user: User | AnonymousUser) -> int:
    """How many notices wait for the person of this request; 0 for an account that was read in another way."""
    return getattr(user, "unread", 0)
