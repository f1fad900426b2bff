"""The register in the administration: projects, their phases and components, and the moves between stages."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.accounts.models import Unit, User
from projects.admin import columns
from projects.admin.base import Base
from projects.admin.filters import ByHalt, ByStage, OwnUnits
from projects.admin.register_forms import PhaseForm, ProjectForm
from projects.admin.register_rows import (
    CapacityRows,
    ComponentRows,
    ExemptionRows,
    IncidentRows,
    MilestoneRows,
    NewPlanRows,
    PhaseRows,
    PlanRows,
)
from projects.core.clock import today, working_month
from projects.core.marks import example_mark
from projects.journal.models import Entry
from projects.journal.queries import history_of_project
from projects.register.gates import Missing
from projects.register.models import Component, Phase, Project, StageChange
from projects.register.wording import missing_name


@admin.register(Project)
class ProjectAdmin(Base):
    """The projects that this person may change. Stage and halt follow from what is done on the pages."""

    form = ProjectForm
    inlines = (PhaseRows, PlanRows, NewPlanRows, MilestoneRows, IncidentRows, ExemptionRows)
    autocomplete_fields = ("unit", "leader", "town")
    readonly_fields = ("stage_now", "halted_now", "entered", "changed")
    fieldsets = (
        (None, {"fields": ("code", "name", "short_name", "owner", "content", "note")}),
        (
            gettext_lazy("Responsibility"),
            {"fields": ("unit", "leader", "responsible", ("contact_name", "contact_phone"))},
        ),
        (
            gettext_lazy("Classification"),
            {"fields": ("labels", ("category", "sector"), ("nature", "project_class"))},
        ),
        (gettext_lazy("Place"), {"fields": ("town", "location", ("latitude", "longitude"))}),
        (
            gettext_lazy("Investment and dates"),
            {
                "fields": (
                    ("total_investment", "total_at_least"),
                    ("planned_start", "planned_finish"),
                    ("actual_start", "actual_finish"),
                    ("entered_statistics_on", "listed_from"),
                )
            },
        ),
        (gettext_lazy("State"), {"fields": ("stage_now", "halted_now", ("entered", "changed"))}),
    )
    list_display = (
        "short_name_marked", "code", "unit", "leader", "project_class", "stage_or_halt", "total_wan", "changed",
    )  # fmt: skip
    list_filter = (
        ("unit", OwnUnits), "project_class", ByStage, "category", "sector", "labels", "nature", ByHalt,
        "is_example",
    )  # fmt: skip
    list_select_related = ("unit", "leader")
    search_fields = ("name", "short_name", "owner", "code", "initials")
    entered = columns.moment(Project, "created_at")
    changed = columns.moment(Project, "changed_at")
    search_help_text = gettext_lazy("Name, short name, owner, code or pinyin initials")

    def reached(self, rows: QuerySet[Any], user: User) -> QuerySet[Any]:
        return rows.editable_by(user)  # type: ignore[attr-defined]

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return self.inlines if obj else ()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.readonly_fields if obj else ()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None:
            return fieldsets
        facts = fieldsets[:-1]  # what is new has no state to show
        facts[-1][1]["fields"] = [*facts[-1][1]["fields"], "version"]
        return facts

    def get_changeform_initial_data(self, request: HttpRequest) -> Any:
        return {"listed_from": working_month(today()), **super().get_changeform_initial_data(request)}

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> Any:
        """To its own page: phases, plans and milestones come next."""
        return HttpResponseRedirect(reverse("admin:projects_project_change", args=[obj.pk]))

    def history(self, row: Model) -> QuerySet[Entry]:
        return history_of_project(row.pk)

    def tools(self, request: HttpRequest, obj: Any) -> list[tuple[str, str]]:
        halt = _("Resume") if obj.halted else _("Suspend or terminate")
        return [
            (_("Project page"), reverse("project", args=[obj.code])),
            (halt, reverse("halt_project", args=[obj.code])),
        ]

    @admin.display(description=gettext_lazy("short name"), ordering="name_key")
    def short_name_marked(self, project: Project) -> str:
        mark = example_mark() if project.is_example else ""
        return format_html("{} {}", project.short_name, mark)

    @admin.display(description=gettext_lazy("stage"), ordering="stage")
    def stage_now(self, project: Project) -> str:
        return columns.stage(project)

    @admin.display(description=gettext_lazy("stage"), ordering="stage")
    def stage_or_halt(self, project: Project) -> str:
        """What matters of a suspended project is that it is suspended."""
        return (
            f"{project.get_halted_display()} · {columns.stage(project)}" if project.halted else columns.stage(project)
        )

    @admin.display(description=gettext_lazy("halted"))
    def halted_now(self, project: Project) -> str:
        return columns.halt(project)

    @admin.display(description=gettext_lazy("total investment (10,000 yuan)"), ordering="total_investment")
    def total_wan(self, project: Project) -> str:
        return columns.wan(project.total_investment)


class PartAdmin(Base):
    """A phase or a component; it is added on the page of what it belongs to."""

    adds = False
    search_fields: ClassVar[Any] = ("name",)

    def tools(self, request: HttpRequest, obj: Any) -> list[tuple[str, str]]:
        project = obj.project if isinstance(obj, Phase) else obj.phase.project
        found = [(_("Project page"), reverse("project", args=[project.code]))]
        url = columns.move_url(obj)
        return [(_("Move to another stage"), url), *found] if url else found

    @admin.display(description=gettext_lazy("stage"), ordering="stage")
    def stage_now(self, part: Any) -> str:
        return columns.stage(part)


@admin.register(Phase)
class PhaseAdmin(PartAdmin):
    """Phases with their components and capacities."""

    form = PhaseForm
    inlines = (ComponentRows, CapacityRows)
    readonly_fields = ("project", "stage_now", "reached_on")
    fields = ("project", "number", "name", "content", "stage_now", "reached_on")
    list_display = ("project", "number", "name", "stage_now", "reached_on")
    list_display_links = ("name",)
    list_filter = (("project__unit", OwnUnits), ByStage)
    list_select_related = ("project",)
    search_fields = (
        "name", "content", "project__name", "project__short_name", "project__code", "project__initials",
    )  # fmt: skip
    ordering = ("project__name_key", "project_id", "number")

    def reached(self, rows: QuerySet[Any], user: User) -> QuerySet[Any]:
        return rows.filter(project__in=Project.objects.editable_by(user)).select_related("project")


@admin.register(Component)
class ComponentAdmin(PartAdmin):
    """Components with their capacities."""

    inlines = (CapacityRows,)
    readonly_fields = ("phase", "stage_now", "reached_on")
    fields = ("phase", "number", "name", "note", "stage_now", "reached_on")
    list_display = ("phase", "number", "name", "stage_now", "reached_on")
    list_display_links = ("name",)
    list_filter = (("phase__project__unit", OwnUnits), ByStage)
    list_select_related = ("phase__project",)
    search_fields = (
        "name", "note", "phase__project__name", "phase__project__short_name", "phase__project__code",
        "phase__project__initials",
    )  # fmt: skip
    ordering = ("phase__project__name_key", "phase__project_id", "phase__number", "number")

    def reached(self, rows: QuerySet[Any], user: User) -> QuerySet[Any]:
        own = Project.objects.editable_by(user)
        return rows.filter(phase__project__in=own).select_related("phase__project")


@admin.register(StageChange)
class StageChangeAdmin(Base):
    """Who moved what, when and why: read here, written by moving on the pages."""

    adds = changes = has_history = False
    fields = (
        "project_name", "part", "came_from", "went_to", "happened_on", "goes_back", "reason", "note", "went_without",
        "skip_reason", "by_name", "noted",
    )  # fmt: skip
    list_display = ("noted", "project_name", "part", "came_from", "went_to", "happened_on", "goes_back", "by_name")
    list_filter = (("phase__project__unit", OwnUnits), ByStage, "is_back")
    list_select_related = ("phase__project", "component", "by")
    search_fields = (
        "phase__project__name", "phase__project__short_name", "phase__project__initials", "reason", "note",
    )  # fmt: skip
    date_hierarchy = "happened_on"
    noted = columns.moment(StageChange, "at")
    goes_back = columns.yes_or_no(StageChange, "is_back")

    def reached(self, rows: QuerySet[Any], user: User) -> QuerySet[Any]:
        units = Unit.objects.below(user.unit)
        return rows.filter(phase__project__unit__in=units).select_related("phase__project", "component", "by")

    @admin.display(description=gettext_lazy("project"))
    def project_name(self, change: StageChange) -> str:
        return change.phase.project.short_name

    @admin.display(description=gettext_lazy("phase or component"))
    def part(self, change: StageChange) -> str:
        return f"{change.phase.name} {change.component.name}" if change.component else change.phase.name

    @admin.display(description=gettext_lazy("stage before"))
    def came_from(self, change: StageChange) -> str:
        return columns.position(change.from_stage, change.from_step)

    @admin.display(description=gettext_lazy("stage after"), ordering="stage")
    def went_to(self, change: StageChange) -> str:
        return columns.position(change.stage, change.step)

    @admin.display(description=gettext_lazy("missing then"))
    def went_without(self, change: StageChange) -> str:
        return "、".join(missing_name(Missing.read(code)) for code in change.skipped)

    @admin.display(description=gettext_lazy("who"))
    def by_name(self, change: StageChange) -> str:
        return str(change.by or _("The system"))
