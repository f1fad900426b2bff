"""Periods, and the monthly report of each project in them."""

from projects.progress.models.periods import Period, ReportingRules
from projects.progress.models.reports import MonthlyReport, ReportComment

__all__ = ["MonthlyReport", "Period", "ReportComment", "ReportingRules"]
