"""All models, so that Django finds them; each lives in its slice."""

from projects.accounts.models import Unit, User
from projects.background.models import Job, ScheduledRun
from projects.bulletins.models import (
    Bulletin,
    BulletinLine,
    BulletinUnit,
    Line,
    LineStamp,
    Objection,
    Override,
    PolicyEdition,
    SearchKey,
)
from projects.followups.models import Slip
from projects.journal.models import Entry
from projects.notices.models import Notice
from projects.progress.models import MonthlyReport, Period, ReminderStep, ReportComment, ReportingRules
from projects.register.models import (
    AnnualPlan,
    Attachment,
    Capacity,
    Category,
    Component,
    Exemption,
    Incident,
    Leader,
    LevelLabel,
    Milestone,
    MilestoneTemplate,
    Phase,
    Problem,
    ProblemNote,
    Project,
    Sector,
    StageChange,
)

__all__ = [
    "AnnualPlan",
    "Attachment",
    "Bulletin",
    "BulletinLine",
    "BulletinUnit",
    "Capacity",
    "Category",
    "Component",
    "Entry",
    "Exemption",
    "Incident",
    "Job",
    "Leader",
    "LevelLabel",
    "Line",
    "LineStamp",
    "Milestone",
    "MilestoneTemplate",
    "MonthlyReport",
    "Notice",
    "Objection",
    "Override",
    "Period",
    "Phase",
    "PolicyEdition",
    "Problem",
    "ProblemNote",
    "Project",
    "ReminderStep",
    "ReportComment",
    "ReportingRules",
    "ScheduledRun",
    "SearchKey",
    "Sector",
    "Slip",
    "StageChange",
    "Unit",
    "User",
]
