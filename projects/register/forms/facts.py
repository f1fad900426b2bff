"""What a project, its phases and its components are, as it is typed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from projects.accounts.models import Unit, User
from projects.accounts.queries import district_of
from projects.core.forms import DayField, PlainTextField, VersionField
from projects.register.models import (
    Capacity,
    Category,
    Component,
    LevelLabel,
    Phase,
    Project,
    Sector,
)
from projects.register.queries import leaders_for

PHASES = 99  # the most that a project may have


DAYS = ("planned_start", "planned_finish", "actual_start", "actual_finish", "entered_statistics_on")


TEXTS = ("name", "short_name", "owner", "responsible", "contact_name", "location", "content", "note")


class ProjectForm(forms.ModelForm):  # type: ignore[type-arg]
    """The facts of a project. Stage, halt and colour are not facts to type: they follow from actions."""

    version = VersionField(required=False)

    class Meta:
        model = Project
        fields = (
            "code", "name", "short_name", "owner", "unit", "leader", "responsible", "contact_name", "contact_phone",
            "labels", "category", "sector", "nature", "project_class", "town", "location", "latitude", "longitude",
            "content", "total_investment", "total_at_least", "planned_start", "planned_finish",
            "actual_start", "actual_finish", "entered_statistics_on", "listed_from", "note",
        )  # fmt: skip
        widgets = {
            "labels": forms.CheckboxSelectMultiple,
            "content": forms.Textarea(attrs={"rows": 4}),
            "note": forms.Textarea(attrs={"rows": 2}),
        }
        field_classes = {
            **dict.fromkeys(DAYS, DayField),
            **dict.fromkeys(TEXTS, PlainTextField),
        }
        help_texts = {
            "code": _("As in the address of the project's page; letters, digits, - and _."),
            "responsible": _("Who answers for the project in the responsible unit."),
            "short_name": _("As people call it; shown in lists."),
            "total_at_least": _("When only a lower bound is known, for example “over 100 million”."),
            "listed_from": _("From this month on the project is rated and listed."),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reach = Unit.objects.below(user.unit).filter(is_active=True)
        self._choose_from("unit", reach)
        towns = Unit.objects.below(district_of(user.unit)).filter(kind__in=("town", "zone"), is_active=True)
        self._choose_from("town", towns)
        self._choose_from("leader", leaders_for(user))
        for name, model in (("category", Category), ("sector", Sector), ("labels", LevelLabel)):
            self._choose_from(name, model._default_manager.filter(is_active=True))
        self.fields["version"].initial = self.instance.version

    def clean_total_at_least(self) -> int | None:
        floor: int | None = self.cleaned_data["total_at_least"]
        if floor == 0:
            raise ValidationError(_("The total investment must be more than zero."))
        return floor

    def _choose_from(self, name: str, rows: Any) -> None:
        """Offer `rows`, and what is stored already even when it is out of use."""
        field: Any = self.fields[name]
        row = self.instance
        stored = row.labels.values("pk") if name == "labels" and row.pk else [getattr(row, f"{name}_id", None)]
        field.queryset = rows | rows.model._default_manager.filter(pk__in=stored)


class PartForm(forms.ModelForm):  # type: ignore[type-arg]
    """What phases and components have in common: a number in their order, and the version they were read at."""

    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=PHASES)
    version = VersionField(required=False)


class PhaseForm(PartForm):
    class Meta:
        model = Phase
        fields = ("number", "name", "content")
        field_classes = {"name": PlainTextField, "content": PlainTextField}


class ComponentForm(PartForm):
    class Meta:
        model = Component
        fields = ("number", "name", "note")
        field_classes = {"name": PlainTextField, "note": PlainTextField}


class CapacityForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Capacity
        fields = ("product", "planned", "commissioned", "unit")
        field_classes = {"product": PlainTextField, "unit": PlainTextField}
