"""The form of every row in the administration: who types, which version was seen, and why it was refused."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.accounts.models import User
from projects.admin.versions import seen_of
from projects.core.forms import AmountField, VersionField
from projects.core.refusals import Refused, Stale


class SeenField(VersionField):
    """The version is carried along; it is nothing that a person changes."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class RowForm(forms.ModelForm):  # type: ignore[type-arg]
    """`person` and `refusals` are given to the class that is made for each request.

    `refusals` holds, by prefix, what an action answered to the same typing a moment before.
    """

    person: ClassVar[User]
    refusals: ClassVar[Mapping[str, Refused]] = {}
    version = SeenField(label=gettext_lazy("version"), required=False)

    class Meta:
        labels = {"version": gettext_lazy("version")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, AmountField):
                field.label = _("%(label)s (10,000 yuan)") % {"label": field.label}
            stored = getattr(self.instance, f"{name}_id", None)
            if isinstance(field, forms.ModelChoiceField) and stored:
                # Out of use or out of reach meanwhile, it may stay where it stands.
                field.queryset |= field.queryset.model._default_manager.filter(pk=stored)  # type: ignore[union-attr]
        if self.instance.pk and not self.initial.get("version"):
            self.initial["version"] = seen_of(self.instance, self._meta.fields or ())
        if self.is_bound and isinstance(self.refused, Stale):
            # Shown again beside what is stored now, so that the next save is one with open eyes.
            again: Any = self.data
            self.data = again.copy()
            seen = self["version"].initial
            self.data[self.add_prefix("version")] = "" if seen is None else str(seen)  # type: ignore[index]

    @property
    def refused(self) -> Refused | None:
        return self.refusals.get(self.prefix or "")

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self.refused:
            field = self.refused.field
            self.add_error(field if field in self.fields else None, str(self.refused.sentence))


class RowFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    """Rows of one kind below a page."""

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        """Each row knows what it hangs on, by which it is named: the database is not asked for every row."""
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]
        setattr(form.instance, self.fk.name, self.instance)
        return form

    def validate_unique(self) -> None:
        """Nothing: what stands there twice the action refuses, in words and beside its field."""
