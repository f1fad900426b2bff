"""Rows of milestones: nodes and approvals, planned by the office and reported on by the units."""

from collections.abc import Mapping
from copy import copy
from typing import Any

from django.forms import model_to_dict
from django.utils.translation import gettext as _

from projects.accounts.queries import may
from projects.accounts.roles import Verb
from projects.exchange.actions.registers import data_of
from projects.exchange.actions.writers import Asked, Touch, Writer, check_seen, cleaned, name_of, text_of
from projects.exchange.matching import normal
from projects.exchange.queries import approval_codes, day_of, stored_milestones, stored_phases, stored_projects
from projects.exchange.verdicts import Cell, Outcome, SheetRow, Verdict, plain
from projects.register.actions import scheduling
from projects.register.forms import MilestoneForm, MilestoneReportForm
from projects.register.models import Milestone
from projects.register.models.milestones import NODE

REPORTED = ("forecast_on", "done_on", "document_number")
SAID = ("is_key", "planned_on", "not_applicable", "not_applicable_reason", *REPORTED)


class MilestoneWriter:
    """Adds and changes milestones. A unit reports on those that stand; what it may not plan is left as it is."""

    makes = False

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.projects = stored_projects(asked.by)
        self.milestones = stored_milestones(asked.by)
        self.codes = approval_codes()
        self.plans = may(asked.by, Verb.EDIT_PROJECT)
        self.phases = stored_phases(asked.by)
        self._met: set[object] = set()

    def look(self, verdict: Verdict) -> None:
        row = verdict.row
        name = row.values.get("milestone")
        if not name:
            verdict.refuse(row.objection("milestone", _("Name the node, or choose the approval.")))
            return
        if row.values.get("kind") == "approval" and normal(str(name)) not in self.codes:
            verdict.refuse(row.objection("milestone", _("Choose one of the approvals.")))
            return
        phase = self._phase(row, verdict.project_id or 0)
        if phase is None and row.values.get("phase_name"):
            verdict.refuse(row.objection("phase_name", _("The project has no phase of this name.")))
            return
        stored = self._stored(row, verdict.project_id or 0)
        new = (verdict.project_id, normal(str(name)), self._code(row), phase, row.values.get("planned_on"))
        key = stored.pk if stored else new
        if key in self._met:
            verdict.refuse(row.objection("milestone", _("The milestone stands in this sheet already, further up.")))
            return
        self._met.add(key)
        verdict.seen = {"milestone": _state_of(stored)}
        said = self._said(row)
        if stored is None:
            verdict.outcome = Outcome.NEW
            verdict.cells = [
                Cell("milestone", None, plain(name)),
                *(Cell(n, None, plain(v)) for n, v in said.items() if v),
            ]
            return
        differing = {n: value for n, value in said.items() if value != getattr(stored, n)}
        writable = {n: value for n, value in differing.items() if self.plans or n in REPORTED}
        verdict.cells = [Cell(n, plain(getattr(stored, n)), plain(value)) for n, value in writable.items()]
        if verdict.cells:
            verdict.outcome = Outcome.CHANGED
        if left := differing.keys() - writable.keys():
            names = "、".join(name_of(Milestone, n) for n in SAID if n in left)
            verdict.remarks.append(
                _("Kept by the key-project office and left as it is, though it differs: %(names)s.") % {"names": names}
            )

    def _said(self, row: SheetRow) -> dict[str, Any]:
        said = {}
        for name in SAID:
            value = row.values.get(name)
            if value is None or value == "":
                continue
            day = day_of(value, "finish") if name.endswith("_on") else None
            said[name] = day or (text_of(value) if isinstance(value, str) else value)
        return said

    def _stored(self, row: SheetRow, project_id: int) -> Milestone | None:
        """The one that is meant: the approval, or the node of that name; of several the one on the planned day."""
        text, code = normal(str(row.values.get("milestone"))), self._code(row)
        phase = self._phase(row, project_id)
        rows = self.milestones.get(project_id, [])
        found = [each for each in rows if (each.code == code if code else not each.code and normal(each.name) == text)]
        of_phase = [each for each in found if each.phase_id == phase]
        found = of_phase if of_phase or phase else found
        exact = [each for each in found if each.planned_on == row.values.get("planned_on")]
        return next(iter(exact or found), None)

    def _code(self, row: SheetRow) -> str:
        """The approval that the row names; none where it says that a node is meant, which may bear the same name."""
        return "" if row.values.get("kind") == NODE else self.codes.get(normal(str(row.values.get("milestone"))), "")

    def _phase(self, row: SheetRow, project_id: int) -> int | None:
        """The phase that the row names; None for one of the whole project."""
        return self.phases.get((project_id, normal(str(row.values.get("phase_name") or ""))))

    def check(self, row: SheetRow, project_id: int | None, seen: Mapping[str, Any]) -> None:
        self.write(row, project_id, seen)

    def write(self, row: SheetRow, project_id: int | None, seen: Mapping[str, Any]) -> list[Touch]:
        stored, asked = self._stored(row, project_id or 0), self.asked
        check_seen(_state_of(stored), seen.get("milestone", _state_of(stored)))
        said = self._said(row)
        plans = self.plans or stored is None
        if stored is None:
            text, code = str(row.values.get("milestone")), self._code(row)
            blank = Milestone(project=self.projects[project_id or 0])
            before, data = None, {"code": code, "name": "" if code else text, "is_confirmed": True, **said}
            data["phase"] = self._phase(row, project_id or 0)
        else:
            blank = copy(stored)
            values = {name: data_of(value) for name, value in model_to_dict(stored).items()}
            before = {name: plain(values[name]) for name in said}
            data = {**values, **said, "version": stored.version}
        data["reason"] = row.values.get("reason") or ""
        kind = MilestoneForm if plans else MilestoneReportForm
        form: Any = cleaned(kind(data, instance=blank))
        milestone, version = form.save(commit=False), None if stored is None else stored.version
        common: dict[str, Any] = {"by": asked.by, "at": asked.at, "today": asked.today, "seen": version}
        if plans:
            saved = scheduling.set_milestone(milestone, reason=form.cleaned_data["reason"], **common)
        else:
            saved = scheduling.update_milestone(milestone, **common)
        return [{"what": "milestone", "pk": saved.pk, "version": saved.version, "before": before}]


def _state_of(milestone: Milestone | None) -> list[int]:
    return [milestone.pk, milestone.version] if milestone else []


_is_a_writer: type[Writer] = MilestoneWriter
