"""The long work of the exchange: trying a large sheet out, carrying it out, taking it back; writing a large file."""

import datetime
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task

from projects.accounts.models import Unit
from projects.background.actions.jobs import Outcome, advance, advance_within, carry_out
from projects.background.downloads import left_behind, noted
from projects.background.models import Job
from projects.bulletins.actions import rerate_changed as rerate_changed_projects
from projects.core.clock import now, today, working_month
from projects.core.month import Month
from projects.exchange.actions.batches import asked_of, drop_forgotten, try_batch
from projects.exchange.actions.importing import import_batch
from projects.exchange.actions.undoing import Undoing, undo_batch
from projects.exchange.exports.files import Wanted, file_for
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
        leave_refused = bool(job.params.get("leave_refused"))
        done = import_batch(batch, asked, leave_refused=leave_refused, tell=partial(advance_within, job))
        rerate_changed_projects(through=working_month(today()))
        return Outcome(told(done.state, done.counts), url=reverse("import_rows", args=[batch.pk]))

    carry_out(pk, work, clock=now)


@task()
def take_back(pk: int) -> None:
    def work(job: Job) -> Outcome:
        batch = batch_of(job)
        order = Undoing(job.by, now(), today(), working_month(today()))
        undo_batch(batch, order, tell=partial(advance_within, job))
        rerate_changed_projects(through=working_month(today()))
        return Outcome(_("The import was taken back."), url=reverse("import_rows", args=[batch.pk]))

    carry_out(pk, work, clock=now)


@task()
def drop_old_uploads() -> None:
    drop_forgotten(at=now())


@task()
def write_file(pk: int) -> None:
    def work(job: Job) -> Outcome:
        asked = job.params
        wanted = Wanted(asked["kind"], Unit.objects.get(pk=asked["unit"]), Month.parse(asked["month"]))
        file = file_for(job.by, wanted, today=datetime.date.fromisoformat(asked["day"]))
        write = partial(file.write, watch=partial(noted, job, count=file.steps))
        return left_behind(write, f"{file.name}.xlsx", file.count)

    carry_out(pk, work, clock=now)
