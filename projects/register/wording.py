"""What stages, classes, natures, reasons and kinds of the register are called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.register.approvals import Approval
from projects.register.file_types import Kind
from projects.register.gates import Fact, Missing
from projects.register.solving import ProblemState
from projects.register.stages import Position, Stage, Step

STAGE_NAMES: dict[str, Promise] = {
    Stage.CONCEIVED.value: pgettext_lazy("stage", "Conceived"),
    Stage.IN_TALKS.value: pgettext_lazy("stage", "In talks"),
    Stage.SIGNED.value: pgettext_lazy("stage", "Signed"),
    Stage.LANDED.value: pgettext_lazy("stage", "Landed"),
    Stage.PREPARING.value: pgettext_lazy("stage", "Preparing"),
    Stage.STARTED.value: pgettext_lazy("stage", "Started"),
    Stage.BUILDING.value: pgettext_lazy("stage", "Building"),
    Stage.INSTALLING.value: pgettext_lazy("stage", "Installing equipment"),
    Stage.COMPLETED.value: pgettext_lazy("stage", "Completed"),
    Stage.OPERATING.value: pgettext_lazy("stage", "Operating"),
    Stage.FULL_CAPACITY.value: pgettext_lazy("stage", "Full capacity"),
}
UNPLACED = pgettext_lazy("stage", "Not stated")
PARTLY_OPERATING = pgettext_lazy("stage", "Partly operating")
STEP_NAMES: dict[str, Promise] = {
    Step.FOUNDATION.value: pgettext_lazy("stage", "Foundation"),
    Step.STRUCTURE.value: pgettext_lazy("stage", "Main structure"),
    Step.TOPPED_OUT.value: pgettext_lazy("stage", "Topped out"),
}

CLASS_NAMES: dict[str, Promise] = {
    "implementation": pgettext_lazy("class", "Implementation"),
    "preparation": pgettext_lazy("class", "Preparation"),
    "reserve": pgettext_lazy("class", "Reserve"),
    "lead": pgettext_lazy("class", "Investment lead"),
}
NATURE_NAMES: dict[str, Promise] = {
    "new": pgettext_lazy("nature", "New"),
    "continued": pgettext_lazy("nature", "Continued"),
    "extension": pgettext_lazy("nature", "Extension"),
    "renovation": pgettext_lazy("nature", "Technical renovation"),
}
PLAN_DECISIONS: dict[str, Promise] = {
    "approved": pgettext_lazy("plan", "Approved"),
    "declined": pgettext_lazy("plan", "Declined"),
}
CURVES: dict[str, Promise] = {
    "even": pgettext_lazy("curve", "Evenly over the active months"),
    "quarterly": pgettext_lazy("curve", "By quarters: 20, 50, 75, 100 %"),
    "like_last_year": pgettext_lazy("curve", "In the shape of last year"),
}
PROBLEM_KINDS: dict[str, Promise] = {
    "land": pgettext_lazy("problem", "Land"),
    "planning": pgettext_lazy("problem", "Planning"),
    "environment": pgettext_lazy("problem", "Environment and energy assessment"),
    "funding": pgettext_lazy("problem", "Funds"),
    "utilities": pgettext_lazy("problem", "Water, power, gas"),
    "demolition": pgettext_lazy("problem", "Requisition and demolition"),
    "labour": pgettext_lazy("problem", "Labour"),
    "other": pgettext_lazy("problem", "Other"),
}
PROBLEM_STATES: dict[str, Promise] = {
    ProblemState.OPEN.value: pgettext_lazy("problem", "Open"),
    ProblemState.SOLVED.value: pgettext_lazy("problem", "To be verified"),
    ProblemState.CLOSED.value: pgettext_lazy("problem", "Closed"),
}
PROBLEM_NOTES: dict[str, Promise] = {
    "note": pgettext_lazy("problem", "Progress"),
    "solve": pgettext_lazy("problem", "Reported as solved"),
    "reject": pgettext_lazy("problem", "Not accepted as solved"),
    "close": pgettext_lazy("problem", "Verified and closed"),
    "reopen": pgettext_lazy("problem", "Opened again"),
    "extend": pgettext_lazy("problem", "Extension"),
}
PROBLEM_IN_THE_WAY: dict[str, Promise] = {
    ProblemState.OPEN.value: _("The problem is open and was not reported as solved yet."),
    ProblemState.SOLVED.value: _("The problem was reported as solved and is being verified."),
    ProblemState.CLOSED.value: _("The problem is closed. Open it again if it came back."),
}
EXTENSION_STATES: dict[str, Promise] = {
    "asked": pgettext_lazy("extension", "Asked for"),
    "granted": pgettext_lazy("extension", "Granted"),
    "refused": pgettext_lazy("extension", "Refused"),
}
HALT_NAMES: dict[str, Promise] = {
    "suspended": _("Suspended"),
    "terminated": _("Terminated"),
}
HALT_REASONS: dict[str, Promise] = {
    "funding": _("Lack of funds"),
    "land": _("Land"),
    "approval": _("Approvals"),
    "demolition": _("Demolition and resettlement"),
    "market": _("Market or change of strategy"),
    "policy": _("Change of policy or planning"),
    "environment": _("Environmental control"),
    "dispute": _("Dispute or legal case"),
    "other": _("Other"),
}
FILE_KINDS: dict[str, Promise] = {
    Kind.PHOTO.value: pgettext_lazy("file", "Photo"),
    Kind.DOCUMENT.value: pgettext_lazy("file", "Document"),
}
MILESTONE_KINDS: dict[str, Promise] = {
    "node": pgettext_lazy("milestone", "Node"),
    "approval": pgettext_lazy("milestone", "Approval"),
}
APPROVAL_NAMES: dict[str, Promise] = {
    Approval.INITIATION.value: pgettext_lazy("approval", "Project initiation"),
    Approval.SITE.value: pgettext_lazy("approval", "Land pre-examination and site selection"),
    Approval.LAND_GRANT.value: pgettext_lazy("approval", "Land granted or allocated"),
    Approval.LAND_PERMIT.value: pgettext_lazy("approval", "Planning permit for the land"),
    Approval.TITLE.value: pgettext_lazy("approval", "Title to the land"),
    Approval.ENERGY.value: pgettext_lazy("approval", "Energy conservation review"),
    Approval.ENVIRONMENT.value: pgettext_lazy("approval", "Environmental impact assessment"),
    Approval.SOIL.value: pgettext_lazy("approval", "Soil and water conservation"),
    Approval.SAFETY.value: pgettext_lazy("approval", "Safety assessment"),
    Approval.PLANNING_PERMIT.value: pgettext_lazy("approval", "Planning permit for the works"),
    Approval.DRAWINGS.value: pgettext_lazy("approval", "Review of the working drawings"),
    Approval.FIRE.value: pgettext_lazy("approval", "Fire protection design"),
    Approval.TENDER.value: pgettext_lazy("approval", "Tender and contract"),
    Approval.SUPERVISION.value: pgettext_lazy("approval", "Quality and safety supervision"),
    Approval.CONSTRUCTION_PERMIT.value: pgettext_lazy("approval", "Construction permit"),
    Approval.STATISTICS.value: pgettext_lazy("approval", "Entry in statistics"),
    Approval.ACCEPTANCE.value: pgettext_lazy("approval", "Joint acceptance"),
    Approval.EMISSION_PERMIT.value: pgettext_lazy("approval", "Emission permit"),
    Approval.ENVIRONMENT_ACCEPTANCE.value: pgettext_lazy("approval", "Environmental acceptance"),
}
FACT_NAMES: dict[str, Promise] = {
    Fact.TOTAL.value: _("total investment"),
    Fact.PLANNED_FINISH.value: _("planned finish"),
}


def missing_name(missing: Missing) -> str:
    """What a stage asks for and is not there, in words."""
    if missing.kind == "fact":
        return str(FACT_NAMES.get(missing.of, missing.of))
    name = APPROVAL_NAMES.get(missing.of, missing.of)
    if missing.kind == "document":
        return _("number or file of “%(approval)s”") % {"approval": name}
    return str(name)


def position_name(position: Position, *, partly: bool = False) -> str:
    """The stage in words; while building with its step, for a part that produces in part 部分投产."""
    if partly:
        return str(PARTLY_OPERATING)
    if position.stage is None:
        return str(UNPLACED)
    name = str(STAGE_NAMES[position.stage.value])
    return f"{name} · {STEP_NAMES[position.step.value]}" if position.step else name


def stage_name(stage: str, step: str = "", *, partly: bool = False) -> str:
    """The same from stored codes."""
    return position_name(Position.read(stage, step), partly=partly)
