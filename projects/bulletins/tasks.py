"""What happens by itself with the colours: a lock that has passed counts the next morning, whoever looks."""

from django_tasks import task

from projects.bulletins.actions import rerate_changed
from projects.core.clock import today, working_month
from projects.progress.actions.periods import note_locks


@task()
def follow_locks() -> int:
    """Here and not beside the reports, for noting a lock marks lines that have to be written anew."""
    noted = note_locks(today=today())
    rerate_changed(through=working_month(today()))
    return noted
