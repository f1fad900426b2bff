"""The worker: does what is queued and due, goes on after a failure, ends when told, and survives being killed."""

import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from projects.background.actions.queueing import LONGEST
from projects.background.models import ScheduledRun
from projects.background.schedule import SCHEDULE
from projects.core.clock import instant
from tests.background.chores import fail, stay_the_first_time, write
from tests.processes import PATIENCE, start, waited_for

pytestmark = [pytest.mark.usefixtures("queue"), pytest.mark.django_db(transaction=True)]


def worked_off() -> None:
    call_command("worker", once=True)


def test_it_does_what_is_queued_in_order(tmp_path: Path) -> None:
    done = tmp_path / "done"
    for text in "abc":
        write.enqueue(str(done), text)
    worked_off()
    assert done.read_text() == "abc"


def test_it_does_what_is_due_once() -> None:
    worked_off()
    worked_off()
    assert {run.name for run in ScheduledRun.objects.all()} == {entry.name for entry in SCHEDULE}
    assert DBTaskResult.objects.successful().count() == ScheduledRun.objects.count()


@pytest.mark.filterwarnings("ignore")
def test_a_task_that_fails_is_noted_and_stops_no_other(tmp_path: Path) -> None:
    done = tmp_path / "done"
    fail.enqueue()
    write.enqueue(str(done), "b")
    worked_off()
    assert done.read_text() == "b"
    assert "on purpose" in DBTaskResult.objects.get(status=TaskResultStatus.FAILED).traceback


# ── as a process of its own ─────────────────────────────────────────────────────────────────────


Hire = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def hire(tmp_path: Path) -> Iterator[Hire]:
    """Start a worker beside the tests; whichever is left at the end is ended."""
    workers: list[subprocess.Popen[bytes]] = []

    def another() -> "subprocess.Popen[bytes]":
        workers.append(start("manage.py", "worker", folder=tmp_path))
        return workers[-1]

    yield another
    for worker in workers:
        worker.kill()
        worker.wait()


def test_a_task_whose_worker_was_killed_is_finished_by_the_next(hire: Hire, tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    stay_the_first_time.enqueue(str(begun))
    killed = hire()
    assert waited_for(begun.exists)
    killed.kill()
    killed.wait()
    mine = DBTaskResult.objects.filter(task_path__endswith="stay_the_first_time")
    assert mine.get().status == TaskResultStatus.RUNNING
    mine.update(started_at=instant() - 2 * LONGEST)  # half an hour later
    worked_off()
    task = mine.get()
    assert (task.status, task.return_value, len(task.worker_ids)) == (TaskResultStatus.SUCCESSFUL, "done", 2)


def test_an_idle_worker_ends_when_told(hire: Hire, tmp_path: Path) -> None:
    done = tmp_path / "done"
    write.enqueue(str(done), "a")
    worker = hire()
    assert waited_for(done.exists)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(PATIENCE) == 0
