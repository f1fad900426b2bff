"""What notices say of what is kept about a project: its problems and its plan."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from projects.notices.kinds.kind import Kind

REGISTER: dict[str, Kind] = {
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
}
