"""Reading the register: phases as they stood on a day, the plan in force, and facts for the journal."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.timezone import get_current_timezone, localdate

from projects.accounts.models import Unit, User
from projects.accounts.queries import district_of
from projects.core.month import Month
from projects.rating.facts import CONTINUED, ProjectFacts
from projects.rating.schedule import active_months
from projects.register.approvals import Approval
from projects.register.gates import Fact, Known, missing_at
from projects.register.models import AnnualPlan, Capacity, Component, Leader, Milestone, Phase, Project, StageChange
from projects.register.models.schedule import APPROVED
from projects.register.stages import Position, Stage, Whole, whole_of
from projects.register.wording import missing_name

PROJECT_FACTS = (
    "code", "name", "short_name", "owner", "unit", "leader", "responsible", "contact_name", "contact_phone",
    "category", "sector", "nature", "project_class", "town", "location", "latitude", "longitude", "content",
    "total_investment", "total_at_least", "planned_start", "planned_finish", "actual_start",
    "actual_finish", "entered_statistics_on", "listed_from", "note",
)  # fmt: skip


def facts_of(row: Any, names: Sequence[str]) -> dict[str, Any]:
    """The named values of a row, for the journal."""
    return {name: getattr(row, name) for name in names}


def project_facts(project: Project) -> dict[str, Any]:
    """What a project says of itself, for the journal."""
    labels = list(project.labels.values_list("name", flat=True)) if project.pk else []
    return {**facts_of(project, PROJECT_FACTS), "labels": labels}


def leaders_for(user: User) -> QuerySet[Leader]:
    """Who may answer for a project there: leaders of the district, of its units and of the units above it."""
    district = district_of(user.unit)
    around = Q(unit__in=Unit.objects.below(district)) | Q(unit__in=Unit.objects.above(district).values("pk"))
    return Leader.objects.filter(around, is_active=True)


def with_parts(projects: QuerySet[Project]) -> QuerySet[Project]:
    """Projects with phases, components and capacities: a fixed number of queries for any number of rows."""
    components = Component.objects.prefetch_related("capacities")
    phases = Phase.objects.prefetch_related("capacities", Prefetch("components", components))
    return projects.select_related("unit", "leader", "category", "sector", "town").prefetch_related(
        "labels", Prefetch("phases", phases)
    )


@dataclass(frozen=True)
class PhaseState:
    """A phase as it stood on a day."""

    number: int
    name: str
    whole: Whole


def phases_now(projects: QuerySet[Project]) -> dict[int, list[PhaseState]]:
    """Of each project its phases in order, as they stand now."""
    rows = Phase.objects.filter(project__in=projects).values_list(
        "project_id", "number", "name", "stage", "step", "partly_operating"
    )
    found: dict[int, list[PhaseState]] = defaultdict(list)
    for project_id, number, name, stage, step, partly in rows.order_by("project_id", "number"):
        found[project_id].append(PhaseState(number, name, Whole(Position.read(stage, step), partly)))
    return found


def phases_on(projects: QuerySet[Project], day: datetime.date) -> dict[int, list[PhaseState]]:
    """Of each project its phases as they stood at the end of `day`, from the history of moves.

    Of the moves up to that day the one noted last holds: a move back may lie before moves noted earlier, and
    says that they were wrong. A move without a date happened before anybody kept dates: it counts for every day.
    """
    moves: dict[tuple[int, int | None], Position] = {}
    changes = StageChange.objects.filter(phase__project__in=projects)
    by_then = changes.filter(Q(happened_on__isnull=True) | Q(happened_on__lte=day)).order_by("id")
    for phase_id, component_id, stage, step in by_then.values_list("phase_id", "component_id", "stage", "step"):
        moves[phase_id, component_id] = Position.read(stage, step)
    parts: dict[int, list[Whole]] = defaultdict(list)
    components = Component.objects.filter(phase__project__in=projects).values_list("phase_id", "id")
    for phase_id, component_id in components:
        parts[phase_id].append(Whole(moves.get((phase_id, component_id), Position())))
    found: dict[int, list[PhaseState]] = defaultdict(list)
    rows = Phase.objects.filter(project__in=projects).values_list("project_id", "number", "name", "id")
    for project_id, number, name, phase_id in rows.order_by("project_id", "number"):
        own = Whole(moves.get((phase_id, None), Position()))
        of_parts = whole_of(parts[phase_id])
        whole = own if of_parts.position.stage is None else of_parts
        found[project_id].append(PhaseState(number, name, whole))
    return found


@dataclass(frozen=True)
class Motion:
    """Where a project as a whole stood at the end of a day, and the last day on which a part of it had moved."""

    whole: Whole
    moved_on: datetime.date


def motions_by(projects: QuerySet[Project], day: datetime.date) -> dict[int, Motion]:
    """Of each project with a placed part how it had moved by the end of `day`; one query.

    A move of unknown day counts from the day it was noted: before, nobody knew how long the project had stood there.
    """
    midnight = datetime.datetime.combine(
        day + datetime.timedelta(days=1), datetime.time(), tzinfo=get_current_timezone()
    )
    by_then = Q(happened_on__lte=day) | Q(happened_on__isnull=True, at__lt=midnight)
    rows = StageChange.objects.filter(by_then, phase__project__in=projects).order_by("id")
    stood: dict[int, dict[int, dict[int | None, Position]]] = defaultdict(lambda: defaultdict(dict))
    last: dict[int, datetime.date] = {}
    for project_id, phase_id, component_id, stage, step, happened_on, at in rows.values_list(
        "phase__project_id", "phase_id", "component_id", "stage", "step", "happened_on", "at"
    ):
        stood[project_id][phase_id][component_id] = Position.read(stage, step)
        last[project_id] = max(last.get(project_id, datetime.date.min), happened_on or localdate(at))
    return {pk: Motion(whole_of(map(_phase_whole, phases.values())), last[pk]) for pk, phases in stood.items()}


def _phase_whole(parts: dict[int | None, Position]) -> Whole:
    """A phase from where its parts stand: its components, or without any (None) itself."""
    components = [Whole(position) for component, position in parts.items() if component is not None]
    return whole_of(components) if components else Whole(parts[None])


def plans_in_force(projects: QuerySet[Project], month: Month) -> dict[int, AnnualPlan]:
    """Of each project the annual plan that is in force in `month`: the highest approved version effective by then."""
    return {plan.project_id: plan for plan in _in_force(projects, month)}


def planned_by(projects: QuerySet[Project], month: Month) -> dict[int, tuple[int, list[int] | None]]:
    """Of each project the amount and the month plan (yuan) of that plan."""
    rows = _in_force(projects, month).values_list("project_id", "amount", "month_plan")
    return {pk: (amount, month_plan) for pk, amount, month_plan in rows}


def _in_force(projects: QuerySet[Project], month: Month) -> QuerySet[AnnualPlan]:
    """The plans effective by `month`; of each project the last one holds."""
    rows = AnnualPlan.objects.decided().filter(project__in=projects, year=month.year, effective_from__lte=month)
    ordered: QuerySet[AnnualPlan] = rows.order_by("number")
    return ordered


def active_in(project: Project, year: int) -> tuple[int, int]:
    """First and last month (1 to 12) in which the project is to be worked on in `year`; the whole year when never."""
    facts = ProjectFacts(
        month=Month(year, 12),
        planned_start=project.planned_start,
        planned_finish=project.planned_finish,
        actual_start=project.actual_start,
        continued=project.nature == CONTINUED,
    )
    return active_months(facts) or (1, 12)


def plan_in_force(plans: Iterable[AnnualPlan], month: Month) -> AnnualPlan | None:
    """The same for plans of one project at hand."""
    valid = [
        plan for plan in plans if plan.decision == APPROVED and plan.year == month.year and plan.effective_from <= month
    ]
    return max(valid, key=lambda plan: plan.number, default=None)


@dataclass(frozen=True)
class Passed:
    """The approvals of one project, by the phase for which they are (None: all of it)."""

    project: Project
    rows: Sequence[Milestone]

    def known_for(self, phase_id: int | None = None) -> Known:
        """What stands for a phase; where it has an approval of its own, that one counts and not the project's."""
        by_code = {row.code: row for row in self.rows if row.phase_id is None}
        by_code |= {row.code: row for row in self.rows if phase_id is not None and row.phase_id == phase_id}
        done = [row for row in by_code.values() if row.done_on]
        return Known(
            facts=frozenset(fact for fact in Fact if _is_stated(self.project, fact)),
            settled=frozenset(Approval(row.code) for row in by_code.values() if row.is_settled),
            undocumented=frozenset(Approval(row.code) for row in done if not (row.document_number or row.document_id)),
        )


