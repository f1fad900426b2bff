"""The journal: one row for everything somebody did, in order, never changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.journal.wording import VERB_NAMES


class Entry(models.Model):
    """Who did what, when, to which row, with the values before and after.

    `seq` has no gaps; `digest` covers the entry and the digest before it, so that a change made
    behind the application's back shows (`manage.py verify_journal`). The database refuses UPDATE
    and DELETE.
    """

    seq = models.BigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("when"))
    actor = models.ForeignKey("projects.User", models.PROTECT, null=True, related_name="+", verbose_name=_("who"))
    actor_name = models.CharField(_("who"), max_length=50)
    verb = models.CharField(_("what"), max_length=40)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField(null=True)
    subject_name = models.CharField(_("of what"), max_length=300)
    project_id = models.BigIntegerField(null=True)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    note = models.TextField(_("note"), blank=True)
    address = models.CharField(_("network address"), max_length=45, blank=True)
    request_id = models.CharField(_("request number"), max_length=32, blank=True)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal")
        ordering = ("-seq",)
        indexes = [
            models.Index(fields=["project_id", "-seq"], name="journal_of_project"),  # history on the project page
            models.Index(fields=["subject_type", "subject_id", "-seq"], name="journal_of_subject"),  # who was faster
        ]

    def __str__(self) -> str:
        return f"{self.seq} {VERB_NAMES.get(self.verb, self.verb)} {self.subject_name}"
