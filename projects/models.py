"""All models, so that Django finds them; each lives in its slice."""

from projects.accounts.models import Unit, User
from projects.bulletins.models import Line, LineStamp, SearchKey
from projects.journal.models import Entry
from projects.progress.models import MonthlyReport
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
    "Phase",
    "Project",
    "SearchKey",
    "Sector",
    "StageChange",
    "Unit",
    "User",
]
