"""Notices: what somebody is told in the product, and by mail where an address is known."""

import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.accounts.models import User
from projects.notices.wording import icon_of, name_of, sentence

MOST_TRIES = 5


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, user: User) -> Self:
        """What `user` was told."""
        return self.filter(recipient=user)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)

    def to_mail(self, at: datetime.datetime) -> Self:
        """What is to go out by mail at `at`: new, or refused by the mail server some time ago."""
        return self.filter(mail_after__lte=at)


class Notice(models.Model):
    """One thing told to one person, once (`key`). The sentence is worded for the reader from `kind` and `params`.

    `mail_after` is the moment from which the next try to mail it may be made; none when there is
    nothing to try: it went out (`mailed_at`), was read before, has no address, or failed too often.
    """

    recipient = models.ForeignKey(
        User, models.PROTECT, related_name="notices", db_index=False, verbose_name=_("recipient")
    )  # other indexes begin with it
    kind = models.CharField(_("kind"), max_length=40)
    params = models.JSONField(default=dict)
    url = models.CharField(_("page to open"), max_length=300, blank=True)
    key = models.CharField(max_length=120)
    at = models.DateTimeField(_("when"))
    read_at = models.DateTimeField(_("read at"), null=True)
    mail_after = models.DateTimeField(_("next try to mail"), null=True)
    mail_tries = models.PositiveSmallIntegerField(_("tries to mail"), default=0)
    mailed_at = models.DateTimeField(_("mailed at"), null=True)
    mail_failure = models.CharField(_("why the mail failed"), max_length=300, blank=True)

    objects: ClassVar[NoticeQuerySet] = NoticeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices and mail")
        ordering = ("-at", "-id")
        constraints = [
            models.UniqueConstraint(fields=["recipient", "key"], name="notice_once_a_person"),
            models.CheckConstraint(condition=Q(mail_tries__lte=MOST_TRIES), name="notice_tried_so_often_at_most"),
            models.CheckConstraint(
                condition=Q(mailed_at__isnull=True) | Q(mail_after__isnull=True), name="notice_mailed_once"
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-at", "-id"], name="notices_of_person"),  # the page of notices
            # the number at the bell, on every page
            models.Index(fields=["recipient"], name="notices_unread", condition=Q(read_at__isnull=True)),
            # the worker looks for mail every few minutes
            models.Index(fields=["mail_after"], name="notices_to_mail", condition=Q(mail_after__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """What is told, in the active language."""
        return sentence(self.kind, self.params)

    @property
    def kind_name(self) -> str:
        return name_of(self.kind)

    @property
    def icon(self) -> str:
        return icon_of(self.kind)
