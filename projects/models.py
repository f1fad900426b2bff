"""All models, so that Django finds them; each lives in its slice."""

from projects.accounts.models import Unit, User
from projects.background.models import ScheduledRun
from projects.bulletins.models import Line, LineStamp
from projects.journal.models import Entry
from projects.notices.models import Notice
from projects.progress.models import MonthlyReport, Period, ReminderStep, ReportComment, ReportingRules
from projects.register.models import (
    AnnualPlan,
    Capacity,
    Category,
    Component,
    Exemption,
    Incident,
    Leader,
    LevelLabel,
    Milestone,
    Phase,
    Problem,
    ProblemNote,
    Project,
    Sector,
    StageChange,
)

__all__ = [
    "AnnualPlan",
    "Capacity",
    "Category",
    "Component",
    "Entry",
    "Exemption",
    "Incident",
    "Leader",
    "LevelLabel",
    "Line",
    "LineStamp",
    "Milestone",
    "MonthlyReport",
    "Notice",
    "Period",
    "Phase",
    "Problem",
    "ProblemNote",
    "Project",
    "ReminderStep",
    "ReportComment",
    "ReportingRules",
    "ScheduledRun",
    "Sector",
    "StageChange",
    "Unit",
    "User",
]
