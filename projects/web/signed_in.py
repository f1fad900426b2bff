"""Who asks, how many notices wait for that person, and whether the colours stand: one query, on every request."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists

from projects.accounts.models import User
from projects.bulletins.models import Recolouring
from projects.notices.queries import count_unread


class Backend(AuthenticationBackend):
    """Signs in as allauth does; the number at the bell, and whether colours are worked out anew, come along with the
    account."""

    def get_user(self, user_id: Any) -> User | None:
        rows = User.objects.annotate(unread=count_unread(), recolouring=Exists(Recolouring.objects.all()))
        user = rows.filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None


def unread_notices(user: User | AnonymousUser) -> int:
    """How many notices wait for the person of this request; 0 for an account that was read in another way."""
    return getattr(user, "unread", 0)


def colours_are_due(user: User | AnonymousUser) -> bool:
    """Whether colours are being worked out anew by other rules, as the person's request found it."""
    return bool(getattr(user, "recolouring", False))
