"""Keeping photos and documents of a project: taking them in, removing them, and sweeping out what nobody owns."""

import datetime
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from projects.accounts.models import Unit, User
from projects.accounts.roles import Verb
from projects.core.refusals import Refused
from projects.journal.actions import record
from projects.register.actions.touching import check_reach, lock
from projects.register.file_types import FILE_TYPES, FileType, Kind, clean_name, ending_of, is_disguised, preview_of
from projects.register.models import Attachment, Project, store
from projects.register.queries import facts_of

MEGABYTE = 1024 * 1024
FILE_FACTS = ("title", "kind", "original_name", "size", "sha256")


@dataclass(frozen=True)
class Upload:
    """A file as somebody sends it, under the name that it had with them."""

    name: str
    content: bytes


def keep_file(
    project: Project,
    name: str,
    content: bytes,
    *,
    title: str = "",
    used_by: Callable[[Attachment], object] | None = None,
    by: User | None,
    at: datetime.datetime,
) -> Attachment:
    """Take in a file of a project under the `name` that it had with the person; without a title that is the title.

    `Refused` (field `file`) when it is empty, too large, of a kind that is not taken in or not what its name
    says, there already, or when the unit's room is full; `NotAllowed` outside the person's reach. The file and
    its row stand together: when the row cannot be written, the file goes again. `used_by` joins the new row to
    what it is sent in for, in the same transaction and with the project held; what it refuses is not kept.
    """
    name = clean_name(name)
    file_type = _check_content(name, content)
    preview = _preview(name, content) if file_type.kind is Kind.PHOTO else None
    stored_as = ""
    try:
        with transaction.atomic():
            # The unit first, as whoever renames it does: both then wait for each other in one order.
            unit = Unit.objects.select_for_update(no_key=True).get(pk=project.unit_id)
            locked = lock(project.pk)
            check_reach(by, Verb.KEEP_FILES, locked)
            digest = hashlib.sha256(content).hexdigest()
            _check_room(locked, unit, digest, len(content))
            stored_as = store().save(_random_name(), ContentFile(content))
            attachment: Attachment = Attachment.objects.create(
                project=locked,
                title=title or name,
                kind=file_type.kind.value,
                stored_as=stored_as,
                original_name=name,
                size=len(content),
                sha256=digest,
                content_type=file_type.content_type,
                preview=preview,
                by=by,
                at=at,
            )
            if used_by is not None:
                used_by(attachment)
            after = facts_of(attachment, FILE_FACTS)
            record(by=by, at=at, verb="keep_file", subject=attachment, project_id=locked.pk, after=after)
    except BaseException:
        if stored_as:
            store().delete(stored_as)
        raise
    return attachment


def _random_name() -> str:
    """Told by nothing that people know, and spread over folders."""
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name}"


def _check_content(name: str, content: bytes) -> FileType:
    if not content:
        raise Refused(_("The file is empty. Look whether it was saved, and choose it again."), field="file")
    if len(content) > settings.ATTACHMENT_MB * MEGABYTE:
        raise Refused(
            _("The file is larger than %(limit)s MB. Make it smaller, or split it.")
            % {"limit": settings.ATTACHMENT_MB},
            field="file",
        )
    file_type = FILE_TYPES.get(ending_of(name))
    if file_type is None:
        raise Refused(
            _("“%(name)s” is of a kind that is not taken in. Taken in are: %(endings)s.")
            % {"name": name, "endings": ", ".join(FILE_TYPES)},
            field="file",
        )
    if is_disguised(name):
        raise Refused(
            _("“%(name)s” has two endings. Give it a name with one, and choose it again.") % {"name": name},
            field="file",
        )
    if not file_type.fits(content):
        raise Refused(_unlike(name), field="file")
    return file_type


def _preview(name: str, content: bytes) -> bytes:
    try:
        return preview_of(content)
    except ValueError as error:
        raise Refused(_unlike(name), field="file") from error


def _unlike(name: str) -> str:
    return _(
        "“%(name)s” is damaged, or is not the kind of file that its name says. Open it, save it anew and choose it"
        " again."
    ) % {"name": name}


def _check_room(project: Project, unit: Unit, digest: str, size: int) -> None:
    twin = Attachment.objects.kept().filter(project=project, sha256=digest).first()
    if twin:
        raise Refused(_("The project already has this file: “%(title)s”.") % {"title": twin.title}, field="file")
    used = Attachment.objects.filter(project__unit=unit).aggregate(used=Sum("size", default=0))["used"]
    if used + size > settings.ATTACHMENT_QUOTA_MB * MEGABYTE:
        raise Refused(
            _("The files of %(unit)s may take up %(limit)s MB and do. Ask the key-project office for more room.")
            % {"unit": unit.name, "limit": settings.ATTACHMENT_QUOTA_MB},
            field="file",
        )


@transaction.atomic
def note_taken(attachment: Attachment, *, by: User, at: datetime.datetime) -> None:
    """Note in the journal that somebody took the file along; no part of the project's history."""
    record(by=by, at=at, verb="take_file", subject=attachment, after={"project": attachment.project})


@transaction.atomic
def remove_file(attachment: Attachment, *, reason: str, by: User | None, at: datetime.datetime) -> Attachment:
    """Take a file out of sight; its row and content stay for whoever has to prove what was there.

    `Refused` when something else refers to it, it was removed already, or there is no reason.
    """
    project = lock(attachment.project_id)
    check_reach(by, Verb.KEEP_FILES, project)
    stored: Attachment = Attachment.objects.select_for_update(of=("self",)).get(pk=attachment.pk)
    if stored.removed_at:
        raise Refused(_("“%(file)s” was removed already.") % {"file": stored})
    if not reason:
        raise Refused(_("Say in one sentence why it is removed."), field="reason")
    for user in _users_of(stored):
        raise Refused(
            _("“%(file)s” is the document of %(user)s. Take it out there first.") % {"file": stored, "user": user}
        )
    Attachment.objects.filter(pk=stored.pk).update(removed_at=at, removed_by=by)
    attachment.removed_at, attachment.removed_by = at, by
    before = facts_of(stored, FILE_FACTS)
    record(by=by, at=at, verb="remove_file", subject=stored, project_id=project.pk, before=before, note=reason)
    return attachment


def _users_of(attachment: Attachment) -> list[str]:
    """What refers to the file, in words, whichever slice it belongs to; one of each kind is enough to refuse."""
    found = []
    for relation in Attachment._meta.related_objects:
        row = relation.related_model._default_manager.filter(**{relation.field.name: attachment}).first()
        if row is not None:
            found.append(str(row))
    return found


def sweep(*, before: datetime.datetime) -> int:
    """Delete from the store what no row knows and what was written earlier than `before`; how many files.

    Only a process that was killed between file and row leaves such a file behind.
    """
    known = set(Attachment.objects.values_list("stored_as", flat=True))
    swept = 0
    for folder in _folders():
        for name in store().listdir(folder)[1]:
            path = f"{folder}/{name}"
            if path not in known and store().get_modified_time(path) < before:
                store().delete(path)
                swept += 1
    return swept


def _folders() -> list[str]:
    try:
        return list(store().listdir("")[0])
    except FileNotFoundError:  # nothing was ever taken in
        return []
