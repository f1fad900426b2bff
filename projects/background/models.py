"""What was put into the queue by the schedule, and the long work that people have started."""

from typing import Any, ClassVar, Self

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from projects.accounts.models import User


def results() -> Storage:
    """Where files lie that were made for somebody to fetch."""
    return storages["results"]


class ScheduledRun(models.Model):
    """One due run. Its row is written with the task that does the work, by whichever process comes first."""

    name = models.CharField(max_length=40)
    due = models.DateTimeField()
    queued_at = models.DateTimeField()

    class Meta:
        ordering = ("due", "name")
        constraints = [models.UniqueConstraint(fields=["name", "due"], name="scheduled_run_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.due:%Y-%m-%d %H:%M}"


class JobState:
    """Where a job stands."""

    WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"
    OPEN = (WAITING, RUNNING)
    ALL = (WAITING, RUNNING, DONE, FAILED)


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: User) -> Self:
        """One's own only: a result may hold what only its owner may read."""
        return self.filter(by=user)


class Job(models.Model):
    """Long work of one person: how far it is, and what came of it, in the language of who began it."""

    task = models.CharField(max_length=100)
    title = models.CharField(_("work"), max_length=200)
    params = models.JSONField(default=dict)
    language = models.CharField(max_length=10, blank=True)
    by = models.ForeignKey(User, models.CASCADE, related_name="jobs")
    at = models.DateTimeField(_("begun"))
    state = models.CharField(max_length=10, default=JobState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(_("ended"), null=True)
    sentence = models.CharField(max_length=1000, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    stored_as = models.CharField(max_length=100, blank=True)
    url = models.CharField(max_length=300, blank=True)

    objects: ClassVar[Any] = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("long work")
        verbose_name_plural = _("long work")
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(JobState.ALL)), name="job_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=list(JobState.OPEN), ended_at__isnull=True)
                | (~Q(state__in=list(JobState.OPEN)) & Q(ended_at__isnull=False)),
                name="job_ended_has_time",
            ),
            models.CheckConstraint(condition=Q(done__lte=models.F("total")), name="job_done_of_total"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether it still waits or runs."""
        return self.state in JobState.OPEN

    @property
    def has_failed(self) -> bool:
        return self.state == JobState.FAILED
