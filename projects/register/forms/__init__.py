"""What officials type about projects: text in, values out. Rules are the actions' business."""

from projects.register.forms.facts import PHASES, CapacityForm, ComponentForm, PhaseForm, ProjectForm
from projects.register.forms.moving import MoveForm, PlacedForm, PositionField, move_choices, read_position
from projects.register.forms.papers import FileForm, MilestoneForm, MilestoneReportForm, RemovalForm
from projects.register.forms.planning import PlanDecisionForm, PlanForm
from projects.register.forms.problems import ExtensionForm, NoteForm, ProblemForm, SolvedForm
from projects.register.forms.states import ExemptionForm, HaltForm, IncidentForm, ResumeForm

__all__ = [
    "PHASES",
    "CapacityForm",
    "ComponentForm",
    "ExemptionForm",
    "ExtensionForm",
    "FileForm",
    "HaltForm",
    "IncidentForm",
    "MilestoneForm",
    "MilestoneReportForm",
    "MoveForm",
    "NoteForm",
    "PhaseForm",
    "PlacedForm",
    "PlanDecisionForm",
    "PlanForm",
    "PositionField",
    "ProblemForm",
    "ProjectForm",
    "RemovalForm",
    "ResumeForm",
    "SolvedForm",
    "move_choices",
    "read_position",
]
