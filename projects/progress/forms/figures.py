"""The figures of a month as they are typed: amounts in 万元, the progress of the works in words."""

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.core.forms import AmountField, PlainTextField, VersionField
from projects.progress.actions.entering import Figures
from projects.progress.models import MonthlyReport


class FiguresForm(forms.Form):
    """`invested_this_month` may be below zero: a correction, which asks for a reason."""

    invested_this_month = AmountField(label=_("Invested this month"), signed=True)
    invested_statistics = AmountField(label=_("Figure of the statistics bureau"), signed=True, required=False)
    image = PlainTextField(
        label=_("Progress of the works"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reason = PlainTextField(
        label=_("Reason"), required=False, max_length=500,
        help_text=_("Needed to correct an approved figure, and for a month below zero."),
    )  # fmt: skip
    version = VersionField(required=False)

    @classmethod
    def opened_for(cls, report: MonthlyReport | None) -> "FiguresForm":
        if report is None:
            return cls()
        names = ("invested_this_month", "invested_statistics", "image", "version")
        return cls(initial={name: getattr(report, name) for name in names})

    def figures(self) -> Figures:
        data = self.cleaned_data
        return Figures(data["invested_this_month"], data["invested_statistics"], data["image"], data["reason"])
