"""Long work: begun once, watched by its owner alone, and ended with a result or a sentence."""

import datetime
import logging
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from projects.background import meters
from projects.background.actions.jobs import KEPT, Outcome, advance, advance_within, carry_out, forget_old, start_job
from projects.background.models import Job, results
from projects.core.refusals import Refused
from tests.cast import AT, Cast

NOTHING = "tests.background.chores.nothing"
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queue")]


def clock() -> datetime.datetime:
    return AT


@pytest.fixture
def job(cast: Cast) -> Job:
    return start_job(NOTHING, "A large file", {"month": 202309}, by=cast.office, at=AT, url="/projects/")


def test_the_same_work_is_begun_once(cast: Cast, job: Job) -> None:
    assert start_job(NOTHING, "A large file", {"month": 202309}, by=cast.office, at=AT) == job
    assert start_job(NOTHING, "A large file", {"month": 202308}, by=cast.office, at=AT) != job
    assert start_job(NOTHING, "A large file", {"month": 202309}, by=cast.admin, at=AT) != job
    assert DBTaskResult.objects.count() == 3


def test_a_result_is_kept_and_handed_out(cast: Cast, client: Client, job: Job) -> None:
    carry_out(job.pk, lambda _job: Outcome("Done.", "清单.xlsx", b"content"), clock=clock)
    client.force_login(cast.office)
    page = client.get(f"/jobs/{job.pk}/")
    assert "Done." in page.content.decode()
    assert f"/jobs/{job.pk}/result/" in page.content.decode()
    answer = client.get(f"/jobs/{job.pk}/result/")
    assert b"".join(answer.streaming_content) == b"content"  # type: ignore[attr-defined]
    assert "attachment" in answer["Content-Disposition"]


def test_how_far_it_is_is_shown(cast: Cast, client: Client, job: Job) -> None:
    def work(running: Job) -> Outcome:
        advance(running, 30, 120)
        client.force_login(cast.office)
        assert 'max="120" value="30"' in client.get(f"/jobs/{job.pk}/").content.decode()
        return Outcome("Done.")

    carry_out(job.pk, work, clock=clock)


def test_how_far_it_is_is_shown_before_its_transaction_ends(cast: Cast, client: Client, job: Job) -> None:
    def work(running: Job) -> Outcome:
        client.force_login(cast.office)
        with transaction.atomic():
            for done in range(1, 1001):
                advance_within(running, done, 1000)
                if done == 504:  # told every fifth time
                    assert 'max="1000" value="500"' in client.get(f"/jobs/{job.pk}/").content.decode()
            assert 'max="1000" value="1000"' in client.get(f"/jobs/{job.pk}/").content.decode()
            running.refresh_from_db()
            assert (running.done, running.total) == (0, 0)
        return Outcome("Done.")

    meters.tell(job.pk, 7, 9)  # by a try that was killed
    assert 'value="7"' not in client.get(f"/jobs/{job.pk}/").content.decode()
    carry_out(job.pk, work, clock=clock)
    assert meters.heard(job.pk) is None


def test_what_cannot_be_told_stands_in_no_works_way(settings: Settings, tmp_path: Path, job: Job) -> None:
    settings.DATA_DIR = tmp_path / "missing"
    advance_within(job, 1, 1)
    assert meters.heard(job.pk) is None
    settings.DATA_DIR = tmp_path
    meters.tell(job.pk, 3, 4)
    assert meters.heard(job.pk) == (3, 4)
    (tmp_path / "progress" / str(job.pk)).write_text("")  # cut off by a full disk
    assert meters.heard(job.pk) is None


@pytest.mark.parametrize("who", ["admin", "reporter", "stranger"])
def test_others_do_not_see_it(cast: Cast, client: Client, job: Job, who: str) -> None:
    carry_out(job.pk, lambda _job: Outcome("Done.", "a.xlsx", b"content"), clock=clock)
    client.force_login(cast.person(who))
    assert client.get(f"/jobs/{job.pk}/").status_code == 404
    assert client.get(f"/jobs/{job.pk}/result/").status_code == 404
    assert "A large file" not in client.get("/jobs/").content.decode()


def test_a_refusal_becomes_the_answer(job: Job) -> None:
    def refuse(_job: Job) -> Outcome:
        raise Refused("The file has no rows.")

    carry_out(job.pk, refuse, clock=clock)
    job.refresh_from_db()
    assert (job.state, job.sentence) == ("failed", "The file has no rows.")


def test_a_fault_is_told_and_logged(job: Job, caplog: pytest.LogCaptureFixture) -> None:
    def fail(_job: Job) -> Outcome:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), caplog.at_level(logging.CRITICAL):
        carry_out(job.pk, fail, clock=clock)
    job.refresh_from_db()
    assert job.has_failed
    assert job.sentence


def test_what_has_ended_is_not_done_again(job: Job) -> None:
    done: list[int] = []

    def work(_job: Job) -> Outcome:
        done.append(1)
        return Outcome("Done.")

    for _time in range(2):
        carry_out(job.pk, work, clock=clock)
    assert done == [1]


def test_old_work_and_its_file_are_forgotten(job: Job) -> None:
    carry_out(job.pk, lambda _job: Outcome("Done.", "a.xlsx", b"content"), clock=clock)
    job.refresh_from_db()
    assert forget_old(at=AT + KEPT) == 0
    assert forget_old(at=AT + KEPT + datetime.timedelta(seconds=1)) == 1
    assert not results().exists(job.stored_as)
