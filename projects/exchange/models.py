"""What was sent in to be imported: the file, the rows with what becomes of each, and the headings a unit uses."""

import datetime
from typing import Any, ClassVar, Self

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.accounts.models import Unit, User
from projects.accounts.queries import may
from projects.accounts.roles import Verb
from projects.core.fields import MonthField, month_range
from projects.exchange.import_wording import BATCH_STATES, KIND_NAMES, OUTCOME_NAMES
from projects.exchange.verdicts import Outcome
from projects.register.models import Project

KEPT = datetime.timedelta(days=7)  # that a file waits for its import


def uploads() -> Storage:
    """Where files lie until they are imported or dropped."""
    return storages["results"]


class BatchState:
    """Where an import stands: the columns are to be checked, the rows are, it was carried out, taken back, dropped."""

    UPLOADED, PLANNED, IMPORTED, UNDONE, DROPPED = "uploaded", "planned", "imported", "undone", "dropped"
    OPEN = (UPLOADED, PLANNED)


class BatchQuerySet(models.QuerySet["ImportBatch"]):
    def visible_to(self, user: User) -> Self:
        """One's own; for those who keep the register also those of the people in their units."""
        if may(user, Verb.EDIT_PROJECT):
            return self.filter(by__unit__in=Unit.objects.below(user.unit))
        return self.filter(by=user)


class ImportBatch(models.Model):
    """One file on its way in.

    `columns` is what was recognised or corrected: the sheet, the heading rows, which column holds what.
    The content of the file is kept under a random name until the import is carried out or dropped.
    """

    by = models.ForeignKey(User, models.PROTECT, related_name="imports", verbose_name=_("who"))
    at = models.DateTimeField(_("when"))
    kind = models.CharField(_("kind"), max_length=20, choices=KIND_NAMES, blank=True)
    month = MonthField(_("month"))
    submit = models.BooleanField(_("submit what is complete"), default=False)
    file_name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=100, blank=True)
    columns = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=BATCH_STATES, default=BatchState.UPLOADED)
    counts = models.JSONField(default=dict)
    planned_at = models.DateTimeField(null=True)
    imported_at = models.DateTimeField(_("imported"), null=True)
    undone_at = models.DateTimeField(_("taken back"), null=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("taken back by"))

    objects: ClassVar[Any] = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(BATCH_STATES)), name="import_state_known"),
            models.CheckConstraint(condition=Q(kind__in=["", *KIND_NAMES]), name="import_kind_known"),
            models.CheckConstraint(condition=month_range("month"), name="import_month_is_month"),
            models.CheckConstraint(
                condition=Q(state__in=["imported", "undone"], imported_at__isnull=False)
                | (~Q(state__in=["imported", "undone"]) & Q(imported_at__isnull=True)),
                name="import_done_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state="undone", undone_at__isnull=False) | (~Q(state="undone") & Q(undone_at__isnull=True)),
                name="import_undone_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=list(BatchState.OPEN)) | Q(stored_as=""), name="import_keeps_no_file_once_over"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_open(self) -> bool:
        """Whether it still waits for somebody to go on with it."""
        return self.state in BatchState.OPEN

    @property
    def sheet(self) -> str:
        return str(self.columns.get("sheet", ""))


class ImportRow(models.Model):
    """A row of the sheet with what becomes of it.

    `chosen` is the code that somebody chose among those that look alike, `left_out` that it was unticked;
    `touched` is what the import wrote, with what stood there before, for taking it back.
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    outcome = models.CharField(max_length=10, choices=OUTCOME_NAMES)
    project = models.ForeignKey(Project, models.SET_NULL, null=True, related_name="+")
    code = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=200, blank=True)
    read = models.JSONField(default=dict)
    cells = models.JSONField(default=list)
    objections = models.JSONField(default=list)
    remarks = models.JSONField(default=list)
    alikes = models.JSONField(default=list)
    seen = models.JSONField(default=dict)
    chosen = models.CharField(max_length=40, blank=True)
    left_out = models.BooleanField(default=False)
    touched = models.JSONField(default=list)

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="import_row_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=[outcome.value for outcome in Outcome]), name="import_row_outcome_known"
            ),
        ]
        indexes = [models.Index(fields=["batch", "outcome", "number"], name="import_rows_of_outcome")]  # the tabs

    def __str__(self) -> str:
        return f"{self.batch} {self.number}"


class LearnedHeading(models.Model):
    """What a unit's own sheets call a column: said once by hand, recognised from then on."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="learned_headings", verbose_name=_("unit"))
    kind = models.CharField(_("kind"), max_length=20, choices=KIND_NAMES)
    heading = models.CharField(_("heading"), max_length=200)
    code = models.CharField(_("column"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("learned heading")
        verbose_name_plural = _("learned headings")
        ordering = ("unit", "kind", "heading")
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "heading"], name="learned_heading_once"),
            models.CheckConstraint(condition=Q(kind__in=list(KIND_NAMES)), name="learned_heading_kind_known"),
        ]

    def __str__(self) -> str:
        return self.heading
