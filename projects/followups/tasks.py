"""What happens by itself with slips: people are reminded of their days, and what is overdue is raised."""

from django_tasks import task

from projects.core.clock import now, today
from projects.followups.actions import reminding


@task()
def remind_of_slips() -> int:
    """On the product's clock, as all that follows from the days of a slip: the demonstration stands still."""
    return len(reminding.remind_of_slips(today=today(), at=now()))
