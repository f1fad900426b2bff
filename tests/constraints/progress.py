"""Bad rows of reports, their comments, and the periods and days of reporting."""

from projects.core.yuan import LARGEST
from projects.progress.models import MonthlyReport, Period, ReminderStep, ReportComment, ReportingRules
from tests.cast import AT, SEPTEMBER, TODAY, Cast, project
from tests.constraints.rows import AFTER_2100, BEFORE_2000, DAY, EARLIER, TWICE, Bad, Row


def good_report(cast: Cast) -> Row:
    return MonthlyReport.objects.create(
        project=project(cast), month=SEPTEMBER, state="approved", approved_at=AT, invested_this_month=1
    )


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


BAD: Bad = {
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
    "report_leave_asked_has_time": (good_due, [{"leave_asked_by": 1}]),
    "report_leave_asked_before_it_is_in": (good_submitted, [{"leave_asked_at": AT}]),
    "report_comment_kind_known": (good_comment, [{"kind": "nonsense"}]),
    "report_comment_says_something": (good_comment, [{"text": ""}]),
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
}
