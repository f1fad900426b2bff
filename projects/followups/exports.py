"""The board of slips as a file: every slip as narrowed, all pages of it."""

import datetime
from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from projects.core import display
from projects.core.sheets import Cell
from projects.followups.models import Slip

WIDTHS = (20, 34, 16, 14, 12, 8, 10, 12, 12, 12, 12, 12, 10, 50, 50, 40, 16, 12)


def heading() -> list[str]:
    return [
        pgettext("slip", "Number"), _("Project"), _("Code"), _("Unit"), _("Month"), _("Colour"),
        _("Periods in a row"), _("Kind"), _("State"), _("Issued on"), _("Plan due by"), _("Finish due by"),
        _("Days overdue"), _("Plan to put things right"), pgettext("slip", "Answer"), _("Evidence"),
        _("Extension"), _("Closed on"),
    ]  # fmt: skip


def cells(slips: QuerySet[Slip], today: datetime.date) -> Iterator[list[Cell]]:
    """A line for each slip; read in batches."""
    for slip in slips.select_related("project", "unit", "evidence").iterator(chunk_size=2000):
        over = (today - slip.due_on).days if slip.due_on and slip.is_overdue(today) else None
        evidence = [text for text in (slip.reference, slip.evidence.title if slip.evidence else "") if text]
        yield [
            slip.number, slip.project.name, slip.project.code, slip.unit.short_name, str(slip.month), slip.colour_word,
            slip.periods, slip.kind_name, str(slip.get_state_display()), _day(slip.issued_at), _day(slip.reply_due),
            _day(slip.finish_due), over, slip.plan, slip.answer, " ".join(evidence),
            str(slip.get_extension_display()) if slip.extension else None, _day(slip.closed_at),
        ]  # fmt: skip


def _day(value: datetime.date | None) -> Cell:
    return None if value is None else display.day(value)
