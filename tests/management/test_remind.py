"""The command that reminds at once, or only says whom."""

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from projects.followups.workflow import State
from projects.journal.models import Entry
from projects.notices.models import Notice
from projects.progress.actions.ladder import found_ladder
from projects.register.actions.solving import raise_problem
from projects.register.models import Problem
from tests.cast import AT, TODAY, Cast, project
from tests.followups.slips import brought, drafted
from tests.notices.told import reachable
from tests.progress.month import opened

DAY = datetime.timedelta(days=1)


@pytest.fixture
def late(cast: Cast, settings: Settings) -> Cast:
    """The town owes a report, and the other town the solution of a problem; it is the 13th of October."""
    settings.TODAY = TODAY + 3 * DAY
    found_ladder(by=None, at=AT)
    row = project(cast, leader=cast.boss)
    opened(day=datetime.date(2023, 9, 25))
    problem = Problem(project=row, kind="land", description="用地", raised_on=TODAY, due_on=TODAY)
    problem.asked_of = cast.other_town
    raise_problem(problem, by=None, at=AT)
    reachable(cast.reporter)
    Notice.objects.all().delete()
    return cast


def said(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("remind", *arguments, stdout=out)
    return out.getvalue().splitlines()


def cells(line: str) -> list[str]:
    return [cell for cell in line.split("  ") if cell.strip()]


def test_it_tells_and_says_whom_it_told(late: Cast) -> None:
    heading, *rows, last = said()
    assert [cell.strip() for cell in cells(heading)] == ["提醒节点", "月份", "责任单位", "接收人", "方式"]
    assert [[cell.strip() for cell in cells(row)] for row in rows] == [
        ["应报日当天：单位填报人", "2023-09", "税郭镇", "reporter (reporter)", "通知和邮件"],
        ["应报日后2天：单位负责人", "2023-09", "税郭镇", "—", "无接收人"],
        ["应报日后5天：项目包保领导", "2023-09", "税郭镇", "office (office)", "通知"],
        ["问题逾期", "—", "孟庄镇", "other_reporter (other_reporter)", "通知"],
    ]
    assert last == "2023-10-13已发送3条通知。"
    assert Notice.objects.count() == 3


def test_a_second_time_it_tells_nobody(late: Cast) -> None:
    said()
    *_rows, last = said()
    assert last == "2023-10-13已发送0条通知。"
    assert Notice.objects.count() == 3


def test_a_dry_run_says_the_same_and_writes_nothing(late: Cast) -> None:
    entries = Entry.objects.count()
    *dry, last = said("--dry-run")
    assert "未发送" in last
    assert not Notice.objects.exists()
    assert Entry.objects.count() == entries
    assert said()[:-1] == dry


def test_columns_stand_below_each_other(late: Cast) -> None:
    heading, row, *_rest = said("--dry-run")
    shown = [line.encode("gbk", "replace") for line in (heading, row)]  # two bytes for a sign of two places
    assert shown[0].index("月份".encode("gbk")) == shown[1].index(b"2023-09")


@pytest.mark.parametrize(("day", "count"), [("2023-10-07", 1), ("2023-10-08", 1), ("2023-09-24", 0)])
def test_it_looks_from_another_day(late: Cast, day: str, count: int) -> None:
    assert said("--day", day, "--dry-run")[-1] == f"{day}将发送{count}条通知（试运行，未发送）。"


@pytest.mark.parametrize("day", ["2023-10-32", "yesterday", "10-08"])
def test_a_day_that_is_none(late: Cast, day: str) -> None:
    with pytest.raises(CommandError, match="不是有效日期"):
        said("--day", day)


def test_slips_are_told_too(cast: Cast, settings: Settings) -> None:
    settings.TODAY = datetime.date(2023, 10, 17)
    brought(drafted(cast), cast, State.ISSUED)
    rows = said("--dry-run")
    assert [cell.strip() for cell in cells(rows[1])] == ["督办件今日到期", "—", "税郭镇", "reporter (reporter)", "通知"]
