"""When a run is due: every day at a local time, every few minutes; both sides of each moment."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils.module_loading import import_string
from django_tasks.base import Task

from projects.background.schedule import SCHEDULE, Daily, Every
from tests.test_architecture import lines_matching, program_files

SHANGHAI = ZoneInfo("Asia/Shanghai")


def local(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2023-10-10 08:00:00", "2023-10-10 08:00"),
        ("2023-10-10 07:59:59", "2023-10-09 08:00"),
        ("2023-10-10 23:59:59", "2023-10-10 08:00"),
        ("2023-10-11 00:00:00", "2023-10-10 08:00"),
        ("2024-03-01 00:30:00", "2024-02-29 08:00"),
    ],
)
def test_daily(at: str, due: str) -> None:
    assert Daily(8).latest(local(at)) == local(due)


@pytest.mark.parametrize(
    ("minutes", "at", "due"),
    [
        (5, "2023-10-10 08:05:00", "2023-10-10 08:05"),
        (5, "2023-10-10 08:04:59.999999", "2023-10-10 08:00"),
        (60, "2023-10-10 08:59:59", "2023-10-10 08:00"),
        (60, "2023-10-10 09:00:00", "2023-10-10 09:00"),
    ],
)
def test_every_few_minutes(minutes: int, at: str, due: str) -> None:
    assert Every(minutes).latest(local(at)) == local(due)


def test_every_few_minutes_is_the_same_in_every_time_zone() -> None:
    at = local("2023-10-10 08:04:59")
    assert Every(5).latest(at) == Every(5).latest(at.astimezone(datetime.UTC))


def test_the_schedule_names_each_run_once_and_tasks_that_exist() -> None:
    assert len({entry.name for entry in SCHEDULE}) == len(SCHEDULE)
    assert all(isinstance(import_string(entry.task), Task) for entry in SCHEDULE)


def test_tasks_named_by_their_path_exist() -> None:
    """Checkers of imports and types do not see these names."""
    found = [
        line.partition('"')[2].partition('"')[0]
        for text in program_files().values()
        for line in lines_matching(r'^\s*enqueue_after_commit\(\s*"', text)
    ]
    assert found
    assert all(isinstance(import_string(path), Task) for path in found)
