"""Bad rows of projects and all that belongs to them: phases, stages, plans, milestones, problems, papers."""

from django.db.models import Subquery

from projects.accounts.models import Unit
from projects.core.month import Month
from projects.core.yuan import LARGEST
from projects.register.models import (
    AnnualPlan,
    Attachment,
    Capacity,
    Exemption,
    Incident,
    Milestone,
    MilestoneTemplate,
    Problem,
    ProblemNote,
    StageChange,
)
from tests.cast import AT, GRANTED, SEPTEMBER, TODAY, Cast, component, phase, project
from tests.constraints.rows import AFTER_2100, BEFORE_2000, DAY, EARLIER, TWICE, Bad, Row


def good_project(cast: Cast) -> Row:
    return project(cast)


def good_phase(cast: Cast) -> Row:
    return phase(project(cast))


def good_component(cast: Cast) -> Row:
    return component(phase(project(cast)))


def good_change(cast: Cast) -> Row:
    return StageChange.objects.create(phase=phase(project(cast)), stage="signed", at=AT)


def good_capacity(cast: Cast) -> Row:
    return Capacity.objects.create(phase=phase(project(cast)), product="组件", planned=6, unit="GW")


def good_component_capacity(cast: Cast) -> Row:
    return Capacity.objects.create(component=component(phase(project(cast))), product="组件", planned=6, unit="GW")


def good_proposal(cast: Cast) -> Row:
    return AnnualPlan.objects.create(
        project=project(cast), year=2023, number=2, effective_from=SEPTEMBER, amount=1, at=AT, reason="…", decision=""
    )


def good_plan(cast: Cast) -> Row:
    return AnnualPlan.objects.create(
        project=project(cast), year=2023, number=1, effective_from=Month(2023, 1), amount=1, at=AT, decided_at=AT
    )


def good_milestone(cast: Cast) -> Row:
    return Milestone.objects.create(project=project(cast), name="封顶", planned_on=TODAY)


def good_approval(cast: Cast) -> Row:
    return Milestone.objects.create(project=project(cast), kind="approval", code="site", name="选址")


def good_approval_of_a_phase(cast: Cast) -> Row:
    of = phase(project(cast))
    return Milestone.objects.create(project=of.project, phase=of, kind="approval", code="site", name="选址")


def good_template(cast: Cast) -> Row:
    return MilestoneTemplate.objects.create(category=cast.industry, name="封顶", offset_months=1)


def good_template_of_an_approval(cast: Cast) -> Row:
    return MilestoneTemplate.objects.create(category=cast.industry, kind="approval", code="site")


def good_photo(cast: Cast) -> Row:
    return Attachment.objects.create(
        project=project(cast), title="现场", kind="photo", stored_as="ab/1", original_name="a.jpg", size=1, sha256="1",
        content_type="image/jpeg", preview=b"1", at=AT,
    )  # fmt: skip


def good_incident(cast: Cast) -> Row:
    return Incident.objects.create(project=project(cast), kind="false_data", happened_on=TODAY, note="…")


def good_exemption(cast: Cast) -> Row:
    return Exemption.objects.create(project=project(cast), first_month=SEPTEMBER, last_month=SEPTEMBER, **GRANTED)


def good_problem(cast: Cast) -> Row:
    return Problem.objects.create(project=project(cast), kind="land", description="…", raised_on=EARLIER, due_on=TODAY)


def good_problem_note(cast: Cast) -> Row:
    return ProblemNote.objects.create(problem=good_problem(cast), kind="note", text="…", at=AT)  # type: ignore[misc]


