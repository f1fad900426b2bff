"""What notices say of slips: whose turn it is, what came of it, and what is late."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from projects.notices.kinds.kind import Kind

FOLLOWUPS: dict[str, Kind] = {
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
