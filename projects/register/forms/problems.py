"""Problems as they are typed, and what each step with one needs to be told."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.accounts.models import Unit
from projects.accounts.queries import district_of
from projects.core.forms import DayField, PlainSelect, PlainTextField, VersionField
from projects.register.forms.lines import LINES
from projects.register.models import (
    Phase,
    Problem,
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
