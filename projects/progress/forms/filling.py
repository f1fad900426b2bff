"""A row of the table in which the reports of many projects are filled at once."""

from hashlib import sha256

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from projects.core.forms import AmountField
from projects.progress.actions.reporting import WRITTEN
from projects.progress.checking import Background, Written, taken_over
from projects.progress.forms.writing import VersionedForm, WordsField
from projects.progress.models import MonthlyReport
from projects.register.queries import facts_of

# in the order in which they are pasted
COLUMNS = (
    "invested_this_month", "invested_statistics", "image", "next_month_amount", "next_steps", "explanation",
)  # fmt: skip
TICKS = ("image_unchanged", "next_steps_unchanged")


class RowForm(VersionedForm):
    """What a row lets type of a report; why a month is below zero is written on the report's own page.

    `shown` is a digest of what the row held when it was opened: a row that nobody touched is left alone,
    also when somebody else has written that report meanwhile.
    """

    invested_this_month = AmountField(label=_("Invested this month"), signed=True, required=False)
    invested_statistics = AmountField(label=_("Figure of the statistics bureau"), signed=True, required=False)
    image = WordsField(label=_("Progress of the works"))
    image_unchanged = forms.BooleanField(label=_("No change this month"), required=False)
    next_month_amount = AmountField(label=_("Planned for next month"), required=False)
    next_steps = WordsField(label=_("Next steps"))
    next_steps_unchanged = forms.BooleanField(label=_("Unchanged"), required=False)
    explanation = WordsField(label=_("Why it strays from the plan"))
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, posted: QueryDict | None, *, report: MonthlyReport) -> None:
        initial = facts_of(report, (*COLUMNS, *TICKS, "version"))
        super().__init__(posted, prefix=f"row-{report.pk}", initial=initial)
        self.report = report
        self.initial["shown"] = self._digest()
        for place, name in enumerate(COLUMNS):
            self.fields[name].widget.attrs["data-column"] = place
        for name in (*COLUMNS, *TICKS):
            self.fields[name].widget.attrs["aria-label"] = f"{self.fields[name].label} {report.project.short_name}"

    def _digest(self) -> str:
        values = [self[name].value() for name in (*COLUMNS, *TICKS)]
        texts = ["" if value in (None, False) else str(value).replace("\r\n", "\n").strip() for value in values]
        return sha256("\x1f".join(texts).encode()).hexdigest()[:16]

    def is_touched(self) -> bool:
        """Whether the row holds something else than when it was opened."""
        return self.data.get(self.add_prefix("shown")) != self._digest()

    def written(self, background: Background) -> Written:
        """The report with the row's cells; what has no cell stays as it is stored."""
        stored = facts_of(self.report, WRITTEN)
        cells = {name: self.cleaned_data[name] for name in (*COLUMNS, *TICKS)}
        return taken_over(Written(**{**stored, **cells}), background)
