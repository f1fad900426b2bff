"""The life cycle: eleven stages, what may follow what, and how parts make up the whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property


class Stage(StrEnum):
    """In the order of a project's life; the value is stored."""

    CONCEIVED = "conceived"
    IN_TALKS = "in_talks"
    SIGNED = "signed"
    LANDED = "landed"
    PREPARING = "preparing"
    STARTED = "started"
    BUILDING = "building"
    INSTALLING = "installing"
    COMPLETED = "completed"
    OPERATING = "operating"
    FULL_CAPACITY = "full_capacity"

    @property
    def number(self) -> int:
        return _NUMBERS[self]


_NUMBERS = {stage: number for number, stage in enumerate(Stage, start=1)}


class Step(StrEnum):
    """How far a building has grown while its stage is `building`."""

    FOUNDATION = "foundation"
    STRUCTURE = "structure"
    TOPPED_OUT = "topped_out"


_STEPS = {step: number for number, step in enumerate(Step, start=1)}


@dataclass(frozen=True)
class Position:
    """A stage, and while building perhaps the step; `stage` None means that nobody has said yet."""

    stage: Stage | None = None
    step: Step | None = None

    def __post_init__(self) -> None:
        if self.step is not None and self.stage is not Stage.BUILDING:
            raise ValueError("only building has steps")

    @classmethod
    def read(cls, stage: str, step: str = "") -> "Position":
        """From stored or posted codes; `ValueError` when unknown."""
        return _position(stage, step)

    @property
    def code(self) -> str:
        """As a form posts it: `building`, `building.structure`."""
        return ".".join(part for part in (self.stage, self.step) if part)

    @cached_property
    def order(self) -> tuple[int, int]:
        return (self.stage.number if self.stage else 0, _STEPS[self.step] if self.step else 0)


@cache  # there are fourteen, and each phase of each project has one
def _position(stage: str, step: str) -> Position:
    return Position(Stage(stage) if stage else None, Step(step) if step else None)


def positions() -> list[Position]:
    """Every position in the order of life, the steps of building behind building itself."""
    found = []
    for stage in Stage:
        found.append(Position(stage))
        if stage is Stage.BUILDING:
            found.extend(Position(stage, step) for step in Step)
    return found


def moves_forward(current: Position) -> list[Position]:
    """Where to go from `current`, the next one first; a stage may be skipped."""
    return [position for position in positions() if position.order > current.order]


def moves_back(current: Position) -> list[Position]:
    """Where to return to, the nearest first; each asks for a reason."""
    return [position for position in reversed(positions()) if position.order < current.order]


def is_back(current: Position, target: Position) -> bool:
    return target.order < current.order


@dataclass(frozen=True)
class Whole:
    """What several parts amount to: a position, and whether only some of them produce (部分投产)."""

    position: Position
    partly_operating: bool = False


def whole_of(parts: Iterable[Whole]) -> Whole:
    """The stage of a phase from its components, and of a project from its phases.

    All parts completed or later: the least advanced one. Otherwise the most advanced part that is
    not yet completed; when another part already is, work is visibly under way, so at least
    `building`. Some parts producing while others do not makes the whole partly operating. Parts
    that nobody has placed yet do not count; without any the whole is unplaced as well.
    """
    placed = [part for part in parts if part.position.stage is not None]
    if not placed:
        return Whole(Position())
    done = [part for part in placed if _number(part) >= Stage.COMPLETED.number]
    producing = [part for part in placed if _number(part) >= Stage.OPERATING.number]
    partly = any(part.partly_operating for part in placed) or 0 < len(producing) < len(placed)
    if len(done) == len(placed):
        return Whole(min((part.position for part in placed), key=lambda p: p.order), partly)
    furthest = max((p.position for p in placed if _number(p) < Stage.COMPLETED.number), key=lambda p: p.order)
    if done and furthest.order < Position(Stage.BUILDING).order:
        furthest = Position(Stage.BUILDING)
    return Whole(furthest, partly)


def _number(part: Whole) -> int:
    return part.position.stage.number if part.position.stage else 0


def is_preparing(stage: str) -> bool:
    """Whether its works are still being prepared (谋划 to 前期); not when nobody has said where it stands."""
    return bool(stage) and Stage(stage).number <= Stage.PREPARING.number


def has_started(stage: str) -> bool:
    """Whether permanent work has begun (开工 or later)."""
    return bool(stage) and Stage(stage).number >= Stage.STARTED.number


def is_operating(stage: str) -> bool:
    """Whether it produces or is in use (投产/投用 or later)."""
    return bool(stage) and Stage(stage).number >= Stage.OPERATING.number


def is_completed(stage: str) -> bool:
    """Whether it was accepted (竣工 or later)."""
    return bool(stage) and Stage(stage).number >= Stage.COMPLETED.number
