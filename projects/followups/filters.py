"""What the board of slips can be narrowed by."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.accounts.models import Unit
from projects.core import display
from projects.core.forms import PlainSelect
from projects.core.month import Month
from projects.core.text import has_control, tidy
from projects.followups.models import Slip
from projects.followups.wording import KIND_NAMES

ALL = _("all")


class SlipFilter(django_filters.FilterSet):
    """Narrows slips. A value that is no choice is refused by the form and narrows nothing."""

    q = django_filters.CharFilter(
        label=_("Search"),
        method="search",
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Project, number or what is asked")}),
    )
    unit = django_filters.ChoiceFilter(
        label=pgettext_lazy("heading", "Unit"), field_name="unit_id", widget=PlainSelect, empty_label=ALL
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=list(KIND_NAMES.items()), widget=PlainSelect, empty_label=ALL
    )
    colour = django_filters.ChoiceFilter(
        label=_("Colour"), field_name="colour_hue", widget=PlainSelect, empty_label=ALL
    )
    month = django_filters.ChoiceFilter(label=_("Month"), method="by_month", widget=PlainSelect, empty_label=ALL)

    class Meta:
        model = Slip
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = self.queryset.order_by()
        units = Unit.objects.filter(pk__in=rows.values("unit"))
        self.filters["unit"].extra["choices"] = [(str(unit.pk), str(unit)) for unit in units]
        kept = rows.values_list("month", "colour_hue", "colour_word").distinct()
        months = sorted({month for month, _hue, _word in kept}, reverse=True)
        self.filters["month"].extra["choices"] = [(str(month), display.month_label(month)) for month in months]
        colours = {hue: word for _month, hue, word in kept}
        self.filters["colour"].extra["choices"] = sorted(colours.items())

    @property
    def chosen(self) -> dict[str, str]:
        """The valid values of the address that narrow something, by filter."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def slips(self) -> Any:
        """The slips by every filter whose value is valid."""
        slips = self.queryset.all()
        for name, value in self.chosen.items():
            slips = self.filters[name].filter(slips, value)
        return slips

    def search(self, slips: QuerySet[Slip], _name: str, text: str) -> QuerySet[Slip]:
        """Every word must occur in the names of the project, its code or initials, or in what is asked; a number
        finds the slips that have it."""
        if has_control(text):
            return slips.none()
        for word in tidy(text).split():
            by_number = Q(serial=int(word)) if word.isascii() and word.isdecimal() and len(word) < 9 else Q()
            slips = slips.filter(
                by_number
                | Q(project__name__icontains=word)
                | Q(project__short_name__icontains=word)
                | Q(project__code__icontains=word)
                | Q(project__initials__icontains=word)
                | Q(request__icontains=word)
            )
        return slips

    def by_month(self, slips: QuerySet[Slip], _name: str, month: str) -> QuerySet[Slip]:
        return slips.filter(month=Month.parse(month))
