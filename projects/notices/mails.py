"""What a mail says: one or more notices to one person, with the addresses of their pages."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.accounts.models import User
from projects.notices.models import Notice

LONGEST_SUBJECT = 120  # signs


def mail_to(person: User, notices: Sequence[Notice]) -> EmailMessage:
    """All of `notices` in one mail, in the installation's language: the person's own is known to a browser only."""
    with translation.override(settings.LANGUAGE_CODE):
        return EmailMessage(
            subject=_subject(notices),
            body=_body(person, notices),
            to=[person.email],
            headers={"Auto-Submitted": "auto-generated"},
        )


def _subject(notices: Sequence[Notice]) -> str:
    """On one line whatever the sentences hold: a line more would be a header more."""
    told = notices[0].sentence
    if len(notices) > 1:
        told = ngettext(
            "%(count)s notice: %(first)s",
            "%(count)s notices: %(first)s",
            len(notices),
        ) % {"count": len(notices), "first": told}
    subject = " ".join((_("[Major projects] %(told)s") % {"told": told}).split())
    return subject if len(subject) <= LONGEST_SUBJECT else f"{subject[: LONGEST_SUBJECT - 1]}…"


def _body(person: User, notices: Sequence[Notice]) -> str:
    lines = [_("%(person)s, you have notices in the major projects system:") % {"person": person}, ""]
    for number, notice in enumerate(notices, start=1):
        lines.append(f"{number}. {' '.join(notice.sentence.split())}")
        if notice.url:
            lines.append(f"   {settings.SITE_URL}{notice.url}")
    lines += ["", _("All notices: %(address)s") % {"address": f"{settings.SITE_URL}{reverse('notices')}"}]
    lines += [_("This mail was sent by itself. Please do not answer it."), ""]
    return "\n".join(lines)
