"""The life cycle: what may follow what, and what the parts make of the whole."""

import itertools

import pytest

from projects.register.stages import (
    Position,
    Stage,
    Step,
    Whole,
    has_started,
    is_back,
    is_completed,
    is_operating,
    is_preparing,
    moves_back,
    moves_forward,
    positions,
    whole_of,
)

S = Stage
UNPLACED = Position()
IN_ORDER = [
    Position(S.CONCEIVED),
    Position(S.IN_TALKS),
    Position(S.SIGNED),
    Position(S.LANDED),
    Position(S.PREPARING),
    Position(S.STARTED),
    Position(S.BUILDING),
    Position(S.BUILDING, Step.FOUNDATION),
    Position(S.BUILDING, Step.STRUCTURE),
    Position(S.BUILDING, Step.TOPPED_OUT),
    Position(S.INSTALLING),
    Position(S.COMPLETED),
    Position(S.OPERATING),
    Position(S.FULL_CAPACITY),
]


def parts(*stages: Stage | None) -> list[Whole]:
    return [Whole(Position(stage)) for stage in stages]


def test_the_order_of_life() -> None:
    assert positions() == IN_ORDER
    assert [stage.number for stage in Stage] == list(range(1, 12))


@pytest.mark.parametrize("place", range(len(IN_ORDER)), ids=lambda place: IN_ORDER[place].code)
def test_every_later_position_is_a_move_forward_and_every_earlier_one_back(place: int) -> None:
    here = IN_ORDER[place]
    assert moves_forward(here) == IN_ORDER[place + 1 :]
    assert moves_back(here) == IN_ORDER[:place][::-1]


def test_an_unplaced_part_may_go_anywhere_and_comes_from_nowhere() -> None:
    assert moves_forward(UNPLACED) == IN_ORDER
    assert moves_back(UNPLACED) == []


@pytest.mark.parametrize(("here", "there"), list(itertools.product(IN_ORDER, repeat=2)))
def test_back_is_what_lies_earlier_in_the_order(here: Position, there: Position) -> None:
    assert is_back(here, there) == (IN_ORDER.index(there) < IN_ORDER.index(here))


@pytest.mark.parametrize("position", [UNPLACED, *IN_ORDER], ids=lambda position: position.code or "unplaced")
def test_a_position_reads_back_from_its_code(position: Position) -> None:
    stage, _, step = position.code.partition(".")
    assert Position.read(stage, step) == position


@pytest.mark.parametrize(
    ("stage", "step"), [("nonsense", ""), ("building", "roof"), ("started", "foundation"), ("", "structure")]
)
def test_codes_that_name_no_position_are_refused(stage: str, step: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Position.read(stage, step)


WHOLES: list[tuple[str, list[Stage | None], Stage | None, bool]] = [
    ("no part at all", [], None, False),
    ("parts that nobody has placed", [None, None], None, False),
    ("one part is the whole", [S.PREPARING], S.PREPARING, False),
    ("an unplaced part does not count", [S.BUILDING, None], S.BUILDING, False),
    ("an unplaced part does not keep the whole from being complete", [S.OPERATING, None], S.OPERATING, False),
    ("the most advanced of the open parts", [S.PREPARING, S.BUILDING, S.STARTED], S.BUILDING, False),
    ("talks and a pool", [S.CONCEIVED, S.IN_TALKS], S.IN_TALKS, False),
    ("all completed or later: the least advanced", [S.FULL_CAPACITY, S.COMPLETED], S.COMPLETED, True),
    ("all produce: the least advanced, and not in part", [S.FULL_CAPACITY, S.OPERATING], S.OPERATING, False),
    ("all completed, none produces", [S.COMPLETED, S.COMPLETED], S.COMPLETED, False),
    ("done and open: at least building", [S.COMPLETED, S.SIGNED], S.BUILDING, False),
    ("done and open, further than building", [S.COMPLETED, S.INSTALLING], S.INSTALLING, False),
    ("one of three produces", [S.OPERATING, S.BUILDING, S.PREPARING], S.BUILDING, True),
    ("one produces, the other is only in talks", [S.OPERATING, S.IN_TALKS], S.BUILDING, True),
    ("one produces, the other is accepted", [S.OPERATING, S.COMPLETED], S.COMPLETED, True),
]


@pytest.mark.parametrize(("stages", "stage", "partly"), [case[1:] for case in WHOLES], ids=[case[0] for case in WHOLES])
def test_the_whole_of_its_parts(stages: list[Stage | None], stage: Stage | None, partly: bool) -> None:
    for order in itertools.permutations(stages):
        assert whole_of(parts(*order)) == Whole(Position(stage), partly)


def test_the_step_of_the_furthest_open_part_is_kept() -> None:
    topped, based = Position(S.BUILDING, Step.TOPPED_OUT), Position(S.BUILDING, Step.FOUNDATION)
    assert whole_of([Whole(topped), Whole(based)]).position == topped
    assert whole_of([Whole(based), *parts(S.COMPLETED)]).position == based


def test_a_phase_that_produces_in_part_makes_its_project_produce_in_part() -> None:
    phase = Whole(Position(S.BUILDING), partly_operating=True)
    assert whole_of([phase]) == phase
    assert whole_of([phase, *parts(S.PREPARING)]).partly_operating


@pytest.mark.parametrize("stage", list(Stage))
def test_what_is_prepared_has_started_is_completed_and_operates(stage: Stage) -> None:
    assert is_preparing(stage.value) == (stage.number <= 5)
    assert has_started(stage.value) == (stage.number >= 6)
    assert is_completed(stage.value) == (stage.number >= 9)
    assert is_operating(stage.value) == (stage.number >= 10)


def test_an_unplaced_part_is_not_even_prepared() -> None:
    assert not any(reached("") for reached in (is_preparing, has_started, is_completed, is_operating))
