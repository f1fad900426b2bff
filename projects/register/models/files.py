"""Photos and documents of a project: what is known of each, beside the file itself, which lies in the store."""

from typing import Any, ClassVar, Self

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.accounts.models import User
from projects.register.models.projects import Project
from projects.register.wording import FILE_KINDS


def store() -> Storage:
    """Where the files lie: a folder of this installation, or whatever `ATTACHMENT_STORAGE` names."""
    return storages["attachments"]


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, user: User) -> Self:
        """What `user` may open."""
        return self.filter(project__in=Project.objects.visible_to(user).papers_open_to(user))

    def kept(self) -> Self:
        """Those that were not removed."""
        return self.filter(removed_at__isnull=True)


class Attachment(models.Model):
    """A file of a project, under a random name (`stored_as`) in the store; only `actions.filing` writes it.

    A removed one keeps its row and its file, and is shown and handed out no more. `preview` is a small JPEG
    drawn anew from a photo.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="attachments", verbose_name=_("project"))
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind of file"), max_length=20, choices=FILE_KINDS)
    stored_as = models.CharField(max_length=100, unique=True)
    original_name = models.CharField(_("name of the file"), max_length=200)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    content_type = models.CharField(_("content type"), max_length=100)
    preview = models.BinaryField(null=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"))
    removed_at = models.DateTimeField(_("removed"), null=True)
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("removed by"))

    objects: ClassVar[Any] = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ("-at", "-id")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(FILE_KINDS)), name="attachment_kind_known"),
            models.CheckConstraint(condition=Q(size__gte=1), name="attachment_not_empty"),
            models.CheckConstraint(
                condition=Q(kind="photo", preview__isnull=False) | (~Q(kind="photo") & Q(preview__isnull=True)),
                name="attachment_preview_of_photos",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=False) | Q(removed_by__isnull=True), name="attachment_removed_has_time"
            ),
            models.UniqueConstraint(
                fields=["project", "sha256"],
                condition=Q(removed_at__isnull=True),
                name="attachment_once_a_project",
                violation_error_message=_("The project already has this file."),
            ),
        ]

    def __str__(self) -> str:
        return self.title
