"""What the queue and the board of reports can be narrowed by."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from projects.accounts.models import Unit, User
from projects.accounts.queries import within_reading
from projects.accounts.wording import UNIT_KIND_NAMES
from projects.core import display
from projects.core.forms import PlainSelect
from projects.core.month import Month
from projects.core.text import has_control, tidy
from projects.progress.models import MonthlyReport
from projects.register.models import Project

ALL = _("all")


def month_choices(latest: Month, back: int = 24) -> list[tuple[str, str]]:
    """The months to choose from, the latest first."""
    months = [latest + -step for step in range(back)]
    return [(str(month), display.month_label(month)) for month in months]


def unit_choices(user: User) -> list[tuple[str, str]]:
    """The units that hold projects which `user` reads."""
    held = Project.objects.filter(within_reading(user)).order_by().values("unit")
    return [(str(unit.pk), str(unit)) for unit in Unit.objects.filter(pk__in=held)]


class QueueFilter(django_filters.FilterSet):
    """Narrows reports of all months. A value that is no choice is refused by the form and narrows nothing."""

    q = django_filters.CharFilter(
        label=_("Search"),
        method="search",
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Name, owner, code, pinyin initials")}),
    )
    month = django_filters.ChoiceFilter(label=_("Month"), method="by_month", widget=PlainSelect, empty_label=ALL)
    unit = django_filters.ChoiceFilter(label=_("Unit"), method="by_unit", widget=PlainSelect, empty_label=ALL)

    class Meta:
        model = MonthlyReport
        fields: list[str] = []

    def __init__(self, *args: Any, latest: Month, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["month"].extra["choices"] = month_choices(latest)
        self.filters["unit"].extra["choices"] = unit_choices(user)

    @property
    def chosen(self) -> dict[str, str]:
        """The valid values of the address that narrow something, by filter."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def carried(self) -> str:
        """What narrows the queue as the end of an address, so that a report leads back to the same queue."""
        return f"?{urlencode(self.chosen)}" if self.chosen else ""

    @property
    def reports(self) -> Any:
        """The reports by every filter whose value is valid."""
        reports = self.queryset.all()
        for name, value in self.chosen.items():
            reports = self.filters[name].filter(reports, value)
        return reports

    def search(self, reports: QuerySet[MonthlyReport], _name: str, text: str) -> QuerySet[MonthlyReport]:
        """Every word must occur in the names, the owner, the code or the pinyin initials of the project."""
        if has_control(text):
            return reports.none()
        for word in tidy(text).split():
            reports = reports.filter(
                Q(project__name__icontains=word)
                | Q(project__short_name__icontains=word)
                | Q(project__owner__icontains=word)
                | Q(project__code__icontains=word)
                | Q(project__initials__icontains=word)
            )
        return reports

    def by_month(self, reports: QuerySet[MonthlyReport], _name: str, month: str) -> QuerySet[MonthlyReport]:
        return reports.filter(month=Month.parse(month))

    def by_unit(self, reports: QuerySet[MonthlyReport], _name: str, pk: str) -> QuerySet[MonthlyReport]:
        return reports.filter(project__unit__in=Unit.objects.filter(path__contains=f"/{pk}/"))


class BoardForm(forms.Form):
    """The year of the board, the group of units, and whether only those that are behind are shown."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int, required=False, widget=PlainSelect)
    group = forms.ChoiceField(
        label=_("Group"),
        choices=[("", ALL), *((kind, UNIT_KIND_NAMES[kind]) for kind in ("town", "department", "zone"))],
        required=False,
        widget=PlainSelect,
    )
    late = forms.BooleanField(label=_("Only units that are late"), required=False)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(str(year), str(year)) for year in years]  # type: ignore[attr-defined]
