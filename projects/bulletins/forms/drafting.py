"""The text of a draft as it is typed, and what circulating, publishing and correcting ask for."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.bulletins.composing import Section
from projects.bulletins.marks import in_marks, in_words
from projects.bulletins.models import Bulletin
from projects.core.forms import DayField, MonthInputField, PlainTextField, VersionField

MOST_SECTIONS = 12
LINES = forms.Textarea(attrs={"rows": 3})


class BeginForm(forms.Form):
    month = MonthInputField(label=_("Month"))


class StepForm(forms.Form):
    """A step that needs nothing but the version at which the draft was seen."""

    version = VersionField()


class WordingForm(forms.Form):
    """Title, addressees and the sections, each with a heading and a paragraph a line; a last empty one to add."""

    version = VersionField()
    title = PlainTextField(label=_("Title"), max_length=200)
    addressees = PlainTextField(label=_("to whom"), max_length=300, required=False)

    def __init__(self, data: Any = None, *, bulletin: Bulletin, marks: Collection[str]) -> None:
        """`marks` are those that stand for a figure now; people read and type their words."""
        self.marks = marks
        super().__init__(data, initial={**wording_of(bulletin), "version": bulletin.version})
        for number in range(1, _places(data, bulletin) + 1):
            self.fields[f"heading_{number}"] = PlainTextField(
                label=pgettext_lazy("bulletin", "Heading"), max_length=100, required=False
            )
            self.fields[f"text_{number}"] = PlainTextField(
                label=pgettext_lazy("bulletin", "Text"), max_length=20_000, required=False,
                widget=forms.Textarea(attrs={"rows": self._rows(number)}),
            )  # fmt: skip

    def _rows(self, number: int) -> int:
        """Room for the text as it is: a line of the box holds about fifty signs."""
        text = str(self.initial.get(f"text_{number}", ""))
        return min(16, max(3, 1 + sum(1 + len(line) // 50 for line in text.split("\n"))))

    @property
    def parts(self) -> list[tuple[int, forms.BoundField, forms.BoundField]]:
        """The boxes of each section with its number."""
        numbers = [int(name.removeprefix("heading_")) for name in self.fields if name.startswith("heading_")]
        return [(number, self[f"heading_{number}"], self[f"text_{number}"]) for number in numbers]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for number, _heading, _text in self.parts:
            if data.get(f"text_{number}") and not data.get(f"heading_{number}"):
                self.add_error(f"heading_{number}", _("Give the section a heading."))
        if not self.errors and not self.sections():
            self.add_error(None, _("The bulletin needs at least one section."))
        return data

    def sections(self) -> list[Section]:
        """The sections that have a heading, in their order; one emptied is left out."""
        found = []
        for number, _heading, _text in self.parts:
            heading, text = (self.cleaned_data.get(f"{name}_{number}") or "" for name in ("heading", "text"))
            if heading:
                lines = in_marks(text, self.marks).splitlines()
                found.append(Section(heading, tuple(line.strip() for line in lines if line.strip())))
        return found


def _places(data: Any, bulletin: Bulletin) -> int:
    """How many sections the form holds: those stored and one more, or as many as were sent."""
    sent = 0 if data is None else sum(str(name).startswith("heading_") for name in data)
    return min(max(len(bulletin.sections) + 1, sent), MOST_SECTIONS)


def wording_of(bulletin: Bulletin) -> dict[str, Any]:
    """The text of a draft under the names of the form."""
    values: dict[str, Any] = {"title": bulletin.title, "addressees": bulletin.addressees}
    for number, section in enumerate(bulletin.sections, 1):
        values[f"heading_{number}"] = section["heading"]
        values[f"text_{number}"] = in_words("\n".join(section["paragraphs"]))
    return values


class CirculateForm(forms.Form):
    version = VersionField()
    objections_until = DayField(label=_("Objections until the end of"))


class PublishForm(forms.Form):
    version = VersionField()
    despite_missing = forms.BooleanField(label=_("Publish although reports are missing"), required=False)


class CorrectionForm(forms.Form):
    reason = PlainTextField(label=_("What was wrong"), max_length=500, widget=LINES)
