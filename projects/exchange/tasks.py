"""Files too large for an answer, written while their owner waits elsewhere."""

import datetime
from functools import partial

from django_tasks import task

from projects.accounts.models import Unit
from projects.background.actions.jobs import Outcome, carry_out
from projects.background.downloads import left_behind, noted
from projects.background.models import Job
from projects.core.clock import now
from projects.core.month import Month
from projects.exchange.exports.files import Wanted, file_for


@task()
def write_file(job: int) -> None:
    carry_out(job, _file, clock=now)


def _file(job: Job) -> Outcome:
    asked = job.params
    wanted = Wanted(asked["kind"], Unit.objects.get(pk=asked["unit"]), Month.parse(asked["month"]))
    file = file_for(job.by, wanted, today=datetime.date.fromisoformat(asked["day"]))
    return left_behind(
        partial(file.write, watch=partial(noted, job, count=file.steps)), f"{file.name}.xlsx", file.count
    )
