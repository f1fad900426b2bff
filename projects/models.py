"""All models, so that Django finds them; each lives in its slice."""

from projects.accounts.models import Unit, User
from projects.bulletins.models import Line, LineStamp
from projects.journal.models import Entry
from projects.progress.models import MonthlyReport
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
    Project,
    Sector,
    StageChange,
)

__all__ = [
    "AnnualPlan",
    "Attachment",
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
    "MilestoneTemplate",
    "MonthlyReport",
    "Phase",
    "Project",
    "Sector",
    "StageChange",
    "Unit",
    "User",
]
