"""The steps before the start: each before the next, from the registration to the start, and some left open."""

import datetime
from itertools import pairwise

import pytest

from projects.demonstration.entries import ProjectEntry
from projects.demonstration.examples import examples
from projects.demonstration.facts import words
from projects.demonstration.preparing import steps
from projects.register.stages import is_preparing

ALL = [(entry, list(steps(entry))) for entry in examples()]


def entry_of(short_name: str) -> ProjectEntry:
    return next(entry for entry, _steps in ALL if entry.short_name == f"示例·{short_name}")


def test_each_follows_the_one_before() -> None:
    for entry, planned in ALL:
        for before, after in pairwise(planned):
            assert before.due < after.due, entry.code
            assert after.entered is not None
            assert after.entered <= after.due or after.entered == after.done, entry.code
        assert len({(step.name, step.due) for step in planned}) == len(planned)
        assert not any(step.is_key for step in planned)


def test_they_are_done_some_days_early_or_late() -> None:
    apart = [(step.done - step.due).days for _entry, planned in ALL for step in planned if step.done]
    assert (min(apart), max(apart)) == (-5, 6)


def test_they_end_with_the_start_or_the_halt() -> None:
    for entry, planned in ALL:
        for step in planned:
            assert is_preparing(entry.position_on(step.due).stage or ""), entry.code
            assert entry.halt is None or step.due < entry.halt.since, entry.code


def test_each_project_that_goes_on_has_its_next_step() -> None:
    day = datetime.date(2023, 9, 30)
    quiet = words("preparing")["quiet"]
    for entry, planned in ALL:
        going_on = is_preparing(entry.position_on(datetime.date(2023, 11, 30)).stage or "") and not entry.halt
        if going_on and entry.short_name.removeprefix("示例·") not in quiet:
            assert len([step for step in planned if step.due > day]) == 1, entry.code


@pytest.mark.parametrize("what", ["quiet", "open"])
def test_the_file_names_projects_that_are_there(what: str) -> None:
    for name, day in words("preparing")[what].items():
        planned = list(steps(entry_of(name)))
        if what == "quiet":
            assert all(step.due <= day for step in planned), name
        else:
            assert next(step for step in planned if step.due >= day).done is None, name
