"""The long work of importing: trying a large sheet out, carrying it out, taking it back."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task

from projects.background.actions.jobs import Outcome, advance, carry_out
from projects.background.models import Job
from projects.bulletins.actions import rerate_changed as rerate_changed_projects
from projects.core.clock import now, today, working_month
from projects.exchange.actions.batches import asked_of, drop_forgotten, try_batch
from projects.exchange.actions.importing import import_batch
from projects.exchange.actions.undoing import Undoing, undo_batch
from projects.exchange.import_wording import told
from projects.exchange.models import ImportBatch


def batch_of(job: Job) -> ImportBatch:
    found: ImportBatch = ImportBatch.objects.select_related("by").get(pk=job.params["batch"])
    return found


@task()
def try_out(pk: int) -> None:
    def work(job: Job) -> Outcome:
        batch = batch_of(job)
        asked = asked_of(batch, at=now(), today=today(), open_month=working_month(today()), by=job.by)
        tried = try_batch(batch, asked, tell=lambda done, total: advance(job, done, total))
        return Outcome(told(tried.state, tried.counts), url=reverse("import_rows", args=[batch.pk]))

    carry_out(pk, work, clock=now)


@task()
def carry_out_import(pk: int) -> None:
    def work(job: Job) -> Outcome:
        batch = batch_of(job)
        asked = asked_of(batch, at=now(), today=today(), open_month=working_month(today()), by=job.by)
        done = import_batch(batch, asked, leave_refused=bool(job.params.get("leave_refused")))
        rerate_changed_projects(through=working_month(today()))
        return Outcome(told(done.state, done.counts), url=reverse("import_rows", args=[batch.pk]))

    carry_out(pk, work, clock=now)


@task()
def take_back(pk: int) -> None:
    def work(job: Job) -> Outcome:
        batch = batch_of(job)
        undo_batch(batch, Undoing(job.by, now(), today(), working_month(today())))
        rerate_changed_projects(through=working_month(today()))
        return Outcome(_("The import was taken back."), url=reverse("import_rows", args=[batch.pk]))

    carry_out(pk, work, clock=now)


@task()
def drop_old_uploads() -> None:
    drop_forgotten(at=now())
