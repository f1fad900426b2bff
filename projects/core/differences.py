"""What somebody typed beside what is stored meanwhile, for the one who came second."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm, BooleanField, ChoiceField, ModelChoiceField, ModelMultipleChoiceField
from django.utils.translation import gettext as _

from projects.core.display import NONE


@dataclass(frozen=True)
class Difference:
    """A value as it is stored now, and as it was entered in the form that came second."""

    label: str
    stored: str
    entered: str


def differences(form: BaseForm, stored: Mapping[str, Any]) -> list[Difference]:
    """Where what was typed differs from what is `stored` now under the names of the fields that are seen."""
    return [
        Difference(
            str(form.fields[name].label),
            shown(form, name, stored[name]),
            shown(form, name, form[name].data),
        )
        for name in (bound.name for bound in form.visible_fields())
        if name in stored and form.fields[name].has_changed(stored[name], form[name].data)
    ]


def shown(form: BaseForm, name: str, value: Any) -> str:
    """A value of a field in words, whether it comes from the database or from the keyboard."""
    field = form.fields[name]
    if isinstance(field, BooleanField):
        return _("yes") if field.to_python(value) else _("no")
    if isinstance(field, ModelMultipleChoiceField):
        keys = {str(getattr(each, "pk", each)) for each in value or ()}
        return "、".join(str(row) for row in field.queryset if str(row.pk) in keys) or NONE  # type: ignore[union-attr]
    if isinstance(field, ModelChoiceField):
        found = field.queryset.filter(pk=value).first() if str(value).isdecimal() else None  # type: ignore[union-attr]
        return str(found) if found else NONE
    if isinstance(field, ChoiceField):
        return str(dict(field.choices).get(value) or NONE)  # type: ignore[arg-type]
    written = field.prepare_value(value)
    return NONE if written in (None, "") else str(written)
