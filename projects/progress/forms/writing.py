"""A month as it is typed: the report, the stages that parts reached, the planned nodes that were met, its files."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.core.forms import AmountField, DayField, PlainTextField, VersionField
from projects.core.refusals import Refused, Stale
from projects.progress.actions.month import NodeReached, ProblemTold, StageReached
from projects.progress.actions.reporting import WRITTEN, Incomplete
from projects.progress.checking import Background, Written, taken_over
from projects.progress.forms.attaching import FilesForm
from projects.progress.models import MonthlyReport
from projects.register.actions.moving import Move, position_of
from projects.register.forms import PositionField, read_position
from projects.register.models import Component, Milestone, Phase, Problem
from projects.register.stages import moves_forward
from projects.register.wording import position_name

LONGEST = 500  # signs of a text
STAYS = pgettext_lazy("stage", "No move")
AMOUNTS = ("invested_this_month", "invested_statistics", "next_month_amount")


class WordsField(PlainTextField):
    """A text of a few lines, whose ends are written alike whoever sends it: it is compared with last month's."""

    def __init__(self, *, rows: int = 2, **kwargs: Any) -> None:
        area = forms.Textarea(attrs={"rows": rows})
        super().__init__(**{"required": False, "max_length": LONGEST, "widget": area, **kwargs})

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n")


class VersionedForm(forms.Form):
    """A form that carries the version of what it was opened at."""

    version = VersionField(required=False)

    def seen(self) -> int:
        """The version carried along; one that never holds when the form was sent without."""
        version = self.cleaned_data.get("version")
        return -1 if version is None else version

    def renew(self, version: int) -> None:
        """From here on know this version: the person has been told what changed."""
        renewed = QueryDict(mutable=True)
        renewed.update(self.data)
        renewed[self.add_prefix("version")] = str(version)
        self.data = renewed


class ReportForm(VersionedForm):
    """What the unit says of a month. Nothing is required here: what is missing is asked when it is submitted."""

    invested_this_month = AmountField(label=_("Invested this month"), signed=True, required=False)
    invested_statistics = AmountField(label=_("Figure of the statistics bureau"), signed=True, required=False)
    explanation = WordsField(label=_("Why it strays from the plan"))
    reason = WordsField(label=_("Why the month is below zero"))
    image = WordsField(label=_("Progress of the works"), rows=3)
    image_unchanged = forms.BooleanField(label=_("No change this month"), required=False)
    next_month_amount = AmountField(label=_("Planned for next month"), required=False)
    next_steps = WordsField(label=_("Next steps"), rows=3)
    next_steps_unchanged = forms.BooleanField(label=_("Unchanged"), required=False)

    @classmethod
    def opened_for(cls, report: MonthlyReport) -> "ReportForm":
        return cls(initial={name: getattr(report, name) for name in (*WRITTEN, "version")})

    def written(self, background: Background) -> Written:
        """What was typed, as far as it can be read; last month's words where “no change” is ticked."""
        typed = {name: self.cleaned_data[name] for name in WRITTEN if name in self.cleaned_data}
        return taken_over(Written(**typed), background)


