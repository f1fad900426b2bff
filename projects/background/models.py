"""Which due runs of the schedule have been put into the queue."""

from django.db import models


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
