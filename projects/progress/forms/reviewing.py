"""What is typed when reports are checked: comments, reasons, replies; and the days and rules of the months."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.core.forms import DayField, MonthInputField, PlainTextField, VersionField
from projects.progress.models import MonthlyReport, Period, ReportingRules
from projects.register.wording import CLASS_NAMES

COMMENTED = (
    "invested_this_month", "invested_statistics", "image", "next_month_amount", "next_steps", "explanation", "reason",
)  # fmt: skip


class StepForm(forms.Form):
    """A step with a report that asks for nothing but the version it was looked at."""

    version = VersionField()


def label_of(name: str) -> str:
    """What a field of the report is called."""
    field: Any = MonthlyReport._meta.get_field(name)
    return str(field.verbose_name)


class ReturnForm(StepForm):
    """What is to be corrected: of the whole, and field by field."""

    comment = PlainTextField(
        label=_("Of the whole report"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in COMMENTED:
            self.fields[f"of_{name}"] = PlainTextField(label=label_of(name), required=False, max_length=1000)

    def field_comments(self) -> list[forms.BoundField]:
        return [self[f"of_{name}"] for name in COMMENTED]

    def comments(self) -> dict[str, str]:
        data = self.cleaned_data
        return {"": data["comment"], **{name: data[f"of_{name}"] for name in COMMENTED}}


class ReopenForm(StepForm):
    """Why an approved report is opened again. The action refuses an empty reason, in its own words."""

    reason = PlainTextField(
        label=_("Reason"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class LateForm(StepForm):
    """Until when a report that missed the lock may still come in, and why."""

    until = DayField(label=_("May be late until"))
    reason = PlainTextField(label=_("Reason"), required=False, max_length=1000)


class AskLeaveForm(StepForm):
    """Why a report that missed the lock comes late."""

    reason = PlainTextField(label=_("Reason"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class RefuseLeaveForm(StepForm):
    """Why it may not come in any more."""

    answer = PlainTextField(label=_("Answer"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class ReplyForm(forms.Form):
    """An answer to what was said of a report."""

    text = PlainTextField(label=_("Reply"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class OpenMonthForm(forms.Form):
    """Which month is opened for reports."""

    month = MonthInputField(label=_("Month"))


class PeriodForm(forms.ModelForm):  # type: ignore[type-arg]
    """The days of an opened month."""

    version = VersionField()

    class Meta:
        model = Period
        fields = ("opens_on", "due_on", "locks_on")
        field_classes = dict.fromkeys(("opens_on", "due_on", "locks_on"), DayField)
        labels = {"opens_on": _("Open from"), "due_on": _("Due on"), "locks_on": _("Locked after")}
        help_texts = {
            "due_on": _("Reports that are missing after this day are asked after."),
            "locks_on": _("The last day on which a unit may hand in without leave. A later day unlocks the month."),
        }


class RulesForm(forms.ModelForm):  # type: ignore[type-arg]
    """What holds for every month that is opened from now on."""

    classes = forms.MultipleChoiceField(
        label=_("Classes that report"), choices=list(CLASS_NAMES.items()), widget=forms.CheckboxSelectMultiple
    )
    version = VersionField()

    class Meta:
        model = ReportingRules
        fields = ("opens_on_day", "due_on_day", "locks_on_day", "variance_percent", "classes")
        labels = {
            "opens_on_day": _("Opened on day"), "due_on_day": _("Due on day"), "locks_on_day": _("Locked after day"),
            "variance_percent": _("Explanation asked from"),
        }  # fmt: skip
