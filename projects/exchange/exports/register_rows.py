"""The rows of the register, its phases, the year plans and the milestones: of any number of projects, in batches."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from projects.accounts.models import User
from projects.core.month import Month
from projects.exchange.exports.month_rows import BETWEEN, in_wan
from projects.exchange.exports.paper import Value
from projects.exchange.queries import told_capacity, told_parts
from projects.register.models import AnnualPlan, Milestone, Phase, Project
from projects.register.wording import APPROVAL_NAMES, CLASS_NAMES, MILESTONE_KINDS, NATURE_NAMES, stage_name

BATCH = 2000
Rows = Iterator[list[Value]]

REGISTER = (
    "number", "code", "name", "short_name", "owner", "unit", "leader", "responsible", "project_class", "labels",
    "category", "sector", "nature", "town", "location", "longitude", "latitude", "content", "total_investment",
    "planned_start", "planned_finish", "actual_start", "actual_finish", "entered_statistics_on", "listed_from", "stage",
    "reached_on", "contact_name", "contact_phone", "note",
)  # fmt: skip
PHASES = (
    "number", "code", "name", "phase_number", "phase_name", "phase_content", "stage", "reached_on", "move_reason",
    "parts", "capacity",
)  # fmt: skip
PLANS = (
    "number", "code", "name", "unit", "year", "year_plan", "goal", *(f"month_{number}" for number in range(1, 13)),
    "effective_from", "reason",
)  # fmt: skip
MILESTONES = (
    "number", "code", "name", "unit", "phase_name", "kind", "milestone", "is_key", "planned_on", "forecast_on",
    "done_on", "not_applicable", "not_applicable_reason", "document_number",
)  # fmt: skip

_FACTS = (
    "id", "code", "name", "short_name", "owner", "unit__name", "leader__name", "responsible", "project_class",
    "category__name", "sector__name", "nature", "town__name", "location", "longitude", "latitude", "content",
    "total_investment", "planned_start", "planned_finish", "actual_start", "actual_finish", "entered_statistics_on",
    "listed_from", "contact_name", "contact_phone", "note",
)  # fmt: skip


def projects_to_take_along(user: User, unit_path: str = "") -> QuerySet[Project]:
    """The projects that `user` reads, of one unit and those below it where its path is given."""
    rows: QuerySet[Project] = Project.objects.visible_to(user).filter(unit__path__startswith=unit_path)
    return rows.order_by("unit__position", "unit_id", "name_key", "id")


def register_rows(ids: Sequence[int], _month: Month) -> Rows:
    """A row for each of these projects in their order; three queries for each batch."""
    classes = {code: str(name) for code, name in CLASS_NAMES.items()}
    natures = {code: str(name) for code, name in NATURE_NAMES.items()}
    number = count(1)
    for batch in _batches(ids):
        labels, stages = _labels(batch), _stages(batch)
        found = {row[0]: row for row in Project.objects.filter(pk__in=batch).order_by().values_list(*_FACTS)}
        for pk in batch:
            if pk not in found:  # removed meanwhile
                continue
            (_pk, code, name, short, owner, unit, leader, person, class_, category, sector, nature, town, location,
             longitude, latitude, content, total, *days, listed, contact, phone, note) = found[pk]  # fmt: skip
            yield [
                next(number), code, name, short, owner, unit, leader, person, classes.get(class_, ""),
                labels.get(pk, ""), category, sector, natures.get(nature, ""), town, location, _number(longitude),
                _number(latitude), content, in_wan(total), *days, str(listed), *stages.get(pk, ("", None)), contact,
                phone, note,
            ]  # fmt: skip


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _labels(batch: Sequence[int]) -> dict[int, str]:
    """The level labels of each project, in the order of their list."""
    found: dict[int, list[str]] = defaultdict(list)
    held = Project.labels.through.objects.filter(project__in=batch).order_by("levellabel__position", "levellabel_id")
    for pk, name in held.values_list("project_id", "levellabel__name"):
        found[pk].append(name)
    return {pk: BETWEEN.join(names) for pk, names in found.items()}


def _stages(batch: Sequence[int]) -> dict[int, tuple[str, Any]]:
    """Where each project stands: its only phase and since when, or each with its name."""
    found: dict[int, list[tuple[str, str, Any]]] = defaultdict(list)
    words: dict[tuple[str, str, bool], str] = {}  # the same few for thousands of phases
    rows = Phase.objects.filter(project__in=batch).order_by("project_id", "number")
    for pk, name, stage, step, partly, since in rows.values_list(
        "project_id", "name", "stage", "step", "partly_operating", "reached_on"
    ):
        place = stage, step, partly
        if place not in words:
            words[place] = stage_name(stage, step, partly=partly)
        found[pk].append((name, words[place], since))
    return {pk: _standing(phases) for pk, phases in found.items()}


def _standing(phases: list[tuple[str, str, Any]]) -> tuple[str, Any]:
    if len(phases) == 1:
        return phases[0][1:]
    return BETWEEN.join(f"{name} {stage}" for name, stage, _since in phases), None


def phase_rows(ids: Sequence[int], _month: Month) -> Rows:
    """A row for each phase, with its components and what it is to produce; five queries for each batch."""
    number = count(1)
    for batch in _batches(ids):
        places = {pk: place for place, pk in enumerate(batch)}
        rows = Phase.objects.filter(project__in=batch).select_related("project").order_by("number")
        phases = rows.prefetch_related("capacities", "components__capacities")
        for phase in sorted(phases, key=lambda each: (places[each.project_id], each.number)):
            yield [
                next(number), phase.project.code, phase.project.name, phase.number, phase.name, phase.content,
                stage_name(phase.stage, phase.step, partly=phase.partly_operating), phase.reached_on, "",
                told_parts(phase), told_capacity(phase),
            ]  # fmt: skip


def plan_rows(ids: Sequence[int], month: Month) -> Rows:
    """A row for each project with a plan for the year of `month`: the last that was approved; one query a batch."""
    number = count(1)
    for batch in _batches(ids):
        plans = AnnualPlan.objects.decided().filter(project__in=batch, year=month.year)
        latest = {plan.project_id: plan for plan in plans.select_related("project__unit").order_by("number")}
        for plan in (latest[pk] for pk in batch if pk in latest):
            months = [in_wan(amount) for amount in plan.month_plan or [None] * 12]
            project = plan.project
            yield [
                next(number), project.code, project.name, project.unit.name, plan.year, in_wan(plan.amount),
                plan.goal, *months, str(plan.effective_from), plan.reason,
            ]  # fmt: skip


def milestone_rows(ids: Sequence[int], _month: Month) -> Rows:
    """A row for each node and approval; one query for each batch."""
    kinds = {code: str(name) for code, name in MILESTONE_KINDS.items()}
    approvals = {code: str(name) for code, name in APPROVAL_NAMES.items()}
    number, yes_no = count(1), (_("no"), _("yes"))
    for batch in _batches(ids):
        found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        rows = Milestone.objects.filter(project__in=batch).order_by("kind", "planned_on", "id")
        for pk, *values in rows.values_list(
            "project_id", "project__code", "project__name", "project__unit__name", "phase__name", "kind", "code",
            "name", "is_key", "planned_on", "forecast_on", "done_on", "not_applicable", "not_applicable_reason",
            "document_number",
        ):  # fmt: skip
            found[pk].append(tuple(values))
        for pk in batch:
            for code, name, unit, phase, kind, approval, title, is_key, *days, no_concern, why, document in found[pk]:
                yield [
                    next(number), code, name, unit, phase, kinds[kind], approvals.get(approval, title), yes_no[is_key],
                    *days, yes_no[no_concern], why, document,
                ]  # fmt: skip
