"""What rows are compared with: the projects within reach, the lists that texts name, the values stored."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from projects.accounts.models import Unit, User
from projects.accounts.queries import district_of
from projects.core.month import Month
from projects.exchange.matching import Known, Register, normal
from projects.progress.models import MonthlyReport
from projects.register import wording
from projects.register.models import AnnualPlan, Category, LevelLabel, Milestone, Phase, Project, Sector
from projects.register.queries import capacities_of, capacity_sums, leaders_for
from projects.register.stages import positions

PARTLY = "partly_operating"  # the code of where a phase stands of which only some parts produce
CHOICES = {"nature": wording.NATURE_NAMES, "project_class": wording.CLASS_NAMES}


def within_reach(user: User) -> QuerySet[Project]:
    """The projects that a person's sheet may touch."""
    reached: QuerySet[Project] = Project.objects.editable_by(user)
    return reached


def register_for(user: User) -> Register:
    """The projects within reach, to find those that rows mean; one query."""
    rows = within_reach(user).order_by("pk").values_list("pk", "code", "name", "owner", "short_name")
    return Register([Known(*row) for row in rows])


@dataclass
class Lists:
    """What texts of a sheet stand for: units, leaders, categories, sectors and labels by name, choices by label."""

    ids: dict[str, dict[str, Any]] = field(default_factory=dict)
    names: dict[str, dict[Any, str]] = field(default_factory=dict)

    @classmethod
    def for_user(cls, user: User) -> "Lists":
        """Five queries. Where a name is not unique it stands for nothing, so that nobody is taken for another."""
        lists = cls()
        lists._add("unit", Unit.objects.below(user.unit).filter(is_active=True), "short_name", "name")
        towns = Unit.objects.below(district_of(user.unit)).filter(kind__in=("town", "zone"), is_active=True)
        lists._add("town", towns, "short_name", "name")
        lists._add("leader", leaders_for(user), "name")
        for name, model in (("category", Category), ("sector", Sector), ("labels", LevelLabel)):
            lists._add(name, model._default_manager.filter(is_active=True), "name")
        for name, choices in CHOICES.items():
            lists.ids[name] = _labels(choices)
            lists.names[name] = {key: str(label) for key, label in choices.items()}
        return lists

    def _add(self, name: str, rows: QuerySet[Any], *by: str) -> None:
        found: dict[str, set[int]] = defaultdict(set)
        self.names[name] = {}
        for pk, *texts in rows.order_by("pk").values_list("pk", *by):
            self.names[name][pk] = texts[-1]
            for text in texts:
                found[normal(text)].add(pk)
        self.ids[name] = {text: next(iter(pks)) for text, pks in found.items() if len(pks) == 1}


def _labels(choices: Any) -> dict[str, str]:
    """Keys of fixed choices by their labels in every language, and by themselves."""
    found = {normal(key): key for key in choices}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {normal(str(label)): key for key, label in choices.items()}
    return found


def stored_projects(user: User) -> dict[int, Project]:
    """The projects within reach with all that a sheet may say of them; one query."""
    rows = within_reach(user).select_related("unit", "leader", "category", "sector", "town")
    return {project.pk: project for project in rows.order_by("pk")}


def labels_by_project(user: User) -> dict[int, list[str]]:
    """The names of the level labels of each; one query."""
    held = Project.labels.through.objects.filter(project__in=within_reach(user))
    found: dict[int, list[str]] = defaultdict(list)
    for pk, name in held.order_by("levellabel__position", "levellabel_id").values_list(
        "project_id", "levellabel__name"
    ):
        found[pk].append(name)
    return found


def stored_reports(user: User, month: Month) -> dict[int, MonthlyReport]:
    """The reports of a month by project; one query."""
    rows = MonthlyReport.objects.filter(month=month, project__in=within_reach(user))
    return {report.project_id: report for report in rows.order_by("pk")}


def stored_plans(user: User, year: int) -> dict[int, list[AnnualPlan]]:
    """All versions of the year's plan by project, in order; one query."""
    found: dict[int, list[AnnualPlan]] = defaultdict(list)
    for plan in AnnualPlan.objects.filter(year=year, project__in=within_reach(user)).order_by("project_id", "number"):
        found[plan.project_id].append(plan)
    return found


def stored_milestones(user: User) -> dict[int, list[Milestone]]:
    """The nodes and approvals by project; one query."""
    found: dict[int, list[Milestone]] = defaultdict(list)
    rows = Milestone.objects.filter(project__in=within_reach(user)).select_related("phase")
    for milestone in rows.order_by("project_id", "planned_on", "pk"):
        found[milestone.project_id].append(milestone)
    return found


def stored_phases(user: User) -> dict[tuple[int, str], int]:
    """The phases of the projects within reach, by the project and the normal form of their names; one query."""
    rows = Phase.objects.filter(project__in=within_reach(user)).order_by("-number")
    return {(project, normal(name)): pk for pk, project, name in rows.values_list("pk", "project_id", "name")}


def phases_by_project(user: User, *, with_parts: bool = False) -> dict[int, list[Phase]]:
    """The phases by project, in order; one query, and three more `with_parts`."""
    rows = Phase.objects.filter(project__in=within_reach(user)).order_by("project_id", "number")
    found: dict[int, list[Phase]] = defaultdict(list)
    for phase in rows.prefetch_related("capacities", "components__capacities") if with_parts else rows:
        found[phase.project_id].append(phase)
    return found


def told_parts(phase: Phase) -> str:
    """The components of a phase and where each stands, as a sheet tells them: in Chinese, as it circulates."""
    with translation.override(settings.LANGUAGE_CODE):
        return "\n".join(f"{part.name} {wording.stage_name(part.stage, part.step)}" for part in phase.components.all())


def told_capacity(phase: Phase) -> str:
    """What a phase with its components is to produce and does, as a sheet tells it."""
    with translation.override(settings.LANGUAGE_CODE):
        return "\n".join(
            _("%(product)s: %(label)s commissioned") % {"product": each.product, "label": each.label}
            for each in capacity_sums(capacities_of(phase))
        )


def stage_codes() -> dict[str, str]:
    """The codes of stages, with their steps, by their names in every language; what stands nowhere has none."""
    found = {normal(code): code for code in (each.code for each in positions())}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {normal(wording.position_name(each)): each.code for each in positions()}
            found |= {normal(str(wording.UNPLACED)): "", normal(str(wording.PARTLY_OPERATING)): PARTLY}
    return found


def approval_codes() -> dict[str, str]:
    """The codes of approvals by their names in every language."""
    return _labels(wording.APPROVAL_NAMES)


def day_of(value: Any, name: str) -> datetime.date | None:
    """A day for a value that may tell only the month: its last day for an end, else its first."""
    if isinstance(value, Month):
        return value.last_day if name.endswith("finish") else value.first_day
    return value if isinstance(value, datetime.date) else None
