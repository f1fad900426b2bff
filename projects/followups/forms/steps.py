"""What is typed with each step of a slip: text in, values out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.core.forms import DayField, PlainTextField, VersionField
from projects.followups.models import Slip
from projects.followups.wording import OUTCOMES
from projects.register.file_types import FILE_TYPES
from projects.register.forms.lines import LINES
from projects.register.models import Attachment


class SlipForm(forms.Form):
    """A step that asks for nothing but the version at which the slip was looked at."""

    version = VersionField()

    def __init__(self, *args: Any, slip: Slip, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = slip.version
        self.fields["version"] = self.fields.pop("version")  # last, behind what is typed


class EditForm(SlipForm):
    request = PlainTextField(
        label=pgettext_lazy("slip", "What is asked"), required=False, max_length=1000, widget=LINES
    )
    finish_due = DayField(
        label=_("To be finished by"),
        required=False,
        help_text=_("Empty: by the ladder, counted from the day of issue."),
    )

    def __init__(self, *args: Any, slip: Slip, **kwargs: Any) -> None:
        super().__init__(*args, slip=slip, **kwargs)
        self.fields["request"].initial = slip.request
        self.fields["finish_due"].initial = slip.finish_due
        if slip.step.decides:
            self.fields["finish_due"].help_text = _("As decided in the talk.")


class ReplyForm(SlipForm):
    plan = PlainTextField(
        label=_("Plan to put things right"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}), help_text=_("What is done, by whom, until when."),
    )  # fmt: skip


class AnswerForm(SlipForm):
    """The answer with its evidence; at least one of the three is asked by the action."""

    text = PlainTextField(
        label=_("What was done, and how things stand"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip
    reference = PlainTextField(
        label=_("Evidence by number"), required=False, max_length=200,
        help_text=_("The number of a document, the month of a report, or a milestone."),
    )  # fmt: skip
    evidence = forms.ModelChoiceField(
        label=_("Evidence among the project's files"), queryset=Attachment.objects.none(), required=False,
        empty_label=pgettext_lazy("evidence", "None"),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Or send a photo or document along"), required=False, allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in FILE_TYPES)}),
    )  # fmt: skip

    def __init__(self, *args: Any, slip: Slip, **kwargs: Any) -> None:
        super().__init__(*args, slip=slip, **kwargs)
        self.fields["evidence"].queryset = slip.project.attachments.kept()  # type: ignore[attr-defined]
        self.fields["text"].initial, self.fields["reference"].initial = slip.answer, slip.reference
        self.fields["evidence"].initial = slip.evidence_id


class ExtensionForm(SlipForm):
    until = DayField(label=_("Until"))
    reason = PlainTextField(label=_("Reason"), required=False, max_length=500, widget=LINES)


class DecisionForm(SlipForm):
    grant = forms.ChoiceField(
        label=_("Decision"), choices=[("yes", _("Grant the extension")), ("no", _("Refuse the extension"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    note = PlainTextField(label=_("Note"), required=False, max_length=500, widget=LINES)


class ReasonForm(SlipForm):
    """A step that needs a reason."""

    reason = PlainTextField(label=_("Reason"), required=False, max_length=500, widget=LINES)


class ReturnForm(SlipForm):
    reason = PlainTextField(label=_("What is missing"), required=False, max_length=1000, widget=LINES)


class FindingForm(SlipForm):
    finding = PlainTextField(
        label=_("Finding"), required=False, max_length=1000, widget=LINES,
        help_text=_("What you looked at, and what you found."),
    )  # fmt: skip
    outcome = forms.ChoiceField(
        label=_("What was decided about the project"), choices=[("", "—"), *OUTCOMES.items()], required=False
    )

    def __init__(self, *args: Any, slip: Slip, **kwargs: Any) -> None:
        super().__init__(*args, slip=slip, **kwargs)
        if not slip.step.decides:
            del self.fields["outcome"]


class NoteForm(SlipForm):
    note = PlainTextField(label=_("Note"), required=False, max_length=500, widget=LINES)
