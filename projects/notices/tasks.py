"""What the worker does with notices: it mails them, and forgets old ones."""

from django_tasks import task

from projects.core.clock import instant, now
from projects.notices.actions import forget_read, send_waiting


@task()
def send_mail() -> int:
    """On the real clock: a mail goes out when it does, on the standing day of the demonstration too."""
    return send_waiting(at=instant())


@task()
def forget_old() -> int:
    """On the product's clock, by which reading is noted: the demonstration forgets nothing."""
    return forget_read(at=now())
