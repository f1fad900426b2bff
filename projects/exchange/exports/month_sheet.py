"""The month sheet (月调度表) as it circulates: what is known pre-filled and locked, the rest open to be filled in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from projects.core.sheets import new_workbook
from projects.core.yuan import LARGEST, WAN
from projects.exchange.columns import KEPT
from projects.exchange.exports.layout import FILLED_IN, GROUPS, Heading
from projects.exchange.exports.month_rows import MonthRow
from projects.exchange.exports.notes import write_notes
from projects.exchange.exports.paper import EDGE, TINT, Formats, Value, is_whole, put, set_widths

TITLE, FACTS, UPPER, LOWER, FIRST = range(5)  # rows: the title, unit and measure, two of headings, the first project
A3 = 8  # Excel's number of the paper
FROZEN = 3  # columns
MOST = LARGEST // WAN
LONGEST = 500  # signs of a text that the form takes
SIGNS = {"problem": 4 * LONGEST, "request": 4 * LONGEST, "responsible": 50}  # several texts, each on a line; a name
HINTED = 1000  # rows up to which each cell tells what stood there last month
SHOWN = 255  # signs of a hint that Excel shows
TALLEST = 118  # points; a row of longer text shows its beginning
LINE = 13.5  # points of a line of text
ADDED = (
    "total_investment", "invested_since_start", "year_plan", "planned_this_month", "invested_this_month",
    "invested_to_date", "invested_statistics", "next_month_amount",
)  # fmt: skip


@dataclass(frozen=True)
class Frame:
    """What stands above and below the rows of a month sheet."""

    sheet: str
    title: str
    unit: str
    due: str
    notes: Sequence[tuple[str, Sequence[str]]]


def write_month_sheet(file: IO[bytes], frame: Frame, columns: Sequence[Heading], rows: Iterable[MonthRow]) -> None:
    """The workbook: the sheet, and a second one that says how it is filled in."""
    book = new_workbook(file)
    sheet, formats = book.add_worksheet(frame.sheet[:31]), Formats(book)
    page = _Page(sheet, formats, columns)
    page.begin(frame)
    for row in rows:
        page.add(row)
    page.end()
    write_notes(book, formats, frame.notes)
    sheet.activate()
    book.close()


class _Page:
    """The sheet while it is written, from above."""

    def __init__(self, sheet: Any, formats: Formats, columns: Sequence[Heading]) -> None:
        self.sheet, self.formats, self.columns = sheet, formats, columns
        self.places = {column.code: place for place, column in enumerate(columns)}
        self.row = FIRST
        self.sums: dict[str, float] = dict.fromkeys(ADDED, 0)

    def begin(self, frame: Frame) -> None:
        sheet, last = self.sheet, len(self.columns) - 1
        set_widths(sheet, self.columns)
        sheet.set_row(TITLE, 34)
        title = self.formats.made(bold=True, font_size=18, align="center")
        sheet.merge_range(TITLE, 0, TITLE, self.places["invested_statistics"], frame.title, title)  # the first page
        sheet.write_string(FACTS, 0, frame.unit, self.formats.made(bold=True))
        sheet.write_string(FACTS, self.places["content"], frame.due, self.formats.made(bold=True))
        sheet.write_string(FACTS, last, _("Measure: 10,000 yuan"), self.formats.made(align="right"))
        self._headings()
        sheet.freeze_panes(FIRST, FROZEN)
        sheet.repeat_rows(UPPER, LOWER)
        sheet.repeat_columns(0, FROZEN - 1)
        sheet.set_landscape()
        sheet.set_paper(A3)
        sheet.fit_to_pages(2, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&C&P / &N")
        sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})

    def _headings(self) -> None:
        start = 0
        for words, last in GROUPS:
            end = self.places[last]
            self.sheet.merge_range(UPPER, start, UPPER, end, str(words), self.formats.heading)
            start = end + 1
        self.sheet.set_row(LOWER, 32)
        for place, column in enumerate(self.columns):
            self.sheet.write_string(LOWER, place, column.words, self.formats.heading)

    def add(self, row: MonthRow) -> None:
        self._set_height(row)
        for place, column in enumerate(self.columns):
            value = row.values[column.code]
            is_open = (row.is_open and column.code in FILLED_IN) or (row.is_kept and column.code in KEPT)
            whole = column.reads == "money" and is_whole(value) and not is_open
            style = self.formats.of(column.reads, is_open=is_open, whole=whole, sheltered=True)
            formula = self._formula(column.code, row) if row.is_open else ""
            if formula:
                self.sheet.write_formula(self.row, place, formula, style, "" if value is None else value)
            else:
                put(self.sheet, self.row, place, value, style)
            if is_open:
                self._ask(place, column, row)
        for code in ADDED:
            amount = row.values[code]
            self.sums[code] += amount if isinstance(amount, int | float) else 0
        self.row += 1

    def _set_height(self, row: MonthRow) -> None:
        """High enough for the longest text, which not every program sees to; one that would fill the screen is cut."""
        lines = max(_lines(row.values[column.code], column.width) for column in self.columns)
        self.sheet.set_row(self.row, min(max(lines, 2) * LINE + 3, TALLEST))

    def _formula(self, code: str, row: MonthRow) -> str:
        """Sums that go along with what is filled in; nothing for other columns."""
        month = xl_rowcol_to_cell(self.row, self.places["invested_this_month"])
        if code == "invested_to_date":
            return f"=ROUND({row.before or 0}+N({month}),4)"
        if code == "invested_since_start":
            return f"=ROUND({row.since or 0}+N({month}),4)"
        if code == "completion_rate" and row.values["year_plan"]:
            return self._rate(self.row)
        return ""

    def _rate(self, row: int) -> str:
        plan = xl_rowcol_to_cell(row, self.places["year_plan"])
        done = xl_rowcol_to_cell(row, self.places["invested_to_date"])
        return f"={done}/{plan}"

    def _ask(self, place: int, column: Heading, row: MonthRow) -> None:
        """What the cell takes, and what stood there last month."""
        hint = row.hints.get(column.code, "")
        asked: dict[str, Any] = {
            "ignore_blank": True, "input_title": column.words[:32],
            "error_title": _("This does not fit here")[:32],
        }  # fmt: skip
        if hint and self.row - FIRST < HINTED:
            asked["input_message"] = hint if len(hint) <= SHOWN else f"{hint[: SHOWN - 1]}…"
        if column.reads == "money":
            least = 0 if column.code == "next_month_amount" else -MOST
            asked |= {"validate": "decimal", "criteria": "between", "minimum": least, "maximum": MOST}
            asked["error_message"] = _("Write a number in 10,000 yuan, without a unit.")
        else:
            longest = SIGNS.get(column.code, LONGEST)
            asked |= {"validate": "length", "criteria": "<=", "value": longest}
            asked["error_message"] = _("Write at most %(signs)s signs.") % {"signs": longest}
        self.sheet.data_validation(self.row, place, self.row, place, asked)

    def end(self) -> None:
        """The sum of the amounts, and who signs."""
        if self.row > FIRST:
            self._sum()
            self._leave_out_needless_decimals()
        else:
            self.sheet.write_string(self.row, 2, _("No report is asked for this month."), self.formats.made())
        signed = self.formats.made()
        for place, words in ((2, _("Filled in by:")), (self.places["content"], _("Checked by:")),
                             (self.places["image"], _("Filled in on:"))):  # fmt: skip
            self.sheet.write_string(self.row + 2, place, words, signed)

    def _leave_out_needless_decimals(self) -> None:
        """What is filled in looks as the amounts beside it: with decimals only where there are any."""
        plain = self.formats.book.add_format({"num_format": "#,##0"})
        for place, column in enumerate(self.columns):
            if column.code in FILLED_IN and column.reads == "money":
                cell = xl_rowcol_to_cell(FIRST, place)
                rule = {"type": "formula", "criteria": f"=AND(ISNUMBER({cell}),{cell}=INT({cell}))", "format": plain}
                self.sheet.conditional_format(FIRST, place, self.row - 1, place, rule)

    def _sum(self) -> None:
        for place, column in enumerate(self.columns):
            cells = xl_range(FIRST, place, self.row - 1, place)
            if column.code == "name":
                self.sheet.write_string(self.row, place, _("Sum"), self._summed())
            elif column.code in ADDED:
                total = round(self.sums[column.code], 4)
                shown = "#,##0" if total == int(total) else "#,##0.00##"
                self.sheet.write_formula(self.row, place, f"=SUM({cells})", self._summed(shown), total)
            elif column.code == "completion_rate" and self.sums["year_plan"]:
                rate = self.sums["invested_to_date"] / self.sums["year_plan"]
                self.sheet.write_formula(self.row, place, self._rate(self.row), self._summed("0.0%"), rate)
            else:
                self.sheet.write_blank(self.row, place, None, self._summed())

    def _summed(self, shown: str = "") -> Any:
        return self.formats.made(
            bold=True, border=1, border_color=EDGE, bg_color=TINT, **({"num_format": shown} if shown else {})
        )


def _lines(value: Value, width: int) -> int:
    """How many lines a text takes in a column of this width."""
    if not isinstance(value, str) or len(value) * 2 <= width:
        return 1
    return sum(-(-sum(1 + (sign > "\u2e80") for sign in line) // (width - 1)) or 1 for line in value.split("\n"))
