"""Reading the journal: whether the chain holds, and what was done to what."""

from collections.abc import Callable

import pytest

from projects.journal.models import Entry
from projects.journal.protection import unprotected
from projects.journal.queries import faults, history_of, history_of_project
from projects.register.stages import Stage
from tests.cast import Cast, phase, project


def test_a_whole_chain_has_no_faults(cast: Cast) -> None:
    assert Entry.objects.count() >= 5
    assert list(faults()) == []


def test_an_empty_journal_has_none_either(db: None) -> None:
    assert list(faults()) == []


def _swapped() -> None:
    """Entries 2 and 3 in each other's place, with their own digests."""
    Entry.objects.filter(seq=2).update(seq=1000)
    Entry.objects.filter(seq=3).update(seq=2)
    Entry.objects.filter(seq=1000).update(seq=3)


MANIPULATIONS: dict[str, tuple[Callable[[], object], list[str]]] = {
    "a note changed": (
        lambda: Entry.objects.filter(seq=2).update(note="…"),
        ["2: its content was changed"],
    ),
    "another person": (
        lambda: Entry.objects.filter(seq=2).update(actor_name="nobody"),
        ["2: its content was changed"],
    ),
    "a value changed": (
        lambda: Entry.objects.filter(seq=2).update(after={"name": "…"}),
        ["2: its content was changed"],
    ),
    "the time changed": (
        lambda: Entry.objects.filter(seq=2).update(at="2020-01-01T00:00:00Z"),
        ["2: its content was changed"],
    ),
    "the first deleted": (
        lambda: Entry.objects.filter(seq=1).delete(),
        ["2: entries 1 to 1 are missing"],
    ),
    "two deleted in the middle": (
        lambda: Entry.objects.filter(seq__in=(2, 3)).delete(),
        ["4: entries 2 to 3 are missing"],
    ),
    "two swapped": (
        _swapped,
        [
            "2: does not follow the entry before it",
            "2: its content was changed",
            "3: does not follow the entry before it",
            "3: its content was changed",
            "4: does not follow the entry before it",
        ],
    ),
    "a digest changed": (
        lambda: Entry.objects.filter(seq=2).update(digest="0" * 64),
        ["2: its content was changed", "3: does not follow the entry before it"],
    ),
    "a link changed": (
        lambda: Entry.objects.filter(seq=2).update(previous="0" * 64),
        ["2: does not follow the entry before it", "2: its content was changed"],
    ),
}


@pytest.mark.parametrize(("manipulate", "found"), MANIPULATIONS.values(), ids=MANIPULATIONS)
def test_a_manipulation_behind_the_applications_back_shows(
    cast: Cast, manipulate: Callable[[], object], found: list[str]
) -> None:
    with unprotected():
        manipulate()
    assert list(faults()) == found


def test_the_history_of_a_project_holds_its_parts_and_no_other_project(cast: Cast) -> None:
    mine = phase(project(cast), stage=Stage.SIGNED)
    phase(project(cast, "P-2"))
    assert [entry.verb for entry in history_of_project(mine.project_id)] == ["add_phase", "register"]


def test_the_history_of_a_row_is_its_own(cast: Cast) -> None:
    mine = phase(project(cast))
    phase(mine.project, 2)
    assert [entry.verb for entry in history_of(mine)] == ["add_phase"]
    assert [entry.verb for entry in history_of(mine.project)] == ["register"]
