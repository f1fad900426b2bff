"""Why a file or a cell was not read, in sentences that say what to do, and why rows of a sheet were left out."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.exchange.sheets import Skip
from projects.exchange.unreadable import Unreadable, Why

SENTENCES: dict[Why, Promise] = {
    Why.EMPTY: _("The file is empty. Choose the sheet that you filled in."),
    Why.TOO_BIG: _("The file is larger than %(limit)s MB. Remove pictures and sheets that are not needed."),
    Why.TOO_MANY_ROWS: _("A sheet has more than %(limit)s rows. Delete the empty rows at its end, or split the file."),
    Why.TOO_MANY_COLUMNS: _(
        "A sheet has more than %(limit)s columns. Delete the empty columns at its right, and save it again."
    ),
    Why.TOO_MANY_SHEETS: _("The file has more than %(limit)s sheets. Keep those that are to be taken in."),
    Why.TOO_MANY_CELLS: _("The file has more than %(limit)s cells. Split it into several files."),
    Why.UNFOLDS: _(
        "The file unfolds to far more than its size, which may harm the system. Copy the table into a new workbook."
    ),
    Why.MACROS: _("The file has macros, which are not taken in. Save it as an Excel workbook (.xlsx)."),
    Why.EXTERNAL_LINKS: _(
        "The file has links to other files. Break the links in Excel (Data, Edit links) and save it again."
    ),
    Why.ENTITIES: _(
        "The file holds declarations that no spreadsheet program writes, and may be harmful. "
        "Copy the table into a new workbook."
    ),
    Why.PASSWORD: _("The file has a password. Take the password off, save it, and choose it again."),
    Why.BROKEN: _("The file is damaged or incomplete. Open it in Excel or WPS, save it anew, and choose it again."),
    Why.NOT_A_WORKBOOK: _("This is not a workbook. Choose an Excel file (.xlsx, .xls) or a table as text (.csv)."),
    Why.WRONG_ENDING: _(
        "The file is called .%(ending)s but is not of this kind. Open it in Excel or WPS and save it as .xlsx."
    ),
    Why.OLD_WPS: _("This kind of WPS file cannot be read. Open it in WPS and save it as .xlsx."),
    Why.NO_TEXT: _("The text of the file cannot be read. Save it in Excel as .xlsx, or as CSV in UTF-8."),
    Why.NO_TABLE: _("No heading with names of columns was found. Say in which row the heading stands."),
    Why.NOT_AN_AMOUNT: _("This is not an amount. Write a number, such as 1,200.5."),
    Why.AMOUNT_TOO_LARGE: _("The amount is too large. Check the unit of the column."),
    Why.NOT_A_DAY: _("This is not a date. Write it as 2023-09-05 or 2023-09."),
    Why.JANUARY_OR_OCTOBER: _(
        "%(year)s.1 may be January or October, since Excel drops the zero. Write %(year)s-01 or %(year)s-10."
    ),
    Why.DAY_OUT_OF_RANGE: _("The date lies outside the years 2000 to 2100. Check how the cell is written."),
    Why.NOT_A_MONTH: _("This is not a month. Write it as 2023-09."),
    Why.NOT_A_SPAN: _("This does not say from when to when. Write it as 2022–2024 or 2023.03–2024.12."),
    Why.ENDS_BEFORE_IT_BEGINS: _("The end lies before the beginning. Check both years."),
    Why.NOT_A_PERCENTAGE: _("This is not a percentage. Write it as 42 or 0.42."),
    Why.NOT_YES_OR_NO: _("Write yes or no; where a date is asked, the date."),
    Why.NOT_A_CHOICE: _("This is none of the terms of the column. Write one of: %(choices)s."),
    Why.NOT_WHOLE: _("This is not a whole number."),
    Why.NOT_A_NUMBER: _("This is not a number."),
    Why.TEXT_TOO_LONG: _("The text has more than %(limit)s signs. Shorten it."),
    Why.CONTROL_SIGNS: _("The text holds invisible control characters. Type it again or paste it as plain text."),
    Why.NOT_CALCULATED: _("The formula has no result yet. Open the file in Excel or WPS and save it."),
    Why.ERROR_IN_CELL: _("The formula failed and gives %(value)s. Correct it in Excel, or write the value."),
}
NAMED_SHEET: dict[Why, Promise] = {
    Why.TOO_MANY_ROWS: _(
        "“%(sheet)s” has more than %(limit)s rows. Delete the empty rows at its end, or split the file."
    ),
    Why.TOO_MANY_COLUMNS: _(
        "“%(sheet)s” has more than %(limit)s columns. Delete the empty columns at its right, and save it again."
    ),
}
SKIP_NAMES: dict[Skip, Promise] = {
    Skip.HIDDEN: pgettext_lazy("row", "Hidden"),
    Skip.SUM: pgettext_lazy("row", "Sum"),
    Skip.NOTE: pgettext_lazy("row", "Note"),
    Skip.GROUP: pgettext_lazy("row", "Name of a group"),
    Skip.HEADING: pgettext_lazy("row", "Heading once more"),
}


def sentence_of(error: Unreadable) -> str:
    """What is wrong and what to do, in the reader's language."""
    sentences = NAMED_SHEET if error.params.get("sheet") and error.why in NAMED_SHEET else SENTENCES
    return str(sentences[error.why]) % error.params
