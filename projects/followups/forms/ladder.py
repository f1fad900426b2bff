"""The ladder of slips as it is typed: what each step sends, its days, and to whom it is raised."""

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from projects.core.forms import MonthInputField, PlainTextField, VersionField
from projects.followups.ladder import LADDER, MOST_TO_FINISH, MOST_TO_ISSUE, MOST_TO_REPLY, Kind, Rank, Rung
from projects.followups.wording import KIND_NAMES, RANK_NAMES, STEP_OF_LADDER

NEXT_PERIOD, IN_DAYS, DECIDED = "next", "days", "decided"
ENDS = (
    (NEXT_PERIOD, gettext_lazy("by the end of the next period")),
    (IN_DAYS, gettext_lazy("within days")),
    (DECIDED, gettext_lazy("by the day that the talk decides")),
)


@dataclass(frozen=True)
class StepFields:
    """The fields of one step, as the page lays them out."""

    name: Any
    worst: bool
    used: forms.BoundField
    copies_leader: forms.BoundField
    fields: list[tuple[forms.BoundField, Any]]  # each with the unit behind it


class LadderForm(forms.Form):
    """All steps of the ladder; whether days fit together is asked by the action."""

    holds_from = MonthInputField(label=gettext_lazy("For bulletins from"))
    reason = PlainTextField(label=gettext_lazy("Reason for the change"), required=False, max_length=500)
    version = VersionField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for rung in LADDER:
            for name, field in _fields():
                self.fields[f"{rung.code}_{name}"] = field

    @property
    def steps(self) -> list[StepFields]:
        workdays, days = pgettext_lazy("unit of a number", "working days"), pgettext_lazy("unit of a number", "days")
        units = {"issue_in": workdays, "reply_in": workdays, "finish_in": days}
        names = ("kind", "issue_in", "reply_in", "raised_to", "finish", "finish_in")
        return [
            StepFields(
                name=STEP_OF_LADDER[rung.code],
                worst=rung.worst,
                used=self[f"{rung.code}_used"],
                copies_leader=self[f"{rung.code}_copies_leader"],
                fields=[(self[f"{rung.code}_{name}"], units.get(name, "")) for name in names],
            )
            for rung in LADDER
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        for rung in LADDER:
            asked = data.get(f"{rung.code}_finish") == IN_DAYS
            name = f"{rung.code}_finish_in"
            if asked and name not in self.errors and data.get(name) is None:
                self.add_error(name, _("Enter the number of days, or choose another end."))
        return data

    def ladder(self) -> tuple[Rung, ...]:
        """What was typed, once it is valid."""
        return tuple(self._rung(rung) for rung in LADDER)

    def _rung(self, rung: Rung) -> Rung:
        typed = {name: self.cleaned_data[f"{rung.code}_{name}"] for name, _field in _fields()}
        return dataclasses.replace(
            rung,
            used=typed["used"],
            kind=Kind(typed["kind"]),
            issue_in=typed["issue_in"],
            reply_in=typed["reply_in"],
            finish_in=typed["finish_in"] if typed["finish"] == IN_DAYS else None,
            decides=typed["finish"] == DECIDED,
            raised_to=Rank(typed["raised_to"]),
            copies_leader=typed["copies_leader"],
        )


def _fields() -> Iterator[tuple[str, forms.Field]]:
    """The fields of a step by their names."""
    yield "used", forms.BooleanField(label=gettext_lazy("In use"), required=False)
    yield "kind", forms.ChoiceField(label=gettext_lazy("What is sent"), choices=list(KIND_NAMES.items()))
    yield "issue_in", _days(gettext_lazy("Issued within"), MOST_TO_ISSUE)
    yield "reply_in", _days(gettext_lazy("Plan due within"), MOST_TO_REPLY, required=False)
    yield "finish", forms.ChoiceField(label=gettext_lazy("To be finished"), choices=ENDS)
    yield "finish_in", _days(gettext_lazy("Number of days"), MOST_TO_FINISH, required=False)
    yield "raised_to", forms.ChoiceField(label=gettext_lazy("Raised when overdue to"), choices=list(RANK_NAMES.items()))
    yield "copies_leader", forms.BooleanField(label=gettext_lazy("Copy to the accountable leader"), required=False)


def _days(label: Any, most: int, *, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=most, required=required)


def values_of(ladder: Sequence[Rung]) -> dict[str, Any]:
    """A ladder as the values of its form, name by name."""
    found: dict[str, Any] = {}
    for rung in ladder:
        finish = DECIDED if rung.decides else NEXT_PERIOD if rung.finish_in is None else IN_DAYS
        values = {
            "used": rung.used, "kind": rung.kind.value, "issue_in": rung.issue_in, "reply_in": rung.reply_in,
            "finish": finish, "finish_in": rung.finish_in, "raised_to": rung.raised_to.value,
            "copies_leader": rung.copies_leader,
        }  # fmt: skip
        found |= {f"{rung.code}_{name}": value for name, value in values.items()}
    return found
