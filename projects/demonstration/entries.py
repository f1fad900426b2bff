"""What the demonstration enters in the register: projects, their parts and what happens to them in a year."""

import datetime
from dataclasses import dataclass

from projects.core.month import Month
from projects.register.stages import Position, Whole, whole_of


@dataclass(frozen=True)
class Reached:
    """A position, and the day it was reached; None when nobody knows since when, perhaps with the day it was told."""

    position: Position
    on: datetime.date | None
    note: str = ""
    told: datetime.date | None = None


@dataclass(frozen=True)
class Amount:
    """How much of a product a part is to make: 6 GW of modules."""

    product: str
    quantity: str
    unit: str

    @classmethod
    def read(cls, text: str) -> "Amount":
        """From `product quantity unit`; `ValueError` for anything else."""
        product, quantity, unit = text.split(" ")
        return cls(product, quantity, unit)


@dataclass(frozen=True)
class PartEntry:
    """A phase or a component: where it stands first, and each place it moves to."""

    name: str
    path: tuple[Reached, ...] = ()
    content: str = ""
    amounts: tuple[Amount, ...] = ()
    components: tuple["PartEntry", ...] = ()

    def whole_on(self, day: datetime.date) -> Whole:
        """Where it stands at the end of `day`."""
        if self.components:
            return whole_of(part.whole_on(day) for part in self.components)
        past = [reached.position for reached in self.path if reached.on is None or reached.on <= day]
        return Whole(past[-1] if past else Position())


@dataclass(frozen=True)
class NodeEntry:
    """A node: when it is due, the day it was done, and the day it was entered (None: with the registration)."""

    name: str
    due: datetime.date
    done: datetime.date | None = None
    is_key: bool = True
    entered: datetime.date | None = None


@dataclass(frozen=True)
class IncidentEntry:
    """A one-vote matter, and the day it was cleared."""

    kind: str
    happened: datetime.date
    note: str
    cleared: datetime.date | None = None


@dataclass(frozen=True)
class ExemptionEntry:
    """An exemption granted on a day, for some months."""

    reason: str
    first: Month
    last: Month
    on: datetime.date
    note: str


@dataclass(frozen=True)
class HaltEntry:
    """A suspension or termination, and the day the works went on."""

    kind: str
    since: datetime.date
    reason: str
    note: str
    resumed: datetime.date | None = None
    resumed_note: str = ""


@dataclass(frozen=True)
class RevisionEntry:
    """The year plan (yuan) that a unit proposes to set anew, and what the office decides; nothing yet when empty."""

    amount: int
    since: Month
    on: datetime.date
    reason: str
    decision: str = "approved"
    note: str = ""


@dataclass(frozen=True)
class CorrectionEntry:
    """A month that was first approved with another amount (yuan), and was opened again on a later day."""

    month: Month
    first: int
    on: datetime.date
    reason: str


@dataclass(frozen=True)
class EditEntry:
    """A change of the responsible unit or of the class on a day."""

    on: datetime.date
    unit: str = ""
    project_class: str = ""


@dataclass(frozen=True, kw_only=True)
class ProjectEntry:
    """One project; names of units and lists instead of rows, amounts in whole yuan.

    `figures` are the months up to `last_figures`, one after the other. `number` spreads what is
    done on the same day over that day. Without a `unit` it is the district itself that answers.
    """

    number: int
    code: str
    name: str
    short_name: str
    registered: datetime.date
    category: str
    unit: str
    project_class: str = ""
    is_example: bool = False
    owner: str = ""
    sector: str = ""
    nature: str = ""
    labels: tuple[str, ...] = ()
    town: str = ""
    leader: int | None = None
    contact_name: str = ""
    contact_phone: str = ""
    content: str = ""
    total: int | None = None
    total_at_least: int | None = None
    planned_start: datetime.date | None = None
    planned_finish: datetime.date | None = None
    entered_statistics_on: datetime.date | None = None
    phases: tuple[PartEntry, ...] = ()
    nodes: tuple[NodeEntry, ...] = ()
    works: str = ""
    plan: int | None = None
    goal: str = ""
    month_plan: tuple[int, ...] | None = None
    revision: RevisionEntry | None = None
    figures: tuple[int, ...] = ()
    last_figures: Month | None = None
    correction_reason: str = ""
    back_reason: str = ""
    corrected: CorrectionEntry | None = None
    incidents: tuple[IncidentEntry, ...] = ()
    exemption: ExemptionEntry | None = None
    halt: HaltEntry | None = None
    edit: EditEntry | None = None

    def position_on(self, day: datetime.date) -> Position:
        """Where the project as a whole stands at the end of `day`."""
        return whole_of(phase.whole_on(day) for phase in self.phases).position

    def months(self) -> list[tuple[Month, int]]:
        """Each month with a figure, and what was invested in it (yuan)."""
        if self.last_figures is None:
            return []
        first = self.last_figures + (1 - len(self.figures))
        return [(first + step, amount) for step, amount in enumerate(self.figures)]
