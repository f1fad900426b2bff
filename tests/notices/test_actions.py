"""Telling people: once, to those who may know, together with the change or not at all; and marking as read."""

import datetime
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from projects.notices.actions import forget_read, mark_all_read, mark_read, notify
from projects.notices.models import Notice
from projects.notices.tasks import forget_old
from tests.background.conftest import DATABASE_QUEUE
from tests.cast import AT, Cast, assemble
from tests.notices.told import PARAMS, reachable, tell

LATER = AT + datetime.timedelta(hours=1)


def told(cast: Cast, **more: Any) -> list[Notice]:
    given: dict[str, Any] = {"people": [cast.reporter, cast.office], "kind": "report_approved", "params": PARAMS}
    return notify(**{**given, "url": "/projects/", "key": "k", "at": AT, **more})


def test_each_person_gets_a_notice(cast: Cast) -> None:
    assert len(told(cast)) == 2
    notice = Notice.objects.get(recipient=cast.reporter)
    assert (notice.kind, notice.params, notice.url, notice.at) == ("report_approved", PARAMS, "/projects/", AT)
    assert (notice.read_at, notice.mail_after, notice.mailed_at) == (None, None, None)


def test_nobody_is_told_the_same_twice(cast: Cast) -> None:
    told(cast, people=[cast.reporter, cast.reporter])
    assert [notice.recipient for notice in told(cast, at=LATER)] == [cast.office]
    assert told(cast, at=LATER) == []
    assert Notice.objects.count() == 2
    assert len(told(cast, key="another")) == 2


def test_somebody_told_by_two_processes_at_once_has_one_notice(cast: Cast) -> None:
    tell(cast.reporter, "k")
    Notice.objects.bulk_create([Notice(recipient=cast.reporter, kind="nudge", key="k", at=AT)], ignore_conflicts=True)
    assert Notice.objects.get().kind == "report_approved"


def test_a_dry_run_says_who_would_be_told_and_tells_nobody(cast: Cast) -> None:
    tell(cast.office, "k")
    assert [notice.recipient for notice in told(cast, dry_run=True)] == [cast.reporter]
    assert Notice.objects.count() == 1


def test_closed_accounts_are_told_nothing(cast: Cast) -> None:
    cast.reporter.is_active = False
    assert [notice.recipient for notice in told(cast)] == [cast.office]


def test_mail_waits_for_those_with_an_address(cast: Cast) -> None:
    reachable(cast.office)
    told(cast)
    assert Notice.objects.get(recipient=cast.office).mail_after == AT
    assert Notice.objects.get(recipient=cast.reporter).mail_after is None


def test_a_sentence_with_a_gap_is_refused(cast: Cast) -> None:
    with pytest.raises(KeyError):
        told(cast, params={"month": "2023-09"})
    with pytest.raises(KeyError):
        told(cast, kind="unheard_of")
    assert not Notice.objects.exists()


@pytest.mark.parametrize("url", ["https://elsewhere.example/", "//elsewhere.example/", "projects/"])
def test_a_notice_leads_nowhere_else(cast: Cast, url: str) -> None:
    with pytest.raises(ValueError, match="not a path of ours"):
        told(cast, url=url)


def test_any_number_of_people_takes_the_same_queries(cast: Cast, django_assert_num_queries: Any) -> None:
    people = [cast.reporter, cast.office, cast.leader, cast.auditor, cast.admin]
    with django_assert_num_queries(4):  # a savepoint around two
        told(cast, people=people[:1])
    with django_assert_num_queries(4):
        told(cast, people=people, key="all")


class TestTransactions:
    @pytest.mark.django_db(transaction=True)
    def test_a_change_that_is_taken_back_leaves_no_notice_and_no_mail(self) -> None:
        cast = assemble()
        reachable(cast.office)
        with transaction.atomic():
            told(cast)
            transaction.set_rollback(True)
        assert not Notice.objects.exists()
        assert mail.outbox == []

    @pytest.mark.django_db(transaction=True)
    def test_mail_goes_out_after_the_commit(self) -> None:
        cast = assemble()
        reachable(cast.office)
        with transaction.atomic():
            told(cast)
            assert mail.outbox == []
        assert [message.to for message in mail.outbox] == [["somebody@example.org"]]
        assert Notice.objects.get(recipient=cast.office).mailed_at is not None

    @pytest.mark.django_db(transaction=True)
    def test_the_request_only_queues_it(self, settings: Settings) -> None:
        settings.TASKS = DATABASE_QUEUE
        cast = assemble()
        reachable(cast.office)
        told(cast)
        assert mail.outbox == []
        assert DBTaskResult.objects.get().task_path == "projects.notices.tasks.send_mail"

    @pytest.mark.django_db(transaction=True)
    def test_nothing_is_queued_where_there_is_nothing_to_mail(self, settings: Settings) -> None:
        settings.TASKS = DATABASE_QUEUE
        told(assemble())
        assert not DBTaskResult.objects.exists()

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("server", ["Unreachable", "Choosy"])
    def test_a_mail_server_out_of_order_hurts_no_change(self, settings: Settings, server: str) -> None:
        settings.EMAIL_BACKEND = f"tests.notices.mail_servers.{server}"
        cast = assemble()
        reachable(cast.office, "bad@example.org")
        told(cast)
        notice = Notice.objects.get(recipient=cast.office)
        assert (notice.mailed_at, notice.mail_tries) == (None, 1)
        assert notice.mail_failure


class TestReading:
    def test_it_is_marked_once(self, cast: Cast) -> None:
        notice = tell(cast.reporter)
        mark_read(notice, by=cast.reporter, at=AT)
        mark_read(notice, by=cast.reporter, at=LATER)
        assert Notice.objects.get().read_at == AT

    def test_what_is_read_need_not_be_mailed(self, cast: Cast) -> None:
        notice = tell(reachable(cast.reporter))
        mark_read(notice, by=cast.reporter, at=AT)
        assert Notice.objects.get().mail_after is None

    def test_nobody_reads_for_another(self, cast: Cast) -> None:
        notice = tell(cast.reporter)
        mark_read(notice, by=cast.office, at=AT)
        assert mark_all_read(by=cast.office, at=AT, through=notice.pk) == 0
        assert Notice.objects.get().read_at is None

    def test_all_that_were_shown_and_none_that_came_since(self, cast: Cast) -> None:
        first, second = tell(cast.reporter, "1"), tell(cast.reporter, "2")
        late = tell(cast.reporter, "3")
        assert mark_all_read(by=cast.reporter, at=AT, through=second.pk) == 2
        assert mark_all_read(by=cast.reporter, at=LATER, through=second.pk) == 0
        assert set(Notice.objects.unread()) == {late}
        assert Notice.objects.get(pk=first.pk).read_at == AT


def test_what_was_read_a_year_ago_is_forgotten_and_nothing_else(cast: Cast, settings: Settings) -> None:
    year, second = datetime.timedelta(days=365), datetime.timedelta(seconds=1)
    for key, read_at in (("old", AT - second), ("kept", AT), ("unread", None)):
        tell(cast.reporter, key)
        Notice.objects.filter(key=key).update(read_at=read_at, at=AT - 3 * year)
    assert forget_read(at=AT + year) == 1
    assert set(Notice.objects.values_list("key", flat=True)) == {"kept", "unread"}
    settings.TODAY = (AT + 2 * year).date()
    assert forget_old.func() == 1
    assert Notice.objects.get().key == "unread"
