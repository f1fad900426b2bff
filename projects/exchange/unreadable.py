"""Why a file or a cell could not be read: a code with what belongs into its sentence, worded in `wording.py`."""

from enum import StrEnum


class Why(StrEnum):
    """What is wrong; `wording.py` has a sentence for each, which says what to do."""

    # of the file
    EMPTY = "empty"
    TOO_BIG = "too_big"  # limit (megabytes)
    TOO_MANY_ROWS = "too_many_rows"  # sheet, limit
    TOO_MANY_COLUMNS = "too_many_columns"  # sheet, limit
    TOO_MANY_SHEETS = "too_many_sheets"  # limit
    TOO_MANY_CELLS = "too_many_cells"  # limit
    UNFOLDS = "unfolds"
    MACROS = "macros"
    EXTERNAL_LINKS = "external_links"
    ENTITIES = "entities"
    PASSWORD = "password"  # noqa: S105 # says that a file has one
    BROKEN = "broken"
    NOT_A_WORKBOOK = "not_a_workbook"
    WRONG_ENDING = "wrong_ending"  # ending
    OLD_WPS = "old_wps"
    NO_TEXT = "no_text"
    NO_TABLE = "no_table"
    # of a cell
    NOT_AN_AMOUNT = "not_an_amount"
    AMOUNT_TOO_LARGE = "amount_too_large"
    NOT_A_DAY = "not_a_day"
    JANUARY_OR_OCTOBER = "january_or_october"  # year
    DAY_OUT_OF_RANGE = "day_out_of_range"
    NOT_A_MONTH = "not_a_month"
    NOT_A_SPAN = "not_a_span"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    NOT_A_PERCENTAGE = "not_a_percentage"
    NOT_YES_OR_NO = "not_yes_or_no"
    NOT_A_CHOICE = "not_a_choice"  # choices
    NOT_WHOLE = "not_whole"
    NOT_A_NUMBER = "not_a_number"
    TEXT_TOO_LONG = "text_too_long"  # limit
    CONTROL_SIGNS = "control_signs"
    NOT_CALCULATED = "not_calculated"
    ERROR_IN_CELL = "error_in_cell"  # value, such as #REF!


class Unreadable(Exception):
    """A file or a cell that was not read. `params` are plain texts and numbers, fit for JSON."""

    def __init__(self, why: Why, **params: str | int) -> None:
        super().__init__(why, params)
        self.why = why
        self.params = params

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Unreadable) and (self.why, self.params) == (other.why, other.params)

    def __hash__(self) -> int:
        return hash((self.why, tuple(sorted(self.params.items()))))
