"""The forms of the register in the administration: those of the pages, and one for a plan with its months."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from projects.admin.choices import choices_of
from projects.admin.forms import RowForm, RowFormSet
from projects.core.forms import AmountField, PlainTextField
from projects.core.month import FIRST_YEAR, LAST_YEAR
from projects.core.yuan import WAN, exactly
from projects.register.forms import PHASES
from projects.register.forms import ProjectForm as PageForm
from projects.register.models import AnnualPlan, Milestone, Phase, Project

MONTHS = 12


class ProjectForm(RowForm, PageForm):  # type: ignore[misc] # both carry a version, ours is the same and more
    """The form of the pages; whom and where one may choose is asked of the same table as the search boxes."""

    class Meta(PageForm.Meta):
        pass

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=self.person, **kwargs)

    def _choose_from(self, name: str, rows: Any) -> None:
        choices = choices_of(Project, name, self.person)
        super()._choose_from(name, rows if choices is None else choices)


class PhaseForm(RowForm):
    """Said here, the bounds of the number come in words; the database knows them only by a name."""

    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=PHASES)

    class Meta(RowForm.Meta):
        model = Phase
        fields = ("number", "name", "content")


class MonthPlanField(forms.CharField):
    """Twelve amounts in 10,000 yuan with blanks between them, as copied from a row of a sheet; or nothing."""

    widget = forms.Textarea(attrs={"rows": 2, "cols": 36, "inputmode": "decimal"})

    def prepare_value(self, value: Any) -> Any:
        return " ".join(exactly(amount, WAN) for amount in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        words = str(value or "").split()
        if not words:
            return None
        if len(words) != MONTHS:
            raise ValidationError(
                _("These are %(count)s amounts; a month plan has twelve, with blanks between them."),
                params={"count": len(words)},
            )
        amount = AmountField(required=False)
        return [amount.to_python(word) or 0 for word in words]


class PlanForm(RowForm):
    """The plan of a year or a revision of it."""

    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    month_plan = MonthPlanField(
        label=_("month plan (10,000 yuan)"),
        required=False,
        help_text=_("Twelve amounts that add up to the year plan, or none."),
    )

    class Meta(RowForm.Meta):
        model = AnnualPlan
        fields = ("year", "amount", "effective_from", "month_plan", "goal", "reason")


class PlanFormSet(RowFormSet):
    def clean(self) -> None:
        """Of one year a plan at a time: which of two was meant to revise the other cannot be seen."""
        years: set[int] = set()
        for form in self.forms:
            year = form.cleaned_data.get("year") if form.has_changed() else None
            if year in years:
                sentence = _("Above stands another plan for %(year)s. Save that one first.")
                form.add_error("year", ValidationError(sentence, params={"year": year}))
            years |= {year} if year else set()


class MilestoneForm(RowForm):
    """A node or an approval, with the reason for a planned day that is changed."""

    reason = PlainTextField(label=_("reason for a changed plan"), required=False, max_length=1000)

    class Meta(RowForm.Meta):
        model = Milestone
        fields = (
            "code", "name", "is_key", "phase", "planned_on", "forecast_on", "done_on", "is_confirmed",
            "not_applicable", "not_applicable_reason",
        )  # fmt: skip
