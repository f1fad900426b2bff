"""Mailing notices: one mail a person, in the words of the page, and five tries when the mail server refuses."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse
from pytest_django import Settings

from projects.notices.actions import NEXT_TRY, mark_read, send_waiting
from projects.notices.mails import LONGEST_SUBJECT
from projects.notices.models import MOST_TRIES, Notice
from projects.notices.tasks import send_mail
from tests.cast import AT, Cast
from tests.notices.told import PARAMS, reachable, tell

SECOND = datetime.timedelta(seconds=1)
LONG = datetime.timedelta(days=30)
CHOOSY = "tests.notices.mail_servers.Choosy"
UNREACHABLE = "tests.notices.mail_servers.Unreachable"


def test_a_notice_is_mailed_once(cast: Cast) -> None:
    tell(reachable(cast.reporter))
    assert send_waiting(at=AT) == 1
    assert send_waiting(at=AT + LONG) == 0
    message = mail.outbox[0]
    assert message.to == ["somebody@example.org"]
    assert message.subject == "【重点项目】“项目P-1”2023年9月月报已审核通过。"
    assert "http://127.0.0.1:8000/projects/" in message.body
    assert f"http://127.0.0.1:8000{reverse('notices')}" in message.body
    notice = Notice.objects.get()
    assert (notice.mailed_at, notice.mail_after, notice.mail_tries) == (AT, None, 1)


def test_the_address_of_the_pages_is_a_setting(cast: Cast, settings: Settings) -> None:
    settings.SITE_URL = "https://projects.example"
    tell(reachable(cast.reporter))
    send_waiting(at=AT)
    assert "https://projects.example/projects/" in mail.outbox[0].body


def test_all_that_waits_for_a_person_goes_into_one_mail(cast: Cast) -> None:
    for key in "123":
        tell(reachable(cast.reporter), key)
    tell(reachable(cast.office, "office@example.org"))
    assert send_waiting(at=AT) == 2
    one, two = sorted(mail.outbox, key=lambda message: message.to)
    assert (one.to, two.to) == (["office@example.org"], ["somebody@example.org"])
    assert two.subject.startswith("【重点项目】3条通知：")
    assert "3. “项目P-1”" in two.body


def test_it_is_not_mailed_before_its_time(cast: Cast) -> None:
    tell(reachable(cast.reporter))
    assert send_waiting(at=AT - SECOND) == 0
    assert send_waiting(at=AT) == 1


def test_who_has_no_address_gets_no_mail(cast: Cast) -> None:
    tell(cast.reporter)
    assert send_waiting(at=AT) == 0


@pytest.mark.parametrize("change", [{"email": ""}, {"is_active": False}])
def test_who_left_since_gets_no_mail(cast: Cast, change: dict[str, object]) -> None:
    person = reachable(cast.reporter)
    tell(person)
    type(person).objects.filter(pk=person.pk).update(**change)
    assert send_waiting(at=AT) == 0
    assert Notice.objects.get().mail_after is None


def test_what_was_read_first_is_not_mailed(cast: Cast) -> None:
    mark_read(tell(reachable(cast.reporter)), by=cast.reporter, at=AT)
    assert send_waiting(at=AT) == 0


@pytest.mark.parametrize(
    "inserted", ["\r\nBcc: all@example.org", "\nBcc: all@example.org", "\x0bBcc: x", "\u2028Bcc: x"]
)
def test_a_sentence_adds_no_header(cast: Cast, inserted: str) -> None:
    tell(reachable(cast.reporter), kind="report_returned", params={**PARAMS, "reason": f"改{inserted}"})
    assert send_waiting(at=AT) == 1
    message = mail.outbox[0]
    assert message.recipients() == ["somebody@example.org"]
    headers = message.message()
    assert headers["Bcc"] is None
    assert len(message.subject.splitlines()) == 1


def test_an_address_adds_no_header(cast: Cast) -> None:
    tell(reachable(cast.reporter, "a@example.org\nBcc: all@example.org"))
    assert send_waiting(at=AT) == 0
    assert Notice.objects.get().mail_failure


def test_a_long_sentence_is_cut_in_the_subject_only(cast: Cast) -> None:
    tell(reachable(cast.reporter), kind="report_returned", params={**PARAMS, "reason": "长" * 400})
    send_waiting(at=AT)
    assert len(mail.outbox[0].subject) == LONGEST_SUBJECT
    assert "长" * 400 in mail.outbox[0].body


class TestFailing:
    def test_one_address_that_is_refused_keeps_nobody_from_their_mail(self, cast: Cast, settings: Settings) -> None:
        settings.EMAIL_BACKEND = CHOOSY
        tell(reachable(cast.office, "bad@example.org"))
        tell(reachable(cast.reporter))
        assert send_waiting(at=AT) == 1
        notice = Notice.objects.get(recipient=cast.office)
        assert (notice.mailed_at, notice.mail_tries, notice.mail_after) == (None, 1, AT + NEXT_TRY[0])
        assert notice.mail_failure.startswith("no such mailbox")

    def test_the_next_try_is_made_in_time_and_clears_the_failure(self, cast: Cast, settings: Settings) -> None:
        settings.EMAIL_BACKEND = CHOOSY
        person = reachable(cast.office, "bad@example.org")
        tell(person)
        send_waiting(at=AT)
        reachable(person, "good@example.org")
        assert send_waiting(at=AT + NEXT_TRY[0] - SECOND) == 0
        assert send_waiting(at=AT + NEXT_TRY[0]) == 1
        notice = Notice.objects.get()
        assert (notice.mail_tries, notice.mail_failure) == (2, "")

    @pytest.mark.parametrize("server", [CHOOSY, UNREACHABLE])
    def test_after_the_fifth_try_it_is_given_up(self, cast: Cast, settings: Settings, server: str) -> None:
        settings.EMAIL_BACKEND = server
        tell(reachable(cast.office, "bad@example.org"))
        for day in range(MOST_TRIES):
            assert Notice.objects.get().mail_after is not None
            send_waiting(at=AT + day * LONG)
            assert Notice.objects.get().mail_tries == day + 1
        notice = Notice.objects.get()
        assert (notice.mail_after, notice.mail_tries) == (None, MOST_TRIES)
        assert notice.mail_failure
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        assert send_waiting(at=AT + 100 * LONG) == 0

    def test_a_server_out_of_reach_is_a_try_of_all_that_wait(self, cast: Cast, settings: Settings) -> None:
        settings.EMAIL_BACKEND = UNREACHABLE
        tell(reachable(cast.office))
        tell(reachable(cast.reporter))
        assert send_waiting(at=AT) == 0
        assert set(Notice.objects.values_list("mail_tries", "mail_failure")) == {(1, "nobody listens")}

    def test_a_worker_lost_while_sending_has_made_one_try(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        tell(reachable(cast.office))
        with monkeypatch.context() as patch:
            patch.setattr("projects.notices.actions.mail_to", lost)
            with pytest.raises(KeyboardInterrupt):
                send_waiting(at=AT)
        assert send_waiting(at=AT) == 0
        assert send_waiting(at=AT + NEXT_TRY[0]) == 1
        assert Notice.objects.get().mail_tries == 2


def lost(*_: object) -> None:
    raise KeyboardInterrupt


def test_the_task_mails_by_the_real_clock(cast: Cast, settings: Settings) -> None:
    """In the demonstration too, where the record's clock may stand before the moment of a retry."""
    settings.TODAY = AT.date()
    tell(reachable(cast.office), at=AT + datetime.timedelta(days=20))
    send_mail.enqueue()
    mailed_at = Notice.objects.get().mailed_at
    assert mailed_at is not None
    assert mailed_at > AT + datetime.timedelta(days=20)
