"""What officials type about projects: text in, values out. Rules are the actions' business."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from projects.accounts.models import Unit, User
from projects.accounts.queries import district_of
from projects.core.forms import AmountField, DayField, MonthInputField, PlainSelect, PlainTextField, VersionField
from projects.core.month import Month
from projects.core.yuan import exactly
from projects.register import wording
from projects.register.actions.halting import Halt
from projects.register.actions.moving import Move, position_of
from projects.register.curves import even, like, quarterly
from projects.register.models import (
    AnnualPlan,
    Capacity,
    Category,
    Component,
    Exemption,
    Incident,
    Leader,
    LevelLabel,
    Milestone,
    Phase,
    Problem,
    Project,
    Sector,
)
from projects.register.stages import Position, moves_back, moves_forward

PHASES = 99  # the most that a project may have
LINES = forms.Textarea(attrs={"rows": 3})


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
    version = VersionField(required=False)

    def __init__(self, *args: Any, current: Position | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].choices = move_choices(current)  # type: ignore[attr-defined]

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
        )


DAYS = ("planned_start", "planned_finish", "actual_start", "actual_finish", "entered_statistics_on")
TEXTS = ("name", "short_name", "owner", "contact_name", "location", "content")


class ProjectForm(forms.ModelForm):  # type: ignore[type-arg]
    """The facts of a project. Stage, halt and colour are not facts to type: they follow from actions."""

    version = VersionField(required=False)

    class Meta:
        model = Project
        fields = (
            "code", "name", "short_name", "owner", "unit", "leader", "contact_name", "contact_phone", "labels",
            "category", "sector", "nature", "project_class", "town", "location", "latitude", "longitude",
            "content", "total_investment", "total_at_least", "planned_start", "planned_finish",
            "actual_start", "actual_finish", "entered_statistics_on", "listed_from",
        )  # fmt: skip
        widgets = {"labels": forms.CheckboxSelectMultiple, "content": forms.Textarea(attrs={"rows": 4})}
        field_classes = {
            **dict.fromkeys(DAYS, DayField),
            **dict.fromkeys(TEXTS, PlainTextField),
        }
        help_texts = {
            "code": _("As in the address of the project's page; letters, digits, - and _."),
            "short_name": _("As people call it; shown in lists."),
            "total_at_least": _("When only a lower bound is known, for example “over 100 million”."),
            "listed_from": _("From this month on the project is rated and listed."),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach = Unit.objects.below(user.unit).filter(is_active=True)
        self._choose_from("unit", reach)
        towns = Unit.objects.below(district_of(user.unit)).filter(kind__in=("town", "zone"), is_active=True)
        self._choose_from("town", towns)
        for name, model in (("leader", Leader), ("category", Category), ("sector", Sector), ("labels", LevelLabel)):
            self._choose_from(name, model._default_manager.filter(is_active=True))
        self.fields["version"].initial = self.instance.version

    def clean_total_at_least(self) -> int | None:
        floor: int | None = self.cleaned_data["total_at_least"]
        if floor == 0:
            raise ValidationError(_("The total investment must be more than zero."))
        return floor

    def _choose_from(self, name: str, rows: Any) -> None:
        """Offer `rows`, and what is stored already even when it is out of use."""
        field: Any = self.fields[name]
        stored = getattr(self.instance, f"{name}_id", None) if name != "labels" else None
        field.queryset = rows | rows.model._default_manager.filter(pk=stored) if stored else rows


class PhaseForm(forms.ModelForm):  # type: ignore[type-arg]
    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=PHASES)
    version = VersionField(required=False)

    class Meta:
        model = Phase
        fields = ("number", "name", "content")
        field_classes = {"name": PlainTextField, "content": PlainTextField}


class ComponentForm(forms.ModelForm):  # type: ignore[type-arg]
    version = VersionField(required=False)

    class Meta:
        model = Component
        fields = ("number", "name", "note")
        field_classes = {"name": PlainTextField, "note": PlainTextField}


class PlacedForm(forms.Form):
    """Where a new phase or component stands when it enters the register."""

    position = PositionField(label=_("Stage"), required=False)
    reached_on = DayField(label=_("Since"), required=False, help_text=_("Leave empty when nobody knows."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].choices = [("", wording.UNPLACED), *move_choices(None)]  # type: ignore[attr-defined]

    def placed(self) -> Position:
        return read_position(self.cleaned_data["position"])


class CapacityForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Capacity
        fields = ("product", "planned", "commissioned", "unit")
        field_classes = {"product": PlainTextField, "unit": PlainTextField}


class PlanForm(forms.Form):
    """The plan of a year, or a revision of it; twelve month plans or none."""

    amount = AmountField(label=_("Year plan"))
    effective_from = MonthInputField(label=_("In force from"))
    goal = PlainTextField(label=_("Goal of the year"), required=False, max_length=500)
    reason = PlainTextField(label=_("Reason for the revision"), required=False, max_length=1000)
    curve = forms.ChoiceField(label=_("Spread over the months"), required=False, choices=list(wording.CURVES.items()))
    version = VersionField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, 13):
            self.fields[f"month_{number}"] = AmountField(
                label=_("Month %(number)s") % {"number": number}, required=False
            )

    @property
    def month_fields(self) -> list[forms.BoundField]:
        return [self[f"month_{number}"] for number in range(1, 13)]

    def month_plan(self) -> list[int] | None:
        """The twelve amounts (yuan), an empty one counting as zero; None when all are empty."""
        typed = [self.cleaned_data.get(f"month_{number}") for number in range(1, 13)]
        return None if all(amount is None for amount in typed) else [amount or 0 for amount in typed]

    def spread(self, active: tuple[int, int], before: list[int] | None) -> "PlanForm":
        """The same typing with the months filled by the chosen curve: evenly over the active months (1 to 12), by
        quarters, or in the shape of last year's months."""
        amount, curve = self.cleaned_data["amount"], self.cleaned_data["curve"]
        filled = {
            "even": even(amount, *active),
            "quarterly": quarterly(amount),
            "like_last_year": like(amount, before or []),
        }.get(curve)
        typed: Any = self.data.copy()  # type: ignore[attr-defined] # what a request posts can be copied
        for number, yuan in enumerate(filled or [], start=1):
            typed[f"month_{number}"] = exactly(yuan)
        return type(self)(typed)

    @classmethod
    def opened_for(cls, plans: list[AnnualPlan], open_month: Month) -> "PlanForm":
        """Filled with the plan now in force, to revise it; empty for the first one."""
        initial: dict[str, Any] = {"version": len(plans), "effective_from": open_month}
        if plans:
            latest = plans[-1]
            initial |= {"amount": latest.amount, "goal": latest.goal}
            initial |= {f"month_{n}": amount for n, amount in enumerate(latest.month_plan or [], start=1)}
        return cls(initial=initial)


class PlanDecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Decision"), choices=list(wording.PLAN_DECISIONS.items()), widget=forms.RadioSelect
    )
    note = PlainTextField(
        label=_("Note"), required=False, max_length=500, widget=LINES, help_text=_("Needed to decline.")
    )


class ProblemForm(forms.ModelForm):  # type: ignore[type-arg]
    version = VersionField(required=False)

    class Meta:
        model = Problem
        fields = ("kind", "phase", "description", "request", "asked_of", "asked_name", "raised_on", "due_on")
        field_classes = {
            "description": PlainTextField, "request": PlainTextField, "asked_name": PlainTextField,
            "raised_on": DayField, "due_on": DayField,
        }  # fmt: skip
        widgets = {"description": LINES, "request": LINES, "asked_of": PlainSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        project = self.instance.project
        self.fields["phase"].queryset = Phase.objects.filter(project=project)  # type: ignore[attr-defined]
        below = Unit.objects.below(district_of(project.unit)).filter(is_active=True).order_by("path")
        self.fields["asked_of"].queryset = below  # type: ignore[attr-defined]
        self.fields["version"].initial = self.instance.version


class NoteForm(forms.Form):
    """A step with a problem that only needs words."""

    note = PlainTextField(label=_("Note"), required=False, max_length=1000, widget=LINES)
    version = VersionField(required=False)


class SolvedForm(forms.Form):
    solved_on = DayField(label=_("Solved on"))
    proof = PlainTextField(
        label=_("How it shows"), required=False, max_length=1000, widget=LINES,
        help_text=_("A document with its number, a date, a photo among the project's files."),
    )  # fmt: skip
    version = VersionField(required=False)


class ExtensionForm(forms.Form):
    until = DayField(label=_("Until"))
    reason = PlainTextField(label=_("Reason"), required=False, max_length=500, widget=LINES)
    version = VersionField(required=False)


class HaltForm(forms.Form):
    kind = forms.ChoiceField(label=_("What happens"), choices=list(wording.HALT_NAMES.items()))
    since = DayField(label=_("Since"))
    until = DayField(
        label=_("Expected to go on"), required=False, help_text=_("For a suspension whose end can be foreseen.")
    )
    reason = forms.ChoiceField(label=_("Reason"), choices=list(wording.HALT_REASONS.items()))
    note = PlainTextField(label=_("Note"), required=False, max_length=1000, widget=LINES)
    version = VersionField(required=False)

    def halt(self) -> Halt:
        data = self.cleaned_data
        return Halt(data["kind"], data["since"], data["reason"], data["note"], data["until"])


class ResumeForm(forms.Form):
    note = PlainTextField(label=_("Why it goes on"), max_length=1000, widget=LINES)
    version = VersionField(required=False)


class ExemptionForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Exemption
        fields = ("reason", "first_month", "last_month", "note")
        field_classes = {"note": PlainTextField}
        widgets = {"note": LINES}


class IncidentForm(forms.ModelForm):  # type: ignore[type-arg]
    version = VersionField(required=False)

    class Meta:
        model = Incident
        fields = ("kind", "happened_on", "cleared_on", "note")
        field_classes = {"note": PlainTextField, "happened_on": DayField, "cleared_on": DayField}
        widgets = {"note": LINES}


class MilestoneForm(forms.ModelForm):  # type: ignore[type-arg]
    version = VersionField(required=False)

    class Meta:
        model = Milestone
        fields = ("name", "is_key", "phase", "planned_on", "done_on")
        field_classes = {"name": PlainTextField, "planned_on": DayField, "done_on": DayField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phase"].queryset = Phase.objects.filter(project=self.instance.project)  # type: ignore[attr-defined]
        self.fields["version"].initial = self.instance.version
