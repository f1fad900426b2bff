"""An override, an objection and a decision on either, as they are typed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.core.forms import PlainTextField
from projects.register.file_types import FILE_TYPES

LINES = forms.Textarea(attrs={"rows": 4})


class OverrideForm(forms.Form):
    reason = PlainTextField(
        label=_("Why the colour should be better"), max_length=500, widget=LINES,
        help_text=_("It stands in the bulletin beside the colour."),
    )  # fmt: skip


class ObjectionForm(forms.Form):
    text = PlainTextField(label=_("What is wrong with the rating, and by what it shows"), max_length=1000, widget=LINES)
    file = forms.FileField(
        label=_("A file that shows it"), required=False, allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in FILE_TYPES)}),
    )  # fmt: skip


class DecisionForm(forms.Form):
    """The note; what is decided is said by the button."""

    note = PlainTextField(label=_("Answer"), max_length=500, required=False, widget=LINES)
