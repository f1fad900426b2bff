"""The kinds of notices: what each is called and what it says. A new kind is a line more in `KINDS`.

A sentence is worded when it is read, in the reader's language, from parameters fit for JSON. `month`
is given as 2023-09 and `day` as 2023-10-08; what a sentence counts is called `count`; several names
are a list.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext, pgettext_lazy

from projects.core.display import NONE, month_label
from projects.core.month import Month
from projects.notices.kinds import OF_THE_BULLETIN, Kind

KINDS: dict[str, Kind] = {
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
    "late_allowed": Kind(
        pgettext_lazy("notice", "Leave to report late"),
        _("The report of %(project)s for %(month)s may still come in until the end of %(day)s: %(reason)s"),
        "calendar-plus",
    ),
    "problem_raised": Kind(
        pgettext_lazy("notice", "Problem to solve"),
        _("%(project)s has a problem that %(unit)s is asked to solve by %(day)s: %(problem)s"),
        "triangle-alert",
    ),
    "problem_solved": Kind(
        pgettext_lazy("notice", "Problem to verify"),
        _("A problem of %(project)s was reported as solved and waits to be verified: %(problem)s"),
        "inbox",
    ),
    "extension_granted": Kind(
        pgettext_lazy("notice", "Extension granted"),
        _("The problem of %(project)s may now be solved by %(day)s: %(problem)s"),
        "circle-check",
    ),
    "extension_refused": Kind(
        pgettext_lazy("notice", "Extension refused"),
        _("No more time for the problem of %(project)s, it stays at %(day)s (%(problem)s): %(reason)s"),
        "circle-x",
    ),
    "problems_overdue": Kind(
        pgettext_lazy("notice", "Problems overdue"),
        ngettext_lazy(
            "%(count)s problem that %(unit)s is asked to solve is overdue, of: %(projects)s.",
            "%(count)s problems that %(unit)s is asked to solve are overdue, of: %(projects)s.",
            "count",
        ),
        "calendar-x",
    ),
    "plan_proposed": Kind(
        pgettext_lazy("notice", "Plan to decide"),
        _("%(person)s proposes to revise the plan of %(project)s for %(year)s: %(reason)s"),
        "inbox",
    ),
    "plan_approved": Kind(
        pgettext_lazy("notice", "Plan approved"),
        _("Your revision of the plan of %(project)s for %(year)s was approved."),
        "circle-check",
    ),
    "plan_declined": Kind(
        pgettext_lazy("notice", "Plan declined"),
        _("Your revision of the plan of %(project)s for %(year)s was declined: %(reason)s"),
        "circle-x",
    ),
    **OF_THE_BULLETIN,
}

MOST_NAMES = 5
MORE = "…"  # the last of the names when there are others


def names(of: Iterable[str]) -> list[str]:
    """Names as a parameter: each once, and of many the first few."""
    found = list(dict.fromkeys(of))
    return found if len(found) <= MOST_NAMES else [*found[:MOST_NAMES], MORE]


def joined(of: list[str]) -> str:
    """Such names in one line."""
    others = pgettext("after the first of many names", " and others") if MORE in of else ""
    return pgettext("between two names", ", ").join(each for each in of if each != MORE) + others


def name_of(kind: str) -> str:
    return str(KINDS[kind].name) if kind in KINDS else kind


def icon_of(kind: str) -> str:
    return KINDS[kind].icon if kind in KINDS else "bell"


def sentence(kind: str, params: Mapping[str, Any]) -> str:
    """What a notice says, in the active language; a notice of former times that lacks something says “—” for it."""
    if kind not in KINDS:
        return kind
    spoken = {name: _spoken(name, value) for name, value in params.items()}
    return KINDS[kind].sentence % _Filled({"count": 0, **spoken})


def _spoken(name: str, value: Any) -> Any:
    if name == "month":
        return month_label(Month.parse(value))
    return joined(value) if isinstance(value, list) else value


class _Filled(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return NONE