def _is_stated(project: Project, fact: Fact) -> bool:
    """Of the total a lower bound will do, where no more is known."""
    if fact is Fact.TOTAL and project.total_at_least is not None:
        return True
    return getattr(project, fact.value) is not None


def passed_by(projects: Iterable[Project]) -> dict[int, Passed]:
    """Of each project what it has of approvals; one query."""
    found = {project.pk: project for project in projects}
    rows: dict[int, list[Milestone]] = defaultdict(list)
    for row in Milestone.objects.filter(project__in=found, kind="approval").order_by("id"):
        rows[row.project_id].append(row)
    return {pk: Passed(project, rows[pk]) for pk, project in found.items()}


def missing_for(project: Project, stage: Stage, phase: Phase | None = None) -> list[str]:
    """What a stage asks for and the project, or one of its phases, does not have yet, in words; one query."""
    known = passed_by([project])[project.pk].known_for(phase.pk if phase else None)
    return [missing_name(missing) for missing in missing_at(stage, known)]


@dataclass(frozen=True)
class CapacitySum:
    """How much of a product a phase or a project is to make, and how much it already makes."""

    product: str
    planned: Decimal
    commissioned: Decimal
    unit: str

    @property
    def label(self) -> str:
        """As it stands beside its bar: `3 / 6 GW`."""
        return f"{_plain(self.commissioned)} / {_plain(self.planned)} {self.unit}"


def _plain(quantity: Decimal) -> str:
    text = f"{quantity:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def capacity_sums(capacities: Iterable[Capacity]) -> list[CapacitySum]:
    """Capacities added up by product and unit, in the order in which they first appear."""
    sums: dict[tuple[str, str], CapacitySum] = {}
    for capacity in capacities:
        key = (capacity.product, capacity.unit)
        known = sums.get(key, CapacitySum(capacity.product, Decimal(0), Decimal(0), capacity.unit))
        sums[key] = CapacitySum(
            capacity.product,
            known.planned + capacity.planned,
            known.commissioned + capacity.commissioned,
            capacity.unit,
        )
    return list(sums.values())


def capacities_of(phase: Phase) -> list[Capacity]:
    """A phase's own capacities and those of its components (prefetched)."""
    return [*phase.capacities.all(), *(c for part in phase.components.all() for c in part.capacities.all())]
