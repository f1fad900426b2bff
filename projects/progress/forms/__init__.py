"""What is typed of a month: approved figures at once, a report with what moved, or the reports of many projects."""

from projects.progress.forms.figures import FiguresForm

__all__ = ["FiguresForm"]
