"""What is typed of a month: approved figures at once, a report with what moved, reports of many projects, reminders."""

from projects.progress.forms.figures import FiguresForm
from projects.progress.forms.reminding import NudgeForm, ReminderStepForm

__all__ = ["FiguresForm", "NudgeForm", "ReminderStepForm"]
