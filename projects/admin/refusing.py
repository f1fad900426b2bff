"""What an action refused, and beside which form of the page its sentence belongs."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.helpers import AdminForm, InlineAdminFormSet
from django.db import IntegrityError
from django.forms import BaseForm
from django.utils.translation import gettext as _

from projects.core.differences import Difference, shown
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
