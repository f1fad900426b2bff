"""The least that opening a month and the pages of reports can cost: the same by SQL written by hand, as bare HTML."""

from html import escape
from typing import Any

from django.db import connection, transaction

from benchmarks.province import MONTH

REPORTING = "project_class IN ('implementation', 'preparation')"
MISSING = "r.state IN ('due', 'draft') AND p.halted = ''"
EMPTY = (
    "image, image_unchanged, next_steps, next_steps_unchanged, explanation, reason, is_late, version",
    "'', FALSE, '', FALSE, '', '', FALSE, 0",
)


def open_floor(month: int) -> int:
    """A row for each project that must report, in one statement; taken back again. How many."""
    sql = (
        f"INSERT INTO projects_monthlyreport (project_id, month, state, {EMPTY[0]})"  # noqa: S608 - names of ours
        f" SELECT id, %s, 'due', {EMPTY[1]} FROM projects_project"
        f" WHERE {REPORTING} AND halted = '' AND listed_from <= %s"
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [month, month])
        count: int = cursor.rowcount
        transaction.set_rollback(True)
    return count


def _table(sql: str, values: tuple[Any, ...] = ()) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        cells = ("".join(f"<td>{escape(str(value))}</td>" for value in row) for row in cursor.fetchall())
        return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def _page(*parts: str) -> str:
    return f"<html><body>{''.join(parts)}</body></html>"


LAGGING = (
    "SELECT level, standing, count(*), sum(invested_to_date) FROM projects_line l WHERE month = %s{mine}"
    " GROUP BY level, standing"
)
WORST = (
    "SELECT code, short_name, unit_name, severity, completion_tenths, lead_tenths FROM projects_line l"
    " WHERE month = %s AND severity >= 1{mine} ORDER BY severity DESC, lead_tenths, id LIMIT 6"
)
REPORTS = "FROM projects_monthlyreport r JOIN projects_project p ON p.id = r.project_id"
ROW = "r.id, r.month, p.code, p.short_name, p.unit_id, r.invested_this_month, r.image, r.submitted_at"


def work_of_office_floor() -> str:
    """What waits, what is missing by unit, what lags."""
    waiting = f"{REPORTS} WHERE r.state = 'submitted'"
    return _page(
        _table(LAGGING.format(mine=""), (int(MONTH),)),
        _table(WORST.format(mine=""), (int(MONTH),)),
        _table(f"SELECT count(*) {waiting}"),
        _table(f"SELECT {ROW} {waiting} ORDER BY r.month, r.submitted_at, r.id LIMIT 12"),
        _table(f"SELECT p.unit_id, r.month, count(*) {REPORTS} WHERE {MISSING} GROUP BY p.unit_id, r.month"),
    )


def work_of_town_floor(unit: int) -> str:
    """The reports of one unit that are its turn, and what lags of its projects."""
    mine = (int(MONTH), unit)
    turn = "r.state IN ('due', 'draft', 'returned', 'submitted')"
    return _page(
        _table(LAGGING.format(mine=" AND unit_id = %s"), mine),
        _table(WORST.format(mine=" AND unit_id = %s"), mine),
        _table(
            f"SELECT {ROW}, r.state {REPORTS} WHERE {turn} AND p.unit_id = %s ORDER BY r.month, p.name_key", (unit,)
        ),
    )


def board_floor(year: int) -> str:
    """Counts by unit, month and state."""
    return _page(
        _table(
            f"SELECT p.unit_id, r.month, r.state, r.is_late, count(*) {REPORTS} WHERE r.month BETWEEN %s AND %s"
            " GROUP BY p.unit_id, r.month, r.state, r.is_late",
            (year * 100 + 1, year * 100 + 12),
        )
    )


def queue_floor(state: str, start: int = 0) -> str:
    """The counts of the tabs, and fifty reports in order with the figure of the month before."""
    order = "r.month DESC, r.approved_at DESC, r.id DESC" if state == "approved" else "r.month, r.submitted_at, r.id"
    before = "(SELECT b.invested_this_month FROM projects_monthlyreport b WHERE b.project_id = r.project_id AND b.month = r.month - 1)"
    return _page(
        _table("SELECT state, count(*) FROM projects_monthlyreport GROUP BY state"),
        _table(f"SELECT count(*) {REPORTS} WHERE {MISSING}"),
        _table(
            f"SELECT {ROW}, {before} {REPORTS} WHERE r.state = %s ORDER BY {order} LIMIT 50 OFFSET %s", (state, start)
        ),
    )
