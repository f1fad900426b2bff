"""A phase through time, from the moves that were noted."""

import datetime

import pytest

from projects.register.spans import Noted, Span, spans_of
from projects.register.stages import Position, Stage, Whole


def day(number: int) -> datetime.date:
    return datetime.date(2023, number, 1)


def noted(part: int, stage: Stage | None, month: int | None) -> Noted:
    return Noted(part, Position(stage), day(month) if month else None)


def shown(spans: list[Span]) -> list[tuple[str, int | None, int | None]]:
    def month(on: datetime.date | None) -> int | None:
        return on.month if on else None

    return [(span.whole.position.code, month(span.start), month(span.end)) for span in spans]


def test_one_stage_after_the_other() -> None:
    moves = [noted(0, Stage.PREPARING, 1), noted(0, Stage.STARTED, 4), noted(0, Stage.OPERATING, 9)]
    assert shown(spans_of(moves)) == [("preparing", 1, 4), ("started", 4, 9), ("operating", 9, None)]


@pytest.mark.parametrize("moves", [[], [noted(0, None, 1)]])
def test_never_placed_is_nowhere(moves: list[Noted]) -> None:
    assert spans_of(moves) == []


def test_without_a_day_it_held_from_the_beginning() -> None:
    moves = [noted(0, Stage.BUILDING, None), noted(0, Stage.OPERATING, 5)]
    assert shown(spans_of(moves)) == [("building", None, 5), ("operating", 5, None)]


def test_of_moves_up_to_a_day_the_one_noted_last_holds() -> None:
    moves = [noted(0, Stage.PREPARING, 1), noted(0, Stage.STARTED, 6), noted(0, Stage.PREPARING, 3)]
    assert shown(spans_of(moves)) == [("preparing", 1, None)]


def test_parts_make_up_the_whole() -> None:
    moves = [noted(1, Stage.BUILDING, 1), noted(2, Stage.STARTED, 2), noted(1, Stage.OPERATING, 5)]
    found = spans_of(moves)
    assert shown(found) == [("building", 1, 5), ("building", 5, None)]
    assert [span.whole.partly_operating for span in found] == [False, True]


def test_a_part_that_changes_nothing_of_the_whole_makes_no_span() -> None:
    moves = [noted(1, Stage.BUILDING, 1), noted(2, Stage.STARTED, 2)]
    assert found_whole(moves) == Whole(Position(Stage.BUILDING))
    assert len(spans_of(moves)) == 1


def found_whole(moves: list[Noted]) -> Whole:
    return spans_of(moves)[-1].whole
