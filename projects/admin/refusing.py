"""What an action refused, and beside which form of the page its sentence belongs."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.helpers import AdminForm, InlineAdminFormSet
from django.db import IntegrityError
from django.forms import BaseForm, BooleanField, ChoiceField, ModelChoiceField, ModelMultipleChoiceField
from django.utils.translation import gettext as _

from projects.core.display import NONE
from projects.core.refusals import NotAllowed, Refused, Stale


class RefusedRow(Exception):
    """`refusal`, met while the row of the form with `prefix` was being saved ("" is the page's main form)."""

    def __init__(self, prefix: str, refusal: Refused) -> None:
        super().__init__(prefix)
        self.prefix = prefix
        self.refusal = refusal


@contextmanager
def beside(form: BaseForm) -> Iterator[None]:
    """While inside, a refusal is remembered as one of the row of `form`."""
    try:
        yield
    except Refused as refusal:
        raise RefusedRow(form.prefix or "", refusal) from refusal
    except IntegrityError as error:
        sentence = _("Meanwhile somebody saved what does not go together with this. Check it and save again.")
        raise RefusedRow(form.prefix or "", Stale(sentence)) from error


def status_of(refusal: Refused) -> int:
    """The status to answer with, as on the pages."""
    return 409 if isinstance(refusal, Stale) else 403 if isinstance(refusal, NotAllowed) else 422


@dataclass(frozen=True)
class Difference:
    """A value as it is stored now, and as it was entered in the form that came second."""

    label: str
    stored: str
    entered: str


def differences(form: BaseForm) -> list[Difference]:
    """Where what was typed differs from what somebody else stored meanwhile."""
    return [
        Difference(
            str(form.fields[name].label),
            shown(form, name, form.get_initial_for_field(form.fields[name], name)),
            shown(form, name, form[name].data),
        )
        for name in form.changed_data
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


@dataclass(frozen=True)
class RefusedRows:
    """Rows of one kind that were refused: told at the head of the page, for they stand far below."""

    heading: str
    prefix: str
    sentences: list[str]


def refused_rows(groups: Iterable[InlineAdminFormSet]) -> list[RefusedRows]:
    """What is wrong in the rows below the page, by their kinds."""
    found = []
    for group in groups:
        lists = [
            group.formset.non_form_errors(),
            *(each for errors in group.formset.errors for each in errors.values()),
        ]
        sentences = dict.fromkeys(str(sentence) for each in lists for sentence in each)
        if sentences:
            found.append(RefusedRows(str(group.opts.verbose_name_plural), group.formset.prefix, list(sentences)))
    return found


def form_at(prefix: str, context: dict[str, Any]) -> BaseForm | None:
    """The form with `prefix` on a page of the admin that is about to be shown."""
    adminform: AdminForm = context["adminform"]
    below = (form for each in context["inline_admin_formsets"] for form in each.formset.forms)
    return next((form for form in (adminform.form, *below) if (form.prefix or "") == prefix), None)
