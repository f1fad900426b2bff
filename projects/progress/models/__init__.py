"""Periods, the monthly report of each project in them, and the reminders of what is missing."""

from projects.progress.models.periods import Period, ReportingRules
from projects.progress.models.reminders import ReminderStep
from projects.progress.models.reports import MonthlyReport, ReportComment, ReportFile

__all__ = ["MonthlyReport", "Period", "ReminderStep", "ReportComment", "ReportFile", "ReportingRules"]
