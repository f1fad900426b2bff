"""What the stages, decisions and parts of a bulletin are called, and how a correction tells of values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from projects.core.display import NONE, percent_tenths, points_tenths, wan

STAGES_OF_BULLETIN: dict[str, Promise] = {
    "draft": pgettext_lazy("bulletin", "Draft"),
    "circulated": pgettext_lazy("bulletin", "Circulated for comment"),
    "published": pgettext_lazy("bulletin", "Published"),
}
DECISIONS: dict[str, Promise] = {
    "approved": pgettext_lazy("decision", "Approved"),
    "declined": pgettext_lazy("decision", "Declined"),
}
GROUP_NAMES: dict[str, Promise] = {
    "class": gettext_lazy("Class"),
    "label": gettext_lazy("Level"),
    "category": gettext_lazy("Category"),
    "nature": gettext_lazy("Nature"),
}
VALUE_NAMES: dict[str, Promise] = {
    "colour_word": gettext_lazy("Colour"),
    "total_investment": gettext_lazy("Total investment"),
    "year_plan": gettext_lazy("Year plan"),
    "invested_to_date": gettext_lazy("Invested to date"),
    "completion_tenths": gettext_lazy("Rate"),
    "lead_tenths": gettext_lazy("Ahead or behind"),
    "stage_name": gettext_lazy("Stage"),
    "unit_name": gettext_lazy("Responsible unit"),
    "name": gettext_lazy("Name"),
    "reasons": gettext_lazy("Reason"),
}
MONEY = {"total_investment", "year_plan", "invested_to_date"}


@dataclass(frozen=True)
class Told:
    """One value that a correction changes, in words."""

    code: str
    project: str
    label: str
    old: str
    new: str


def told_differences(differences: Iterable[Mapping[str, Any]]) -> list[Told]:
    """What a correction keeps of its differences, fit to show; a project that left the list is one line."""
    found = []
    for each in differences:
        name = each["field"]
        if not name:
            found.append(Told(each["code"], each["name"], _("Project"), _("in the list"), _("no longer in the list")))
            continue
        label = str(VALUE_NAMES.get(name, name))
        found.append(Told(each["code"], each["name"], label, _value(name, each["old"]), _value(name, each["new"])))
    return found


def _value(name: str, value: Any) -> str:
    if value in (None, "", []):
        return NONE
    if name in MONEY:
        return wan(value)
    if name == "completion_tenths":
        return percent_tenths(value)
    if name == "lead_tenths":
        return points_tenths(value)
    return pgettext("between two reasons", "; ").join(value) if isinstance(value, list) else str(value)
