"""What happens by itself with reports: months are opened when their day comes, and people are reminded."""

from django_tasks import task

from projects.core.clock import now, today
from projects.progress.actions import periods, reminding


@task()
def open_months() -> int:
    """On the product's clock, as all that follows from the days of a period: the demonstration stands still."""
    return len(periods.open_due(at=now(), today=today()))


@task()
def remind() -> int:
    return len(reminding.remind(today=today(), at=now()))
