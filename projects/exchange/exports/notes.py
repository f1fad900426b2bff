"""The second sheet of the month sheet (填写说明): what is asked, in which form, until when, and how it is sent."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from projects.core import display
from projects.core.month import Month
from projects.exchange.exports.paper import Formats
from projects.progress.models import Period

Notes = Sequence[tuple[str, Sequence[str]]]


def month_notes(month: Month, period: Period | None, *, variance_percent: int) -> Notes:
    """How a month sheet is filled in."""
    return [
        (_("What to fill in"), [
            _("White cells are yours to fill in; grey ones come from the register and are locked. A row that is grey "
              "throughout was handed in already, or is not yours to write."),
            _("“Invested this month” counts in 10,000 yuan, without a unit, with at most four decimals; 0 when nothing "
              "was invested. A correction of earlier months is below zero and needs its reason in the last column."),
            _("The sums of the year and since the start and the share of the plan are worked out by themselves."),
            _("The figure of the statistics bureau stands beside the own one; the two may differ."),
            _("Progress and next steps take at most 500 signs each and must not simply repeat last month's; what stood "
              "there is shown when the cell is chosen."),
            _("Problems that are open stand there already. Write a new one on a line of its own, and what is asked "
              "beside it; problems are solved and closed on their pages."),
            _("The responsible person and the remarks stand in the register; they are taken over from the sheet of the "
              "key-project office. Where each report stands is told in the column behind the remarks."),
            _("Where the month strays from its plan by more than %(percent)s %%, say why in the column for it.")
            % {"percent": variance_percent},
        ]),
        (_("What to leave as it is"), [
            _("Do not add, remove or rename columns and projects; an empty cell leaves what is stored as it is."),
            _("If something in the register is wrong, tell the key-project office; here it cannot be changed."),
        ]),
        (_("Until when, and how"), [
            _days(month, period),
            _("Save the file as it is (.xlsx) and upload it under “Excel in and out”. Before anything is written you "
              "are shown what would change, and may still go back."),
            _("Reports that are complete can be handed in at once; the others are kept as drafts."),
        ]),
    ]  # fmt: skip


def _days(month: Month, period: Period | None) -> str:
    name = display.month_label(month)
    if period is None:
        return _("%(month)s is not open for reports yet.") % {"month": name}
    days: dict[str, str | datetime.date] = {"month": name, "due": period.due_on, "lock": period.locks_on}
    return _("Reports of %(month)s are due on %(due)s and locked after %(lock)s.") % days


def write_notes(book: Any, formats: Formats, notes: Notes) -> None:
    """The sheet, a paragraph a row."""
    sheet = book.add_worksheet(_("How to fill it in"))
    sheet.set_column(0, 0, 4)
    sheet.set_column(1, 1, 100)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    row = 0
    for title, lines in notes:
        sheet.write_string(row, 0, title, formats.made(bold=True, font_size=12))
        for number, line in enumerate(lines, start=1):
            row += 1
            sheet.write_number(row, 0, number, formats.made(valign="top", align="right"))
            sheet.write_string(row, 1, line, formats.made(text_wrap=True, valign="top"))
        row += 2
