"""Long work that somebody starts and watches: begun, advanced, and ended with a result or a sentence why not."""

import datetime
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import IO, Any

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from projects.accounts.models import User
from projects.background import meters
from projects.background.actions.queueing import enqueue_after_commit
from projects.background.models import Job, JobState, results
from projects.core.refusals import Refused

KEPT = datetime.timedelta(days=7)  # that a result can be fetched
OFTEN = 200  # times that long work tells how far it is
Clock = Callable[[], datetime.datetime]


@dataclass(frozen=True)
class Outcome:
    """What came of a job: a sentence, and perhaps a file to fetch (its name and content) or a page to go on to.

    A large content is an open file; it is read from its beginning and closed.
    """

    sentence: str
    file_name: str = ""
    content: bytes | IO[bytes] = b""
    url: str = ""


@transaction.atomic
def start_job(
    task: str, title: str, params: Mapping[str, Any] | None = None, *, by: User, at: datetime.datetime, url: str = ""
) -> Job:
    """Begin long work of `by`: `task`, named by its path, gets the job's number and calls `carry_out`.

    `url` is the page to return to. The same work of the same person that still waits or runs is not begun again.
    """
    kept = dict(params or {})
    for same in Job.objects.filter(by=by, task=task, state__in=JobState.OPEN):
        if same.params == kept:
            return same
    job = Job.objects.create(
        task=task, title=title, params=kept, by=by, at=at, url=url, language=translation.get_language() or ""
    )
    enqueue_after_commit(task, job.pk)
    return job


def advance(job: Job, done: int, total: int) -> None:
    """Note how far the work is; shown to who waits. Inside a transaction it is seen when that ends;
    there `advance_within` is what to say."""
    Job.objects.filter(pk=job.pk).update(done=min(done, total), total=total)


def advance_within(job: Job, done: int, total: int) -> None:
    """The same from inside a transaction that ends with the work; shown to who waits, some two hundred times."""
    if done == total or done % max(total // OFTEN, 1) == 0:
        meters.tell(job.pk, done, total)


def carry_out(pk: int, work: Callable[[Job], Outcome], *, clock: Clock) -> None:
    """Do the work of a job, in the language of who began it. A refusal becomes its answer; a fault is told as one
    and raised for the log. Nothing when it has ended already: the queue may give a task twice."""
    if not Job.objects.filter(pk=pk, state__in=JobState.OPEN).update(state=JobState.RUNNING, tries=F("tries") + 1):
        return
    job = Job.objects.select_related("by").get(pk=pk)
    meters.forget(pk)
    with translation.override(job.language or None):
        try:
            outcome = work(job)
        except Refused as refusal:
            _end(job, JobState.FAILED, Outcome(str(refusal.sentence)), at=clock())
            return
        except Exception:
            sentence = _("Something went wrong with the program; nothing was changed. Tell your administrator.")
            _end(job, JobState.FAILED, Outcome(sentence), at=clock())
            raise
        _end(job, JobState.DONE, outcome, at=clock())


def _end(job: Job, state: str, outcome: Outcome, *, at: datetime.datetime) -> None:
    stored_as = ""
    if outcome.file_name:
        content = outcome.content
        with ContentFile(content) if isinstance(content, bytes) else File(content) as file:
            stored_as = results().save(f"{secrets.token_hex(16)}.bin", file)
    values = {
        "state": state, "sentence": outcome.sentence[:1000], "ended_at": at, "file_name": outcome.file_name[:200],
        "stored_as": stored_as,
    }  # fmt: skip
    if outcome.url:
        values["url"] = outcome.url
    Job.objects.filter(pk=job.pk).update(**values)
    meters.forget(job.pk)


def forget_old(*, at: datetime.datetime) -> int:
    """Remove jobs that began more than a week ago, with their files; how many."""
    old = list(Job.objects.filter(at__lt=at - KEPT))
    for job in old:
        if job.stored_as:
            results().delete(job.stored_as)
        job.delete()
    return len(old)
