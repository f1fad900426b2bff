"""Halts, exemptions and one-vote matters as they are typed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.core.forms import DayField, PlainTextField, VersionField
from projects.register import wording
from projects.register.actions.halting import Halt
from projects.register.forms.lines import LINES
from projects.register.models import (
    Exemption,
    Incident,
)


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
