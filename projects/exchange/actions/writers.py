"""What every kind of sheet has to know: what a row would change, how it is written, and how that is taken back."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Model
from django.forms import BaseForm
from django.utils.translation import gettext as _

from projects.accounts.models import User
from projects.core.month import Month
from projects.core.refusals import Refused, Stale
from projects.core.text import tidy
from projects.exchange.signs import lines_of
from projects.exchange.verdicts import SheetRow, Verdict

Touch = dict[str, Any]  # what was written: `what`, its `pk`, its `version` afterwards, and what stood there `before`


@dataclass(frozen=True)
class Asked:
    """What is to be imported, by whom and when; `open_month` is the one being reported, from which on changes count.

    `submit`: hand in the reports that are complete.
    """

    kind: str
    month: Month
    by: User
    at: datetime.datetime
    today: datetime.date
    open_month: Month
    submit: bool = False


class Rejected(Refused):
    """A row is not written; `remarks` holds a sentence for each value that is refused, "" for the whole row.

    `labels` says how the form calls its values, for those that have no column.
    """

    def __init__(self, remarks: list[tuple[str, str]], labels: Mapping[str, str]) -> None:
        super().__init__(" ".join(sentence for _field, sentence in remarks), field=remarks[0][0])
        self.remarks, self.labels = remarks, labels


class Writer(Protocol):
    """One kind of sheet. It reads what is stored once, for all rows together."""

    makes: bool  # whether a row without a project may register a new one

    def look(self, verdict: Verdict) -> None:
        """Say in the verdict what the row would change."""

    def check(self, row: SheetRow, project_id: int | None, seen: Mapping[str, Any]) -> None:
        """`Refused` where writing would be. What cannot know that without writing writes, and is taken back."""

    def write(self, row: SheetRow, project_id: int | None, seen: Mapping[str, Any]) -> list[Touch]:
        """Write the row through the actions of the pages; `Refused` as they are, `Stale` when overtaken."""


def cleaned(form: BaseForm) -> BaseForm:
    """The form once it is in order; `Rejected` with its complaints."""
    if not form.is_valid():
        errors = form.errors.items()
        remarks = [
            ("" if name == "__all__" else name, str(message)) for name, messages in errors for message in messages
        ]
        raise Rejected(remarks, {name: str(field.label) for name, field in form.fields.items()})
    return form


def check_seen(now: object, seen: object) -> None:
    """`Stale` when what is stored is not what the dry run compared the row with."""
    if now != seen:
        raise Stale(_("This was changed since the sheet was checked. Check it again."))


def text_of(value: Any) -> str:
    """A text of a sheet as a form would read it."""
    return tidy(str(value)).replace("\r\n", "\n")


def same(stored: Any, told: Any) -> bool:
    """Whether a value of a sheet is the one that is stored; of texts neither blanks nor empty lines count."""
    if isinstance(stored, str) and isinstance(told, str):
        return lines_of(stored) == lines_of(told)
    return bool(stored == told)


def name_of(model: type[Model], field: str) -> str:
    """What a field of a record is called."""
    return str(model._meta.get_field(field).verbose_name)  # type: ignore[union-attr] # fields of ours have a name
