"""Sending photos and documents in with a report, and taking them out again, as long as the report may be written."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from projects.accounts.models import User
from projects.accounts.queries import may
from projects.accounts.roles import Verb
from projects.core.display import month_label
from projects.core.refusals import NotAllowed, Refused
from projects.progress.actions.reporting import check_writable, held
from projects.progress.models import MonthlyReport, ReportFile
from projects.register.actions.filing import Upload, keep_file, remove_file
from projects.register.models import Attachment


@dataclass
class Sent:
    """What became of several files: those that were kept, and the sentence against each of the others."""

    kept: list[Attachment] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def attach(
    report: MonthlyReport, upload: Upload, *, title: str = "", by: User | None, at: datetime.datetime
) -> Attachment:
    """Keep a file of the project as one of this report. `Refused` as `keep_file` says, and when the report cannot be
    written: it is with the office or approved, or its month is not open."""

    def join(kept: Attachment) -> None:
        project, stored = held(report, Verb.REPORT, by=by, seen=None)
        check_writable(project, stored, by=by, at=at)
        if stored._state.adding:
            stored.save(force_insert=True)
        ReportFile.objects.create(report=stored, attachment=kept)

    return keep_file(report.project, upload.name, upload.content, title=title, used_by=join, by=by, at=at)


def attach_several(
    report: MonthlyReport, uploads: Iterable[Upload], *, title: str = "", by: User | None, at: datetime.datetime
) -> Sent:
    """Keep each file that can be kept, so that nobody sends the good ones a second time for a bad one among them."""
    sent = Sent()
    for upload in uploads:
        try:
            sent.kept.append(attach(report, upload, title=title, by=by, at=at))
        except Refused as refusal:
            sent.refused.append(Refused(_with_name(upload.name, str(refusal)), field="uploads"))
    return sent


def _with_name(name: str, sentence: str) -> str:
    """A refusal that says which of several files it means."""
    return sentence if name in sentence else _("“%(file)s”: %(reason)s") % {"file": name, "reason": sentence}


@transaction.atomic
def detach(report: MonthlyReport, attachment: Attachment, *, by: User | None, at: datetime.datetime) -> Attachment:
    """Take a file out of a report that may still be written, and out of sight: whoever sent it in, or the office."""
    project, stored = held(report, Verb.REPORT, by=by, seen=None)
    check_writable(project, stored, by=by, at=at)
    check_own(attachment, by=by)
    found = ReportFile.objects.filter(report__project=project, report__month=report.month, attachment=attachment)
    if not found.delete()[0]:
        raise Refused(_("The report has no such file any more. Look at its files again."))
    reason = _("Taken out of the report for %(month)s before it was handed in.") % {"month": month_label(report.month)}
    return remove_file(attachment, reason=reason, by=by, at=at)


def check_own(attachment: Attachment, *, by: User | None) -> None:
    """`NotAllowed` for the file of another person of the unit."""
    if by is None or attachment.by_id == by.pk or may(by, Verb.REVIEW_REPORTS):
        return
    raise NotAllowed(
        _("“%(file)s” was sent in by %(person)s, who may take it out; the key-project office may, too.")
        % {"file": attachment, "person": attachment.by or "—"}
    )
