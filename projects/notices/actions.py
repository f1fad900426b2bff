"""Telling people something, marking it as read, and mailing it; not journalled, for reading is a private matter."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q

from projects.accounts.models import User
from projects.background.actions import enqueue_after_commit
from projects.notices.mails import mail_to
from projects.notices.models import MOST_TRIES, Notice
from projects.notices.wording import KINDS

NEXT_TRY = (
    datetime.timedelta(minutes=10),
    datetime.timedelta(hours=1),
    datetime.timedelta(hours=4),
    datetime.timedelta(hours=24),
)  # how long to wait after each failed try; after the fifth no further one is made
KEPT = datetime.timedelta(days=365)  # after reading: a year of reports is looked back upon, and no further


@transaction.atomic
def notify(
    people: Iterable[User],
    kind: str,
    params: Mapping[str, Any],
    *,
    url: str,
    key: str,
    at: datetime.datetime,
    dry_run: bool = False,
) -> list[Notice]:
    """Tell `people` something once: whoever has a notice with this `key` gets none again.

    Gives the notices that are new, or with `dry_run` those that would be. `params` are fit for JSON
    and hold whatever the sentence of `kind` names (else KeyError); `url` is a path of ours or empty.
    Mail goes out after the transaction, all that waits for a person in one; whoever has no address
    finds the notice in the product only. Closed accounts are told nothing.
    """
    KINDS[kind].sentence % dict(params)  # raises KeyError: a sentence with a gap is a mistake of the program
    if url and (not url.startswith("/") or url.startswith("//")):
        raise ValueError(f"not a path of ours: {url}")
    asked = {person.pk: person for person in people if person.is_active}
    told = Notice.objects.filter(key=key, recipient__in=asked).values_list("recipient", flat=True)
    for pk in list(told):
        del asked[pk]
    new = [
        Notice(
            recipient=person, kind=kind, params=dict(params), url=url, key=key, at=at,
            mail_after=at if person.email else None,
        )
        for _pk, person in sorted(asked.items())
    ]  # fmt: skip
    if new and not dry_run:
        Notice.objects.bulk_create(new, ignore_conflicts=True)  # another process may tell the same just now
        if any(notice.mail_after for notice in new):
            enqueue_after_commit("projects.notices.tasks.send_mail")
    return new


def mark_read(notice: Notice, *, by: User, at: datetime.datetime) -> None:
    """Mark a notice of one's own as read; what is read need not be mailed any more."""
    Notice.objects.of(by).unread().filter(pk=notice.pk).update(read_at=at, mail_after=None)


def mark_all_read(*, by: User, at: datetime.datetime, through: int) -> int:
    """Mark as read whatever `by` was shown: notices with an id up to `through`. How many there were."""
    return Notice.objects.of(by).unread().filter(pk__lte=through).update(read_at=at, mail_after=None)


def forget_read(*, at: datetime.datetime) -> int:
    """Remove notices that were read more than a year before `at`; how many. What nobody has read stays."""
    return Notice.objects.filter(read_at__lt=at - KEPT).delete()[0]


def send_waiting(*, at: datetime.datetime) -> int:
    """Send each person one mail with all notices that wait to be mailed at `at`; how many mails went out.

    A mail is claimed before it is sent, by the moment of its next try, so that two workers do not
    send it twice; a worker lost in between has made one of the five tries. A mail server out of
    reach counts as a try of all that wait.
    """
    out_of_reach = User.objects.filter(Q(email="") | Q(is_active=False))
    Notice.objects.to_mail(at).filter(recipient__in=out_of_reach).update(mail_after=None)
    waiting = User.objects.filter(pk__in=Notice.objects.to_mail(at).values("recipient")).order_by("pk")
    sent = 0
    connection = get_connection()
    for person in list(waiting):
        try:
            connection.open()
        except Exception as error:  # whatever a mail backend raises; the notices stay in the product
            _claim(at, failure=str(error))
            break
        sent += _send(person, connection, at)
    connection.close()
    return sent


def _send(person: User, connection: BaseEmailBackend, at: datetime.datetime) -> bool:
    notices = _claim(at, person=person)
    if not notices:
        return False
    rows = Notice.objects.filter(pk__in=[notice.pk for notice in notices])
    try:
        mail = mail_to(person, notices)
        mail.connection = connection
        mail.send()
    except Exception as error:  # as above: refused addresses, a lost connection, a header that is none
        rows.update(mail_failure=str(error)[:300])
        connection.close()
        return False
    rows.update(mailed_at=at, mail_after=None, mail_failure="")
    return True


@transaction.atomic
def _claim(at: datetime.datetime, *, person: User | None = None, failure: str = "") -> list[Notice]:
    """Count a try of all that waits, for `person` or for everybody, and put off the next one."""
    waiting = Notice.objects.to_mail(at).select_for_update().order_by("id")
    notices = list(waiting if person is None else waiting.of(person))
    for notice in notices:
        notice.mail_tries += 1
        again = notice.mail_tries < MOST_TRIES
        notice.mail_after = at + NEXT_TRY[notice.mail_tries - 1] if again else None
        notice.mail_failure = failure[:300]
    Notice.objects.bulk_update(notices, ["mail_tries", "mail_after", "mail_failure"], batch_size=500)
    return notices
