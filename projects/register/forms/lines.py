"""A text of several lines, the same in every form."""

from django import forms

LINES = forms.Textarea(attrs={"rows": 3})
