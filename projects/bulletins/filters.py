"""What the list of a published month can be narrowed by: values as they were published."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from projects.bulletins.models import BulletinLine
from projects.core.forms import PlainSearch, PlainSelect
from projects.core.text import has_control, tidy

ALL = _("all")


class PublishedFilter(django_filters.FilterSet):
    """A value that is no choice is refused by the form and narrows nothing."""

    q = django_filters.CharFilter(
        label=_("Search"), method="search", max_length=60, widget=PlainSearch(attrs={"placeholder": _("Name or code")})
    )
    unit = django_filters.ChoiceFilter(
        label=_("Unit"), field_name="unit_name", widget=PlainSelect, empty_label=ALL, choices=[]
    )
    colour = django_filters.ChoiceFilter(
        label=_("Colour"), field_name="colour_hue", widget=PlainSelect, empty_label=ALL, choices=[]
    )

    class Meta:
        model = BulletinLine
        fields: list[str] = []

    def __init__(self, *args: Any, units: list[str], colours: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["unit"].extra["choices"] = [(name, name) for name in units]
        self.filters["colour"].extra["choices"] = colours

    @property
    def chosen(self) -> dict[str, str]:
        """The valid values of the address that narrow something."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    def narrow(self, *, without: str = "") -> QuerySet[BulletinLine]:
        lines: QuerySet[BulletinLine] = self.queryset.all()
        for name, value in self.chosen.items():
            if name != without:
                lines = self.filters[name].filter(lines, value)
        return lines

    def search(self, lines: QuerySet[BulletinLine], _name: str, text: str) -> QuerySet[BulletinLine]:
        """Every word must occur in the names or the code."""
        if has_control(text):
            return lines.none()
        for word in tidy(text).split():
            lines = lines.filter(Q(name__icontains=word) | Q(short_name__icontains=word) | Q(code__icontains=word))
        return lines
