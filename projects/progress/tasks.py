"""What happens by itself with reports: months are opened, people reminded; and lists too large for an answer."""

import datetime

from django.http import QueryDict
from django_tasks import task

from projects.background.actions.jobs import Outcome, carry_out
from projects.background.downloads import made
from projects.background.models import Job
from projects.core.clock import now, today, working_month
from projects.progress.actions import periods, reminding
from projects.progress.listings import board_asked, board_listing


@task()
def open_months() -> int:
    """On the product's clock, as all that follows from the days of a period: the demonstration stands still."""
    return len(periods.open_due(at=now(), today=today()))


@task()
def remind() -> int:
    return len(reminding.remind(today=today(), at=now()))


@task()
def write_board(job: int) -> None:
    carry_out(job, _board, clock=now)


def _board(job: Job) -> Outcome:
    day = datetime.date.fromisoformat(job.params["day"])
    found = board_asked(QueryDict(job.params["query"]), job.by, working=working_month(day), today=day)
    return made(job, board_listing(found, job.by))
