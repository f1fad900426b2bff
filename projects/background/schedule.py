"""What happens by itself and when: every day at a local time, or every few minutes."""

import datetime
from dataclasses import dataclass

EPOCH = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Daily:
    """Once a day at a local time."""

    hour: int
    minute: int = 0

    def latest(self, at: datetime.datetime) -> datetime.datetime:
        """The last due moment up to `at`, which is in local time."""
        due = at.replace(hour=self.hour, minute=self.minute, second=0, microsecond=0)
        return due if due <= at else due - datetime.timedelta(days=1)


@dataclass(frozen=True)
class Every:
    """Every so many minutes."""

    minutes: int

    def latest(self, at: datetime.datetime) -> datetime.datetime:
        """The last due moment up to `at`, the same in every process."""
        return at - (at - EPOCH) % datetime.timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Scheduled:
    """A run that becomes due again and again. `task` is named by its path, for what it does lies above this slice."""

    name: str
    when: Daily | Every
    task: str


SCHEDULE = (
    Scheduled("send_mail", Every(5), "projects.notices.tasks.send_mail"),
    Scheduled("recolour", Every(5), "projects.bulletins.tasks.go_on_recolouring"),
    Scheduled("open_months", Daily(0, 5), "projects.progress.tasks.open_months"),
    Scheduled("follow_locks", Daily(0, 10), "projects.bulletins.tasks.follow_locks"),
    Scheduled("drop_old_uploads", Daily(3, 20), "projects.exchange.tasks.drop_old_uploads"),
    Scheduled("forget_old_notices", Daily(3, 25), "projects.notices.tasks.forget_old"),
    Scheduled("tidy_up", Daily(3, 30), "projects.background.tasks.tidy_up"),
    Scheduled("remind", Daily(8, 30), "projects.progress.tasks.remind"),
    Scheduled("remind_of_problems", Daily(8, 35), "projects.register.tasks.remind_of_problems"),
    Scheduled("remind_of_slips", Daily(8, 40), "projects.followups.tasks.remind_of_slips"),
)
