"""Of which unit and for which month files are fetched."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.accounts.models import Unit
from projects.core.display import month_label
from projects.core.forms import PlainSelect
from projects.core.month import Month

MONTHS = 24  # that are offered


class ExportForm(forms.Form):
    """A unit among those that the person may choose, and a month up to the latest."""

    month = forms.ChoiceField(label=_("Month"), widget=PlainSelect)
    unit = forms.ChoiceField(label=pgettext_lazy("heading", "Unit"), widget=PlainSelect)

    def __init__(self, *, units: Iterable[Unit], unit: Unit, latest: Month, month: Month) -> None:
        super().__init__({"month": str(month), "unit": str(unit.pk)})
        offered = dict.fromkeys([*(latest.earlier(back) for back in range(MONTHS)), month])
        self.fields["month"].choices = [(str(each), month_label(each)) for each in offered]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [(str(each.pk), each.name) for each in units]  # type: ignore[attr-defined]