class PartForm(VersionedForm):
    """Which stage a phase or a component reached, and when; left alone where it did not move."""

    target = PositionField(label=_("Stage reached"), required=False)
    happened_on = DayField(label=_("On which day"), required=False)
    note = PlainTextField(label=_("Note"), required=False, max_length=1000)

    def __init__(self, posted: QueryDict | None, *, part: Phase | Component) -> None:
        kind = "component" if isinstance(part, Component) else "phase"
        initial = {"version": part.version}
        super().__init__(posted, prefix=f"{kind}-{part.pk}", initial=initial)
        self.part = part
        self.name = f"{part.phase.name} {part.name}" if isinstance(part, Component) else part.name
        self.current = position_of(part)
        self.stands = position_name(self.current)
        choices = [(position.code, position_name(position)) for position in moves_forward(self.current)]
        self.fields["target"].choices = [("", STAYS), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("target") and "happened_on" in data and data["happened_on"] is None:
            self.add_error("happened_on", _("Enter the day on which the stage was reached."))
        return data

    def reached(self) -> StageReached | None:
        data = self.cleaned_data
        if not data["target"]:
            return None
        note = data["note"]  # says as well why the part goes on without what its stage asks for
        move = Move(read_position(data["target"]), data["happened_on"], note=note, gate_reason=note)
        return StageReached(str(self.prefix), self.part, move, self.seen())


class NodeForm(VersionedForm):
    """The day on which a planned node was met; empty while it is not."""

    done_on = DayField(label=_("Reached on"), required=False)

    def __init__(self, posted: QueryDict | None, *, milestone: Milestone) -> None:
        super().__init__(posted, prefix=f"node-{milestone.pk}", initial={"version": milestone.version})
        self.milestone = milestone

    def reached(self) -> NodeReached | None:
        day = self.cleaned_data["done_on"]
        return NodeReached(str(self.prefix), self.milestone, day, self.seen()) if day else None


class ProblemForm(forms.Form):
    """What was done about an open problem; left empty where nothing was."""

    text = WordsField(label=_("What was done"))

    def __init__(self, posted: QueryDict | None, *, problem: Problem) -> None:
        super().__init__(posted, prefix=f"problem-{problem.pk}")
        self.problem = problem

    def told(self) -> ProblemTold | None:
        text = self.cleaned_data["text"]
        return ProblemTold(str(self.prefix), self.problem, text) if text else None


class MonthForms:
    """The forms of the page together: one report, a form for each part, each node and each open problem, the files."""

    def __init__(
        self,
        posted: QueryDict | None,
        report: MonthlyReport,
        parts: list[Phase | Component],
        milestones: list[Milestone],
        problems: list[Problem],
        files: MultiValueDict[str, UploadedFile[Any]] | None = None,
    ) -> None:
        self.report = ReportForm.opened_for(report) if posted is None else ReportForm(posted)
        self.parts = [PartForm(posted, part=part) for part in parts]
        self.nodes = [NodeForm(posted, milestone=milestone) for milestone in milestones]
        self.problems = [ProblemForm(posted, problem=problem) for problem in problems]
        self.files = FilesForm(posted, files)

    @property
    def beside(self) -> list[PartForm | NodeForm | ProblemForm]:
        """The forms beside the report."""
        return [*self.parts, *self.nodes, *self.problems]

    def is_valid(self) -> bool:
        return all(form.is_valid() for form in (self.report, *self.beside, self.files))

    def stages(self) -> list[StageReached]:
        return [reached for form in self.parts if (reached := form.reached())]

    def nodes_met(self) -> list[NodeReached]:
        return [reached for form in self.nodes if (reached := form.reached())]

    def problems_told(self) -> list[ProblemTold]:
        return [told for form in self.problems if (told := form.told())]

    def move_something(self) -> bool:
        """Whether a stage, a node or a problem was written of, which no draft keeps."""
        return bool(self.stages() or self.nodes_met() or self.problems_told())

    def refuse(self, refusal: Refused) -> None:
        """Put the sentence, or what is missing, beside the box that it belongs to."""
        if isinstance(refusal, Incomplete):
            for field, sentence in refusal.remarks:
                self.report.add_error(field, sentence)
            return
        for form in self.beside:
            if refusal.field.startswith(f"{form.prefix}-"):
                field = refusal.field.removeprefix(f"{form.prefix}-").replace("gate_reason", "note")
                form.add_error(field if field in form.fields else None, str(refusal.sentence))
                if isinstance(refusal, Stale) and not isinstance(form, ProblemForm):
                    form.renew(form.part.version if isinstance(form, PartForm) else _version_of(form.milestone))
                return
        self.report.add_error(refusal.field if refusal.field in self.report.fields else None, str(refusal.sentence))


def _version_of(milestone: Milestone) -> int:
    milestone.refresh_from_db(fields=["version"])
    return milestone.version
