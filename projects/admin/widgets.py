"""Boxes of the administration: choosing from very many rows, and the browser's own date picker."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.db import models

from projects.core.fields import YuanField
from projects.core.forms import AmountField, DayField, PlainTextField


class Finder(AutocompleteSelect):
    """A box that looks for rows while one types; of all the rows it holds only the chosen one."""

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        # What is no number cannot be a row's; Django would ask the database for it all the same.
        rows = [each for each in value if str(each).isdecimal() and len(str(each)) < 19]
        return super().optgroups(name, rows, attr)


OVERRIDES: dict[Any, dict[str, Any]] = {
    models.CharField: {"form_class": PlainTextField},
    models.TextField: {"form_class": PlainTextField, "widget": forms.Textarea(attrs={"rows": 2, "cols": 40})},
    models.DateField: {
        "form_class": DayField,
        "widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "vDateField"}),
    },
    YuanField: {"widget": AmountField.widget},
}
