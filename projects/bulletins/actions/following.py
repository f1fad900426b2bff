"""What lies above the bulletins and has its part in publishing: done in the same transaction, or none of it."""

import datetime
from collections.abc import Callable

from projects.accounts.models import User
from projects.bulletins.models import Bulletin

Follow = Callable[[Bulletin, User | None, datetime.datetime], None]
_FOLLOWING: list[Follow] = []


def follow_publishing(follow: Follow) -> Follow:
    """Have `follow` called with every bulletin that is published; named in `projects/apps.py`, once."""
    if follow not in _FOLLOWING:
        _FOLLOWING.append(follow)
    return follow


def tell_followers(bulletin: Bulletin, *, by: User | None, at: datetime.datetime) -> None:
    for follow in _FOLLOWING:
        follow(bulletin, by, at)
