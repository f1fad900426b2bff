"""Working the colours out anew by other rules, as long work: batch by batch, and whoever comes next goes on."""

import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from projects.accounts.models import User
from projects.background.actions import enqueue_after_commit
from projects.background.actions.jobs import start_job
from projects.background.models import Job
from projects.bulletins.actions.rating import BATCH, not_closed, opened, rerate
from projects.bulletins.documents.progress import Progress, untold
from projects.bulletins.models import Recolouring
from projects.core.month import Month
from projects.core.refusals import Refused
from projects.register.models import Project

TASK = "projects.bulletins.tasks.recolour"
GO_ON = "projects.bulletins.tasks.go_on_recolouring"


def recolour_since(since: Month, *, by: User | None, at: datetime.datetime, through: Month) -> Job | None:
    """Have the lines from `since` on worked out anew, up to `through`; the work, None where there are none yet.

    What was begun before is begun again with it, from the earlier of the two months on.
    """
    if not opened(since, through):
        return None
    begun, is_new = Recolouring.objects.select_for_update().get_or_create(defaults={"since": since})
    if not is_new:
        Recolouring.objects.update(since=min(begun.since, since), reached=0)
    if by is None:
        enqueue_after_commit(GO_ON)
        return None
    return start_job(TASK, _("Work the colours out anew"), {"since": str(since)}, by=by, at=at, url=reverse("rules"))


def recolour(*, through: Month, progress: Progress = untold) -> int:
    """Go on until all is done; how many projects that took. Each batch is a transaction of its own: several may be at
    it at once, and one that is killed leaves nothing half and the rest to the next."""
    done, total = 0, Project.objects.filter(listed_from__lte=through).count()
    while reached := _next_batch(through):
        done += reached
        progress(min(done, total), total)
    return done


@transaction.atomic
def _next_batch(through: Month) -> int:
    """Write the lines of the next projects; how many. None left: the colours stand."""
    at_work = Recolouring.objects.select_for_update().first()
    if at_work is None:
        return 0
    listed = Project.objects.filter(pk__gt=at_work.reached, listed_from__lte=through).order_by("pk")
    held = listed.select_for_update(no_key=True, of=("self",))  # who changes a project has it rated after this
    pks = list(held.values_list("pk", flat=True)[:BATCH])
    if not pks:
        at_work.delete()
        return 0
    for month in opened(at_work.since, through):
        due = Project.objects.filter(pk__in=pks, listed_from__lte=month)
        rerate(not_closed(due, month), month, current=month == through)
    Recolouring.objects.update(reached=pks[-1])
    return len(pks)


def is_recoloured(month: Month) -> bool:
    """Whether the colours of `month` are being worked out anew: half of them may be by other rules."""
    return bool(Recolouring.objects.filter(since__lte=month).exists())


def being_recoloured() -> str:
    return _("The rules have changed and the colours are being worked out anew. Wait until that is done.")


def check_coloured(month: Month) -> None:
    """`Refused` while the colours of `month` are worked out anew."""
    if is_recoloured(month):
        raise Refused(being_recoloured())
