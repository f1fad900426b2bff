"""The least that a page can cost: the same rows by SQL written by hand, counted, and written as bare HTML."""

import json
from dataclasses import dataclass
from html import escape
from typing import Any

from django.db import connection

from benchmarks.province import MONTH

COLUMNS = (
    "severity, code, short_name, unit_name, leader_name, phases, total_investment, year_plan, invested_to_date,"
    " completion_tenths, lead_tenths, hits, changed_at"
)
BY_COLOUR = "severity DESC, lead_tenths, id"


@dataclass(frozen=True)
class Narrowing:
    """What a page of the list asks of the database: condition, its values, order, and where the page begins."""

    where: str = "TRUE"
    values: tuple[Any, ...] = ()
    order: str = BY_COLOUR
    start: int = 0


def list_floor(asked: Narrowing) -> str:
    """Fifty rows with their count; ids first, so that a deep page reads an index only."""
    with connection.cursor() as cursor:
        condition, values = f"month = %s AND {asked.where}", [int(MONTH), *asked.values]
        cursor.execute(f"SELECT count(*) FROM projects_line WHERE {condition}", values)  # noqa: S608 - no user's text
        count = cursor.fetchone()[0]
        cursor.execute(
            f"SELECT {COLUMNS} FROM projects_line WHERE id IN (SELECT id FROM projects_line WHERE {condition}"  # noqa: S608
            f" ORDER BY {asked.order} LIMIT 50 OFFSET %s) ORDER BY {asked.order}",
            [*values, asked.start],
        )
        rows = "".join(_row(row) for row in cursor.fetchall())
    return f"<html><body><p>{count}</p><table>{rows}</table></body></html>"


def _row(row: tuple[Any, ...]) -> str:
    severity, code, name, unit, leader, phases, total, plan, invested, rate, lead, hits, changed = row
    chips = "".join(f"<span>{escape(part[1])} {part[2]}</span>" for part in _json(phases))
    because = escape("; ".join(str(hit["rule"]) for hit in _json(hits)))
    return (
        f'<tr class="level-{severity}"><td>{severity}</td><td><a href="/projects/{code}/">{escape(name)}</a></td>'
        f"<td>{escape(unit)}</td><td>{escape(leader)}</td><td>{chips}</td><td>{_wan(total)}</td><td>{_wan(plan)}</td>"
        f"<td>{_wan(invested)}</td><td>{rate}</td><td>{lead}</td><td>{because}</td><td>{str(changed)[:10]}</td></tr>"
    )


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _wan(yuan: int | None) -> str:
    return "—" if yuan is None else f"{yuan / 10_000:,.0f}"


SUMS = "count(*), sum(total_investment), sum(year_plan), sum(invested_to_date)"


def overview_floor() -> str:
    """The sums by class, colour and unit, with nothing around them."""
    parts = []
    with connection.cursor() as cursor:
        for group in ("project_class", "severity", "unit_name"):
            sql = f"SELECT {group}, {SUMS} FROM projects_line WHERE month = %s GROUP BY {group}"  # noqa: S608 - names of ours
            cursor.execute(sql, [int(MONTH)])
            cells = ("".join(f"<td>{value}</td>" for value in row) for row in cursor.fetchall())
            parts.append("<table>" + "".join(f"<tr>{cell}</tr>" for cell in cells) + "</table>")
    return f"<html><body>{''.join(parts)}</body></html>"
