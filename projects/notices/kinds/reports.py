"""What notices say of monthly reports: of their days, of what is missing, and of what became of them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from projects.notices.kinds.kind import Kind

REPORTS: dict[str, Kind] = {
    "period_opened": Kind(
        pgettext_lazy("notice", "Month opened"),
        ngettext_lazy(
            "%(count)s report for %(month)s can be written now, due on %(day)s: %(projects)s.",
            "%(count)s reports for %(month)s can be written now, due on %(day)s: %(projects)s.",
            "count",
        ),
        "calendar-plus",
    ),
    "report_due_soon": Kind(
        pgettext_lazy("notice", "Due soon"),
        ngettext_lazy(
            "%(count)s report for %(month)s has not been submitted yet. It is due on %(day)s: %(projects)s.",
            "%(count)s reports for %(month)s have not been submitted yet. They are due on %(day)s: %(projects)s.",
            "count",
        ),
        "calendar-clock",
    ),
    "report_due_today": Kind(
        pgettext_lazy("notice", "Due today"),
        ngettext_lazy(
            "%(count)s report for %(month)s is due today and has not been submitted yet: %(projects)s.",
            "%(count)s reports for %(month)s are due today and have not been submitted yet: %(projects)s.",
            "count",
        ),
        "calendar-clock",
    ),
    "report_overdue": Kind(
        pgettext_lazy("notice", "Overdue"),
        ngettext_lazy(
            "%(count)s report for %(month)s was due on %(day)s and has not been submitted yet: %(projects)s.",
            "%(count)s reports for %(month)s were due on %(day)s and have not been submitted yet: %(projects)s.",
            "count",
        ),
        "calendar-x",
    ),
    "report_lock_soon": Kind(
        pgettext_lazy("notice", "Locked soon"),
        ngettext_lazy(
            "%(count)s report for %(month)s has not been submitted yet. The month is locked after %(day)s:"
            " %(projects)s.",
            "%(count)s reports for %(month)s have not been submitted yet. The month is locked after %(day)s:"
            " %(projects)s.",
            "count",
        ),
        "lock",
    ),
    "report_overdue_head": Kind(
        pgettext_lazy("notice", "Missing in the own unit"),
        ngettext_lazy(
            "%(unit)s has not submitted %(count)s report for %(month)s, due on %(day)s: %(projects)s.",
            "%(unit)s has not submitted %(count)s reports for %(month)s, due on %(day)s: %(projects)s.",
            "count",
        ),
        "calendar-x",
    ),
    "report_overdue_leader": Kind(
        pgettext_lazy("notice", "Missing among the own projects"),
        ngettext_lazy(
            "%(count)s project that you answer for has no report for %(month)s, due on %(day)s: %(projects)s.",
            "%(count)s projects that you answer for have no report for %(month)s, due on %(day)s: %(projects)s.",
            "count",
        ),
        "calendar-x",
    ),
    "leader_without_account": Kind(
        pgettext_lazy("notice", "Leader without an account"),
        ngettext_lazy(
            "%(count)s project has no report for %(month)s, due on %(day)s: %(projects)s."
            " The accountable leader has no account here; please pass it on: %(leaders)s.",
            "%(count)s projects have no report for %(month)s, due on %(day)s: %(projects)s."
            " The accountable leaders have no account here; please pass it on: %(leaders)s.",
            "count",
        ),
        "user-x",
    ),
    "reports_missing": Kind(
        pgettext_lazy("notice", "Reports missing"),
        ngettext_lazy(
            "%(count)s report for %(month)s, due on %(day)s, has not been submitted: %(unit)s.",
            "%(count)s reports for %(month)s, due on %(day)s, have not been submitted: %(unit)s.",
            "count",
        ),
        "calendar-x",
    ),
    "nudge": Kind(
        pgettext_lazy("notice", "Reminder by a person"),
        ngettext_lazy(
            "%(person)s asks %(unit)s for %(count)s report for %(month)s: %(projects)s.",
            "%(person)s asks %(unit)s for %(count)s reports for %(month)s: %(projects)s.",
            "count",
        ),
        "hand",
    ),
    "report_waiting": Kind(
        pgettext_lazy("notice", "Report to check"),
        _("%(unit)s submits its reports for %(month)s. They wait to be checked."),
        "inbox",
    ),
    "report_returned": Kind(
        pgettext_lazy("notice", "Report returned"),
        _("The report of %(project)s for %(month)s was returned: %(reason)s"),
        "undo-2",
    ),
    "report_reopened": Kind(
        pgettext_lazy("notice", "Report reopened"),
        _("The approved report of %(project)s for %(month)s was opened again to be corrected: %(reason)s"),
        "lock-open",
    ),
    "report_approved": Kind(
        pgettext_lazy("notice", "Report approved"),
        _("The report of %(project)s for %(month)s was approved."),
        "circle-check",
    ),
    "reports_approved": Kind(
        pgettext_lazy("notice", "Reports approved"),
        ngettext_lazy(
            "%(count)s report for %(month)s was approved: %(projects)s.",
            "%(count)s reports for %(month)s were approved: %(projects)s.",
            "count",
        ),
        "circle-check",
    ),
    "leave_asked": Kind(
        pgettext_lazy("notice", "Leave to report late asked for"),
        _("%(unit)s asks to hand in the report of %(project)s for %(month)s after the lock: %(reason)s"),
        "calendar-clock",
    ),
    "leave_refused": Kind(
        pgettext_lazy("notice", "Leave to report late refused"),
        _("The report of %(project)s for %(month)s may not come in after the lock: %(reason)s"),
        "calendar-x",
    ),
    "late_allowed": Kind(
        pgettext_lazy("notice", "Leave to report late"),
        _("The report of %(project)s for %(month)s may still come in until the end of %(day)s: %(reason)s"),
        "calendar-plus",
    ),
}
