"""Moves of phases and components as they are typed, and where a new part stands."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.core.forms import DayField, PlainTextField, VersionField
from projects.register import wording
from projects.register.actions.moving import Move, position_of
from projects.register.models import (
    Component,
    Phase,
)
from projects.register.stages import Position, moves_back, moves_forward


def move_choices(current: Position | None) -> list[tuple[Any, Any]]:
    """Stages to choose from: the next ones first, then the ways back, which ask for a reason."""
    if current is None:
        return [(p.code, wording.position_name(p)) for p in moves_forward(Position())]
    forward = [(p.code, wording.position_name(p)) for p in moves_forward(current)]
    back = [(p.code, wording.position_name(p)) for p in moves_back(current)]
    groups = [(_("Forward"), forward), (_("Back (with a reason)"), back)]
    return [group for group in groups if group[1]]


class PositionField(forms.ChoiceField):
    """A stage with its step. Accepts every position, so that a form that was overtaken is told so by the action."""

    def valid_value(self, value: Any) -> bool:
        try:
            read_position(str(value))
        except ValueError:
            return False
        return True


def read_position(code: str) -> Position:
    """From a posted code such as `building.structure`; `ValueError` when unknown."""
    stage, _dot, step = code.partition(".")
    return Position.read(stage, step)


class MoveForm(forms.Form):
    """One move of a phase or a component, or with `current` None of several at once."""

    target = PositionField(label=_("Stage reached"))
    happened_on = DayField(label=_("On which day"))
    note = PlainTextField(label=_("Note"), required=False, max_length=1000)
    reason = PlainTextField(
        label=_("Reason"), required=False, max_length=1000, help_text=_("Needed for a move back only.")
    )
    gate_reason = PlainTextField(label=_("Why it goes on without"), required=False, max_length=1000)
    version = VersionField(required=False)

    def __init__(self, *args: Any, current: Position | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = move_choices(current)  # type: ignore[attr-defined]

    @classmethod
    def looked_at(cls, typed: Mapping[str, str], current: Position | None = None) -> "MoveForm":
        """The form as it was typed so far, not yet to be judged."""
        return cls(current=current, initial=dict(typed))

    @classmethod
    def opened_for(cls, part: Phase | Component, today: datetime.date) -> "MoveForm":
        """The form as it is first shown: the next stage chosen, today as the day."""
        current = position_of(part)
        following = moves_forward(current)
        initial = {
            "target": following[0].code if following else "",
            "happened_on": today,
            "version": part.version,
        }
        return cls(current=current, initial=initial)

    def move(self) -> Move:
        return Move(
            target=read_position(self.cleaned_data["target"]),
            happened_on=self.cleaned_data["happened_on"],
            note=self.cleaned_data["note"],
            reason=self.cleaned_data["reason"],
            gate_reason=self.cleaned_data["gate_reason"],
        )

    @property
    def chosen(self) -> Position | None:
        """Where the form leads as it stands, sent or not; None for nonsense."""
        try:
            return read_position(str(self["target"].value() or ""))
        except ValueError:
            return None


class PlacedForm(forms.Form):
    """Where a new phase or component stands when it enters the register."""

    position = PositionField(label=_("Stage"), required=False)
    reached_on = DayField(label=_("Since"), required=False, help_text=_("Leave empty when nobody knows."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].choices = [("", wording.UNPLACED), *move_choices(None)]  # type: ignore[attr-defined]

    def placed(self) -> Position:
        return read_position(self.cleaned_data["position"])
