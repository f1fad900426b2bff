"""Taking a whole import back, as long as nobody went on from it: the former values return, what was new goes."""

import datetime
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.forms import model_to_dict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.accounts.models import User
from projects.accounts.queries import may
from projects.accounts.roles import Verb
from projects.core.display import moment
from projects.core.month import Month
from projects.core.refusals import NotAllowed, Refused, Stale
from projects.exchange.actions.batches import held
from projects.exchange.actions.dry_run import nothing_to_tell
from projects.exchange.actions.registers import FACTS, data_of
from projects.exchange.actions.writers import Touch, cleaned
from projects.exchange.import_wording import IN_THE_WAY
from projects.exchange.models import BatchState, ImportBatch, ImportRow
from projects.journal.actions import record
from projects.journal.queries import history_of
from projects.progress.actions.reporting import WRITTEN
from projects.progress.actions.restoring import Stood, ask_no_more, put_back
from projects.progress.checking import Written
from projects.progress.models import MonthlyReport
from projects.register.actions import moving_back, registering, scheduling, taking_back
from projects.register.forms import MilestoneForm, MilestoneReportForm, PhaseForm, ProjectForm
from projects.register.models import AnnualPlan, Milestone, Phase, Problem, Project
from projects.register.queries import facts_of

MOST_NAMED = 5
MODELS: dict[str, Any] = {
    "project": Project, "phase": Phase, "plan": AnnualPlan, "report": MonthlyReport, "milestone": Milestone,
    "problem": Problem,
}  # fmt: skip


@dataclass(frozen=True)
class Undoing:
    """Who takes back and when; `open_month` is the month from which on changes count."""

    by: User
    at: datetime.datetime
    today: datetime.date
    open_month: Month


class ChangedSince(Refused):
    """Somebody went on from what was imported; `changes` says of which projects and who."""

    def __init__(self, changes: list[str]) -> None:
        named = "；".join(changes[:MOST_NAMED])
        more = len(changes) - MOST_NAMED
        sentence = _("Nothing was taken back, because work went on from it: %(changes)s") % {"changes": named}
        if more > 0:
            sentence += ngettext(" and %(count)s more.", " and %(count)s more.", more) % {"count": more}
        super().__init__(sentence)
        self.changes = changes


@transaction.atomic
def undo_batch(
    batch: ImportBatch, order: Undoing, *, tell: Callable[[int, int], None] = nothing_to_tell
) -> ImportBatch:
    """Take back all that an import wrote, the last first. `ChangedSince` when something of it was changed since;
    `Refused` as the single steps are, and then nothing is taken back."""
    stored = held(batch)
    if stored.state == BatchState.UNDONE:
        return stored
    if stored.state != BatchState.IMPORTED:
        raise Stale(str(IN_THE_WAY[stored.state]))
    if order.by.pk != stored.by_id and not may(order.by, Verb.EDIT_PROJECT):
        raise NotAllowed(
            _("%(who)s sent this file in and takes it back, or the key-project office does.") % {"who": stored.by}
        )
    rows = list(stored.rows.exclude(touched=[]).order_by("-number"))
    changes = changed_since(rows)
    if changes:
        raise ChangedSince(changes)
    for done, row in enumerate(sorted(rows, key=lambda each: -(each.project_id or 0)), start=1):
        for touch in reversed(row.touched):
            _take_back(touch, row, order)
        tell(done, len(rows))
    stored.state, stored.undone_at, stored.undone_by = BatchState.UNDONE, order.at, order.by
    stored.save(update_fields=["state", "undone_at", "undone_by"])
    record(
        by=order.by, at=order.at, verb="undo_import", subject=stored,
        after={"kind": stored.kind, "month": stored.month, "rows": len(rows)},
    )  # fmt: skip
    return stored


def changed_since(rows: list[ImportRow]) -> list[str]:
    """What is not as the import left it, in words: of which project, by whom and when; a query a kind of record."""
    wanted: dict[str, dict[int, tuple[Touch, ImportRow]]] = {}
    for row in rows:
        for touch in row.touched:
            wanted.setdefault(touch["what"], {})[touch["pk"]] = (touch, row)
    found = []
    for what, touches in wanted.items():
        version = "number" if what == "plan" else "version"
        now = dict(MODELS[what]._base_manager.filter(pk__in=list(touches)).values_list("pk", version))
        for pk, (touch, row) in touches.items():
            if now.get(pk) != touch["version"]:
                found.append(_changed(what, pk, row))
    return found


