"""Reading notices: a person's own, unread first, and how many wait."""

from typing import Any

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from projects.accounts.models import User
from projects.notices.models import Notice


def notices_of(user: User) -> QuerySet[Notice]:
    """All that `user` was told: what is unread first, then the latest first."""
    return Notice.objects.of(user).alias(is_read=Q(read_at__isnull=False)).order_by("is_read", "-at", "-id")


def latest_id(user: User) -> int:
    """The id of the latest notice of `user`, 0 without any: what came later has not been shown yet."""
    return Notice.objects.of(user).aggregate(latest=Max("pk"))["latest"] or 0


def count_unread() -> Any:
    """The number of unread notices of each person, to annotate people with: it costs no query of its own."""
    unread = Notice.objects.unread().filter(recipient=OuterRef("pk")).order_by().values("recipient")
    return Coalesce(Subquery(unread.annotate(number=Count("pk")).values("number")), 0)
