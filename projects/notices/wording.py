"""The kinds of notices: what each is called and what it says. A new kind is a line more in `KINDS`.

A sentence is worded when it is read, in the reader's language, from parameters fit for JSON. `month`
is given as 2023-09 and `day` as 2023-10-08; what a sentence counts is called `count`; several names
are a list.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext, pgettext_lazy

from projects.core.display import NONE, month_label
from projects.core.month import Month


@dataclass(frozen=True)
class Kind:
    name: Promise
    sentence: Promise
    icon: str


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
    "draft_circulated": Kind(
        pgettext_lazy("notice", "Draft bulletin for comment"),
        ngettext_lazy(
            "The draft bulletin for %(month)s is out: %(count)s project of %(unit)s is not at the best colour."
            " Objections are taken until the end of %(day)s.",
            "The draft bulletin for %(month)s is out: %(count)s projects of %(unit)s are not at the best colour."
            " Objections are taken until the end of %(day)s.",
            "count",
        ),
        "megaphone",
    ),
    "bulletin_published": Kind(
        pgettext_lazy("notice", "Bulletin published"),
        _("The bulletin for %(month)s (No. %(issue)s) was published."),
        "megaphone",
    ),
    "bulletin_corrected": Kind(
        pgettext_lazy("notice", "Bulletin corrected"),
        _("The bulletin for %(month)s (No. %(issue)s) was corrected, edition %(edition)s: %(reason)s"),
        "megaphone",
    ),
    "objection_raised": Kind(
        pgettext_lazy("notice", "Objection to decide"),
        _("%(unit)s objects to the colour of %(project)s for %(month)s: %(text)s"),
        "inbox",
    ),
    "objection_approved": Kind(
        pgettext_lazy("notice", "Objection upheld"),
        _("Your objection to the colour of %(project)s for %(month)s was upheld: %(answer)s"),
        "circle-check",
    ),
    "objection_declined": Kind(
        pgettext_lazy("notice", "Objection turned down"),
        _("Your objection to the colour of %(project)s for %(month)s was turned down: %(answer)s"),
        "circle-x",
    ),
    "override_proposed": Kind(
        pgettext_lazy("notice", "Override to decide"),
        _("%(person)s asks for a better colour of %(project)s for %(month)s: %(reason)s"),
        "inbox",
    ),
    "override_approved": Kind(
        pgettext_lazy("notice", "Override approved"),
        _("The better colour that you asked for %(project)s for %(month)s was approved. %(answer)s"),
        "circle-check",
    ),
    "override_declined": Kind(
        pgettext_lazy("notice", "Override declined"),
        _("The better colour that you asked for %(project)s for %(month)s was declined: %(answer)s"),
        "circle-x",
    ),
    "slips_opened": Kind(
        pgettext_lazy("notice", "Slips to issue"),
        ngettext_lazy(
            "%(count)s slip follows from the bulletin of %(month)s and waits to be issued.",
            "%(count)s slips follow from the bulletin of %(month)s and wait to be issued.",
            "count",
        ),
        "file-plus",
    ),
    "slips_issued": Kind(
        pgettext_lazy("notice", "Slip to receive"),
        ngettext_lazy(
            "%(unit)s has a slip to receive, of %(projects)s. The first day to keep is %(day)s.",
            "%(unit)s has %(count)s slips to receive, of: %(projects)s. The first day to keep is %(day)s.",
            "count",
        ),
        "mail-warning",
    ),
    "slip_copied": Kind(
        pgettext_lazy("notice", "Copy of a slip"),
        _("%(slip)s went to %(unit)s for %(project)s, which you answer for."),
        "copy",
    ),
    "slip_copy_by_hand": Kind(
        pgettext_lazy("notice", "Copy of a slip to pass on"),
        _(
            "%(slip)s went to %(unit)s for %(project)s. The accountable leader has no account here; please pass a copy"
            " on: %(leaders)s."
        ),
        "user-x",
    ),
    "slip_replied": Kind(
        pgettext_lazy("notice", "Plan has come in"),
        _("%(unit)s replied to %(slip)s of %(project)s with its plan."),
        "clipboard-list",
    ),
    "slip_answered": Kind(
        pgettext_lazy("notice", "Slip to verify"),
        _("%(unit)s answered %(slip)s of %(project)s. It waits to be verified."),
        "inbox",
    ),
    "slip_extension_asked": Kind(
        pgettext_lazy("notice", "More time asked"),
        _("%(unit)s asks for more time for %(slip)s of %(project)s: %(reason)s"),
        "hourglass",
    ),
    "slip_extension_granted": Kind(
        pgettext_lazy("notice", "Extension granted"),
        _("%(slip)s of %(project)s may now be finished by %(day)s."),
        "circle-check",
    ),
    "slip_extension_refused": Kind(
        pgettext_lazy("notice", "Extension refused"),
        _("No more time for %(slip)s of %(project)s, it stays at %(day)s: %(reason)s"),
        "circle-x",
    ),
    "slip_returned": Kind(
        pgettext_lazy("notice", "Answer returned"),
        _("The answer to %(slip)s of %(project)s was returned: %(reason)s"),
        "undo-2",
    ),
    "slip_verified": Kind(
        pgettext_lazy("notice", "Slip to close"),
        _("%(slip)s of %(project)s was verified and waits for a second person to close it."),
        "inbox",
    ),
    "slip_closed": Kind(
        pgettext_lazy("notice", "Slip closed"),
        _("%(slip)s of %(project)s is closed. The colour follows from the next period."),
        "circle-check",
    ),
    "slip_withdrawn": Kind(
        pgettext_lazy("notice", "Slip withdrawn"),
        _("%(slip)s of %(project)s was withdrawn: %(reason)s"),
        "circle-x",
    ),
    "slips_due_soon": Kind(
        pgettext_lazy("notice", "Slip due soon"),
        ngettext_lazy(
            "%(count)s slip is due on the next working day, of: %(projects)s.",
            "%(count)s slips are due on the next working day, of: %(projects)s.",
            "count",
        ),
        "calendar-clock",
    ),
    "slips_due_today": Kind(
        pgettext_lazy("notice", "Slip due today"),
        ngettext_lazy(
            "%(count)s slip is due today, of: %(projects)s.",
            "%(count)s slips are due today, of: %(projects)s.",
            "count",
        ),
        "calendar-clock",
    ),
    "slips_overdue": Kind(
        pgettext_lazy("notice", "Slip overdue"),
        ngettext_lazy(
            "%(count)s slip is overdue, of: %(projects)s.",
            "%(count)s slips are overdue, of: %(projects)s.",
            "count",
        ),
        "calendar-x",
    ),
    "slips_overdue_head": Kind(
        pgettext_lazy("notice", "Slip overdue in the own unit"),
        ngettext_lazy(
            "%(unit)s is late with %(count)s slip, of: %(projects)s. It is raised to you as head of the unit.",
            "%(unit)s is late with %(count)s slips, of: %(projects)s. They are raised to you as head of the unit.",
            "count",
        ),
        "calendar-x",
    ),
    "slips_overdue_leader": Kind(
        pgettext_lazy("notice", "Slip overdue among the own projects"),
        ngettext_lazy(
            "%(unit)s is late with %(count)s slip of a project that you answer for: %(projects)s.",
            "%(unit)s is late with %(count)s slips of projects that you answer for: %(projects)s.",
            "count",
        ),
        "calendar-x",
    ),
    **{
        f"slips_to_raise_{code}": Kind(pgettext_lazy("notice", "Slip to raise"), sentence, "megaphone")
        for code, sentence in {
            "head": ngettext_lazy(
                "%(unit)s is late with %(count)s slip, of: %(projects)s. Please tell the head of the unit.",
                "%(unit)s is late with %(count)s slips, of: %(projects)s. Please tell the head of the unit.",
                "count",
            ),
            "leader": ngettext_lazy(
                "%(unit)s is late with %(count)s slip, of: %(projects)s. Please tell the accountable leader:"
                " %(leaders)s.",
                "%(unit)s is late with %(count)s slips, of: %(projects)s. Please tell the accountable leaders:"
                " %(leaders)s.",
                "count",
            ),
            "in_charge": ngettext_lazy(
                "%(unit)s is late with %(count)s slip, of: %(projects)s. Please raise it to the district leader in"
                " charge.",
                "%(unit)s is late with %(count)s slips, of: %(projects)s. Please raise them to the district leader in"
                " charge.",
                "count",
            ),
            "executive": ngettext_lazy(
                "%(unit)s is late with %(count)s slip, of: %(projects)s. Please raise it to the executive meeting.",
                "%(unit)s is late with %(count)s slips, of: %(projects)s. Please raise them to the executive meeting.",
                "count",
            ),
            "committee": ngettext_lazy(
                "%(unit)s is late with %(count)s slip, of: %(projects)s. Please raise it to the party committee.",
                "%(unit)s is late with %(count)s slips, of: %(projects)s. Please raise them to the party committee.",
                "count",
            ),
        }.items()
    },
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
