"""Reading the rows of a recognised table: hidden ones, sums, notes and repeated headings left out and told of."""

from projects.exchange.sheets import Recognised, Sheet, Table


def read_table(sheet: Sheet, found: Recognised, *, year: int) -> Table:
    """The rows of a table; `year` belongs to days that are written without one."""
    raise NotImplementedError
