"""How long a month takes to be rated and published, beside reading the same rows and writing the same lines in SQL.

Run from the top of the project: `python -m benchmarks.publishing [--quick] [--seed N]`.
Measured with 300, 10,000 and 100,000 projects of one district, in a temporary SQLite file or beside the
PostgreSQL database of `DATABASE_URL`. All times are those of a processor.
"""

import argparse
import datetime
import statistics
from contextlib import ExitStack
from functools import partial

from benchmarks.ground import grow, memory, set_up, work


def floor(bulletin: int) -> None:
    """The lines of the month joined with what they stand for, read row by row and written as published lines."""
    from django.db import connection, transaction

    from benchmarks.province import MONTH

    read = (
        "SELECT l.project_id, p.code, p.name, p.short_name, p.unit_id, u.short_name, c.name, l.level, l.severity,"
        " l.total_investment, l.year_plan, l.invested_to_date, l.completion_tenths, l.schedule_tenths, l.lead_tenths,"
        " l.hits, p.content, r.image, r.next_steps"
        " FROM projects_project p JOIN projects_unit u ON u.id = p.unit_id JOIN projects_category c"
        " ON c.id = p.category_id JOIN projects_line l ON l.project_id = p.id LEFT JOIN projects_monthlyreport r"
        " ON r.project_id = p.id AND r.month = l.month WHERE l.month = %s ORDER BY l.severity DESC, l.lead_tenths, l.id"
    )
    write = (
        "INSERT INTO projects_bulletinline (bulletin_id, number, project, code, name, short_name, unit, unit_name,"
        " leader_name, category_name, project_class, level, computed_level, standing, colour_word, colour_hue,"
        " colour_shape, total_investment, year_plan, invested_to_date, completion_tenths, schedule_tenths,"
        " lead_tenths, is_example, more) VALUES"
        " (%s, %s, %s, %s, %s, %s, %s, %s, '', %s, '', %s, %s, '', '', '', '', %s, %s, %s, %s, %s, %s, FALSE, %s)"
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(read, [int(MONTH)])
        rows = cursor.fetchall()
        values = [
            (bulletin, number, row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[7], *row[9:15],
             f'{{"content": "", "image": "", "reasons": {row[15]}}}')
            for number, row in enumerate(rows, 1)
        ]  # fmt: skip
        cursor.executemany(write, values)
        transaction.set_rollback(True)


def measured(size: int, district: object) -> None:
    from django.urls import resolve

    from benchmarks.province import AT, MONTH
    from projects.accounts.models import Unit
    from projects.bulletins.actions import rate_month
    from projects.bulletins.actions.publishing import begin_bulletin, circulate, publish
    from projects.bulletins.models import Bulletin, BulletinLine, BulletinUnit, Line
    from projects.core.append_only import lifted
    from projects.followups.models import Slip

    assert isinstance(district, Unit)  # noqa: S101 - narrows the type only
    resolve("/followups/")  # as in a process that has served a page
    again = work(partial(rate_month, MONTH, current=True))
    Line.objects.all()._raw_delete("default")
    first = work(partial(rate_month, MONTH, current=True))
    begun: list[Bulletin] = []
    beginning = work(lambda: begun.append(begin_bulletin(district, MONTH, by=None, at=AT)))
    draft = circulate(begun[0], objections_until=AT.date(), by=None, at=AT, seen=begun[0].version)
    least = statistics.median(work(partial(floor, draft.pk)) for _ in range(3))
    later = AT + datetime.timedelta(days=2)
    go = partial(publish, draft, by=None, at=later, through=MONTH, seen=draft.version, despite_missing=True)
    publishing = work(go)
    slips = Slip.objects.count()
    figures = "".join(f"{name} {took / 1000:6.2f} s × {took / least:5.1f}   " for name, took in (
        ("rated first", first), ("again", again), ("draft", beginning), ("published", publishing)
    ))  # fmt: skip
    print(
        f"{size:>9,} projects: {figures}({slips:,} slips)   floor {least / 1000:.2f} s   peak {memory('VmHWM'):,.0f} MB"
    )
    with lifted("projects_bulletin", "projects_bulletinline", "projects_bulletinunit"):
        for model in (Slip, BulletinLine, BulletinUnit, Bulletin):
            model._base_manager.all()._raw_delete("default")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="up to 10,000 projects only")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with ExitStack() as stack:
        stack.enter_context(set_up())

        from benchmarks.province import found_province

        province = found_province(1)
        for size in (300, 10_000) if asked.quick else (300, 10_000, 100_000):
            grow(province, size, asked.seed)
            measured(size, province.of_district.unit)


if __name__ == "__main__":
    main()
