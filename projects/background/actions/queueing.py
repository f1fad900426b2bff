"""Putting work into the queue: after a change is committed, when it is due, and again when a worker was lost."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from projects.background.models import ScheduledRun
from projects.background.schedule import SCHEDULE, Scheduled

LONGEST = datetime.timedelta(minutes=30)  # that a task may take; whatever runs longer was lost with its worker
MOST_WORKERS = 5  # that may be lost over one task before it is given up
KEPT = datetime.timedelta(days=14)


def enqueue_after_commit(task: str, *args: Any) -> None:
    """Queue `task` once the present transaction is committed; nothing when it is taken back.

    The task is named by its path (`projects.notices.tasks.send_mail`), for it lies above the action
    that asks for it. A queue out of order is logged and does not undo what was committed.
    """

    def enqueue() -> None:
        _enqueue(task, *args)

    transaction.on_commit(enqueue, robust=True)


def _enqueue(task: str, *args: Any) -> None:
    import_string(task).enqueue(*args)


def start_due(*, at: datetime.datetime, schedule: Sequence[Scheduled] = SCHEDULE) -> list[str]:
    """Queue what has become due by `at`; of runs missed while no worker was there only the last."""
    local = timezone.localtime(at)
    started = dict(ScheduledRun.objects.values_list("name").annotate(Max("due")).order_by())
    due = [(entry, entry.when.latest(local)) for entry in schedule]
    return [
        entry.name
        for entry, moment in due
        if (entry.name not in started or started[entry.name] < moment) and _start(entry, moment, at)
    ]


@transaction.atomic
def _start(entry: Scheduled, due: datetime.datetime, at: datetime.datetime) -> bool:
    """Whether this process was the first to write the run, and so the one to queue its task."""
    _run, first = ScheduledRun.objects.get_or_create(name=entry.name, due=due, defaults={"queued_at": at})
    if first:
        _enqueue(entry.task)
    return first


def take_back_lost(*, at: datetime.datetime) -> int:
    """Queue again what was running in a worker that is gone; a task that loses every worker is given up."""
    found = 0
    lost = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=at - LONGEST)
    for task in lost.order_by("started_at"):
        same_run = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at)
        if len(task.worker_ids) < MOST_WORKERS:
            found += same_run.update(status=TaskResultStatus.READY, started_at=None)
        else:
            same_run.update(status=TaskResultStatus.FAILED, finished_at=at, traceback="Lost with every worker.")
    return found


def tidy_up(*, at: datetime.datetime) -> None:
    """Remove what the queue and the sign-ins leave behind: finished tasks, past runs, sessions that have ended.

    Of each scheduled run the last stays, or it would be due again.
    """
    DBTaskResult.objects.finished().filter(finished_at__lt=at - KEPT).delete()
    last = ScheduledRun.objects.values("name").annotate(last=Max("due")).values("last")
    ScheduledRun.objects.filter(due__lt=at - KEPT).exclude(due__in=list(last.values_list("last", flat=True))).delete()
    Session.objects.filter(expire_date__lt=at).delete()
