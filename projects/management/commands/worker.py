"""The process beside the server: does what the pages have queued, and what the schedule says is due."""

import logging
import os
import signal
import socket
import time
from types import FrameType
from typing import Any

from django.core.management.base import CommandParser
from django.db import OperationalError, close_old_connections
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, DEFAULT_TASK_QUEUE_NAME
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker
from django_tasks_db.models import DBTaskResult

from projects.background.actions import start_due, take_back_lost
from projects.core.clock import instant
from projects.management.tables import DatabaseCommand, migrated

PAUSE = 1  # seconds between two looks at an empty queue
LOOKS_EVERY = 20  # seconds between two looks at the schedule
AFTER_FAILURE = 10  # seconds before a database that did not answer is asked again
log = logging.getLogger(__name__)


class Worker(QueueWorker):
    """Works the queue off. Looks at the schedule between two tasks too, so that a long queue delays nothing."""

    def __init__(self) -> None:
        super().__init__(
            queue_names=[DEFAULT_TASK_QUEUE_NAME],
            interval=PAUSE,
            batch=True,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id=f"{socket.gethostname()[:40]}-{os.getpid()}",
            excluded_queue_names=[],
        )
        self.looked = float("-inf")

    def look(self) -> None:
        """Queue what is due, and what another worker left behind when it was killed."""
        if time.monotonic() - self.looked < LOOKS_EVERY:
            return
        self.looked = time.monotonic()
        at = instant()
        if lost := take_back_lost(at=at):
            log.warning("%s tasks of lost workers are done again", lost)
        start_due(at=at)

    def run_task(self, db_task_result: DBTaskResult[Any, Any]) -> None:
        super().run_task(db_task_result)
        self.look()

    def work(self) -> None:
        """One round: the schedule, then the queue until it is empty."""
        close_old_connections()
        self.look()
        # Asked first, because taking a task out locks the whole of an SQLite database.
        if DBTaskResult.objects.ready().exists():
            self.run()

    def configure_signals(self) -> None:
        """Ends on a signal; not on Ctrl+C when a shell has put it into the background and ends it itself."""
        signal.signal(signal.SIGTERM, self.shutdown)
        if signal.getsignal(signal.SIGINT) != signal.SIG_IGN:
            signal.signal(signal.SIGINT, self.shutdown)

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """At the first signal ends after the task at hand; at the second at once, as if killed."""
        if not self.running:
            os._exit(1)  # the task stays marked as running, and is done again
        self.running = False
        if not self.running_task:
            raise SystemExit(0)


class Command(DatabaseCommand):
    help = "Does the background work: what the pages have queued, and what the schedule says is due."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="end when nothing is left to do")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        worker = Worker()
        if once:
            worker.work()
            return
        worker.configure_signals()
        while worker.running:
            pause = PAUSE
            try:
                worker.work()
            except OperationalError:
                if not migrated():
                    raise
                log.exception("the database does not answer the worker")
                pause = AFTER_FAILURE
            time.sleep(pause)
