"""The documents of a published bulletin: made once, and handed out byte for byte the same for ever."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.bulletins.documents.kinds import KINDS
from projects.bulletins.models.bulletins import Bulletin


class BulletinFile(models.Model):
    """A document as it was made from what was published. Rows are only added; triggers refuse all else.

    The bytes lie in the database and not beside it: there they stand under the triggers and in every backup,
    together with the bulletin that they are the paper of. A year of bulletins is some 20 MB.
    """

    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="files", verbose_name=_("bulletin"))
    kind = models.CharField(_("kind"), max_length=4)
    name = models.CharField(_("file name"), max_length=200)
    content = models.BinaryField()
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("made"))

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        verbose_name = _("document of a bulletin")
        verbose_name_plural = _("documents of bulletins")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "kind"], name="bulletin_file_once"),
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="bulletin_file_kind_known"),
            models.CheckConstraint(condition=~Q(sha256="") & Q(size__gt=0), name="bulletin_file_has_content"),
        ]

    def __str__(self) -> str:
        return self.name
