"""Files, nodes and approvals as they are typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from projects.core.forms import DayField, PlainTextField, VersionField
from projects.register import wording
from projects.register.file_types import FILE_TYPES
from projects.register.forms.lines import LINES
from projects.register.models import (
    Milestone,
    Phase,
    Project,
)


class FileForm(forms.Form):
    """A file of a project, and what it is called; what is taken in is the action's business."""

    file = forms.FileField(
        label=_("Photo or document"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in FILE_TYPES)}),
    )
    title = PlainTextField(
        label=_("Title"), required=False, max_length=200, help_text=_("Without one, the name of the file.")
    )


class RemovalForm(forms.Form):
    reason = PlainTextField(label=_("Why it is removed"), max_length=1000, widget=LINES)


class MilestoneForm(forms.ModelForm):  # type: ignore[type-arg]
    """A node or, when one is chosen, an approval, with all that is said of it."""

    reason = PlainTextField(
        label=_("Reason"), required=False, max_length=1000,
        help_text=_("Needed to change the planned day of what is planned already."),
    )  # fmt: skip
    version = VersionField(required=False)

    class Meta:
        model = Milestone
        fields = (
            "code", "name", "is_key", "phase", "planned_on", "forecast_on", "done_on", "is_confirmed",
            "not_applicable", "not_applicable_reason", "document_number", "document",
        )  # fmt: skip
        field_classes = {
            **dict.fromkeys(("name", "not_applicable_reason", "document_number"), PlainTextField),
            **dict.fromkeys(("planned_on", "forecast_on", "done_on"), DayField),
        }
        help_texts = {
            "name": _("Of a node; an approval is called as it is."),
            "is_confirmed": _("Not ticked, the day is an estimate."),
            "document": _("One of the project's files; add it there first."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        project: Project = self.instance.project
        rows = {"phase": Phase.objects.filter(project=project), "document": project.attachments.kept()}
        for name in set(rows) & set(self.fields):
            self.fields[name].queryset = rows[name]  # type: ignore[attr-defined]
        if "code" in self.fields:
            ordinary = ("", _("None: a node with a name of its own"))
            self.fields["code"].choices = [ordinary, *wording.APPROVAL_NAMES.items()]  # type: ignore[attr-defined]
        self.fields["version"].initial = self.instance.version


class MilestoneReportForm(MilestoneForm):
    """What a unit reports of a node or an approval that stands on the list."""

    reason = None  # type: ignore[assignment]

    class Meta(MilestoneForm.Meta):
        fields = ("forecast_on", "done_on", "is_confirmed", "document_number", "document")  # type: ignore[assignment]
