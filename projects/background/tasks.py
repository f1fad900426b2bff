"""What the worker does for the queue itself."""

from django_tasks import task

from projects.background import actions
from projects.background.actions.jobs import forget_old
from projects.core.clock import instant


@task()
def tidy_up() -> None:
    actions.tidy_up(at=instant())
    forget_old(at=instant())
