"""Who sees and changes what in the administration, asked of the role table; and how fields read typing."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import QuerySet
from django.http import HttpRequest

from projects.accounts.queries import may
from projects.accounts.roles import Verb
from projects.admin.choices import choices_of
from projects.admin.forms import RowForm, RowFormSet
from projects.admin.widgets import OVERRIDES, Finder
from projects.register.views.answers import person

MOST_ROWS = 300  # of one kind on a page; whoever claims thousands keeps the server busy for minutes


class Rights(BaseModelAdmin):  # type: ignore[type-arg]
    """`verb` opens the pages; `adds`, `changes` and `deletes` say what there is to do on them at all."""

    verb = Verb.EDIT_PROJECT
    adds = changes = True
    deletes = False
    form: Any = RowForm
    formfield_overrides = OVERRIDES

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(person(request), self.verb)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.adds and may(person(request), self.verb)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.changes and may(person(request), self.verb)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.deletes and may(person(request), self.verb)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The fields of the class, and hidden behind the last one the version that was seen."""
        fieldsets: list[Any] = [(label, {**options}) for label, options in super().get_fieldsets(request, obj)]
        if self.adds or self.changes:
            fieldsets[-1][1]["fields"] = [*fieldsets[-1][1]["fields"], "version"]
        return fieldsets

    def form_for(self, request: HttpRequest, asked: dict[str, Any], fields: Any) -> dict[str, Any]:
        """What Django makes the form class of this one request from; `version` is no field of the model."""
        given = {"person": person(request), "refusals": getattr(request, "refusals", {})}
        form = type(self.form.__name__, (self.form,), given)
        return {
            **asked,
            "form": form,
            "fields": fields and [name for name in fields if name != "version"],
        }

    def choices_for(self, name: str, request: HttpRequest) -> QuerySet[Any] | None:
        """The rows that this person may choose in the field `name`; None where it offers a whole list."""
        return choices_of(self.model, name, person(request))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = Finder(db_field, self.admin_site)
        choices = self.choices_for(db_field.name, request)
        if choices is not None:
            kwargs["queryset"] = choices
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Beside a choice one may add an entry or open the one chosen; nothing is taken away from there."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        widget = getattr(field, "widget", None)
        if isinstance(widget, RelatedFieldWidgetWrapper):
            widget.can_delete_related = widget.can_view_related = False
        return field


class Rows(Rights, admin.TabularInline):  # type: ignore[type-arg]
    """Rows below the row of a page; added and changed by their actions, never taken away."""

    formset: Any = RowFormSet
    extra = 0
    max_num = MOST_ROWS
    can_delete = False

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        fields = kwargs.pop("fields", None) or flatten_fieldsets(self.get_fieldsets(request, obj))
        kwargs["absolute_max"] = MOST_ROWS
        return super().get_formset(request, obj, **self.form_for(request, kwargs, fields))
