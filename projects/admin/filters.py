"""The filters beside the lists: units in reach only, and what is no choice field of its own."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.filters import RelatedFieldListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from projects.admin.choices import own_units
from projects.core.clock import today, working_month
from projects.core.display import month_label
from projects.core.month import Month
from projects.journal.wording import VERB_NAMES
from projects.register.views.answers import person
from projects.register.wording import HALT_NAMES, STAGE_NAMES, UNPLACED

MONTHS_BACK = 24


class OwnUnits(RelatedFieldListFilter):
    """The units within the person's reach."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[Any]:
        return [(unit.pk, str(unit)) for unit in own_units(person(request)).order_by("path")]


class ByStage(admin.SimpleListFilter):
    title = _("stage")
    parameter_name = "stage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[Any, Any]]:
        return [*STAGE_NAMES.items(), ("none", UNPLACED)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.value():
            return queryset
        return queryset.filter(stage="" if self.value() == "none" else self.value())


class ByHalt(admin.SimpleListFilter):
    title = _("halted")
    parameter_name = "halted"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[Any, Any]]:
        return [*HALT_NAMES.items(), ("none", _("Going on"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.value():
            return queryset
        return queryset.filter(halted="" if self.value() == "none" else self.value())


class ByMonth(admin.SimpleListFilter):
    """The last two years of months."""

    title = _("month")
    parameter_name = "month"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[Any, Any]]:
        latest = working_month(today())
        return [(str(month), month_label(month)) for month in (latest + -back for back in range(MONTHS_BACK))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        try:
            return queryset.filter(month=Month.parse(self.value() or ""))
        except ValueError:
            return queryset


class ByVerb(admin.SimpleListFilter):
    title = _("what")
    parameter_name = "verb"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[Any, Any]]:
        return VERB_NAMES.items()

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(verb=self.value()) if self.value() else queryset
