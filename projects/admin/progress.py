"""The monthly figures in the administration, entered and corrected as on their page; and the ladder of reminders."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from projects.accounts.models import Unit, User
from projects.accounts.roles import Verb
from projects.admin import columns
from projects.admin.base import Base
from projects.admin.filters import ByMonth, OwnUnits
from projects.admin.forms import RowForm
from projects.core.clock import today, working_month
from projects.core.forms import AmountField
from projects.progress.actions.entering import Figures
from projects.progress.forms import FiguresForm
from projects.progress.models import MonthlyReport, ReminderStep

INVESTED = gettext_lazy("invested this month (10,000 yuan)")


class ReportForm(RowForm):
    """The fields of the page for figures; the reason of an earlier correction is none for the next."""

    invested_this_month = AmountField(label=gettext_lazy("Invested this month"), signed=True)
    invested_statistics = AmountField(
        label=gettext_lazy("Figure of the statistics bureau"), signed=True, required=False
    )

    class Meta:
        model = MonthlyReport
        fields = ("project", "month", "invested_this_month", "invested_statistics", "image", "reason")
        widgets = {"image": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"reason": FiguresForm.base_fields["reason"].help_text}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["reason"] = ""

    def clean(self) -> dict[str, Any]:
        """What the constraints would say of the whole form: here beside the field that it concerns."""
        project, month = self.cleaned_data.get("project"), self.cleaned_data.get("month")
        if (self.cleaned_data.get("invested_this_month") or 0) < 0 and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("A month below zero is a correction of earlier months: say why."))
        if project and month and MonthlyReport.objects.filter(project=project, month=month).exists():
            sentence = _("%(month)s already has figures. Open that report to correct it.")
            raise ValidationError({"month": sentence % {"month": month}})
        return self.cleaned_data

    def figures(self) -> Figures:
        names = ("invested_this_month", "invested_statistics", "image", "reason")
        return Figures(**{name: self.cleaned_data[name] for name in names})


@admin.register(MonthlyReport)
class MonthlyReportAdmin(Base):
    """The approved figures of the projects that this person may change."""

    verb = Verb.ENTER_FIGURES
    form = ReportForm
    autocomplete_fields = ("project",)
    fields = ("project", "month", "invested_this_month", "invested_statistics", "image", "reason")
    list_display = (
        "project", "month", "invested_wan", "statistics_wan", "image", "approved", "approved_by",
    )  # fmt: skip
    list_display_links = ("project", "month")
    list_filter = (ByMonth, ("project__unit", OwnUnits))
    list_select_related = ("project", "approved_by")
    search_fields = ("project__name", "project__short_name", "project__code", "project__initials")
    ordering = ("-id",)
    approved = columns.moment(MonthlyReport, "approved_at")

    def reached(self, rows: QuerySet[Any], user: User) -> QuerySet[Any]:
        units = Unit.objects.below(user.unit)
        return rows.filter(project__unit__in=units).select_related("project", "approved_by")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("project", "month") if obj else ()

    def get_changeform_initial_data(self, request: HttpRequest) -> Any:
        return {"month": working_month(today()), **super().get_changeform_initial_data(request)}

    def tools(self, request: HttpRequest, obj: Any) -> list[tuple[str, str]]:
        return [(_("Project page"), reverse("project", args=[obj.project.code]))]

    @admin.display(description=INVESTED, ordering="invested_this_month")
    def invested_wan(self, report: MonthlyReport) -> str:
        return columns.wan(report.invested_this_month)

    @admin.display(description=gettext_lazy("statistics (10,000 yuan)"), ordering="invested_statistics")
    def statistics_wan(self, report: MonthlyReport) -> str:
        return columns.wan(report.invested_statistics)


@admin.register(ReminderStep)
class ReminderStepAdmin(Base):
    """Who is reminded of a month's reports, and when; put out of use, never deleted."""

    verb = Verb.KEEP_PERIODS
    fields = ("anchor", "days", "audience", "position", "is_active")
    list_display = ("step", "position", "in_use")
    list_filter = ("audience", "is_active")
    in_use = columns.yes_or_no(ReminderStep, "is_active")
    ordering = ("position", "id")

    @admin.display(description=ReminderStep._meta.verbose_name)
    def step(self, row: ReminderStep) -> str:
        return str(row)
