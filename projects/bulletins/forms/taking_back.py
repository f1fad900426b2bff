"""Why an edition is taken back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.core.forms import PlainTextField
from projects.register.forms.lines import LINES


class TakeBackForm(forms.Form):
    """The reason is asked by the action."""

    reason = PlainTextField(label=_("Why it is taken back"), required=False, max_length=500, widget=LINES)
