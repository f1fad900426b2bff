"""How fast a month is opened, and my work, the queue and the board answer, beside the least that is possible.

Run from the top of the project: `python -m benchmarks.reporting [--quick] [--seed N]`.
Opening is measured with 300, 10,000 and 100,000 projects, the pages with 300 and 10,000. The data is made in a
temporary SQLite file, or beside the PostgreSQL database of `DATABASE_URL`.
"""

import argparse
import datetime
import random
import statistics
from contextlib import ExitStack
from functools import partial

from benchmarks.ground import grow, milliseconds, set_up
from benchmarks.list_page import HEADING, Page, measure, served, sign_in

OPENINGS = 3
STATES = ["due"] * 30 + ["draft"] * 10 + ["submitted"] * 25 + ["returned"] * 5 + ["approved"] * 30
STATES_BEFORE = ["due"] * 2 + ["submitted"] + ["returned"] + ["approved"] * 96
FIRST_MONTH = 5  # of the year; each project has a report in every month from here to September


def opening(size: int) -> None:
    """Open October for all projects, a few times, and take it back each time."""
    from benchmarks import reporting_floor
    from benchmarks.province import AT
    from projects.core.month import Month
    from projects.progress.actions.periods import open_period
    from projects.progress.models import MonthlyReport, Period

    month, day = Month(2023, 10), datetime.date(2023, 10, 25)
    taken, floors, count = [], [], 0
    for _ in range(OPENINGS):
        floors.append(milliseconds(partial(reporting_floor.open_floor, int(month))))
        taken.append(milliseconds(partial(open_period, month, by=None, at=AT, today=day)))
        opened = MonthlyReport.objects.filter(month=month)
        count = opened.count()
        opened._raw_delete("default")
        Period.objects.filter(month=month).delete()
    ours, floor = statistics.median(taken), statistics.median(floors)
    print(f"{size:>9,} projects: {count:>7,} reports in {ours:9.1f} ms, floor {floor:8.1f} ms, × {ours / floor:5.1f}")


def add_reports(seed: int) -> None:
    """A report of every reporting project in each month, in all states; the months are open."""
    from benchmarks.province import AT, MONTH, TODAY
    from projects.core.month import Month
    from projects.core.yuan import WAN
    from projects.progress.actions.periods import open_period
    from projects.progress.models import MonthlyReport
    from projects.progress.queries.reports import projects_to_report

    dice = random.Random(seed)  # noqa: S311 - the same data again, not a secret
    MonthlyReport.objects.all()._raw_delete("default")
    for number in range(FIRST_MONTH, MONTH.number + 1):
        month = Month(2023, number)
        pks = projects_to_report(month).order_by("id").values_list("id", flat=True)
        drawn = ((pk, dice.choice(STATES if month == MONTH else STATES_BEFORE)) for pk in pks)
        MonthlyReport.objects.bulk_create(
            (
                MonthlyReport(
                    project_id=pk,
                    month=month,
                    state=state,
                    invested_this_month=None if state == "due" else dice.randrange(10, 5000) * WAN,
                    image="" if state == "due" else f"主体施工至{dice.randrange(1, 30)}层",
                    next_steps="" if state == "due" else "继续主体施工",
                    written_at=None if state == "due" else AT,
                    first_submitted_at=AT if state in {"submitted", "returned", "approved"} else None,
                    submitted_at=AT if state in {"submitted", "returned", "approved"} else None,
                    returned_at=AT if state == "returned" else None,
                    approved_at=AT if state == "approved" else None,
                    is_late=state == "approved" and dice.random() < 0.05,
                )
                for pk, state in drawn
            ),
            batch_size=2000,
        )
        open_period(month, by=None, at=AT, today=TODAY)


def pages_of(cookies: dict[str, str], town: int) -> list[Page]:
    from benchmarks import reporting_floor as floor
    from projects.progress.models import MonthlyReport

    approved = MonthlyReport.objects.filter(state="approved").count()
    last = max(approved // 50 - 1, 1)
    office, mine = cookies["district"], cookies["town"]
    return [
        Page("my work of the office", "/", office, floor.work_of_office_floor),
        Page("my work of a town", "/", mine, partial(floor.work_of_town_floor, town)),
        Page("board", "/reports/board/", office, partial(floor.board_floor, 2023)),
        Page("queue, to check", "/reports/", office, partial(floor.queue_floor, "submitted")),
        Page(
            "queue, approved, deep",
            f"/reports/?kind=approved&page={last}",
            office,
            partial(floor.queue_floor, "approved", (last - 1) * 50),
        ),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="open a month with 300 and 10,000 projects only")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with ExitStack() as stack:
        stack.enter_context(set_up())
        from django.db import connection

        from benchmarks.province import found_province
        from projects.accounts.models import User

        province = found_province(1)
        town = province.towns[0]
        reporter = User.objects.create(
            username="town", name="town", role="reporter", unit=town, must_change_password=False
        )
        cookies = {"district": sign_in(province.of_district), "town": sign_in(reporter)}
        for size in (300, 10_000):
            grow(province, size, asked.seed)
            opening(size)
            add_reports(asked.seed)
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "PRAGMA optimize")
            pages = pages_of(cookies, town.pk)
            with served() as client:
                measure(pages, client)
            print(HEADING)
            for page in pages:
                print(page.row())
        if not asked.quick:
            grow(province, 100_000, asked.seed)
            opening(100_000)


if __name__ == "__main__":
    main()
