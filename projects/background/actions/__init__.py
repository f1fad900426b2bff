"""Work for later: what is queued after a change, and long work that somebody started and watches."""

from projects.background.actions.queueing import enqueue_after_commit, start_due, take_back_lost, tidy_up

__all__ = ["enqueue_after_commit", "start_due", "take_back_lost", "tidy_up"]
