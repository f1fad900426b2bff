"""What a stage asks for before it is entered: facts of the project, approvals, their documents; and what is missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from projects.register.approvals import Approval, deciding
from projects.register.stages import Position, Stage


class Fact(StrEnum):
    """What the project itself has to say; named as its field."""

    TOTAL = "total_investment"
    PLANNED_FINISH = "planned_finish"


@dataclass(frozen=True)
class Gate:
    """What stands before one stage."""

    facts: tuple[Fact, ...] = ()
    approvals: tuple[Approval, ...] = ()
    documents: tuple[Approval, ...] = ()  # approvals of which the number or the file is asked, once they are done


def _gate(stage: Stage, *facts: Fact, documents: tuple[Approval, ...] = ()) -> Gate:
    return Gate(facts, tuple(deciding(stage)), documents)


GATES: Mapping[Stage, Gate] = MappingProxyType(
    {
        Stage.SIGNED: _gate(Stage.SIGNED, Fact.TOTAL),
        Stage.STARTED: _gate(Stage.STARTED, Fact.PLANNED_FINISH, documents=(Approval.CONSTRUCTION_PERMIT,)),
        Stage.COMPLETED: _gate(Stage.COMPLETED, documents=(Approval.ACCEPTANCE,)),
        Stage.OPERATING: _gate(Stage.OPERATING),
    }
)


@dataclass(frozen=True)
class Known:
    """What a part of a project has: facts stated, approvals done or of no concern, approvals with their document."""

    facts: frozenset[Fact] = frozenset()
    settled: frozenset[Approval] = frozenset()
    undocumented: frozenset[Approval] = frozenset()  # done, but neither number nor file of the document is there


@dataclass(frozen=True)
class Missing:
    """One thing that a stage asks for and that is not there; `kind` is fact, approval or document."""

    kind: str
    of: str

    @property
    def code(self) -> str:
        """As it is stored: `approval:construction_permit`."""
        return f"{self.kind}:{self.of}"

    @classmethod
    def read(cls, code: str) -> "Missing":
        kind, _colon, of = code.partition(":")
        return cls(kind, of)


def missing_at(stage: Stage, known: Known) -> list[Missing]:
    """What `stage` asks for and is not `known`, in the order of the gate."""
    gate = GATES.get(stage, Gate())
    return [
        *(Missing("fact", fact.value) for fact in gate.facts if fact not in known.facts),
        *(Missing("approval", approval.value) for approval in gate.approvals if approval not in known.settled),
        *(Missing("document", approval.value) for approval in gate.documents if approval in known.undocumented),
    ]


def stages_entered(current: Position, target: Position) -> list[Stage]:
    """The stages that a move enters, those that it skips among them; none on the way back."""
    here = current.stage.number if current.stage else 0
    there = target.stage.number if target.stage else 0
    return [stage for stage in Stage if here < stage.number <= there]


def missing_between(current: Position, target: Position, known: Known) -> list[Missing]:
    """What is missing for a move: a stage that is skipped asks as well, one that was entered before asks no more."""
    return [missing for stage in stages_entered(current, target) for missing in missing_at(stage, known)]


def codes_of(missing: Iterable[Missing]) -> list[str]:
    return [each.code for each in missing]
