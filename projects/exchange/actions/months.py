"""Rows of the month sheet: the monthly reports, as drafts or handed in where they are complete."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.utils.translation import gettext as _

from projects.accounts.queries import may
from projects.accounts.roles import Verb
from projects.exchange.actions.problems import Told
from projects.exchange.actions.registers import Facts, change_facts
from projects.exchange.actions.writers import Asked, Touch, Writer, check_seen, cleaned, name_of, same, text_of
from projects.exchange.columns import KEPT
from projects.exchange.queries import stored_reports, within_reach
from projects.exchange.verdicts import Cell, Outcome, SheetRow, Verdict, plain
from projects.progress.actions.reporting import WRITTEN, Incomplete, check_writable, save_draft, submit
from projects.progress.actions.restoring import Stood
from projects.progress.checking import Background, lacks
from projects.progress.forms.writing import ReportForm
from projects.progress.models import MonthlyReport
from projects.progress.queries.background import backgrounds
from projects.progress.queries.reports import period_of
from projects.progress.wording import remark_sentence
from projects.progress.workflow import State
from projects.register.actions.touching import check_reach
from projects.register.models import Project
from projects.register.queries import facts_of, plans_in_force

SAID = (
    "invested_this_month", "invested_statistics", "image", "next_month_amount", "next_steps", "explanation", "reason",
)  # fmt: skip
UNCHANGED = {"image": "image_unchanged", "next_steps": "next_steps_unchanged"}  # the tick that new words lift


class MonthWriter:
    """Writes reports. What a sheet says besides of the register is compared, and left to those who keep it; from
    their own sheets the responsible person and the remarks are taken over."""

    makes = False

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.facts = Facts(asked)
        self.reports = stored_reports(asked.by, asked.month)
        self.plans = plans_in_force(within_reach(asked.by), asked.month)
        self.problems = Told(asked)
        self.period = period_of(asked.month)
        self.keeps = may(asked.by, Verb.EDIT_PROJECT)
        self._known: dict[int, Background] | None = None

    @property
    def backgrounds(self) -> dict[int, Background]:
        """What was known before the month, read when it is first asked for."""
        if self._known is None:
            self._known = backgrounds(within_reach(self.asked.by), self.asked.month)
        return self._known

    def look(self, verdict: Verdict) -> None:
        project = self.facts.projects[verdict.project_id or 0]
        report = self._report(project.pk)
        verdict.seen = {"report": _state_of(report)}
        verdict.cells = [
            Cell(name, plain(getattr(report, name)), plain(value))
            for name, value in self._differing(verdict.row, report).items()
        ]
        if kept := self._kept_here(verdict.row, project):
            verdict.seen["project"] = project.version
            verdict.cells += self.facts.differing(project, kept)
        new, like = self.problems.new(verdict.row, project.pk)
        if new:
            verdict.cells.append(Cell("problem", self.problems.stored(project.pk), "\n".join(new)))
        if like:
            verdict.remarks.append(
                _("Much like a problem that is open already, and not raised again: %(text)s")
                % {"text": "；".join(like)}
            )
        if verdict.cells:
            verdict.outcome = Outcome.CHANGED
        verdict.remarks += self._kept_elsewhere(verdict.row, project)
        if self._to_submit(report):
            written = ReportForm(self._data(verdict.row, report))
            missing = (
                lacks(written.written(self.backgrounds[project.pk]), self.backgrounds[project.pk])
                if written.is_valid()
                else []
            )
            if missing:
                sentences = " ".join(remark_sentence(lack) for lack in missing)
                verdict.remarks.append(_("Stays a draft: %(missing)s") % {"missing": sentences})
            elif verdict.outcome is Outcome.UNCHANGED and report.state != State.DUE.value:
                verdict.outcome = Outcome.CHANGED
                verdict.cells = [Cell("state", report.state, State.SUBMITTED.value)]

    def _report(self, project_id: int) -> MonthlyReport:
        return self.reports.get(project_id) or MonthlyReport(project_id=project_id, month=self.asked.month)

    def _to_submit(self, report: MonthlyReport) -> bool:
        return self.asked.submit and report.state in {State.DUE.value, State.DRAFT.value, State.RETURNED.value}

    def _said(self, row: SheetRow) -> dict[str, Any]:
        """What the row says of the report; an empty cell leaves what was written."""
        values = ((name, row.values.get(name)) for name in SAID)
        return {
            name: text_of(value) if isinstance(value, str) else value
            for name, value in values
            if value not in (None, "")
        }

    def _differing(self, row: SheetRow, report: MonthlyReport) -> dict[str, Any]:
        """Of what the row says that which the report does not say yet."""
        return {name: value for name, value in self._said(row).items() if not same(getattr(report, name), value)}

    def _data(self, row: SheetRow, report: MonthlyReport) -> dict[str, Any]:
        """The report with the row's cells, as the form takes it; words that are new are not last month's."""
        said = self._said(row)
        lifted = {
            tick: False for name, tick in UNCHANGED.items() if said.get(name, "") not in ("", getattr(report, name))
        }
        return {**facts_of(report, WRITTEN), **lifted, **said, "version": report.version}

    def _kept_here(self, row: SheetRow, project: Project) -> dict[str, Any]:
        """What the row says otherwise of the register and whoever keeps that may say here."""
        if not self.keeps:
            return {}
        said = {name: text_of(row.values[name]) for name in KEPT if row.values.get(name)}
        return {cell.field: said[cell.field] for cell in self.facts.differing(project, said)}

    def _kept_elsewhere(self, row: SheetRow, project: Project) -> list[str]:
        """Where the sheet tells the register otherwise than it stands: said, and not written."""
        facts, objections = self.facts.read(row)
        taken = KEPT if self.keeps else ()
        cells = self.facts.differing(project, facts)
        names = [name_of(Project, cell.field) for cell in cells if cell.field not in taken]
        names += [name_of(Project, name) for name in self._unknown(objections, row)]
        plan, told = self.plans.get(project.pk), row.values.get("year_plan")
        if told is not None and told != (plan.amount if plan else None):
            names.append(_("year plan"))
        if not names:
            return []
        return [
            _("Kept by the key-project office and left as it is, though it differs: %(names)s.")
            % {"names": "、".join(names)}
        ]

    def _unknown(self, objections: list[Any], row: SheetRow) -> list[str]:
        letters = {letter: name for name, letter in row.letters.items()}
        return [letters[each.column] for each in objections if each.column in letters]

    def check(self, row: SheetRow, project_id: int | None, seen: Mapping[str, Any]) -> None:
        """By the report's own form and guards, which ask for nothing that is not at hand: reports are many."""
        project, report, asked = self.facts.projects[project_id or 0], self._report(project_id or 0), self.asked
        check_reach(asked.by, Verb.REPORT, project)
        self.problems.check(row, project)
        change_facts(self.facts, project, self._kept_here(row, project), seen)
        if self._differing(row, report) or self._to_submit(report):
            cleaned(ReportForm(self._data(row, report)))
            check_writable(project, report, by=asked.by, at=asked.at, period=self.period)

    def write(self, row: SheetRow, project_id: int | None, seen: Mapping[str, Any]) -> list[Touch]:
        project, report = self.facts.projects[project_id or 0], self._report(project_id or 0)
        touches = change_facts(self.facts, project, self._kept_here(row, project), seen)
        touches += self.problems.write(row, project)
        if self._differing(row, report) or self._to_submit(report):
            touches.append(self._write_report(row, report, seen))
        return touches

    def _write_report(self, row: SheetRow, report: MonthlyReport, seen: Mapping[str, Any]) -> Touch:
        asked = self.asked
        check_seen(_state_of(report), seen.get("report", _state_of(report)))
        said = {name: plain(value) for name, value in facts_of(report, WRITTEN).items()}
        before = {**said, "stood": Stood.of(report).as_json()}
        form: Any = cleaned(ReportForm(self._data(row, report)))
        written = form.written(self.backgrounds[report.project_id] if _ticked(form) else Background())
        common: dict[str, Any] = {"by": asked.by, "at": asked.at, "period": self.period}
        saved = save_draft(report, written, seen=report.version, **common)
        if self._to_submit(report):
            known = self.backgrounds[report.project_id]
            with suppress(Incomplete):  # stays a draft; the dry run has said what it lacks
                saved = submit(saved, seen=saved.version, background=known, **common)
        return {"what": "report", "pk": saved.pk, "version": saved.version, "before": before}


def _ticked(form: ReportForm) -> bool:
    return any(form.cleaned_data.get(tick) for tick in UNCHANGED.values())


def _state_of(report: MonthlyReport) -> list[Any]:
    """What tells that a report is still the one that was read; none that was not asked for yet."""
    return [report.pk, report.version] if report.pk else []


_is_a_writer: type[Writer] = MonthWriter
