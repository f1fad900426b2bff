"""Taking files along: who fetched what is kept in the journal."""

import datetime

from django.db import transaction

from projects.accounts.actions import check_may
from projects.accounts.models import Unit, User
from projects.accounts.roles import Verb
from projects.core.month import Month
from projects.journal.actions import record


@transaction.atomic
def note_export(kind: str, form: str, unit: Unit, month: Month, count: int, *, by: User, at: datetime.datetime) -> None:
    """Note that `by` took along `count` projects of a unit as a file of this kind (`register`) and form (`xlsx`)."""
    check_may(by, Verb.EXPORT)
    taken = {"list": kind, "kind": form, "unit": unit.name, "month": month, "rows": count}
    record(by=by, at=at, verb="export", subject=by, after=taken)
