"""What the worker does with notices: it mails them."""

from django_tasks import task

from projects.core.clock import instant
from projects.notices.actions import send_waiting


@task()
def send_mail() -> int:
    """On the real clock: a mail goes out when it does, on the standing day of the demonstration too."""
    return send_waiting(at=instant())
