"""What is typed of reminders: a step of the ladder, and which unit is asked for its reports."""

from django import forms

from projects.core.forms import MonthInputField, VersionField
from projects.progress.models import ReminderStep


class ReminderStepForm(forms.ModelForm):  # type: ignore[type-arg]
    """One step of the ladder of reminders."""

    version = VersionField(required=False)

    class Meta:
        model = ReminderStep
        fields = ("anchor", "days", "audience", "position", "is_active")


class NudgeForm(forms.Form):
    """Which unit is asked for which month; both stand hidden in the page."""

    unit = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    month = MonthInputField(widget=forms.HiddenInput)