def _changed(what: str, pk: int, row: ImportRow) -> str:
    entry = history_of(MODELS[what](pk=pk)).first()
    if entry is None:
        return row.name
    who = entry.actor_name or _("The system")
    return _("“%(project)s” by %(who)s at %(time)s") % {"project": row.name, "who": who, "time": moment(entry.at)}


def _take_back(touch: Touch, row: ImportRow, order: Undoing) -> None:
    steps = {
        "project": _project, "phase": _phase, "plan": _plan, "report": _report, "milestone": _milestone,
        "problem": _problem,
    }  # fmt: skip
    try:
        steps[touch["what"]](touch, order)
    except Refused as refusal:
        named = _("Row %(row)s, “%(project)s”: %(sentence)s")
        told = {"row": row.number, "project": row.name, "sentence": refusal.sentence}
        raise (
            type(refusal)(named % told) if type(refusal) in {Refused, Stale, NotAllowed} else Refused(named % told)
        ) from refusal


def _project(touch: Touch, order: Undoing) -> None:
    project = Project.objects.select_related("unit").get(pk=touch["pk"])
    if touch["before"] is None:
        ask_no_more(project, by=order.by, at=order.at)
        taking_back.unregister_project(project, by=order.by, at=order.at, seen=touch["version"])
        return
    values = {name: data_of(value) for name, value in model_to_dict(project, fields=FACTS).items()}
    data = {**values, **touch["before"], "version": touch["version"]}
    form: Any = cleaned(ProjectForm(data, instance=copy(project), user=order.by))
    registering.edit_project(
        form.save(commit=False), labels=form.cleaned_data["labels"], by=order.by, at=order.at,
        seen=touch["version"], since=order.open_month,
    )  # fmt: skip


def _phase(touch: Touch, order: Undoing) -> None:
    phase = Phase.objects.select_related("project").get(pk=touch["pk"])
    before, seen = touch["before"], touch["version"]
    if before is None:
        moving_back.take_back_phase(phase, by=order.by, at=order.at, seen=seen)
        return
    if "stage" in before:
        phase = moving_back.take_back_move(phase, before["stage"], by=order.by, at=order.at, seen=seen)
    if "facts" in before:
        values = {**facts_of(phase, registering.PHASE_FACTS), **before["facts"], "version": phase.version}
        form: Any = cleaned(PhaseForm(values, instance=phase))
        registering.edit_part(form.save(commit=False), by=order.by, at=order.at, seen=values["version"])


def _plan(touch: Touch, order: Undoing) -> None:
    plan = AnnualPlan.objects.get(pk=touch["pk"])
    taking_back.take_back_plan(plan, by=order.by, at=order.at)


def _report(touch: Touch, order: Undoing) -> None:
    report = MonthlyReport.objects.get(pk=touch["pk"])
    before = {name: touch["before"][name] for name in WRITTEN}
    texts = {name: "" for name in WRITTEN if before[name] is None and isinstance(getattr(report, name), str)}
    written = Written(**{**before, **texts})
    stood = Stood.from_json(touch["before"]["stood"])
    put_back(report, written, stood, by=order.by, at=order.at, seen=touch["version"])


def _milestone(touch: Touch, order: Undoing) -> None:
    milestone = Milestone.objects.select_related("project__unit").get(pk=touch["pk"])
    by, at, today, seen = order.by, order.at, order.today, touch["version"]
    if touch["before"] is None:
        taking_back.take_back_milestone(milestone, by=by, at=at, today=today, seen=seen)
        return
    plans = may(by, Verb.EDIT_PROJECT)
    values = {name: data_of(value) for name, value in model_to_dict(milestone).items()}
    data = {**values, **touch["before"], "version": seen, "reason": _("An import was taken back.")}
    form: Any = cleaned((MilestoneForm if plans else MilestoneReportForm)(data, instance=copy(milestone)))
    saved = form.save(commit=False)
    if plans:
        scheduling.set_milestone(saved, reason=data["reason"], by=by, at=at, today=today, seen=seen)
    else:
        scheduling.update_milestone(saved, by=by, at=at, today=today, seen=seen)


def _problem(touch: Touch, order: Undoing) -> None:
    problem = Problem.objects.get(pk=touch["pk"])
    taking_back.take_back_problem(problem, by=order.by, at=order.at, seen=touch["version"])
