"""The queue: filled after the commit only, by each due run once, and again when a worker was lost."""

import datetime
import logging
import threading
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from projects.background.actions.queueing import (
    KEPT,
    LONGEST,
    MOST_WORKERS,
    enqueue_after_commit,
    start_due,
    take_back_lost,
    tidy_up,
)
from projects.background.models import ScheduledRun
from projects.background.schedule import Daily, Every, Scheduled
from tests.background.chores import write
from tests.cast import AT

WRITE = "tests.background.chores.write"
FAIL = "tests.background.chores.fail"
SECOND = datetime.timedelta(seconds=1)
DAY = datetime.timedelta(days=1)
MORNING = (Scheduled("morning", Daily(8), FAIL),)  # 08:00 in Shanghai; AT is 09:30 there

pytestmark = pytest.mark.usefixtures("queue")


class TestAfterCommit:
    @pytest.mark.django_db(transaction=True)
    def test_what_is_taken_back_queues_nothing(self) -> None:
        with transaction.atomic():
            enqueue_after_commit(WRITE, "a", "b")
            transaction.set_rollback(True)
        assert not DBTaskResult.objects.exists()

    @pytest.mark.django_db(transaction=True)
    def test_what_is_committed_is_queued(self) -> None:
        with transaction.atomic():
            enqueue_after_commit(WRITE, "a", "b")
            assert not DBTaskResult.objects.exists()
        assert DBTaskResult.objects.get().args_kwargs["args"] == ["a", "b"]

    @pytest.mark.django_db(transaction=True)
    def test_a_queue_out_of_order_does_not_undo_the_change(self, caplog: pytest.LogCaptureFixture) -> None:
        with caplog.at_level(logging.ERROR), transaction.atomic():
            ScheduledRun.objects.create(name="a change", due=AT, queued_at=AT)
            enqueue_after_commit("projects.nowhere.tasks.none")
        assert ScheduledRun.objects.exists()
        assert "projects.nowhere" in caplog.text


class TestSchedule:
    @pytest.mark.django_db
    def test_a_due_run_is_queued_once(self) -> None:
        assert start_due(at=AT, schedule=MORNING) == ["morning"]
        assert start_due(at=AT + SECOND, schedule=MORNING) == []
        assert DBTaskResult.objects.get().task_path == FAIL
        run = ScheduledRun.objects.get()
        assert (run.due, run.queued_at) == (datetime.datetime(2023, 10, 10, 0, 0, tzinfo=datetime.UTC), AT)

    @pytest.mark.django_db
    def test_the_next_day_it_is_due_again_and_not_before(self) -> None:
        start_due(at=AT, schedule=MORNING)
        tomorrow = ScheduledRun.objects.get().due + DAY
        assert start_due(at=tomorrow - SECOND, schedule=MORNING) == []
        assert start_due(at=tomorrow, schedule=MORNING) == ["morning"]

    @pytest.mark.django_db
    def test_of_runs_missed_while_nobody_worked_the_last_is_made_up_for(self) -> None:
        start_due(at=AT, schedule=MORNING)
        assert start_due(at=AT + 10 * DAY, schedule=MORNING) == ["morning"]
        assert start_due(at=AT + 10 * DAY + SECOND, schedule=MORNING) == []
        assert DBTaskResult.objects.count() == 2

    @pytest.mark.django_db
    def test_a_clock_that_was_put_back_repeats_nothing(self) -> None:
        start_due(at=AT, schedule=MORNING)
        assert start_due(at=AT - 3 * DAY, schedule=MORNING) == []

    @pytest.mark.django_db
    def test_each_run_has_its_own_rhythm(self) -> None:
        both = (*MORNING, Scheduled("often", Every(5), FAIL))
        assert start_due(at=AT, schedule=both) == ["morning", "often"]
        assert start_due(at=AT + 300 * SECOND, schedule=both) == ["often"]

    @pytest.mark.django_db
    def test_looking_when_nothing_is_due_asks_one_question(self, django_assert_num_queries: object) -> None:
        start_due(at=AT, schedule=MORNING)
        with django_assert_num_queries(1):  # type: ignore[operator]
            start_due(at=AT, schedule=MORNING)

    @pytest.mark.django_db(transaction=True)
    def test_of_several_processes_one_queues_it(self) -> None:
        ready = threading.Barrier(4)
        started: list[str] = []

        def process() -> None:
            try:
                ready.wait()
                started.extend(start_due(at=AT, schedule=MORNING))
            finally:
                connection.close()

        threads = [threading.Thread(target=process) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert started == ["morning"]
        assert DBTaskResult.objects.count() == ScheduledRun.objects.count() == 1


def left_running(since: datetime.datetime, *, workers: int = 1) -> DBTaskResult:  # type: ignore[type-arg]
    """A task that a worker took out at `since` and never finished."""
    write.enqueue("a", "b")
    DBTaskResult.objects.update(
        status=TaskResultStatus.RUNNING, started_at=since, worker_ids=[str(number) for number in range(workers)]
    )
    return DBTaskResult.objects.get()


@pytest.mark.django_db
class TestLostWorkers:
    def test_a_task_that_runs_no_longer_than_it_may_is_left_alone(self) -> None:
        left_running(AT - LONGEST)
        assert take_back_lost(at=AT) == 0
        assert DBTaskResult.objects.get().status == TaskResultStatus.RUNNING

    def test_a_task_that_runs_longer_is_done_again(self) -> None:
        left_running(AT - LONGEST - SECOND)
        assert take_back_lost(at=AT) == 1
        task = DBTaskResult.objects.get()
        assert (task.status, task.started_at) == (TaskResultStatus.READY, None)

    @pytest.mark.parametrize(
        ("workers", "status"),
        [(MOST_WORKERS - 1, TaskResultStatus.READY), (MOST_WORKERS, TaskResultStatus.FAILED)],
    )
    def test_a_task_that_loses_every_worker_is_given_up(self, workers: int, status: TaskResultStatus) -> None:
        left_running(AT - LONGEST - SECOND, workers=workers)
        take_back_lost(at=AT)
        assert DBTaskResult.objects.get().status == status

    def test_finished_tasks_are_left_alone(self) -> None:
        left_running(AT - DAY).set_successful("done")
        assert take_back_lost(at=AT) == 0


@pytest.mark.django_db
class TestTidying:
    def test_finished_tasks_stay_for_a_while(self) -> None:
        left_running(AT - DAY).set_successful("done")
        DBTaskResult.objects.update(finished_at=AT - KEPT)
        tidy_up(at=AT)
        assert DBTaskResult.objects.exists()
        tidy_up(at=AT + SECOND)
        assert not DBTaskResult.objects.exists()

    def test_what_is_still_to_do_stays(self, tmp_path: Path) -> None:
        write.enqueue(str(tmp_path), "x")
        tidy_up(at=AT + 1000 * DAY)
        assert DBTaskResult.objects.exists()

    def test_the_last_run_stays_however_old(self) -> None:
        for day in range(3):
            start_due(at=AT + day * DAY, schedule=MORNING)
        tidy_up(at=AT + 1000 * DAY)
        assert ScheduledRun.objects.get().due.date() == (AT + 2 * DAY).date()
        assert start_due(at=AT + 2 * DAY, schedule=MORNING) == []

    def test_ended_sessions_go(self) -> None:
        Session.objects.create(session_key="over", session_data="", expire_date=AT - SECOND)
        Session.objects.create(session_key="open", session_data="", expire_date=AT)
        tidy_up(at=AT)
        assert [session.session_key for session in Session.objects.all()] == ["open"]
