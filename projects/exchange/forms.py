"""Sending a file in, saying what its columns hold, and choosing what becomes of its rows."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.core.forms import MonthInputField, PlainSelect
from projects.core.month import Month
from projects.exchange.columns import Kind, columns_of
from projects.exchange.import_wording import KIND_NAMES
from projects.exchange.opening import ENDINGS

UNREAD = pgettext_lazy("column", "Not read")


class UploadForm(forms.Form):
    """A file and what it is to be taken for; `kinds` are those that this person may import."""

    file = forms.FileField(
        label=_("Excel file"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in ENDINGS)}),
        help_text=_("xlsx, xls, et or csv; as it circulates, with its title, sums and notes."),
    )
    kind = forms.ChoiceField(label=_("What it holds"), required=False)
    month = MonthInputField(
        label=_("Month"), help_text=_("Of a month sheet its month; of year plans any month of the year.")
    )
    submit = forms.BooleanField(
        label=_("Submit what is complete"), required=False,
        help_text=_("Of a month sheet. Reports that lack something stay drafts."),
    )  # fmt: skip

    def __init__(self, *args: Any, kinds: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known: Any = self.fields["kind"]
        known.choices = [("", _("Find out")), *((kind, KIND_NAMES[kind]) for kind in kinds)]


class LookForm(forms.Form):
    """Another sheet of the same file, or the same sheet as another kind."""

    sheet = forms.ChoiceField(label=pgettext_lazy("file", "Sheet"))
    kind = forms.ChoiceField(label=_("What it holds"))

    def __init__(self, *args: Any, columns: Mapping[str, Any], kinds: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"sheet": columns["sheet"], "kind": columns["kind"]}
        sheet: Any = self.fields["sheet"]
        kind: Any = self.fields["kind"]
        sheet.choices = [(name, name) for name in columns["sheets"]]
        kind.choices = [(name, KIND_NAMES[name]) for name in kinds]


class ColumnsForm(forms.Form):
    """What each column of the table holds; a field by its letter."""

    def __init__(self, *args: Any, columns: Mapping[str, Any], month: Month, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = columns_of(Kind(columns["kind"]))
        choices = [("", UNREAD), *((each.code, each.written(year=month.year, month=month.number)) for each in known)]
        for column in columns["columns"]:
            self.fields[column["letter"]] = forms.ChoiceField(
                label=column["heading"] or column["letter"], required=False, initial=column["code"], choices=choices,
                widget=PlainSelect,
            )  # fmt: skip

    def codes(self) -> dict[str, str]:
        """The code of each column, by its letter."""
        return {letter: str(code) for letter, code in self.cleaned_data.items()}
