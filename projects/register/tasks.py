"""What happens by itself with problems: units are reminded of those that are overdue."""

from django_tasks import task

from projects.core.clock import now, today
from projects.register.actions import chasing


@task()
def remind_of_problems() -> int:
    return len(chasing.remind_of_problems(today=today(), at=now()))
