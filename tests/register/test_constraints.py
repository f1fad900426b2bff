"""What the database itself refuses, whoever writes to it: a bad row for every constraint of every slice."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import Subquery, Value

from projects.accounts.models import Unit
from projects.background.models import Job, ScheduledRun
from projects.bulletins.models import (
    Bulletin,
    BulletinLine,
    BulletinUnit,
    Line,
    Objection,
    Override,
    PolicyEdition,
)
from projects.core.month import Month
from projects.core.yuan import LARGEST
from projects.notices.models import Notice
from projects.progress.models import MonthlyReport, Period, ReminderStep, ReportComment, ReportingRules
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

Row = models.Model
Good = Callable[[Cast], Row]

DAY = datetime.timedelta(days=1)
EARLIER = TODAY - DAY
BEFORE_2000, AFTER_2100 = Value(199912), Value(210101)  # numbers that no `Month` would let through
TWICE: dict[str, Any] = {"pk": None}  # not the row changed, but the same row a second time


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


def good_job(cast: Cast) -> Row:
    return Job.objects.create(task="…", title="…", by=cast.office, at=AT)


def good_report(cast: Cast) -> Row:
    return MonthlyReport.objects.create(
        project=project(cast), month=SEPTEMBER, state="approved", approved_at=AT, invested_this_month=1
    )


def good_problem(cast: Cast) -> Row:
    return Problem.objects.create(project=project(cast), kind="land", description="…", raised_on=EARLIER, due_on=TODAY)


def good_problem_note(cast: Cast) -> Row:
    return ProblemNote.objects.create(problem=good_problem(cast), kind="note", text="…", at=AT)  # type: ignore[misc]


def good_notice(cast: Cast) -> Row:
    return Notice.objects.create(recipient=cast.office, kind="nudge", key="1", at=AT)


def good_run(cast: Cast) -> Row:
    return ScheduledRun.objects.create(name="remind", due=AT, queued_at=AT)


def good_edition(cast: Cast) -> Row:
    return PolicyEdition.objects.create(
        number=1, name="…", holds_from=SEPTEMBER, policy={}, palette={}, unit_policy={}, reason="…", at=AT
    )


def good_override(cast: Cast) -> Row:
    return Override.objects.create(project=project(cast), month=SEPTEMBER, computed_level=2, level=1, reason="…", at=AT)


def good_objection(cast: Cast) -> Row:
    return Objection.objects.create(project=project(cast), month=SEPTEMBER, text="…", at=AT)


def good_bulletin(cast: Cast) -> Row:
    return Bulletin.objects.create(district=cast.district, month=SEPTEMBER, issue=9, title="…")


def good_published(cast: Cast) -> Row:
    return Bulletin.objects.create(
        district=cast.district, month=SEPTEMBER, issue=9, title="…", state="published", circulated_at=AT,
        objections_until=TODAY, published_at=AT, digest="…",
    )  # fmt: skip


def good_published_line(cast: Cast) -> Row:
    bulletin = good_bulletin(cast)
    return BulletinLine.objects.create(bulletin=bulletin, number=1, project=1, unit=1, more={})  # type: ignore[misc]


def good_published_unit(cast: Cast) -> Row:
    return BulletinUnit.objects.create(bulletin=good_bulletin(cast), number=1, kind="unit", more={})  # type: ignore[misc]


def good_due(cast: Cast) -> Row:
    return MonthlyReport.objects.create(project=project(cast), month=SEPTEMBER)


def good_submitted(cast: Cast) -> Row:
    return MonthlyReport.objects.create(
        project=project(cast), month=SEPTEMBER, state="submitted", submitted_at=AT, first_submitted_at=AT,
        invested_this_month=1,
    )  # fmt: skip


def good_comment(cast: Cast) -> Row:
    return ReportComment.objects.create(report=good_due(cast), kind="reply", text="…", at=AT)  # type: ignore[misc]


def good_period(cast: Cast) -> Row:
    return Period.objects.create(month=SEPTEMBER, opens_on=EARLIER, due_on=TODAY, locks_on=TODAY, opened_at=AT)


def good_reminder(cast: Cast) -> Row:
    return ReminderStep.objects.create(anchor="due", days=-3, audience="reporters")


def good_reporting_rules(cast: Cast) -> Row:
    return ReportingRules.objects.create(pk=1)


def good_line(cast: Cast) -> Row:
    of = project(cast)
    return Line.objects.create(
        project=of, month=SEPTEMBER, level=0, severity=0, unit=of.unit, category=of.category, changed_at=AT
    )


def good_unit(cast: Cast) -> Row:
    return cast.town


def good_user(cast: Cast) -> Row:
    return cast.office


BAD: dict[str, tuple[Good, list[dict[str, Any]]]] = {
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
    "job_state_known": (good_job, [{"state": "nonsense", "ended_at": AT}]),
    "job_ended_has_time": (good_job, [{"state": "done"}, {"ended_at": AT}]),
    "job_done_of_total": (good_job, [{"done": 1}]),
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
    "report_once_a_month": (good_report, [TWICE]),
    "report_state_known": (good_report, [{"state": "nonsense", "approved_at": None}]),
    "report_approved_has_time": (good_report, [{"approved_at": None}, {"state": "draft"}]),
    "report_amounts_in_range": (
        good_report,
        [
            {"invested_this_month": LARGEST + 1},
            {"invested_this_month": -LARGEST - 1, "reason": "…"},
            {"invested_statistics": LARGEST + 1},
            {"next_month_amount": -1},
        ],
    ),
    "report_negative_has_reason": (good_report, [{"invested_this_month": -1}]),
    "report_returned_has_time": (good_report, [{"returned_at": AT}, {"state": "returned", "approved_at": None}]),
    "report_submitted_has_time": (good_submitted, [{"submitted_at": None}, {"first_submitted_at": None}]),
    "report_due_is_empty": (good_due, [{"written_at": AT}, {"submitted_at": AT}, {"invested_this_month": 1}]),
    "report_handed_in_has_figure": (good_submitted, [{"invested_this_month": None}]),
    "report_comment_kind_known": (good_comment, [{"kind": "nonsense"}]),
    "report_comment_says_something": (good_comment, [{"text": ""}]),
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
    "notice_once_a_person": (good_notice, [TWICE]),
    "notice_tried_so_often_at_most": (good_notice, [{"mail_tries": 6}]),
    "notice_mailed_once": (good_notice, [{"mailed_at": AT, "mail_after": AT}]),
    "scheduled_run_once": (good_run, [TWICE]),
    "policyedition.number": (good_edition, [TWICE]),
    "edition_holds_from_is_month": (good_edition, [{"holds_from": BEFORE_2000}, {"holds_from": AFTER_2100}]),
    "edition_has_reason": (good_edition, [{"reason": ""}]),
    "override_decision_known": (good_override, [{"decision": "nonsense", "decided_at": AT}]),
    "override_decision_has_time": (good_override, [{"decided_at": AT}, {"decision": "approved"}]),
    "override_month_is_month": (good_override, [{"month": BEFORE_2000}, {"month": AFTER_2100}]),
    "override_has_reason": (good_override, [{"reason": ""}]),
    "override_one_level_better": (good_override, [{"level": 0}, {"level": 2}, {"computed_level": 5, "level": 4}]),
    "override_once_a_month": (good_override, [TWICE]),
    "objection_decision_known": (good_objection, [{"decision": "nonsense", "decided_at": AT, "note": "…"}]),
    "objection_decision_has_time": (good_objection, [{"decided_at": AT}, {"decision": "approved", "note": "…"}]),
    "objection_month_is_month": (good_objection, [{"month": BEFORE_2000}, {"month": AFTER_2100}]),
    "objection_says_something": (good_objection, [{"text": ""}]),
    "objection_is_answered_in_words": (good_objection, [{"decision": "approved", "decided_at": AT}]),
    "bulletin_edition_once_a_month": (good_published, [TWICE]),
    "bulletin_one_draft_a_month": (good_bulletin, [{**TWICE, "edition": 2, "reason": "…"}]),
    "bulletin_state_known": (good_bulletin, [{"state": "nonsense", "circulated_at": AT, "objections_until": TODAY}]),
    "bulletin_month_is_month": (good_bulletin, [{"month": BEFORE_2000}, {"month": AFTER_2100}]),
    "bulletin_correction_has_reason": (good_bulletin, [{"edition": 2}]),
    "bulletin_published_has_time_and_digest": (
        good_bulletin,
        [{"published_at": AT}, {"digest": "…"}],
    ),
    "bulletin_circulated_has_time": (good_bulletin, [{"circulated_at": AT}, {"objections_until": TODAY}]),
    "published_line_number_once": (good_published_line, [{**TWICE, "project": 2}]),
    "published_line_once_a_project": (good_published_line, [{**TWICE, "number": 2}]),
    "published_unit_number_once": (good_published_unit, [TWICE]),
    "period.month": (good_period, [TWICE]),
    "period_month_is_month": (good_period, [{"month": BEFORE_2000}, {"month": AFTER_2100}]),
    "period_days_in_order": (good_period, [{"due_on": EARLIER - DAY}, {"locks_on": EARLIER}]),
    "reporting_rules_once": (good_reporting_rules, [{"id": 2}]),
    "reporting_days_1_to_28": (good_reporting_rules, [{"opens_on_day": 0}, {"opens_on_day": 29}, {"locks_on_day": 29}]),
    "reporting_due_before_lock": (good_reporting_rules, [{"due_on_day": 16}]),
    "reporting_variance_1_to_1000": (good_reporting_rules, [{"variance_percent": 0}, {"variance_percent": 1001}]),
    "reminder_anchor_known": (good_reminder, [{"anchor": "nonsense"}]),
    "reminder_audience_known": (good_reminder, [{"audience": "nonsense"}]),
    "reminder_days_in_range": (good_reminder, [{"days": -61}, {"days": 61}]),
    "reminder_not_before_opening": (good_reminder, [{"anchor": "opened"}]),
    "reminder_step_once": (good_reminder, [TWICE]),
    "report_month_is_month": (good_report, [{"month": BEFORE_2000}, {"month": AFTER_2100}]),
    "line_once_a_month": (good_line, [TWICE]),
    "line_level_or_standing": (
        good_line,
        [{"level": None}, {"standing": "exempt"}, {"level": None, "standing": "nonsense"}, {"level": 5}],
    ),
    "unit_name_once_below_parent": (good_unit, [{**TWICE, "path": "/99/"}]),
    "unit_kind_known": (good_unit, [{"kind": "nonsense"}]),
    "unit_not_below_itself": (good_unit, [{"parent": models.F("id")}]),
    "user_role_known": (good_user, [{"role": "nonsense"}]),
    "project.code": (good_project, [TWICE]),
    "unit.path": (good_unit, [{**TWICE, "name": "另一镇"}]),
    "user.username": (good_user, [TWICE]),
}

CASES = [(name, good, change) for name, (good, changes) in BAD.items() for change in changes]


def break_rule(row: Row, change: dict[str, Any]) -> None:
    """Write the bad row past every form and action."""
    if "pk" not in change:
        type(row)._base_manager.filter(pk=row.pk).update(**change)
        return
    for name, value in change.items():
        setattr(row, name, value)
    row._state.adding = True
    row.save(force_insert=True)


@pytest.mark.parametrize(
    ("name", "good", "change"),
    CASES,
    ids=[f"{name} {' '.join(map(str, change))}" for name, _good, change in CASES],
)
def test_a_bad_row_is_refused(cast: Cast, name: str, good: Good, change: dict[str, Any]) -> None:
    row = good(cast)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        break_rule(row, change)
    assert any(sign in str(refusal.value) for sign in signs_of(name, type(row))), refusal.value


def signs_of(name: str, model: type[Row]) -> list[str]:
    """How the databases say which constraint it was: by its name, or of a unique one by its columns."""
    table = model._meta.db_table
    constraint = next((each for each in model._meta.constraints if each.name == name), None)
    if constraint is None:
        column = name.split(".")[1]
        return [f"UNIQUE constraint failed: {table}.{column}", f"{table}_{column}"]
    if isinstance(constraint, models.UniqueConstraint):
        columns = [f"{table}.{model._meta.get_field(field).column}" for field in constraint.fields]  # type: ignore[union-attr]
        return [name, f"UNIQUE constraint failed: {', '.join(columns)}"]
    return [name]


def test_every_constraint_has_its_bad_row() -> None:
    named = {
        str(constraint.name)
        for model in apps.get_app_config("projects").get_models()
        for constraint in model._meta.constraints
    }
    assert named == {name for name in BAD if "." not in name}
    assert all(changes for _good, changes in BAD.values())
