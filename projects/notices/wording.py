"""The kinds of notices: what each is called and what it says. A new kind is a line more in `KINDS`.

A sentence is worded when it is read, in the reader's language, from parameters fit for JSON. `month`
is given as 2023-09 and `day` as 2023-10-08; what a sentence counts is called `count`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

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
        _("The reports for %(month)s can be written now. They are due on %(day)s."),
        "calendar-plus",
    ),
    "report_due_soon": Kind(
        pgettext_lazy("notice", "Due soon"),
        ngettext_lazy(
            "%(count)s report for %(month)s has not been submitted yet. It is due on %(day)s.",
            "%(count)s reports for %(month)s have not been submitted yet. They are due on %(day)s.",
            "count",
        ),
        "calendar-clock",
    ),
    "report_due_today": Kind(
        pgettext_lazy("notice", "Due today"),
        ngettext_lazy(
            "%(count)s report for %(month)s is due today and has not been submitted yet.",
            "%(count)s reports for %(month)s are due today and have not been submitted yet.",
            "count",
        ),
        "calendar-clock",
    ),
    "report_overdue_head": Kind(
        pgettext_lazy("notice", "Overdue in the own unit"),
        ngettext_lazy(
            "%(unit)s has not submitted %(count)s report for %(month)s, which was due on %(day)s.",
            "%(unit)s has not submitted %(count)s reports for %(month)s, which were due on %(day)s.",
            "count",
        ),
        "calendar-x",
    ),
    "report_overdue_leader": Kind(
        pgettext_lazy("notice", "Overdue among the own projects"),
        ngettext_lazy(
            "%(count)s project that you answer for has no report for %(month)s, which was due on %(day)s.",
            "%(count)s projects that you answer for have no report for %(month)s, which was due on %(day)s.",
            "count",
        ),
        "calendar-x",
    ),
    "report_returned": Kind(
        pgettext_lazy("notice", "Report returned"),
        _("The report of %(project)s for %(month)s was returned: %(reason)s"),
        "undo-2",
    ),
    "report_approved": Kind(
        pgettext_lazy("notice", "Report approved"),
        _("The report of %(project)s for %(month)s was approved."),
        "circle-check",
    ),
    "report_waiting": Kind(
        pgettext_lazy("notice", "Report to check"),
        _("%(unit)s submitted the report of %(project)s for %(month)s. It waits to be checked."),
        "inbox",
    ),
    "nudge": Kind(
        pgettext_lazy("notice", "Reminder by a person"),
        _("%(person)s asks for the report of %(project)s for %(month)s."),
        "hand",
    ),
}

SPOKEN: dict[str, Callable[[Any], str]] = {"month": lambda text: month_label(Month.parse(text))}


def name_of(kind: str) -> str:
    return str(KINDS[kind].name) if kind in KINDS else kind


def icon_of(kind: str) -> str:
    return KINDS[kind].icon if kind in KINDS else "bell"


def sentence(kind: str, params: Mapping[str, Any]) -> str:
    """What a notice says, in the active language; a notice of former times that lacks something says “—” for it."""
    if kind not in KINDS:
        return kind
    spoken = {name: SPOKEN[name](value) if name in SPOKEN else value for name, value in params.items()}
    return KINDS[kind].sentence % _Filled({"count": 0, **spoken})


class _Filled(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return NONE
