"""Bad rows of long work and of what runs at its times."""

from projects.background.models import Job, ScheduledRun
from tests.cast import AT, Cast
from tests.constraints.rows import TWICE, Bad, Row


def good_job(cast: Cast) -> Row:
    return Job.objects.create(task="…", title="…", by=cast.office, at=AT)


def good_run(cast: Cast) -> Row:
    return ScheduledRun.objects.create(name="remind", due=AT, queued_at=AT)


BAD: Bad = {
    "job_state_known": (good_job, [{"state": "nonsense", "ended_at": AT}]),
    "job_ended_has_time": (good_job, [{"state": "done"}, {"ended_at": AT}]),
    "job_done_of_total": (good_job, [{"done": 1}]),
    "scheduled_run_once": (good_run, [TWICE]),
}
