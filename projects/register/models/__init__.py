"""The register: projects with their phases, components and capacities, and what is planned for them."""

from projects.register.models.files import Attachment, store
from projects.register.models.lists import Category, Leader, LevelLabel, ListEntry, Sector
from projects.register.models.milestones import Milestone, MilestoneTemplate
from projects.register.models.phases import Capacity, Component, Phase, StageChange
from projects.register.models.problems import Problem, ProblemNote
from projects.register.models.projects import Project
from projects.register.models.schedule import AnnualPlan, Exemption, Incident

__all__ = [
    "AnnualPlan",
    "Attachment",
    "Capacity",
    "Category",
    "Component",
    "Exemption",
    "Incident",
    "Leader",
    "LevelLabel",
    "ListEntry",
    "Milestone",
    "MilestoneTemplate",
    "Phase",
    "Problem",
    "ProblemNote",
    "Project",
    "Sector",
    "StageChange",
    "store",
]
