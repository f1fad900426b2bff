"""The plan of a year as it is typed, and the decision on a revision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.core.forms import AmountField, MonthInputField, PlainTextField, VersionField
from projects.core.month import Month
from projects.core.yuan import exactly
from projects.register import wording
from projects.register.curves import even, like, quarterly
from projects.register.forms.lines import LINES
from projects.register.models import AnnualPlan
from projects.register.models.schedule import APPROVED


class PlanForm(forms.Form):
    """The plan of a year, or a revision of it; twelve month plans or none."""

    amount = AmountField(label=_("Year plan"))
    effective_from = MonthInputField(label=_("In force from"))
    goal = PlainTextField(label=_("Goal of the year"), required=False, max_length=500)
    reason = PlainTextField(label=_("Reason for the revision"), required=False, max_length=1000)
    curve = forms.ChoiceField(label=_("Spread over the months"), required=False, choices=list(wording.CURVES.items()))
    version = VersionField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, 13):
            self.fields[f"month_{number}"] = AmountField(
                label=_("Month %(number)s") % {"number": number}, required=False
            )

    @property
    def month_fields(self) -> list[forms.BoundField]:
        return [self[f"month_{number}"] for number in range(1, 13)]

    def month_plan(self) -> list[int] | None:
        """The twelve amounts (yuan), an empty one counting as zero; None when all are empty."""
        typed = [self.cleaned_data.get(f"month_{number}") for number in range(1, 13)]
        return None if all(amount is None for amount in typed) else [amount or 0 for amount in typed]

    def spread(self, active: tuple[int, int], before: list[int] | None) -> "PlanForm":
        """The same typing with the months filled by the chosen curve: evenly over the active months (1 to 12), by
        quarters, or in the shape of last year's months."""
        amount, curve = self.cleaned_data["amount"], self.cleaned_data["curve"]
        filled = {
            "even": even(amount, *active),
            "quarterly": quarterly(amount),
            "like_last_year": like(amount, before or []),
        }.get(curve)
        typed: Any = self.data.copy()  # type: ignore[attr-defined] # what a request posts can be copied
        for number, yuan in enumerate(filled or [], start=1):
            typed[f"month_{number}"] = exactly(yuan)
        return type(self)(typed)

    @classmethod
    def opened_for(cls, plans: list[AnnualPlan], start: Month) -> "PlanForm":
        """Filled with the plan that was decided last, to revise it from `start` on; empty for the first one. Its
        version counts all `plans`, those that wait or were declined among them."""
        initial: dict[str, Any] = {"version": len(plans), "effective_from": start}
        valid = [plan for plan in plans if plan.decision == APPROVED]
        if valid:
            latest = valid[-1]
            initial |= {"amount": latest.amount, "goal": latest.goal}
            initial |= {f"month_{n}": amount for n, amount in enumerate(latest.month_plan or [], start=1)}
        return cls(initial=initial)


class PlanDecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Decision"), choices=list(wording.PLAN_DECISIONS.items()), widget=forms.RadioSelect
    )
    note = PlainTextField(
        label=_("Note"), required=False, max_length=500, widget=LINES, help_text=_("Needed to decline.")
    )
