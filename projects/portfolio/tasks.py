"""Lists too large for an answer, written into a workbook while their owner waits elsewhere."""

import datetime

from django.http import QueryDict
from django_tasks import task

from projects.background.actions.jobs import Outcome, carry_out
from projects.background.downloads import made
from projects.background.models import Job
from projects.core.clock import now
from projects.core.month import Month
from projects.portfolio.listings import problem_listing, project_listing


@task()
def write_projects(job: int) -> None:
    carry_out(job, _projects, clock=now)


@task()
def write_problems(job: int) -> None:
    carry_out(job, _problems, clock=now)


def _projects(job: Job) -> Outcome:
    return made(job, project_listing(QueryDict(job.params["query"]), job.by, Month.parse(job.params["month"])))


def _problems(job: Job) -> Outcome:
    day = datetime.date.fromisoformat(job.params["day"])
    return made(job, problem_listing(QueryDict(job.params["query"]), job.by, day))
