"""What is kept below a project, a phase or a component, as rows of its page in the administration."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.accounts.roles import Verb
from projects.admin import columns
from projects.admin.register_forms import MilestoneForm, PhaseForm, PlanForm, PlanFormSet
from projects.admin.rights import Rows
from projects.core.clock import today, working_month
from projects.register.models import AnnualPlan, Capacity, Component, Exemption, Incident, Milestone, Phase


class PartRows(Rows):
    """Parts with the stage they stand at; it is moved on the pages."""

    show_change_link = True
    readonly_fields: ClassVar[Any] = ("stage_now",)

    @admin.display(description=gettext_lazy("stage"))
    def stage_now(self, part: Any) -> str:
        if not part.pk:
            return "—"
        return format_html(
            '{} · <a href="{}">{}<span class="visually-hidden"> {}</span></a>',
            columns.stage(part), columns.move_url(part), _("Move"), part.name,
        )  # fmt: skip


class PhaseRows(PartRows):
    model = Phase
    form = PhaseForm
    fields = ("number", "name", "content", "stage_now")


class ComponentRows(PartRows):
    model = Component
    fields = ("number", "name", "note", "stage_now")


class CapacityRows(Rows):
    model = Capacity
    fields = ("product", "planned", "commissioned", "unit")


class PlanRows(Rows):
    """All versions of the plans, as they were set."""

    model = AnnualPlan
    verbose_name_plural = gettext_lazy("annual plans and their revisions")
    verb = Verb.SET_PLAN
    adds = changes = False
    fields = ("year", "number", "from_month", "amount_wan", "months_wan", "goal", "reason", "by_name", "set_at")
    readonly_fields = fields
    set_at = columns.moment(AnnualPlan, "at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("by")

    @admin.display(description=gettext_lazy("in force from"))
    def from_month(self, plan: AnnualPlan) -> str:
        return str(plan.effective_from)

    @admin.display(description=gettext_lazy("year plan (10,000 yuan)"))
    def amount_wan(self, plan: AnnualPlan) -> str:
        return columns.wan(plan.amount)

    @admin.display(description=gettext_lazy("month plan (10,000 yuan)"))
    def months_wan(self, plan: AnnualPlan) -> str:
        return " ".join(columns.wan(amount) for amount in plan.month_plan or []) or "—"

    @admin.display(description=gettext_lazy("who"))
    def by_name(self, plan: AnnualPlan) -> str:
        return str(plan.by or _("The system"))


class NewPlanRows(Rows):
    """A plan to set or to revise: a version more. There is none to change, so that none is ever changed."""

    model = AnnualPlan
    form = PlanForm
    formset = PlanFormSet
    verbose_name = gettext_lazy("plan or revision")
    verbose_name_plural = gettext_lazy("set or revise a plan")
    verb = Verb.SET_PLAN
    fields = ("year", "amount", "effective_from", "month_plan", "goal", "reason")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).none()

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        if obj is not None:
            month = working_month(today())
            latest = obj.plans.order_by("-pk").values_list("pk", flat=True).first()
            begin = {"year": month.year, "effective_from": month, "version": latest or 0}
            for name, value in begin.items():
                formset.form.base_fields[name].initial = value
        return formset


class MilestoneRows(Rows):
    """Nodes and approvals; number and file of the document are kept on the pages."""

    model = Milestone
    form = MilestoneForm
    fields = (
        "code", "name", "is_key", "phase", "planned_on", "forecast_on", "done_on", "is_confirmed",
        "not_applicable", "not_applicable_reason", "reason",
    )  # fmt: skip

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        phases: Any = formset.form.base_fields["phase"]
        phases.queryset = Phase.objects.filter(project=obj)
        # Read once for all rows; what is sent is still looked up in the queryset.
        phases.choices = [("", phases.empty_label), *phases.queryset.values_list("pk", "name")]
        phases.widget.can_add_related = phases.widget.can_change_related = False
        return formset


class IncidentRows(Rows):
    model = Incident
    verb = Verb.HALT
    fields = ("kind", "happened_on", "cleared_on", "note")


class ExemptionRows(Rows):
    """Exemptions are renewed, never changed."""

    model = Exemption
    verb = Verb.EXEMPT
    changes = False
    fields = ("reason", "first_month", "last_month", "note")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        month = working_month(today())
        for name in ("first_month", "last_month"):
            if name in formset.form.base_fields:
                formset.form.base_fields[name].initial = month
        return formset
