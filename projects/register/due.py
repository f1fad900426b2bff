"""How urgent a node or an approval is on a day: settled, overdue, due soon, later, or without a day."""

import datetime
from enum import StrEnum

SOON_DAYS = 30


class Due(StrEnum):
    DONE = "done"
    NOT_APPLICABLE = "not_applicable"
    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"
    UNDATED = "undated"


def due_on(
    today: datetime.date,
    *,
    planned: datetime.date | None,
    done: datetime.date | None = None,
    not_applicable: bool = False,
) -> Due:
    """How it stands on `today`; what is planned for today itself is due soon, and overdue the day after."""
    if not_applicable:
        return Due.NOT_APPLICABLE
    if done is not None:
        return Due.DONE
    if planned is None:
        return Due.UNDATED
    days = (planned - today).days
    if days < 0:
        return Due.OVERDUE
    return Due.SOON if days <= SOON_DAYS else Due.LATER