BAD: Bad = {
    "project_stage_known": (good_project, [{"stage": "nonsense"}]),
    "project_step_only_while_building": (
        good_project,
        [{"stage": "started", "step": "structure"}, {"stage": "building", "step": "roof"}],
    ),
    "project_total_above_zero": (good_project, [{"total_investment": 0}, {"total_investment": LARGEST + 1}]),
    "project_total_floor_above_zero": (good_project, [{"total_at_least": 0}, {"total_at_least": -1}]),
    "project_total_not_below_its_floor": (good_project, [{"total_investment": 9, "total_at_least": 10}]),
    "project_planned_finish_after_start": (
        good_project,
        [{"planned_start": TODAY, "planned_finish": EARLIER}],
    ),
    "project_actual_finish_after_start": (good_project, [{"actual_start": TODAY, "actual_finish": EARLIER}]),
    "project_coordinates_both_or_none": (
        good_project,
        [
            {"latitude": 34},
            {"longitude": 117},
            {"latitude": 91, "longitude": 117},
            {"latitude": 34, "longitude": -181},
        ],
    ),
    "project_halt_ends_after_it_began": (
        good_project,
        [
            {"halted": "suspended", "halted_on": TODAY, "halt_reason": "land", "halted_until": EARLIER},
            {"halted": "terminated", "halted_on": TODAY, "halt_reason": "land", "halted_until": TODAY},
        ],
    ),
    "project_halt_has_day_and_reason": (
        good_project,
        [
            {"halted": "suspended"},
            {"halted": "suspended", "halted_on": TODAY},
            {"halted": "suspended", "halt_reason": "land"},
            {"halted": "suspended", "halted_on": TODAY, "halt_reason": "nonsense"},
            {"halted": "nonsense", "halted_on": TODAY, "halt_reason": "land"},
            {"halted_on": TODAY},
            {"halt_reason": "land"},
        ],
    ),
    "project_class_known": (good_project, [{"project_class": "nonsense"}]),
    "project_nature_known": (good_project, [{"nature": "nonsense"}]),
    "project_listed_from_is_month": (
        good_project,
        [{"listed_from": BEFORE_2000}, {"listed_from": AFTER_2100}],
    ),
    "phase_stage_known": (good_phase, [{"stage": "nonsense"}]),
    "phase_step_only_while_building": (good_phase, [{"stage": "operating", "step": "topped_out"}]),
    "phase_number_once_a_project": (good_phase, [TWICE]),
    "phase_number_1_to_99": (good_phase, [{"number": 0}, {"number": 100}]),
    "component_stage_known": (good_component, [{"stage": "nonsense"}]),
    "component_step_only_while_building": (good_component, [{"stage": "", "step": "foundation"}]),
    "component_number_once_a_phase": (good_component, [TWICE]),
    "stage_change_stage_known": (good_change, [{"stage": "nonsense"}]),
    "stage_change_step_only_while_building": (good_change, [{"step": "structure"}]),
    "stage_change_back_has_reason": (good_change, [{"is_back": True}]),
    "stage_change_skipped_has_reason": (good_change, [{"skipped": ["approval:acceptance"]}]),
    "capacity_of_a_phase_or_a_component": (good_capacity, [{"phase": None}]),
    "capacity_not_negative": (good_capacity, [{"planned": 0}, {"commissioned": -1}]),
    "capacity_of_phase_once_a_product": (good_capacity, [TWICE]),
    "capacity_of_component_once_a_product": (good_component_capacity, [TWICE]),
    "plan_number_once_a_year": (good_plan, [TWICE]),
    "plan_amount_not_negative": (good_plan, [{"amount": -1}, {"amount": LARGEST + 1}]),
    "plan_year_2000_to_2100": (good_plan, [{"year": 1999}, {"year": 2101}]),
    "plan_revision_has_reason": (good_plan, [{"number": 2}, {"number": 0, "reason": "…"}]),
    "plan_decision_known": (good_plan, [{"number": 2, "reason": "…", "decision": "nonsense"}]),
    "plan_original_holds": (good_plan, [{"decision": "declined"}, {"decision": "", "decided_at": None}]),
    "plan_decision_has_time": (good_plan, [{"decided_at": None}, {"number": 2, "reason": "…", "decision": ""}]),
    "plan_one_revision_waits": (good_proposal, [{**TWICE, "number": 3}]),
    "plan_effective_from_is_month": (
        good_plan,
        [{"effective_from": BEFORE_2000}, {"effective_from": AFTER_2100}],
    ),
    "exemption_decision_known": (good_exemption, [{"decision": "nonsense"}]),
    "exemption_decision_has_time": (good_exemption, [{"decided_at": None}, {"decision": ""}]),
    "attachment_kind_known": (good_photo, [{"kind": "nonsense", "preview": None}]),
    "attachment_not_empty": (good_photo, [{"size": 0}]),
    "attachment_preview_of_photos": (good_photo, [{"preview": None}, {"kind": "document"}]),
    "attachment_removed_has_time": (good_photo, [{"removed_by": 1}]),
    "attachment_once_a_project": (good_photo, [{**TWICE, "stored_as": "ab/2"}]),
    "attachment.stored_as": (good_photo, [{**TWICE, "sha256": "2"}]),
    "milestone_once_a_project": (good_milestone, [TWICE]),
    "milestone_named_or_coded": (
        good_milestone,
        [{"name": ""}, {"code": "site"}, {"kind": "approval"}, {"kind": "approval", "code": "x"}, {"kind": "x"}],
    ),
    "approval_once_a_project": (good_approval, [TWICE]),
    "approval_once_a_phase": (good_approval_of_a_phase, [TWICE]),
    "milestone_node_is_planned": (good_milestone, [{"planned_on": None}]),
    "milestone_applies_or_says_why_not": (
        good_milestone,
        [
            {"not_applicable": True},
            {"not_applicable": True, "not_applicable_reason": "…", "done_on": TODAY},
            {"not_applicable_reason": "…"},
        ],
    ),
    "milestone_estimate_is_of_a_day": (good_milestone, [{"is_confirmed": False}]),
    "template_named_or_coded": (
        good_template,
        [{"name": ""}, {"code": "site"}, {"kind": "approval"}, {"kind": "approval", "code": "x"}, {"kind": "x"}],
    ),
    "template_approval_once_a_category": (good_template_of_an_approval, [TWICE]),
    "template_node_once_a_category": (good_template, [TWICE]),
    "template_node_has_months": (good_template, [{"offset_months": None}]),
    "template_months_in_range": (good_template, [{"offset_months": -121}, {"offset_months": 241}]),
    "incident_once_a_day": (good_incident, [TWICE]),
    "incident_kind_known": (good_incident, [{"kind": "nonsense"}]),
    "incident_cleared_after_it_happened": (good_incident, [{"cleared_on": EARLIER}]),
    "exemption_reason_known": (good_exemption, [{"reason": "nonsense"}]),
    "exemption_ends_after_it_begins": (
        good_exemption,
        [
            {"first_month": Month(2023, 10)},
            {"last_month": Month(2023, 8)},
            {"first_month": BEFORE_2000},
            {"last_month": AFTER_2100},
        ],
    ),
    "problem_kind_known": (good_problem, [{"kind": "nonsense"}]),
    "problem_state_known": (good_problem, [{"state": "nonsense", "solved_on": TODAY, "proof": "…"}]),
    "problem_says_something": (good_problem, [{"description": ""}]),
    "problem_due_after_it_was_raised": (good_problem, [{"due_on": EARLIER - DAY}]),
    "problem_asked_of_one": (good_problem, [{"asked_of": Subquery(Unit.objects.values("pk")[:1]), "asked_name": "…"}]),
    "problem_solved_with_proof": (
        good_problem,
        [{"solved_on": TODAY}, {"state": "solved", "proof": "…"}, {"state": "solved", "solved_on": TODAY}],
    ),
    "problem_closed_has_time": (
        good_problem,
        [{"closed_at": AT}, {"state": "closed", "solved_on": TODAY, "proof": "…"}],
    ),
    "problem_extension_has_day_and_reason": (
        good_problem,
        [{"extension": "asked"}, {"extension_until": TODAY}, {"extension": "asked", "extension_until": TODAY}],
    ),
    "problem_extension_known": (
        good_problem,
        [{"extension": "nonsense", "extension_until": TODAY, "extension_reason": "…"}],
    ),
    "problem_note_kind_known": (good_problem_note, [{"kind": "nonsense"}]),
    "problem_note_says_something": (good_problem_note, [{"text": ""}]),
    "project.code": (good_project, [TWICE]),
}
